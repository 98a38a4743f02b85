"""The calls of modules in other threads than the one that is recorded, and the nodes they made.

The functions of torch are heard in one thread alone, but the hooks of modules run in all of them.
What a call made lies between its output and its arguments, by the numbers of its thread.
"""

import threading
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import nn

from gradviz.engine.scopes.scopes import Scope, chain_of
from gradviz.engine.torch_internals.grad_nodes import counter, feeds_of, sequence_number


class _Call:
    """A call in another thread: its scope, its first number, and the nodes it was given."""

    __slots__ = ("begin", "given", "module", "scope")

    def __init__(
        self, module: nn.Module, scope: Scope | None, begin: int, given: frozenset[Any]
    ) -> None:
        self.module = module
        self.scope = scope
        self.begin = begin
        self.given = given


class OtherThreads:
    """Hears calls of modules in other threads.

    Attributes:
        scope_of: The scope of each node that such a call has made.
        called: The scopes of these calls, in their order.
    """

    def __init__(self) -> None:
        self.scope_of: dict[Any, Scope] = {}
        self.called: list[Scope] = []
        self._running: dict[int, list[_Call]] = {}
        self._newest = counter()

    def enter(self, module: nn.Module, arguments: Any, around: Scope | None) -> None:
        """Hear a call begin in this thread, while `around` runs in the one that is recorded."""
        running = self._running.setdefault(threading.get_ident(), [])
        parent = running[-1].scope if running else None
        if parent is None:
            parent = _owner(module, around)
        scope = None if parent is None else Scope(parent, module)
        if scope is not None:
            self.called.append(scope)
        given = frozenset(each.grad_fn for each in _tensors(arguments) if each.grad_fn is not None)
        running.append(_Call(module, scope, self._newest(), given))

    def leave(self, module: nn.Module, output: Any) -> None:
        """Hear the call end; what no call within it has made is its own."""
        running = self._running.get(threading.get_ident(), [])
        if all(each.module is not module for each in running):
            return
        call = running.pop()
        while call.module is not module:
            call = running.pop()
        if call.scope is None:
            return
        seen = set(call.given)
        waiting = [each.grad_fn for each in _tensors(output)]
        end = self._newest()
        while waiting:
            node = waiting.pop()
            if node is None or node in seen:
                continue
            seen.add(node)
            number = sequence_number(node)
            if node not in self.scope_of:
                # Of a leaf, and of what this thread made before, the number is another one.
                if number is None or not call.begin <= number < end:
                    continue
                self.scope_of[node] = call.scope
            waiting += [source for source, _ in feeds_of(node)]


def _owner(module: nn.Module, around: Scope | None) -> Scope | None:
    """Return the innermost of the calls that run whose module has this one within it."""
    for scope in reversed(chain_of(around)):
        if scope.module is not None and any(each is module for each in scope.module.modules()):
            return scope
    return None


def _tensors(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple | list):
        yield from _of_each(value)
    elif isinstance(value, dict):
        yield from _of_each(value.values())


def _of_each(values: Iterable[Any]) -> Iterator[torch.Tensor]:
    for each in values:
        yield from _tensors(each)

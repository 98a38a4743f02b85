"""Which scope each node of a forward pass was made in, told by the numbers that PyTorch gives them.

PyTorch numbers the nodes of a thread as it makes them, so that a mark at each change of scope is
enough: a node is in the scope of the last mark that is not behind it.
"""

import contextlib
import sys
import threading
import warnings
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from operator import itemgetter
from types import FrameType
from typing import Any, Final, NamedTuple

import torch
from torch import nn
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
)
from torch.utils.hooks import RemovableHandle

from gradviz.engine.scopes.other_threads import OtherThreads
from gradviz.engine.scopes.scopes import LoopRun, Scope, chain_of
from gradviz.engine.scopes.thread_watch import ThreadWatch
from gradviz.engine.scopes.user_frames import UserFrames
from gradviz.engine.torch_internals.grad_nodes import counter, sequence_number

#: The warning of a compiled module that hooks on all modules are there; ours pause within it.
_WARNING: Final = ".*there are global hooks on modules"


class Signature(NamedTuple):
    """All that tells the scopes of nodes; `held` has the objects whose identities are in `key`."""

    key: tuple[Hashable, ...]
    held: object


class CallScopes:
    """The scopes of a forward pass, which are heard between `start` and `stop`.

    Attributes:
        roots: The modules that are recorded, whose modules have their paths from there on; empty
            where those that are called first are taken for them.
        unknown: The nodes that another thread has certainly made.
        doubtful: The nodes that were met as operands and that no call was heard to return: where
            another thread has a part, it may have made them.
        passes: Begin and end of the numbers of each backward pass that built a graph.
        executions: Begin, end and node of each execution within such a pass.
        others: The calls of modules in other threads.
    """

    def __init__(self) -> None:
        self.roots: tuple[nn.Module, ...] = ()
        self.unknown: set[Any] = set()
        self.doubtful: set[Any] = set()
        self.passes: list[tuple[int, int]] = []
        self.executions: list[tuple[int, int, Any]] = []
        self.others = OtherThreads()
        self._numbers: list[int] = []
        self._marked: list[Scope | None] = []
        self._levels: list[UserFrames] = []
        #: Those of the innermost call of a module.
        self._frames = UserFrames(None, None, None)
        self._present: Scope | None = None
        #: The number of the next node after the last call that was heard.
        self._end = -1
        #: Begin and end of the numbers of nodes that were made between the calls that are heard.
        self._gaps: list[tuple[int, int]] = []
        self._newest = counter()
        self._thread = 0
        self._watch = ThreadWatch()
        self._hooks: tuple[RemovableHandle, ...] = ()

    @property
    def threads(self) -> bool:
        """Tell whether a part of the pass ran in another thread."""
        return self._watch.others

    def start(self, caller: FrameType | None) -> None:
        """Begin to hear, or go on after a pause; the pass runs beneath `caller`."""
        if not self._numbers:
            self._thread = threading.get_ident()
            while caller is not None and caller.f_code.co_filename == contextlib.__file__:
                caller = caller.f_back
            self._frames = UserFrames(caller and caller.f_back, None, None)
            self._levels.append(self._frames)
            self._end = self._newest()
            self._mark(self._end, None)
        if "torch._dynamo" in sys.modules:
            _ignore_warning()
        self._watch.start()
        self._hooks = (
            register_module_forward_pre_hook(self._enter),
            register_module_forward_hook(self._leave, always_call=True),
        )

    def stop(self, caller: FrameType | None, *, whole: bool) -> None:
        """Stop to hear, with `whole` for good: no hook and no frame stays behind."""
        for hook in self._hooks:
            hook.remove()
        self._hooks = ()
        self._watch.stop()
        if whole:
            self.close()
        else:
            # What is not heard meanwhile belongs to the call that has it run.
            self.hear(caller, "")

    def close(self) -> None:
        """Let all that is made from now on be in no scope, such as the loss of a model."""
        if not self._levels:
            return
        self._levels.clear()
        self._frames = UserFrames(None, None, None)
        self._mark(self._newest(), None)

    def hear(self, caller: FrameType | None, name: str) -> None:
        """Hear a call of torch's function `name`, or of a module, from the frame `caller`."""
        if not self._levels:
            return
        number, begin = self._newest(), self._end
        if begin != number:
            self._fill(number)
        scope = self._frames.scope_at(caller, name)
        if scope is not self._present:
            # With gradients off only what runs within a node is heard, and it was made before.
            within = begin != number and not torch.is_grad_enabled()
            self._mark(max(begin, self._numbers[-1]) if within else number, scope)

    def heard(self) -> None:
        """Take note that the call that was heard has ended."""
        self._end = self._newest()

    def meet(self, node: Any) -> None:
        """Take note of a node that is first met as an operand."""
        if threading.get_ident() != self._thread or node in self.others.scope_of:
            self.unknown.add(node)
            return
        number = sequence_number(node)
        if number is None or self._end <= number < self._newest():
            return
        place = bisect_right(self._gaps, (number, sys.maxsize)) - 1
        if place < 0 or number >= self._gaps[place][1]:
            self.doubtful.add(node)

    @contextmanager
    def backward_heard(self, nodes: Iterable[Any]) -> Iterator[None]:
        """Hear a backward pass through `nodes` that builds a graph."""
        begin = self._newest()
        begins: dict[Any, int] = {}

        def starts(node: Any, _: Any) -> None:
            begins[node] = self._newest()

        def ended(node: Any, *_: Any) -> None:
            start, end = begins.pop(node, 0), self._newest()
            # PyTorch runs the nodes of other devices in threads of its own.
            if start < end and threading.get_ident() == self._thread:
                self.executions.append((start, end, node))

        nodes = list(nodes)
        hooks = [node.register_prehook(partial(starts, node)) for node in nodes]
        hooks += [node.register_hook(partial(ended, node)) for node in nodes]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()
            self.passes.append((begin, self._newest()))
            self.executions.sort(key=itemgetter(0))

    def scope_of(self, number: int) -> Scope | None:
        """Return the scope in which this thread made the node of a number."""
        return self.scopes_of([number])[0]

    def scopes_of(self, numbers: Iterable[int]) -> list[Scope | None]:
        """Return for each number the scope in which this thread made its node."""
        marks, before = self._numbers, [None, *self._marked]
        return [before[bisect_right(marks, number)] for number in numbers]

    def signature(self, nodes: Iterable[Any]) -> "Signature | None":
        """Return all that tells the scopes of `nodes`, apart from the moment.

        It is None where more than numbers and calls tells them.
        """
        if self.unknown or self.passes or self.threads:
            return None
        first = self._numbers[0] if self._numbers else 0
        places: dict[Scope | None, int] = {None: -1}
        runs: dict[LoopRun | None, int] = {None: -1}
        told: list[Hashable] = []
        for marked in self._marked:
            for scope in chain_of(marked, places):
                places[scope] = len(places)
                run = runs.setdefault(scope.run, len(runs))
                loop = scope.run and (id(scope.run.code), scope.run.line)
                place = scope.place and (id(scope.place[0]), scope.place[1])
                around = places[scope.parent]
                made = (id(scope.module), id(scope.code), place, scope.value)
                told.append((around, *made, run, loop))
        key = (
            tuple([(number or 0) - first for number in map(sequence_number, nodes)]),
            tuple([number - first for number in self._numbers]),
            tuple([places[marked] for marked in self._marked]),
            tuple(told),
        )
        return Signature(key, (self.roots, list(places)))

    def called(self) -> Iterator[Scope]:
        """Yield every scope in the order of the calls, each after the one around it."""
        seen: set[Scope] = set()
        for marked in self._marked:
            for scope in chain_of(marked, seen):
                seen.add(scope)
                yield scope
        yield from self.others.called

    def _enter(self, module: nn.Module, arguments: Any) -> None:
        if threading.get_ident() != self._thread:
            self._watch.others = True
            if self._levels:
                self.others.enter(module, arguments, self._frames.scope)
            return
        if not self._levels:
            return
        caller = sys._getframe(1)
        self.hear(caller, "")
        frames = self._frames
        scope = Scope(frames.scope, module, None, frames.place())
        self._frames = UserFrames(caller, scope, module)
        self._levels.append(self._frames)
        self._mark(self._end, scope)

    def _leave(self, module: nn.Module, _args: Any, output: Any) -> None:
        levels = self._levels
        if threading.get_ident() != self._thread:
            self.others.leave(module, output)
            return
        if not levels:
            return
        if levels[-1].module is not module:
            # Those above it have been left by an error that was no Exception.
            if all(each.module is not module for each in levels):
                return
            while levels[-1].module is not module:
                levels.pop()
        levels.pop()
        self._frames = levels[-1]
        number = self._newest()
        if self._end != number:
            self._fill(number)
        self._mark(number, self._frames.scope)

    def _fill(self, number: int) -> None:
        """Keep the gap before `number`, in which nothing was heard."""
        if self._end < number:
            self._gaps.append((self._end, number))
            self._end = number

    def _mark(self, number: int, scope: Scope | None) -> None:
        """Let the nodes from `number` on be in `scope`."""
        self._present = scope
        self._numbers.append(number)
        self._marked.append(scope)


def _ignore_warning() -> None:
    """Have the warning of compiled modules ignored; to set a filter forgets what was warned of."""
    if not any(each[1] is not None and each[1].pattern == _WARNING for each in warnings.filters):
        warnings.filterwarnings("ignore", _WARNING)

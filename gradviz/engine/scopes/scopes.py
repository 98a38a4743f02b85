"""Scopes: the calls of modules and functions and the turns of loops that a forward pass has made.

They become groups of a graph once it is known which of them have nodes.
"""

from collections.abc import Container
from types import CodeType
from typing import Any

from torch import nn

#: A code object, and the instruction in it that ran.
CalledAt = tuple[CodeType, int]


class LoopRun:
    """One run of a loop, with all its iterations."""

    __slots__ = ("code", "line", "turns")

    def __init__(self, code: CodeType, line: int) -> None:
        self.code = code
        self.line = line
        #: The iterations that have begun.
        self.turns = 0


class Scope:
    """One call of a module or a function, or one iteration of a loop.

    Attributes:
        parent: The scope around it; None for the outermost.
        module: The module that was called; None for any other scope.
        code: The code of the function that was called; None for any other scope.
        run: The loop of an iteration; None for any other scope.
        number: The number of an iteration, from 0 on.
        value: The number that the variable of the loop has in it, None where it has none.
        place: Where it was called, None where that is not the user's code.
        mirrored: The scope whose backward pass this is, which has all the rest; None of any other.
    """

    __slots__ = ("code", "mirrored", "module", "number", "parent", "place", "run", "value")

    def __init__(
        self,
        parent: "Scope | None",
        module: nn.Module | None = None,
        code: CodeType | None = None,
        place: CalledAt | None = None,
    ) -> None:
        self.parent = parent
        self.module = module
        self.code = code
        self.place = place
        self.run: LoopRun | None = None
        self.number = 0
        self.value: int | None = None
        self.mirrored: Scope | None = None

    @classmethod
    def iteration(cls, parent: "Scope | None", run: LoopRun, value: int | None) -> "Scope":
        """Return the scope of the next iteration of a loop."""
        scope = cls(parent)
        scope.run, scope.number, scope.value = run, run.turns, value
        run.turns += 1
        return scope

    @classmethod
    def backward(cls, parent: "Scope | None", forward: "Scope") -> "Scope":
        """Return the scope of what the backward pass through `forward` makes."""
        scope = cls(parent, forward.module, forward.code, forward.place)
        scope.run, scope.number, scope.value = forward.run, forward.number, forward.value
        scope.mirrored = forward
        return scope


def chain_of(scope: Scope | None, before: Container[Any] = ()) -> list[Scope]:
    """Return a scope with those around it, the outermost first, up to one that is in `before`."""
    found: list[Scope] = []
    while scope is not None and scope not in before:
        found.append(scope)
        scope = scope.parent
    found.reverse()
    return found

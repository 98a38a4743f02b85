"""TrueSizes that may change from call to call, as the numbers that they were in one pass."""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from gradviz.engine.torch_internals.traced_graphs import TracedSize

_OPERATIONS: Final[Mapping[type[ast.operator], Callable[[int, int], int]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


class TrueSizes:
    """The numbers behind the names of sizes, such as `s33`, as far as they can be found."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def learn(self, size: TracedSize, true: int) -> None:
        """Take that a size was `true`; a formula tells nothing."""
        if isinstance(size, str) and size.isidentifier():
            self._known.setdefault(size, true)

    def learn_shape(self, shape: Iterable[TracedSize] | None, true: tuple[int, ...]) -> None:
        """Take the true shape of a tensor."""
        sizes = tuple(shape or ())
        if len(sizes) == len(true):
            for size, number in zip(sizes, true, strict=True):
                self.learn(size, number)

    def shape(self, shape: Iterable[TracedSize] | None) -> tuple[int, ...] | None:
        """Return a shape in numbers; None where one of them is not known."""
        if shape is None:
            return None
        found = [self.number(size) for size in shape]
        return None if None in found else tuple(each for each in found if each is not None)

    def number(self, size: TracedSize) -> int | None:
        """Return a size as a number; None where it is not known."""
        if isinstance(size, int):
            return size
        try:
            return self._value(ast.parse(size, mode="eval").body)
        except (SyntaxError, ValueError, KeyError, ZeroDivisionError, RecursionError):
            return None

    def _value(self, part: Any) -> int:
        """Return the value of a part of a formula; raises KeyError where it has another sign."""
        if isinstance(part, ast.Constant) and isinstance(part.value, int):
            return part.value
        if isinstance(part, ast.Name):
            return self._known[part.id]
        if isinstance(part, ast.BinOp):
            return _OPERATIONS[type(part.op)](self._value(part.left), self._value(part.right))
        raise KeyError(ast.unparse(part))

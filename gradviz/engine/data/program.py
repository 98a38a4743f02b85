"""An expression's tree made into a flat list of torch's operations, once for all steps.

It runs the operations that Python would run for the same text, in the same order, so that the
results are the same to the last bit. It neither recurses nor executes the typed text.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, assert_never

import torch

from gradviz.engine.data.torch_functions import torch_function
from gradviz.expression import (
    SEVERAL,
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    postorder,
)
from gradviz.expression.folding import node_value
from gradviz.expression.tables.several import numbers_as_tensors
from gradviz.expression.tree import Span

Forward = Callable[[torch.Tensor], torch.Tensor]
#: Makes of an operation and its place in the text one that goes in its stead.
Wrap = Callable[[Callable[..., Any], Span], Callable[..., Any]]
#: An operation, the slots of its operands (all but the first may be _NONE), that of its result.
_Instruction = tuple[Callable[..., Any], int, int, int, int]

_X_SLOT: Final = 0
_NONE: Final = -1
#: Beyond this a float64 does not hold every integer, and torch takes no larger ones.
_LARGEST_INTEGER: Final = 2**53

_BINARY: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "^": operator.pow,
}
_RELATIONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "and": torch.logical_and,
    "or": torch.logical_or,
}


def compiled(
    tree: Tree, parameters: Mapping[str, torch.Tensor], wrap: Wrap | None = None
) -> Forward:
    """Return the function of x that `tree` is; `parameters` are its tensors by name.

    The parameters are bound, so change them in place. Terms without x and parameters are
    computed once, as Python's numbers; a tree of nothing else gives a tensor of shape ().
    `wrap` is asked about each operation, once.
    """
    nodes = list(postorder(tree))
    compiler = _Compiler(parameters, wrap, like_x=any(isinstance(each, Variable) for each in nodes))
    for node in nodes:
        compiler.add(node)
    return compiler.finished()


def operation_of(node: Tree) -> Callable[..., Any]:
    """Return the operation of torch that a node runs on its operands."""
    match node:
        case Binary():
            return _BINARY[node.operator]
        case Negate():
            return operator.neg
        case Call():
            return torch_function(node.function)
        case Apply():
            operation: Callable[..., Any] = getattr(torch, SEVERAL[node.function].torch)
            return operation
        case Compare():
            return _RELATIONS[node.relation]
        case Number() | Pi() | Variable() | Parameter():
            raise AssertionError(f"no operation: {node}")
        case _:
            assert_never(node)


class _Compiler:
    """Takes nodes in postorder; its stack holds for each value its number, if any, and its slot.

    A slot is x, a parameter, a number, or a result. A result takes over the slot of an operand
    that was a result: like Python, the program keeps no tensor longer than it is needed.
    """

    def __init__(
        self, parameters: Mapping[str, torch.Tensor], wrap: Wrap | None, *, like_x: bool
    ) -> None:
        """Begin empty; `like_x` says whether x, and not the first parameter, has the dtype."""
        self._wrap = wrap
        self._like = _X_SLOT if like_x else _X_SLOT + 1
        self._slots: list[Any] = [None, *parameters.values()]
        self._parameter_slots = {name: i for i, name in enumerate(parameters, start=1)}
        self._instructions: list[_Instruction] = []
        self._results: set[int] = set()
        self._free: list[int] = []
        self._numbers: list[float | None] = []
        self._places: list[int] = []

    def add(self, node: Tree) -> None:
        """Put the value of `node` on the stack in place of those of its operands."""
        count = len(children(node))
        start = len(self._numbers) - count
        numbers, self._numbers = self._numbers[start:], self._numbers[:start]
        places, self._places = self._places[start:], self._places[:start]
        value = node_value(node, numbers)
        if value is None:
            places = self._as_tensors(node, numbers, places)
        self._numbers.append(value)
        self._places.append(
            self._place(node, places) if value is None else self._new(_as_typed(value))
        )

    def finished(self) -> Forward:
        """Return the function that runs everything added."""
        return _running(self._slots, self._instructions, self._places[-1])

    def _place(self, node: Tree, places: list[int]) -> int:
        match node:
            case Variable():
                return _X_SLOT
            case Parameter():
                return self._parameter_slots[node.name]
            case _:
                return self._result(node, operation_of(node), *places)

    def _as_tensors(self, node: Tree, numbers: list[float | None], places: list[int]) -> list[int]:
        """Return the places of operands of which the numbers are tensors, where torch asks so."""
        return [
            self._add(_tensor_like, self._like, place) if as_tensor else place
            for place, as_tensor in zip(places, numbers_as_tensors(node, numbers), strict=True)
        ]

    def _result(
        self,
        node: Tree,
        operate: Callable[..., Any],
        first: int,
        second: int = _NONE,
        third: int = _NONE,
    ) -> int:
        if self._wrap is not None:
            operate = self._wrap(operate, node.span)
        return self._add(operate, first, second, third)

    def _add(
        self, operate: Callable[..., Any], first: int, second: int = _NONE, third: int = _NONE
    ) -> int:
        self._free += [place for place in {first, second, third} if place in self._results]
        result = self._free.pop() if self._free else self._new(None)
        self._results.add(result)
        self._instructions.append((operate, first, second, third, result))
        return result

    def _new(self, value: float | None) -> int:
        self._slots.append(value)
        return len(self._slots) - 1


def _tensor_like(tensor: torch.Tensor, value: float) -> torch.Tensor:
    """Return `value` as a tensor of shape () with the dtype and the device of another."""
    return tensor.new_tensor(value)


def _as_typed(value: float) -> float | int:
    """Return whole numbers as int: `x ** 2` runs other code than `x ** 2.0`."""
    return int(value) if value.is_integer() and abs(value) <= _LARGEST_INTEGER else value


def _running(template: list[Any], instructions: list[_Instruction], result: int) -> Forward:
    def forward(x: torch.Tensor) -> torch.Tensor:
        slots = template.copy()
        slots[_X_SLOT] = x
        for operate, first, second, third, place in instructions:
            if second == _NONE:
                slots[place] = operate(slots[first])
            elif third == _NONE:
                slots[place] = operate(slots[first], slots[second])
            else:
                slots[place] = operate(slots[first], slots[second], slots[third])
        value = slots[result]
        return value if isinstance(value, torch.Tensor) else torch.tensor(float(value))

    return forward

"""An expression's tree written as Python, by which torch computes the engine's values bit for bit.

The text is made from the tree and never from what was typed.
"""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from gradviz.expression import (
    FUNCTIONS,
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
    number_text,
    postorder,
)
from gradviz.expression.folding import node_value
from gradviz.expression.printing import Level, level, operand_levels
from gradviz.expression.tables.several import numbers_as_tensors

#: Beyond this a float64 does not hold every integer, and torch takes no larger ones.
_LARGEST_INTEGER: Final = 2**53
_SIGNS: Final = {"+": " + ", "-": " - ", "*": " * ", "/": " / ", "%": " % ", "^": " ** "}
_JOINED: Final = {"and": "torch.logical_and", "or": "torch.logical_or"}
_OPERATORS: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "^": operator.pow,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A written node: its text, how tightly that binds, and its value if it is a number."""

    text: str
    level: Level
    value: float | None = None

    def at(self, least: Level) -> str:
        """Return the text, in brackets unless it binds at least as tightly as `least`."""
        return self.text if self.level >= least else f"({self.text})"


def python_text(tree: Tree, prefix: str = "") -> str:
    """Return Python for `tree`, with `prefix` before each parameter, such as `self.`.

    It names `x`, `math`, `torch`, and each function that `definitions` defines.
    """
    nodes = list(postorder(tree))
    names = [prefix + node.name for node in nodes if isinstance(node, Parameter)]
    like = "x" if any(isinstance(node, Variable) for node in nodes) else "".join(names[:1])
    waiting: list[_Part] = []
    for node in nodes:
        first = len(waiting) - len(children(node))
        operands = _as_tensors(node, waiting[first:], like)
        waiting[first:] = [_part(node, operands, prefix)]
    return waiting[-1].text


def text_of_numbers(tree: Tree) -> str:
    """Return Python for a tree of numbers and t, by which Python computes the engine's value."""
    waiting: list[_Part] = []
    for node in postorder(tree):
        first = len(waiting) - len(children(node))
        part = _part(node, waiting[first:], "")
        if isinstance(node, Parameter):
            # A power of a whole t would be a whole number too, of any number of digits.
            part = _Part(f"float({node.name})", Level.ATOM)
        elif part.value is None:
            text = _written(node, waiting[first:], "", of_numbers=True)
            part = _Part(text, level(node))
        waiting[first:] = [part]
    return waiting[-1].text


def result_text(tree: Tree) -> str:
    """Return the inside of an f-string that prints `tree` with its parameters' values."""
    waiting: list[_Part] = []
    for node in postorder(tree):
        first = len(waiting) - len(children(node))
        waiting[first:] = [_result_part(node, waiting[first:])]
    return waiting[-1].text


def _part(node: Tree, operands: list[_Part], prefix: str) -> _Part:
    values = [None if part.value is None else float(part.value) for part in operands]
    value = node_value(node, values)
    if value is None:
        return _Part(_written(node, operands, prefix), level(node))
    number = _as_typed(value)
    if _same(_computed(node, operands), number):
        return _Part(_written(node, operands, prefix, of_numbers=True), level(node), number)
    return _Part(repr(number), Level.SIGNED if number < 0 else Level.ATOM, number)


def _as_tensors(node: Tree, operands: list[_Part], like: str) -> list[_Part]:
    """Return the operands with numbers as tensors like that named `like`, as the engine does."""
    numbers = [None if part.value is None else float(part.value) for part in operands]
    return [
        _Part(f"{like}.new_tensor({part.text})", Level.ATOM) if as_tensor else part
        for part, as_tensor in zip(operands, numbers_as_tensors(node, numbers), strict=True)
    ]


def _written(node: Tree, operands: list[_Part], prefix: str, *, of_numbers: bool = False) -> str:
    texts = [part.at(least) for part, least in zip(operands, operand_levels(node), strict=True)]
    match node:
        case Number():
            return repr(_as_typed(node.value))
        case Pi():
            return "math.pi"
        case Parameter():
            return prefix + node.name
        case Negate():
            return f"-{texts[0]}"
        case Binary():
            return _SIGNS[node.operator].join(texts)
        case Call():
            function = FUNCTIONS[node.function]
            name = function.python_name if of_numbers else function.script_name
            return f"{name}({texts[0]})"
        case Apply():
            return f"torch.{SEVERAL[node.function].torch}({', '.join(texts)})"
        case Compare() if node.relation in _JOINED:
            return f"{_JOINED[node.relation]}({operands[0].text}, {operands[1].text})"
        case Compare():
            return f" {node.relation} ".join(texts)
        case _:
            return "x"


def _as_typed(value: float) -> float | int:
    """Return whole numbers as int, as the engine does: `x ** 2` runs other code than `x ** 2.0`."""
    return int(value) if value.is_integer() and abs(value) <= _LARGEST_INTEGER else value


def _computed(node: Tree, operands: list[_Part]) -> float | None:
    """Return the value of a node over numbers in Python; None where Python is not to be asked."""
    values = [part.value for part in operands if part.value is not None]
    match node:
        case Number():
            return _as_typed(node.value)
        case Pi():
            return math.pi
        case Negate():
            return -values[0]
        case Binary():
            return _OPERATORS[node.operator](*values)
        case Call() if FUNCTIONS[node.function].python_name:
            return FUNCTIONS[node.function].value(values[0])
        case _:
            return None


def _same(computed: float | None, number: float) -> bool:
    return type(computed) is type(number) and computed == number


def _result_part(node: Tree, operands: list[_Part]) -> _Part:
    texts = [part.at(least) for part, least in zip(operands, operand_levels(node), strict=True)]
    match node:
        case Number():
            return _Part(number_text(node.value), Level.ATOM)
        case Pi():
            return _Part("pi", Level.ATOM)
        case Parameter():
            # Its value may be negative.
            return _Part(f"{{{node.name}.item()}}", Level.SIGNED)
        case Negate():
            return _Part(f"-{texts[0]}", level(node))
        case Binary():
            return _Part(_result_joined(node.operator, *texts), level(node))
        case Call():
            return _Part(f"{node.function}({texts[0]})", level(node))
        case Apply():
            return _Part(f"{node.function}({', '.join(texts)})", level(node))
        case Compare():
            return _Part(f" {node.relation} ".join(texts), level(node))
        case _:
            return _Part("x", Level.ATOM)


def _result_joined(sign: str, first: str, second: str) -> str:
    if sign == "^":
        return f"{first}^{second}"
    if sign == "*" and (second[0].isalpha() or second[0] == "("):
        return f"{first} {second}"
    return f"{first} {sign} {second}"

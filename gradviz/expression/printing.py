"""Write a tree as text: canonically, so that it parses back, and prettily for a label."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from gradviz.core.number_text import short
from gradviz.expression.names import shown_name
from gradviz.expression.tree import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Relation,
    Tree,
    children,
    postorder,
)


class Level(IntEnum):
    """How tightly the outermost operation of a text binds."""

    OR = -2
    AND = -1
    RELATION = 0
    SUM = 1
    PRODUCT = 2
    SIGNED = 3
    POWER = 4
    ATOM = 5


_BINARY_LEVEL: Final[dict[Operator, Level]] = {
    "+": Level.SUM,
    "-": Level.SUM,
    "*": Level.PRODUCT,
    "/": Level.PRODUCT,
    "%": Level.PRODUCT,
    "^": Level.POWER,
}
_OPERAND_LEVELS: Final[dict[Operator, tuple[Level, Level]]] = {
    "+": (Level.SUM, Level.PRODUCT),
    "-": (Level.SUM, Level.PRODUCT),
    "*": (Level.PRODUCT, Level.SIGNED),
    "/": (Level.PRODUCT, Level.SIGNED),
    "%": (Level.PRODUCT, Level.SIGNED),
    "^": (Level.ATOM, Level.SIGNED),
}
_RELATION_LEVEL: Final[dict[Relation, Level]] = {"and": Level.AND, "or": Level.OR}
_PRETTY_RELATIONS: Final = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}
_PRETTY_SIGNS: Final = {"+": " + ", "-": " − ", "*": "·", "/": "/", "%": " mod "}
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def level(node: Tree) -> Level:
    """Return how tightly the outermost operation of `node` binds."""
    match node:
        case Binary():
            return _BINARY_LEVEL[node.operator]
        case Compare():
            return _RELATION_LEVEL.get(node.relation, Level.RELATION)
        case Negate():
            return Level.SIGNED
        case Number() if node.value < 0:
            return Level.SIGNED
        case _:
            return Level.ATOM


def operand_levels(node: Tree) -> tuple[Level, ...]:
    """Return for each operand of `node` the level below which it needs brackets."""
    match node:
        case Binary():
            return _OPERAND_LEVELS[node.operator]
        case Negate():
            return (Level.SIGNED,)
        case Call():
            return (Level.SUM,)
        case Apply():
            return (Level.OR,) * len(node.arguments)
        case Compare():
            own = level(node)
            return (Level.SUM, Level.SUM) if own == Level.RELATION else (own, Level(own + 1))
        case _:
            return ()


def to_text(tree: Tree, names: Mapping[str, str] | None = None) -> str:
    """Return canonical ASCII text that parses back to an equal tree.

    `names` gives the text to write for a parameter: with values in it, as PyTorch's tutorial
    writes its result, `0.0586 + 0.837 x + -0.0101 x^2`.
    """
    return _written(tree, _Canonical(names or {}))[-1].text


def pretty(tree: Tree) -> str:
    """Return the tree as mathematics is written: `a + b·x`, `d·x³`, `sin(b·x)`, `−x²`."""
    return _written(tree, _Pretty())[-1].text


def labels(tree: Tree, limit: int = 40) -> list[str]:
    """Return `pretty` of every node of `postorder(tree)`, in that order.

    Texts longer than `limit` characters lose their middle to an ellipsis. One pass does for
    the whole tree, however long its sums are.
    """
    return [_shortened(part.text, limit) for part in _written(tree, _Pretty(limit))]


def number_text(value: float) -> str:
    """Return the shortest text that reads as exactly `value`, without a point if it can be."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


@dataclass(frozen=True, slots=True)
class _Part:
    """A written node: its text and how tightly that binds."""

    text: str
    level: Level

    def at(self, least: Level) -> str:
        """Return the text, in brackets unless it binds at least as tightly as `least`."""
        return self.text if self.level >= least else f"({self.text})"


@dataclass(frozen=True, slots=True)
class _Canonical:
    """ASCII, with exactly the brackets that the grammar needs."""

    names: Mapping[str, str]

    def leaf(self, node: Tree) -> str:
        match node:
            case Number():
                return number_text(node.value)
            case Parameter():
                return self.names.get(node.name, node.name)
            case Pi():
                return "pi"
            case _:
                return "x"

    def negated(self, operand: _Part) -> str:
        return "-" + operand.at(Level.SIGNED)

    def joined(self, node: Binary, left: _Part, right: _Part) -> str:
        least_left, least_right = _OPERAND_LEVELS[node.operator]
        first, second = left.at(least_left), right.at(least_right)
        if node.operator == "^":
            # Without the brackets an e would be Euler's number.
            return f"(e)^{second}" if first == "e" else f"{first}^{second}"
        if node.operator == "*" and (second[0].isalpha() or second[0] == "("):
            return f"{first} {second}"
        return f"{first} {node.operator} {second}"

    def relation(self, relation: Relation) -> str:
        return relation

    def finished(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class _Pretty:
    """Mathematical signs and superscripts; texts are cut to some more than `limit` if given."""

    limit: int | None = None

    def leaf(self, node: Tree) -> str:
        match node:
            case Number():
                return short(node.value)
            case Parameter():
                return shown_name(node.name)
            case Pi():
                return "π"
            case _:
                return "x"

    def negated(self, operand: _Part) -> str:
        return "−" + operand.at(Level.POWER)

    def joined(self, node: Binary, left: _Part, right: _Part) -> str:
        least_left, least_right = _OPERAND_LEVELS[node.operator]
        first = left.at(least_left)
        if isinstance(node.left, Binary) and node.left.operator == "%" and node.operator in "*/%":
            first = f"({left.text})"
        if node.operator == "^":
            raised = _superscript(node.right)
            first = "(e)" if first == "e" else first
            return first + (raised or f"^{right.at(Level.ATOM)}")
        second = right.at(Level.POWER if right.level == Level.SIGNED else least_right)
        return f"{first}{_PRETTY_SIGNS[node.operator]}{second}"

    def relation(self, relation: Relation) -> str:
        return _PRETTY_RELATIONS.get(relation, relation)

    def finished(self, text: str) -> str:
        return text if self.limit is None else _shortened(text, 2 * self.limit + 1)


def _written(tree: Tree, style: _Canonical | _Pretty) -> list[_Part]:
    """Return every node of `postorder(tree)` as `style` writes it."""
    parts: list[_Part] = []
    waiting: list[_Part] = []
    for node in postorder(tree):
        first = len(waiting) - len(children(node))
        part = _part(node, waiting[first:], style)
        waiting[first:] = [part]
        parts.append(part)
    return parts


def _part(node: Tree, operands: list[_Part], style: _Canonical | _Pretty) -> _Part:
    """Write one node whose operands are written."""
    match node:
        case Binary():
            text = style.joined(node, *operands)
        case Negate():
            text = style.negated(*operands)
        case Call():
            text = f"{node.function}({operands[0].text})"
        case Apply():
            text = f"{node.function}({', '.join(operand.text for operand in operands)})"
        case Compare():
            sides = zip(operands, operand_levels(node), strict=True)
            text = f" {style.relation(node.relation)} ".join(
                side.at(least) for side, least in sides
            )
        case _:
            text = style.leaf(node)
            return _Part(text, Level.SIGNED if text[:1] in ("-", "−") else Level.ATOM)
    return _Part(style.finished(text), level(node))


def _superscript(exponent: Tree) -> str:
    """Return a whole number, with its sign, in superscripts; nothing for any other exponent."""
    match exponent:
        case Number(value) if value.is_integer():
            return f"{value:.0f}".translate(_SUPERSCRIPTS)
        case Negate(Number(value)) if value.is_integer():
            return f"-{value:.0f}".translate(_SUPERSCRIPTS)
        case _:
            return ""


def _shortened(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`: its beginning, an ellipsis, its end."""
    if len(text) <= limit:
        return text
    tail = (limit - 1) // 2
    return f"{text[: limit - 1 - tail]}…{text[len(text) - tail :]}"

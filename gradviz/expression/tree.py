"""The tree of an expression: nine kinds of node, equal by structure and not by place.

A sum of 1,000 terms is a tree 1,000 nodes deep, so everything here and all that walks a tree
goes without recursion: use `postorder`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

Operator = Literal["+", "-", "*", "/", "%", "^"]
Relation = Literal["<", "<=", ">", ">=", "==", "!=", "and", "or"]
Span = tuple[int, int]
"""Where a node stands in the text: first character, and the one after the last."""


class _Node:
    """The base of all nodes: comparison, hash and repr by structure, without recursion."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Node):
            return NotImplemented
        return _structure(self) == _structure(other)

    def __hash__(self) -> int:
        return hash(_structure(self))

    def __repr__(self) -> str:
        names = (kind if value is None else str(value) for kind, value in _structure(self))
        return f"<{type(self).__name__} in postfix notation: {' '.join(names)}>"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Number(_Node):
    """A number as typed, which is never negative: a sign in front is a `Negate`."""

    value: float
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pi(_Node):
    """The constant pi."""

    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variable(_Node):
    """The input x."""

    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Parameter(_Node):
    """A trainable parameter: a letter, or a letter followed by digits."""

    name: str
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Negate(_Node):
    """The operand with a minus sign in front."""

    operand: "Tree"
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Binary(_Node):
    """Two operands joined by an operator; a product may have been typed without its sign."""

    operator: Operator
    left: "Tree"
    right: "Tree"
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Call(_Node):
    """A function of FUNCTIONS applied to its argument."""

    function: str
    argument: "Tree"
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Apply(_Node):
    """A function of SEVERAL applied to its arguments; that of `where` begins with a condition."""

    function: str
    arguments: tuple["Tree", ...]
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Compare(_Node):
    """A condition: two numbers compared, or two conditions joined by `and` or `or`."""

    relation: Relation
    left: "Tree"
    right: "Tree"
    span: Span = (0, 0)


Tree: TypeAlias = Number | Pi | Variable | Parameter | Negate | Binary | Call | Apply | Compare


def children(node: Tree) -> tuple[Tree, ...]:
    """Return the operands of `node` from left to right; none for a leaf."""
    match node:
        case Binary() | Compare():
            return (node.left, node.right)
        case Negate():
            return (node.operand,)
        case Call():
            return (node.argument,)
        case Apply():
            return node.arguments
        case _:
            return ()


def postorder(tree: Tree) -> Iterator[Tree]:
    """Yield every node after its operands, left before right, without recursion.

    A consumer keeps a stack: a node takes as many values from it as it has `children`, and
    puts its own there. A subtree that occurs twice is yielded twice.
    """
    order: list[Tree] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting.extend(children(node))
    return reversed(order)


def _structure(tree: _Node) -> tuple[tuple[str, str | float | None], ...]:
    """Return the tree in postfix notation: all that makes two trees equal, and no places."""
    return tuple((type(node).__name__, _own(node)) for node in postorder(cast("Tree", tree)))


def _own(node: Tree) -> str | float | None:
    """Return the content of a node beside its operands and its place."""
    match node:
        case Number():
            return node.value
        case Parameter():
            return node.name
        case Binary():
            return node.operator
        case Compare():
            return node.relation
        case Call():
            return node.function
        case Apply():
            return f"{node.function} of {len(node.arguments)}"
        case _:
            return None

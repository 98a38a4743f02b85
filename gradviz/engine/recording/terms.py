"""The terms of a forward pass: each tensor as a tree of named tensors and operations."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from gradviz.engine.scopes.grouping import GroupMemory
from gradviz.expression.functions import function_of_operation
from gradviz.expression.printing import pretty
from gradviz.expression.tables.several import several_of_operation
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
    Variable,
)

#: A longer term tells nothing on a node, and writing all of a long sum's would take quadratic time.
LONGEST_LABEL = 40
#: A model whose constants change at every step would otherwise fill the memory.
_MOST_TERMS = 10_000

_OPERATORS: Mapping[str, Operator] = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "truediv": "/",
    "true_divide": "/",
    "pow": "^",
    "mod": "%",
    "remainder": "%",
}
_RELATIONS: Mapping[str, Relation] = {
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "==",
    "ne": "!=",
    "logical_and": "and",
    "logical_or": "or",
}
_REFLECTED = frozenset({"rsub", "__rsub__", "__rtruediv__", "__rdiv__", "__rpow__", "__rmod__"})


class Term:
    """A tensor as a tree of named tensors and operations, with the number of the tree's nodes."""

    __slots__ = ("_label", "size", "tree")

    def __init__(self, tree: Tree, size: int) -> None:
        self.tree = tree
        self.size = size
        self._label: str | None = None

    @property
    def label(self) -> str:
        """Return the term as mathematics is written; empty where that is too long."""
        if self._label is None:
            text = pretty(self.tree)
            self._label = text if len(text) <= LONGEST_LABEL else ""
        return self._label


class Terms:
    """Terms, and groups, made once, however often a model runs: they take most of a recording."""

    def __init__(self) -> None:
        #: The groups of earlier recordings.
        self.group_memory = GroupMemory()
        self._made: dict[tuple[object, ...], Term | None] = {}

    def named(self, name: str) -> Term | None:
        """Return the term of a tensor with this name."""
        return self._of((name,), _named, name)

    def of_operation(self, name: str, operands: list[Term | float | None]) -> Term | None:
        """Return the term of an operation by its name in Python; None where it is not known."""
        if None in operands:
            return None
        return self._of((name, *operands), _made, name, operands)

    def of_call(self, function: str, term: Term) -> Term | None:
        """Return the term of a function of the grammar at `term`."""
        return self._of((function, term), _called, function, term)

    def _of(
        self, key: tuple[object, ...], make: Callable[..., Term | None], *arguments: Any
    ) -> Term | None:
        """Return the term that was made for `key`, or make it; None where it is not known."""
        try:
            return self._made[key]
        except KeyError:
            if len(self._made) >= _MOST_TERMS:
                self._made.clear()
            term = self._made[key] = make(*arguments)
            return term


def _called(function: str, term: Term) -> Term:
    return Term(Call(function, term.tree), term.size + 1)


def _named(name: str) -> Term:
    return Term(Variable() if name == "x" else Parameter(name), 1)


def _made(name: str, operands: list[Term | float | None]) -> Term | None:
    """Return the term of an operation by its name in Python; None where it is not written so."""
    terms = [
        each if isinstance(each, Term) else _number(each) for each in operands if each is not None
    ]
    size = 1 + sum(term.size for term in terms)
    if size > LONGEST_LABEL:
        return None
    match [term.tree for term in terms]:
        case [left, right] if operator := _operator_named(name.strip("_")):
            # PyTorch hands `2 * a` over as `a * 2`; a product is written number first.
            turned = operator == "*" and isinstance(right, Number | Pi)
            if turned or name in _REFLECTED:
                left, right = right, left
            return Term(Binary(operator, left, right), size)
        case [_, Number() | Pi() as number] if name == "new_tensor":
            return Term(number, 1)
        case [left, right] if relation := _RELATIONS.get(name.strip("_")):
            return Term(Compare(relation, left, right), size)
        case [_, _, *_] as arguments if several := several_of_operation(name, len(arguments)):
            return Term(Apply(several, tuple(arguments)), size)
        case [operand] if name == "neg":
            return Term(Negate(operand), size)
        case [operand] if function := function_of_operation(name):
            return Term(Call(function, operand), size)
    return None


def _operator_named(name: str) -> Operator | None:
    """Return the operator of `sub`, and of `rsub`, where the operands are exchanged."""
    return _OPERATORS.get(name) or _OPERATORS.get(name.removeprefix("r"))


def _number(value: float) -> Term:
    return Term(Pi() if value == math.pi else Number(float(value)), 1)

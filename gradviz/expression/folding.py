"""The values of constant parts, computed with plain floats and never by running the text."""

import math
from typing import assert_never

from gradviz.expression.functions import function_value, operator_value, relation_value
from gradviz.expression.tables.several import several_value
from gradviz.expression.tree import (
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


def constant(tree: Tree) -> float | None:
    """Return the value of a tree without x and parameters, else None.

    It is nan where there is no finite real value, which `parse` refuses.
    """
    values: list[float | None] = []
    for node in postorder(tree):
        first = len(values) - len(children(node))
        values[first:] = [node_value(node, values[first:])]
    return values[0]


def node_value(node: Tree, operands: list[float | None]) -> float | None:
    """Return the value of `node` from those of its operands; None where x or a parameter is."""
    if None in operands:
        return None
    values = [value for value in operands if value is not None]
    match node:
        case Variable() | Parameter():
            return None
        case Number():
            return node.value if math.isfinite(node.value) else math.nan
        case Pi():
            return math.pi
        case Negate():
            return -values[0]
        case Binary():
            return operator_value(node.operator, *values)
        case Call():
            return function_value(node.function, values[0])
        case Apply():
            return several_value(node.function, values)
        case Compare():
            return relation_value(node.relation, *values)
        case _:
            assert_never(node)

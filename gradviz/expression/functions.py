"""The table of the functions that an expression may use, and their values for plain numbers.

A new function is a row of `elementary_functions` or `activations`: the parser, the engine, its
check by sympy, the scripts and the hints look it up here by its name.
"""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Final

from gradviz.expression.tables.activations import ACTIVATIONS
from gradviz.expression.tables.elementary_functions import ELEMENTARY, POLYNOMIALS
from gradviz.expression.tables.function_row import Function

FUNCTIONS: Final[dict[str, Function]] = {
    row.name: row for row in (*ELEMENTARY, *ACTIVATIONS, *POLYNOMIALS)
}
"""Every function by the name that is typed. Whoever needs a row looks it up at that moment."""

RELATIONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "and": lambda left, right: bool(left and right),
    "or": lambda left, right: bool(left or right),
}
"""The relations of conditions over plain numbers, of which a condition is 1 or 0."""


def function_named(word: str) -> str:
    """Return the name of the function for which `word` is typed, or nothing where there is none.

    A synonym is taken as well, and capitals do not matter: `ReLU` is relu, and `arcsin` asin.
    """
    if word in FUNCTIONS:
        return word
    lower = word.lower()
    for row in FUNCTIONS.values():
        if lower == row.name.lower() or lower in row.synonyms:
            return row.name
    return ""


def function_of_operation(operation: str) -> str:
    """Return the typed name of an operation that PyTorch ran, or nothing where there is none."""
    rows = FUNCTIONS.values()
    found = (row.name for row in rows if operation == row.operation or operation in row.synonyms)
    return next(found, "")


def function_value(name: str, argument: float) -> float:
    """Return the function's value at `argument`, or nan where it has no finite real one."""
    try:
        value = float(FUNCTIONS[name].value(argument))
    except (ArithmeticError, ValueError):
        return math.nan
    return value if math.isfinite(value) else math.nan


def operator_value(operator: str, left: float, right: float) -> float:
    """Return `left operator right`, or nan where it has no finite real value."""
    try:
        value = _operate(operator, left, right)
    except ArithmeticError:
        return math.nan
    return value if isinstance(value, float) and math.isfinite(value) else math.nan


def relation_value(relation: str, left: float, right: float) -> float:
    """Return 1 where `left relation right` holds, else 0."""
    return float(RELATIONS[relation](left, right))


def _operate(operator: str, left: float, right: float) -> float | complex:
    """Return `left operator right` as Python's floats give it."""
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case "%":
            return left % right
        case _:
            value: float | complex = left**right
            return value

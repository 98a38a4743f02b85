"""The functions that an expression may use, and their values for plain numbers."""

import math
from collections.abc import Callable
from typing import Final

FUNCTIONS: Final[dict[str, str]] = {
    "sin": "Sine of an angle in radians.",
    "cos": "Cosine of an angle in radians.",
    "tan": "Tangent of an angle in radians.",
    "exp": "e raised to the power of the argument.",
    "log": "Natural logarithm, for arguments above 0.",
    "sqrt": "Square root, for arguments from 0 on.",
    "abs": "Absolute value.",
    "tanh": "Hyperbolic tangent, between -1 and 1.",
    "sigmoid": "Logistic function 1/(1 + exp(-t)), between 0 and 1.",
    "relu": "The argument where it is above 0, else 0.",
    "P3": "Legendre polynomial of degree three, (5t^3 - 3t)/2.",
}
"""Every function by the name that is typed, with one sentence."""


def _sigmoid(value: float) -> float:
    """Return 1/(1 + exp(-value)) without overflow on either side."""
    decay = math.exp(-abs(value))
    return (1.0 if value >= 0 else decay) / (1.0 + decay)


_VALUES: Final[dict[str, Callable[[float], float]]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "tanh": math.tanh,
    "sigmoid": _sigmoid,
    "relu": lambda value: max(value, 0.0),
    "P3": lambda value: (5 * value**3 - 3 * value) / 2,
}


def function_value(name: str, argument: float) -> float:
    """Return the function's value at `argument`, or nan where it has no finite real one."""
    try:
        value = _VALUES[name](argument)
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
        case _:
            value: float | complex = left**right
            return value

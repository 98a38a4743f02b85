"""The table of the functions that an expression may use, and their values for plain numbers.

A new function is a row of it: the parser, the engine, its check by sympy, the scripts and the
hints look it up by its name.
"""

import math
from typing import Final

from gradviz.expression.function_row import Domain, Function


def _sigmoid(value: float) -> float:
    """Return 1/(1 + exp(-value)) without overflow on either side."""
    decay = math.exp(-abs(value))
    return (1.0 if value >= 0 else decay) / (1.0 + decay)


_LEGENDRE: Final = '''\
class LegendrePolynomial3(torch.autograd.Function):
    """The Legendre polynomial of degree three, with its derivative written by hand."""

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return 0.5 * (5 * input ** 3 - 3 * input)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        return grad_output * 1.5 * (5 * input ** 2 - 1)


P3 = LegendrePolynomial3.apply'''

_ROWS: Final = (
    Function(name="sin", doc="Sine of an angle in radians.", value=math.sin),
    Function(name="cos", doc="Cosine of an angle in radians.", value=math.cos),
    Function(
        name="tan",
        doc="Tangent of an angle in radians.",
        synonyms=("tg",),
        value=math.tan,
        domain=Domain(pole=math.pi / 2, period=math.pi, poles="odd multiples of pi/2"),
    ),
    Function(name="exp", doc="e raised to the power of the argument.", value=math.exp),
    Function(
        name="log",
        doc="Natural logarithm, for arguments above 0.",
        noun="logarithm",
        synonyms=("ln", "lg"),
        value=math.log,
        domain=Domain(low=0.0, low_included=False),
    ),
    Function(
        name="sqrt",
        doc="Square root, for arguments from 0 on.",
        noun="square root",
        synonyms=("√",),
        value=math.sqrt,
        domain=Domain(low=0.0),
    ),
    Function(
        name="abs",
        doc="Absolute value.",
        noun="absolute value",
        synonyms=("|",),
        value=abs,
        slope=lambda value: (value > 0) - (value < 0),
    ),
    Function(name="tanh", doc="Hyperbolic tangent, between -1 and 1.", value=math.tanh),
    Function(
        name="sigmoid",
        doc="Logistic function 1/(1 + exp(-t)), between 0 and 1.",
        value=_sigmoid,
        formula="1 / (1 + exp(-x))",
    ),
    Function(
        name="relu",
        doc="The argument where it is above 0, else 0.",
        value=lambda value: max(value, 0.0),
        slope=lambda value: float(value > 0),
    ),
    Function(
        name="P3",
        doc="Legendre polynomial of degree three, (5t^3 - 3t)/2.",
        synonyms=("legendre",),
        value=lambda value: (5 * value**3 - 3 * value) / 2,
        degree=3,
        torch="gradviz.engine.data.torch_functions.LegendrePolynomial3.apply",
        definition=_LEGENDRE,
        formula="(5 x^3 - 3 x) / 2",
    ),
)
FUNCTIONS: Final[dict[str, Function]] = {row.name: row for row in _ROWS}
"""Every function by the name that is typed. Whoever needs a row looks it up at that moment."""


def function_of_operation(operation: str) -> str:
    """Return the typed name of an operation that PyTorch ran, or nothing where there is none."""
    return next((row.name for row in FUNCTIONS.values() if row.operation == operation), "")


def function_value(name: str, argument: float) -> float:
    """Return the function's value at `argument`, or nan where it has no finite real one."""
    try:
        value = FUNCTIONS[name].value(argument)
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

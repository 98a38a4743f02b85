"""The rows of the functions that mathematics has a name for."""

import math
from typing import Final

from gradviz.core.language.saying import marked
from gradviz.expression.tables.function_row import Domain, Function


def _sign(value: float) -> float:
    """Return -1, 0 or 1."""
    return float((value > 0) - (value < 0))


def _flat(value: float) -> float:
    """Return the slope of a function of steps, which is 0 also at a step, as PyTorch has it."""
    return 0.0


_CUBE_ROOT: Final = '''\
class CubeRoot(torch.autograd.Function):
    """The real cube root, also of negative numbers, with its derivative written by hand."""

    @staticmethod
    def forward(ctx, input):
        root = torch.sign(input) * torch.abs(input) ** (1 / 3)
        ctx.save_for_backward(root)
        return root

    @staticmethod
    def backward(ctx, grad_output):
        root, = ctx.saved_tensors
        return grad_output / (3 * root ** 2)


cbrt = CubeRoot.apply'''

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

_ABOVE_0: Final = Domain(low=0.0, low_included=False)
_FROM_MINUS_1_TO_1: Final = Domain(low=-1.0, high=1.0)
_BETWEEN_MINUS_1_AND_1: Final = Domain(low=-1.0, low_included=False, high=1.0, high_included=False)

ELEMENTARY: Final = (
    Function(name="sin", doc="Sine of an angle in radians.", value=math.sin),
    Function(name="cos", doc="Cosine of an angle in radians.", value=math.cos),
    Function(
        name="tan",
        doc="Tangent of an angle in radians.",
        synonyms=("tg",),
        value=math.tan,
        domain=Domain(pole=math.pi / 2, period=math.pi, poles=marked("odd multiples of pi/2")),
    ),
    Function(name="exp", doc="e raised to the power of the argument.", value=math.exp),
    Function(
        name="log",
        doc="Natural logarithm, for arguments above 0.",
        called_by=marked("The logarithm"),
        synonyms=("ln",),
        value=math.log,
        domain=_ABOVE_0,
    ),
    Function(
        name="log2",
        doc="Logarithm to the base 2, for arguments above 0.",
        value=math.log2,
        domain=_ABOVE_0,
        formula="log(x) / log(2)",
    ),
    Function(
        name="log10",
        doc="Logarithm to the base 10, for arguments above 0.",
        value=math.log10,
        domain=_ABOVE_0,
        formula="log(x) / log(10)",
    ),
    Function(
        name="sqrt",
        doc="Square root, for arguments from 0 on.",
        called_by=marked("The square root"),
        value=math.sqrt,
        domain=Domain(low=0.0),
    ),
    Function(
        name="cbrt",
        doc="Cube root, also of negative numbers.",
        called_by=marked("The cube root"),
        value=math.cbrt,
        torch="gradviz.engine.data.torch_functions.CubeRoot.apply",
        definition=_CUBE_ROOT,
        slope=lambda value: 1 / (3 * math.cbrt(value) ** 2),
    ),
    Function(
        name="abs",
        doc="Absolute value.",
        called_by=marked("The absolute value"),
        synonyms=("absolute", "fabs"),
        value=abs,
        slope=_sign,
    ),
    Function(
        name="sign",
        doc="The sign of the argument: -1, 0 or 1.",
        synonyms=("sgn", "signum"),
        value=_sign,
        slope=_flat,
    ),
    Function(
        name="floor",
        doc="The largest whole number that is not above the argument.",
        value=math.floor,
        slope=_flat,
    ),
    Function(
        name="ceil",
        doc="The smallest whole number that is not below the argument.",
        synonyms=("ceiling",),
        value=math.ceil,
        slope=_flat,
    ),
    Function(
        name="round",
        doc="The nearest whole number, of two the even one.",
        value=round,
        slope=_flat,
    ),
    Function(
        name="asin",
        doc="Inverse sine, for arguments from -1 to 1.",
        synonyms=("arcsin",),
        value=math.asin,
        domain=_FROM_MINUS_1_TO_1,
    ),
    Function(
        name="acos",
        doc="Inverse cosine, for arguments from -1 to 1.",
        synonyms=("arccos",),
        value=math.acos,
        domain=_FROM_MINUS_1_TO_1,
    ),
    Function(
        name="atan",
        doc="Inverse tangent, between -pi/2 and pi/2.",
        synonyms=("arctan", "arctg", "atg"),
        value=math.atan,
    ),
    Function(name="sinh", doc="Hyperbolic sine.", synonyms=("sh",), value=math.sinh),
    Function(name="cosh", doc="Hyperbolic cosine.", synonyms=("ch",), value=math.cosh),
    Function(
        name="tanh",
        doc="Hyperbolic tangent, between -1 and 1.",
        synonyms=("th", "tgh"),
        value=math.tanh,
    ),
    Function(
        name="asinh",
        doc="Inverse hyperbolic sine.",
        synonyms=("arcsinh", "arsinh"),
        value=math.asinh,
    ),
    Function(
        name="acosh",
        doc="Inverse hyperbolic cosine, for arguments from 1 on.",
        synonyms=("arccosh", "arcosh"),
        value=math.acosh,
        domain=Domain(low=1.0),
    ),
    Function(
        name="atanh",
        doc="Inverse hyperbolic tangent, for arguments between -1 and 1.",
        synonyms=("arctanh", "artanh"),
        value=math.atanh,
        domain=_BETWEEN_MINUS_1_AND_1,
    ),
)

POLYNOMIALS: Final = (
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

r"""How each function of the grammar is written in LaTeX, and its derivative as an expression in x.

A function without a row here is an upright name, and its derivative that name with a prime.
"""

from collections.abc import Mapping
from typing import Final

#: Names of functions with a command or a name of their own in LaTeX.
NAMES: Final[Mapping[str, str]] = {
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "log": r"\ln",
    "log2": r"\log_{2}",
    "log10": r"\log_{10}",
    "sign": r"\operatorname{sgn}",
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "sinh": r"\sinh",
    "cosh": r"\cosh",
    "tanh": r"\tanh",
    "asinh": r"\operatorname{arsinh}",
    "acosh": r"\operatorname{arcosh}",
    "atanh": r"\operatorname{artanh}",
    "max": r"\max",
    "min": r"\min",
    "P3": r"P_{3}",
    "sigmoid": r"\sigma",
    "relu": r"\operatorname{ReLU}",
    # A digit within such a name is set as a factor by some readers of LaTeX.
    "relu6": r"\operatorname{ReLU}_{6}",
    "atan2": r"\operatorname{atan}_{2}",
    "leakyrelu": r"\operatorname{LeakyReLU}",
    "elu": r"\operatorname{ELU}",
    "selu": r"\operatorname{SELU}",
    "celu": r"\operatorname{CELU}",
    "gelu": r"\operatorname{GELU}",
    "silu": r"\operatorname{SiLU}",
}
#: Names that a parameter can have too: the names to take where one has.
UNLIKE_PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "sigmoid": ("sigma", r"\operatorname{sigmoid}"),
    "exp": ("e", r"\exp"),
}
#: Functions that are written around their argument: before it and after it.
AROUND: Final[Mapping[str, tuple[str, str]]] = {
    "abs": (r"\left|", r"\right|"),
    "floor": (r"\left\lfloor ", r"\right\rfloor "),
    "ceil": (r"\left\lceil ", r"\right\rceil "),
    "sqrt": (r"\sqrt{", "}"),
    "cbrt": (r"\sqrt[3]{", "}"),
}
#: Functions whose power is written at their name, as in sin² x.
RAISED: Final = frozenset({"sin", "cos", "tan", "log", "sinh", "cosh", "tanh"})

#: The derivative of each function, at its kinks as PyTorch has it.
SLOPES: Final[Mapping[str, str]] = {
    "sin": "cos(x)",
    "cos": "-sin(x)",
    "tan": "1 + tan(x)^2",
    "exp": "exp(x)",
    "log": "1 / x",
    "log2": "1 / (x log(2))",
    "log10": "1 / (x log(10))",
    "sqrt": "1 / (2 sqrt(x))",
    "cbrt": "1 / (3 cbrt(x)^2)",
    "abs": "sign(x)",
    "sign": "0",
    "floor": "0",
    "ceil": "0",
    "round": "0",
    "asin": "1 / sqrt(1 - x^2)",
    "acos": "-1 / sqrt(1 - x^2)",
    "atan": "1 / (1 + x^2)",
    "sinh": "cosh(x)",
    "cosh": "sinh(x)",
    "tanh": "1 - tanh(x)^2",
    "asinh": "1 / sqrt(x^2 + 1)",
    "acosh": "1 / sqrt(x^2 - 1)",
    "atanh": "1 / (1 - x^2)",
    "P3": "3 (5 x^2 - 1) / 2",
    "sigmoid": "sigmoid(x) (1 - sigmoid(x))",
    "relu": "{x > 0: 1, 0}",
    "relu6": "{0 < x < 6: 1, 0}",
    "leakyrelu": "{x > 0: 1, 0.01}",
    "elu": "{x > 0: 1, exp(x)}",
    "celu": "{x > 0: 1, exp(x)}",
    "silu": "sigmoid(x) (1 + x (1 - sigmoid(x)))",
    "softplus": "sigmoid(x)",
    "softsign": "1 / (1 + abs(x))^2",
    "logsigmoid": "sigmoid(-x)",
    "tanhshrink": "tanh(x)^2",
    "hardtanh": "{-1 < x < 1: 1, 0}",
    "hardsigmoid": "{-3 < x < 3: 1/6, 0}",
    "hardswish": "{x >= 3: 1, x > -3: x/3 + 1/2, 0}",
    "hardshrink": "{abs(x) > 0.5: 1, 0}",
    "softshrink": "{abs(x) > 0.5: 1, 0}",
}

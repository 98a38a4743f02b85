"""The rows of PyTorch's activations that take one number and no settings, with its defaults.

https://docs.pytorch.org/docs/stable/nn.functional.html#non-linear-activation-functions
"""

import math
from functools import partial
from typing import Final

from gradviz.expression.tables.function_row import Function

_SELU_SCALE: Final = 1.0507009873554804934193349852946
_SELU_ALPHA: Final = 1.6732632423543772848170429916717
#: PyTorch computes softplus as its argument from here on.
_SOFTPLUS_LINEAR: Final = 20.0


def _sigmoid(value: float) -> float:
    """Return 1/(1 + exp(-value)) without overflow on either side."""
    decay = math.exp(-abs(value))
    return (1.0 if value >= 0 else decay) / (1.0 + decay)


def _log_sigmoid(value: float) -> float:
    return min(value, 0.0) - math.log1p(math.exp(-abs(value)))


def _softplus(value: float) -> float:
    return value if value > _SOFTPLUS_LINEAR else math.log1p(math.exp(value))


def _softplus_slope(value: float) -> float:
    return 1.0 if value > _SOFTPLUS_LINEAR else _sigmoid(value)


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _step_between(value: float, low: float, high: float, inside: float = 1.0) -> float:
    """Return `inside` between the bounds, else 0: the slope of a function that is clamped."""
    return inside if low < value < high else 0.0


def _elu(value: float, scale: float = 1.0, alpha: float = 1.0) -> float:
    return scale * (value if value > 0 else alpha * math.expm1(value))


def _elu_slope(value: float, scale: float = 1.0, alpha: float = 1.0) -> float:
    return scale * (1.0 if value > 0 else alpha * math.exp(value))


def _gelu(value: float) -> float:
    """Return the argument times the normal distribution up to it."""
    return value * 0.5 * math.erfc(-value / math.sqrt(2))


def _gelu_slope(value: float) -> float:
    density = math.exp(-(value**2) / 2) / math.sqrt(2 * math.pi)
    return 0.5 * math.erfc(-value / math.sqrt(2)) + value * density


def _hardshrink(value: float) -> float:
    return value if abs(value) > 0.5 else 0.0


def _softshrink(value: float) -> float:
    return math.copysign(max(abs(value) - 0.5, 0.0), value)


def _shrink_slope(value: float) -> float:
    return float(abs(value) > 0.5)


def _hardswish_slope(value: float) -> float:
    if value >= 3:
        return 1.0
    return value / 3 + 0.5 if value > -3 else 0.0


_activation = partial(Function, activation=True)

ACTIVATIONS: Final = (
    _activation(
        name="sigmoid",
        doc="Logistic function 1/(1 + exp(-t)), between 0 and 1.",
        synonyms=("logistic", "expit"),
        value=_sigmoid,
        formula="1 / (1 + exp(-x))",
    ),
    _activation(
        name="relu",
        doc="The argument where it is above 0, else 0.",
        value=lambda value: max(value, 0.0),
        slope=lambda value: float(value > 0),
    ),
    _activation(
        name="relu6",
        doc="The argument where it is between 0 and 6, else the nearer of both.",
        value=partial(_clamp, low=0.0, high=6.0),
        slope=partial(_step_between, low=0.0, high=6.0),
        torch="torch.nn.functional.relu6",
    ),
    _activation(
        name="leakyrelu",
        doc="The argument where it is above 0, else 0.01 of it.",
        synonyms=("leaky_relu",),
        value=lambda value: value if value > 0 else 0.01 * value,
        slope=lambda value: 1.0 if value > 0 else 0.01,
        torch="torch.nn.functional.leaky_relu",
    ),
    _activation(
        name="elu",
        doc="The argument where it is above 0, else exp(t) - 1.",
        value=_elu,
        slope=_elu_slope,
        torch="torch.nn.functional.elu",
    ),
    _activation(
        name="selu",
        doc="Argument t gives 1.0507 t above 0, else 1.7581 (exp(t) - 1).",
        value=partial(_elu, scale=_SELU_SCALE, alpha=_SELU_ALPHA),
        slope=partial(_elu_slope, scale=_SELU_SCALE, alpha=_SELU_ALPHA),
        torch="torch.nn.functional.selu",
    ),
    _activation(
        name="celu",
        doc="The argument where it is above 0, else exp(t) - 1, as elu without its setting.",
        value=_elu,
        slope=_elu_slope,
        torch="torch.nn.functional.celu",
    ),
    _activation(
        name="gelu",
        doc="The argument times the normal distribution up to it.",
        value=_gelu,
        slope=_gelu_slope,
        torch="torch.nn.functional.gelu",
    ),
    _activation(
        name="silu",
        doc="The argument times its sigmoid.",
        synonyms=("swish",),
        value=lambda value: value * _sigmoid(value),
        formula="x / (1 + exp(-x))",
        torch="torch.nn.functional.silu",
    ),
    _activation(
        name="mish",
        doc="The argument times tanh of its softplus.",
        value=lambda value: value * math.tanh(_softplus(value)),
        formula="x tanh(log(1 + exp(x)))",
        torch="torch.nn.functional.mish",
    ),
    _activation(
        name="softplus",
        doc="A smooth relu, log(1 + exp(t)); the argument itself above 20.",
        value=_softplus,
        slope=_softplus_slope,
        torch="torch.nn.functional.softplus",
    ),
    _activation(
        name="softsign",
        doc="The argument divided by 1 and its absolute value, between -1 and 1.",
        value=lambda value: value / (1 + abs(value)),
        formula="x / (1 + abs(x))",
        torch="torch.nn.functional.softsign",
    ),
    _activation(
        name="logsigmoid",
        doc="Logarithm of the sigmoid, below 0.",
        synonyms=("log_sigmoid",),
        value=_log_sigmoid,
        formula="-log(1 + exp(-x))",
        torch="torch.nn.functional.logsigmoid",
    ),
    _activation(
        name="tanhshrink",
        doc="The argument less its tanh.",
        value=lambda value: value - math.tanh(value),
        formula="x - tanh(x)",
        torch="torch.nn.functional.tanhshrink",
    ),
    _activation(
        name="hardtanh",
        doc="The argument where it is between -1 and 1, else the nearer of both.",
        value=partial(_clamp, low=-1.0, high=1.0),
        slope=partial(_step_between, low=-1.0, high=1.0),
        torch="torch.nn.functional.hardtanh",
    ),
    _activation(
        name="hardsigmoid",
        doc="Argument t gives t/6 + 1/2 where that is between 0 and 1, else the nearer of both.",
        value=lambda value: _clamp(value + 3, 0.0, 6.0) / 6,
        slope=partial(_step_between, low=-3.0, high=3.0, inside=1 / 6),
        torch="torch.nn.functional.hardsigmoid",
    ),
    _activation(
        name="hardswish",
        doc="The argument times its hardsigmoid.",
        value=lambda value: value * _clamp(value + 3, 0.0, 6.0) / 6,
        slope=_hardswish_slope,
        torch="torch.nn.functional.hardswish",
    ),
    _activation(
        name="hardshrink",
        doc="The argument, but 0 where it is from -0.5 to 0.5.",
        value=_hardshrink,
        slope=_shrink_slope,
        torch="torch.nn.functional.hardshrink",
    ),
    _activation(
        name="softshrink",
        doc="The argument moved by 0.5 towards 0, and 0 from -0.5 to 0.5.",
        value=_softshrink,
        slope=_shrink_slope,
        torch="torch.nn.functional.softshrink",
    ),
)

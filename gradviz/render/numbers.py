"""Numbers and tensors as text: short for the graph, with every digit for the inspector."""

import math

from gradviz.core.graphs.tensors import TensorSummary, shape_text

_MINUS = "\N{MINUS SIGN}"
_NORM = "‖·‖ "


def short(value: float, digits: int = 6) -> str:
    """Return `value` with at most 6 significant digits: `497938`, `−1.5e−7`, `nan`."""
    return _signed(f"{value:.{digits}g}")


def full(value: float) -> str:
    """Return `value` with as many digits as tell it from every other: `497937.65625`."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return _signed(str(int(value))) if value or math.copysign(1, value) > 0 else f"{_MINUS}0"
    return _signed(repr(float(value)))


def tensor_text(tensor: TensorSummary) -> str:
    """Return the value of a scalar, the norm of a larger tensor, or at least its shape."""
    if tensor.scalar is not None:
        return short(tensor.scalar)
    if tensor.norm is not None:
        return _NORM + short(tensor.norm)
    return shape_text(tensor.shape)


def gradient_text(gradient: TensorSummary | None) -> str:
    """Return `grad 12` or `grad ‖·‖ 958.5`; empty where there is no gradient."""
    return f"grad {tensor_text(gradient)}" if gradient is not None else ""


def _signed(digits: str) -> str:
    """Write a minus as wide as a plus, and an exponent without padding."""
    if "e" in digits:
        mantissa, exponent = digits.split("e")
        digits = f"{mantissa}e{int(exponent)}"
    return digits.replace("-", _MINUS)

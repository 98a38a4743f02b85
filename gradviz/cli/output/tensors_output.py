"""A tensor in a line for a terminal."""

from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.number_text import short


def tensor_text(summary: TensorSummary | None, digits: int = 6) -> str:
    """Return the value of a scalar with so many digits, and the shape and norm of the others."""
    if summary is None:
        return "none"
    if summary.scalar is not None:
        return short(summary.scalar, digits)
    if summary.device == "meta":
        return f"{shape_text(summary.shape)} without values"
    norm = "not finite" if summary.norm is None else short(summary.norm)
    return f"{shape_text(summary.shape)} norm {norm}"


def precise_text(summary: TensorSummary | None) -> str:
    """Return the same with digits enough to tell a float32 from every other."""
    return tensor_text(summary, digits=9)

"""A tensor in a line for a terminal."""

from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.language.saying import tr
from gradviz.core.number_text import short


def tensor_text(summary: TensorSummary | None, digits: int = 6) -> str:
    """Return the value of a scalar with so many digits, and the shape and norm of the others."""
    if summary is None:
        return tr("none")
    if summary.scalar is not None:
        return short(summary.scalar, digits)
    if summary.device == "meta":
        return tr("{shape} without values", shape=shape_text(summary.shape))
    if summary.norm is None:
        return tr("{shape} norm not finite", shape=shape_text(summary.shape))
    return tr("{shape} norm {norm}", shape=shape_text(summary.shape), norm=short(summary.norm))


def precise_text(summary: TensorSummary | None) -> str:
    """Return the same with digits enough to tell a float32 from every other."""
    return tensor_text(summary, digits=9)

"""Numbers and tensors as text: short for the graph, with every digit for the inspector."""

from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.language.saying import tr
from gradviz.core.number_text import full as full
from gradviz.core.number_text import short as short

_NORM = "‖·‖ "


def norm_text(norm: float) -> str:
    """Return `‖·‖ 958.5`."""
    return _NORM + short(norm)


def tensor_text(tensor: TensorSummary) -> str:
    """Return the value of a scalar, the norm of a larger tensor, or at least its shape.

    Of a tensor that is to be predicted first it is `?`.
    """
    if tensor.hidden:
        return "?"
    if tensor.scalar is not None:
        return short(tensor.scalar)
    if tensor.norm is not None:
        return norm_text(tensor.norm)
    return shape_text(tensor.shape)


def gradient_text(gradient: TensorSummary | None) -> str:
    """Return `grad 12` or `grad ‖·‖ 958.5`; empty where there is no gradient."""
    if gradient is None:
        return ""
    # Each step has hundreds of numbers, which are not to be remembered as what was said.
    return tr("grad {number}").format(number=tensor_text(gradient))

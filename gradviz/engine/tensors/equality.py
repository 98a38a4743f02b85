"""Whether two tensors of any layout are the same."""

import torch

from gradviz.engine.tensors.components import components_of, shape_of


def are_equal(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Tell whether two tensors have the same elements; NaN is the same as NaN.

    Nested tensors are the same where their tensors are, sparse ones where what they store is.

    Raises:
        NotImplementedError, RuntimeError: PyTorch compares none of their kind, such as quantized
            ones with a scale for each channel, and those without data.
    """
    if (one.dtype, one.device, one.layout) != (other.dtype, other.device, other.layout):
        return False
    if one.is_nested != other.is_nested or shape_of(one) != shape_of(other):
        return False
    if one.is_nested:
        return all(map(are_equal, one.unbind(), other.unbind()))
    if one.layout is not torch.strided:
        parts, others = components_of(one), components_of(other)
        return all(map(are_equal, parts.values(), others.values()))
    return torch.equal(one, other) or torch.allclose(one, other, 0.0, 0.0, equal_nan=True)

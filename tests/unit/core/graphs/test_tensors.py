"""Arrays in messages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as arrays

from gradviz.core.graphs.tensors import Array, TensorSummary


@given(arrays.arrays(arrays.floating_dtypes(endianness="<"), arrays.array_shapes(min_dims=0)))
def test_that_an_array_comes_back_bit_for_bit(array: "np.ndarray") -> None:
    back = Array.of(array).numpy()
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()


def test_that_what_came_in_a_message_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Array.of(np.ones(3)).numpy()[0] = 2


def test_that_an_array_that_is_not_contiguous_keeps_its_order() -> None:
    array = np.arange(6.0).reshape(2, 3).T
    assert np.array_equal(Array.of(array).numpy(), array)


def test_that_only_a_tensor_of_one_element_is_a_scalar() -> None:
    def summary(*values: float) -> TensorSummary:
        return TensorSummary(shape=(len(values),), dtype="float32", device="cpu", values=values)

    assert summary(3.0).scalar == 3.0
    assert summary(3.0, 4.0).scalar is None

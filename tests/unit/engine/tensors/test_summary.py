"""Summaries of tensors: statistics of any values, and nothing that is computed twice."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from msgspec.msgpack import encode

from gradviz.core.graphs.tensors import SHOWN_VALUES
from gradviz.engine.tensors.summary import Summaries, summarize


@given(
    hnp.arrays(np.float32, hnp.array_shapes(max_dims=3), elements=st.floats(-1e6, 1e6, width=32))
)
def test_that_statistics_are_those_of_the_values_in_float64(array: np.ndarray) -> None:
    summary = summarize(torch.from_numpy(array))
    wide = array.astype(np.float64)
    assert summary.shape == array.shape
    assert summary.minimum == wide.min()
    assert summary.maximum == wide.max()
    assert summary.mean == pytest.approx(wide.mean(), rel=1e-9, abs=1e-9)
    assert summary.norm == pytest.approx(np.linalg.norm(wide), rel=1e-12)
    assert summary.finite


@given(st.floats(width=32))
def test_that_one_value_is_kept_bit_for_bit(value: float) -> None:
    (shown,) = summarize(torch.tensor(value)).values or ()
    assert shown == value or (math.isnan(shown) and math.isnan(value))


def test_that_values_are_carried_up_to_the_limit_and_not_beyond() -> None:
    assert summarize(torch.arange(float(SHOWN_VALUES))).values == tuple(range(SHOWN_VALUES))
    assert summarize(torch.arange(float(SHOWN_VALUES + 1))).values is None


def test_that_an_infinite_maximum_is_shown_and_an_undefined_mean_is_not() -> None:
    summary = summarize(torch.tensor([1.0, math.inf, -math.inf]))
    assert not summary.finite
    assert summary.maximum == math.inf
    assert summary.mean is None


def test_that_nan_makes_every_statistic_undefined() -> None:
    summary = summarize(torch.tensor([1.0, math.nan]))
    assert not summary.finite
    assert (summary.minimum, summary.maximum, summary.mean, summary.norm) == (None,) * 4


def test_that_values_whose_squares_overflow_have_a_norm() -> None:
    summary = summarize(torch.tensor([3e300, 4e300], dtype=torch.float64))
    assert summary.finite
    assert summary.norm == pytest.approx(5e300)
    assert summary.mean == pytest.approx(3.5e300)


def test_that_an_empty_tensor_has_a_shape_and_no_statistics() -> None:
    summary = summarize(torch.empty(0, 3))
    assert summary.shape == (0, 3)
    assert summary.values == ()
    assert summary.norm is None


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.int64, torch.uint8])
def test_that_other_types_are_read(dtype: torch.dtype) -> None:
    assert summarize(torch.tensor([1, 2, 2], dtype=dtype)).norm == 3.0


def test_that_truth_values_complex_sparse_and_empty_tensors_are_read() -> None:
    assert summarize(torch.tensor([True, False])).values == (1.0, 0.0)
    magnitudes = summarize(torch.tensor([3 + 4j, 0j]))
    assert (magnitudes.maximum, magnitudes.values) == (5.0, None)
    assert summarize(torch.tensor([0.0, 2.0]).to_sparse()).maximum == 2.0
    assert summarize(torch.empty(7, device="meta")).shape == (7,)


def test_that_a_negated_view_is_read() -> None:
    assert summarize(torch.tensor([1 + 2j, 3 + 4j]).conj().imag).values == (-2.0, -4.0)


def test_that_a_tensor_is_summarized_once_until_it_changes() -> None:
    summaries = Summaries()
    tensor = torch.ones(3)
    first = summaries.of(tensor)
    assert summaries.of(tensor) is first
    tensor.add_(1)
    assert summaries.of(tensor).maximum == 2.0
    assert first.maximum == 1.0


def test_that_none_stays_none_among_gradients() -> None:
    assert Summaries().of_each((None, torch.tensor(1.0)))[0] is None


def _alike_in_shape() -> list[torch.Tensor]:
    """Return tensors that are read together, in each way in which they may lie in memory."""
    images = torch.randn(2, 3, 4, 5)
    return [
        images,
        images.contiguous(memory_format=torch.channels_last),
        torch.randn(5, 4, 3, 2).permute(3, 2, 1, 0),
        torch.randn(()).expand(2, 3, 4, 5),
        torch.randn(2, 3, 4, 5, requires_grad=True),
        torch.full((2, 3, 4, 5), torch.nan),
        torch.full((2, 3, 4, 5), -torch.inf),
        torch.full((2, 3, 4, 5), 3e38),
        torch.complex(images, images).conj().imag,
    ]


@pytest.mark.parametrize("count", [1, 2, 60, 120])
def test_that_tensors_read_together_are_summarized_as_each_alone(count: int) -> None:
    tensors = [
        each.reshape(-1)[:size].reshape(shape) if size < each.numel() else each
        for size, shape in ((1, (1, 1)), (16, (2, 8)), (120, (2, 3, 4, 5)))
        for each in _alike_in_shape() * count
    ]
    summaries = Summaries()
    summaries.take([None, *tensors, torch.empty(0, 3), torch.ones(2, dtype=torch.int64)])
    assert encode([summaries.of(each) for each in tensors]) == encode(
        [summarize(each) for each in tensors]
    )


def test_that_a_tensor_that_was_taken_counts_as_it_was_then() -> None:
    summaries = Summaries()
    tensor = torch.ones(3)
    summaries.take([tensor])
    tensor.add_(1)
    assert summaries.of(tensor).maximum == 1.0
    assert summaries.versions[id(tensor)] == 0
    summaries.take([tensor])
    assert summaries.of(tensor).maximum == 2.0

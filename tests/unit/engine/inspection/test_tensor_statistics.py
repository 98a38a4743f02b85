"""All elements counted, and drawn small: what NumPy and torch find of the whole at once."""

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from questions import ask

from gradviz.core.choices.settings import Model
from gradviz.core.findings.tensor_view import MAP_CELLS, Statistics, edges
from gradviz.core.graphs.places import TensorPlace
from gradviz.engine.inspection.heat_map import Cells
from gradviz.engine.inspection.tensor_statistics import Bins, Measure
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import MeasureTensor

FLOATS = arrays.arrays(
    np.float64,
    st.integers(1, 60),
    elements=st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf]),
)


def measured(array: np.ndarray, size: int) -> Statistics:
    measure = Measure()
    for start in range(0, len(array), size):
        measure.add(array[start : start + size])
    return measure.statistics


@given(FLOATS, st.integers(1, 7))
@example(np.array([5e-324, 0.0]), 1)
def test_that_statistics_of_pieces_are_those_of_the_whole(array: np.ndarray, size: int) -> None:
    found, finite = measured(array, size), torch.tensor(array[np.isfinite(array)])
    assert (found.nan, found.infinite) == (np.isnan(array).sum(), np.isinf(array).sum())
    assert found.zeros == (array == 0).sum()
    assert found.finite == len(finite)
    if not len(finite):
        assert found.minimum is found.norm is None
        return
    assert (found.minimum, found.maximum) == (finite.min().item(), finite.max().item())
    # The smallest floats have too few digits for a part of them.
    scale = max(float(finite.abs().max()), 1e9 * np.finfo(float).tiny)
    assert found.mean == pytest.approx(finite.mean().item(), abs=1e-9 * scale)
    assert found.norm == pytest.approx(torch.linalg.vector_norm(finite).item())
    if len(finite) > 1:
        assert found.std == pytest.approx(finite.std().item(), abs=1e-7 * scale)


def test_that_values_near_the_end_of_their_type_have_a_norm() -> None:
    assert measured(np.array([3e200, 4e200]), 1).norm == pytest.approx(5e200)
    assert measured(np.array([3e-200, 4e-200]), 2).norm == pytest.approx(5e-200)


@given(FLOATS)
@example(np.array([0.0, 5e-324]))
@example(np.array([0.0, 1e-310]))
@example(np.array([-1.7e308, 1.7e308]))
def test_that_every_finite_value_is_in_one_bin(array: np.ndarray) -> None:
    finite = array[np.isfinite(array)]
    if not len(finite):
        return
    bins = Bins(float(finite.min()), float(finite.max()))
    bins.add(array)
    counts = bins.histogram.counts
    assert sum(counts) == len(finite)
    assert counts[-1] >= (finite == finite.max()).sum()


@given(st.integers(1, 600), st.integers(1, 600), st.integers(0, 5))
def test_that_each_cell_has_the_mean_and_the_extreme_of_its_values(
    rows: int, columns: int, seed: int
) -> None:
    plane = torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))
    plane[0, 0] = float("nan")
    cells = Cells(rows, columns)
    for down, across in cells.tiles():
        cells.add(down, across, plane)
    found = cells.map
    mean, extreme, bad = found.mean.floats(), found.extreme.floats(), found.bad.numpy()
    assert mean.shape == (min(rows, MAP_CELLS), min(columns, MAP_CELLS))
    top, left = edges(rows, mean.shape[0]), edges(columns, mean.shape[1])
    for row, column in ((0, 0), (mean.shape[0] - 1, mean.shape[1] // 2)):
        cell = plane[top[row] : top[row + 1], left[column] : left[column + 1]].double()
        finite = cell[cell.isfinite()]
        assert bad[row, column] == (len(finite) < cell.numel())
        if len(finite):
            assert mean[row, column] == pytest.approx(finite.mean().item(), abs=1e-12)
            assert extreme[row, column] == finite[finite.abs().argmax()]
        else:
            assert np.isnan(mean[row, column])


def test_that_counting_is_cut_into_pieces_and_given_up_for_another_tensor() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    session = machine._session
    assert session is not None
    assert session.recording is not None
    session.recording.tensors.values["n0"] = torch.zeros(20_000_000)
    for node in ("n0", "n1"):
        place = TensorPlace(node, "value")
        number = 1 if node == "n0" else 2
        assert list(machine.handle(ask(MeasureTensor(place=place), number=number))) == []
        events = list(machine.advance())
        # A frame is not enough for the large one.
        assert machine.busy == (node == "n0")
    assert {each.number for each in events if isinstance(each, Answered)} == {2}
    assert Unanswered(run=1, number=1, reason="replaced") in events

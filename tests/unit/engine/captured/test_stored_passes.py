"""Recorded passes in files: all that was recorded is there again, bit for bit."""

import contextlib
import io
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import DataError
from gradviz.engine.captured.captured import captured_module
from gradviz.engine.captured.kept_pass import Shown
from gradviz.engine.captured.stored_passes import shown_passes, stored_passes
from gradviz.engine.recording.memory_limit import places_of
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording
from gradviz.protocol.questions import MissingGradients
from gradviz.session_files.recordings import StoredRecording, recording_in, write_recording


def _written(passes: list[Shown], megabytes: int = 100) -> bytes:
    stream = io.BytesIO()
    write_recording(stream, stored_passes("Net", passes, megabytes))
    return stream.getvalue()


def _read(content: bytes) -> tuple[Shown, ...]:
    return shown_passes(recording_in(content))


def _network() -> Recording:
    module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    return captured_module(module, torch.randn(5, 3)).recording


def _bits(tensor: torch.Tensor) -> tuple[torch.dtype, torch.Size, bytes]:
    rows = tensor.detach().reshape(-1).clone(memory_format=torch.contiguous_format)
    return tensor.dtype, tensor.shape, rows.view(torch.uint8).numpy().tobytes()


def test_that_graph_trace_groups_and_every_tensor_come_back() -> None:
    recording = _network()
    missing = MissingGradients(leaves=4, missing=())
    (found,) = _read(_written([Shown(recording, "step 3", 0.25, 3, missing)]))
    assert (found.title, found.output, found.step, found.missing) == ("step 3", 0.25, 3, missing)
    assert found.recording.graph == recording.graph
    assert found.recording.graph.groups
    assert found.recording.trace == recording.trace
    before = {place: _bits(tensor) for place, tensor in places_of(recording.tensors)}
    after = {place: _bits(tensor) for place, tensor in places_of(found.recording.tensors)}
    assert before == after


@given(
    numbers=st.lists(st.floats(width=32), min_size=1, max_size=30),
    dtype=st.sampled_from([torch.float64, torch.float32, torch.bfloat16, torch.complex64]),
)
def test_that_any_numbers_of_any_type_come_back(numbers: list[float], dtype: torch.dtype) -> None:
    w = torch.tensor(numbers, dtype=torch.float64).to(dtype).requires_grad_()
    recording = record(torch.view_as_real(w * w).sum() if dtype.is_complex else (w * w).sum())
    (found,) = _read(_written([Shown(recording, "", math.nan)]))
    assert repr(found.recording.trace) == repr(recording.trace)
    assert repr(found.recording.graph) == repr(recording.graph)
    for place, tensor in places_of(recording.tensors):
        assert _bits(found.recording.tensors.at(place)) == _bits(tensor.resolve_conj())


def test_that_several_passes_come_back_in_their_order() -> None:
    first, second = _network(), _network()
    found = _read(_written([Shown(first, "a", 1.0, 1), Shown(second, "b", 2.0, 5)]))
    assert [(each.title, each.step) for each in found] == [("a", 1), ("b", 5)]
    for shown, recording in zip(found, (first, second), strict=True):
        for place, tensor in places_of(recording.tensors):
            assert torch.equal(shown.recording.tensors.at(place), tensor)


def test_that_what_is_beyond_the_limit_is_left_out_and_counted() -> None:
    w = torch.randn(1_000_000, requires_grad=True)
    recording = record(((w * 2.0) ** 2).sum(), {"w": w})
    stored = stored_passes("w", [Shown(recording, "", 0.0)], megabytes=5)
    assert len(stored.tensors) < 5_100_000
    (saved,) = stored.recording.passes
    assert saved.places.left_out > 0
    (found,) = shown_passes(stored)
    # Gradients come first.
    assert list(found.recording.tensors.gradients) == list(recording.tensors.gradients)
    assert found.recording.graph == recording.graph


def test_that_a_tensor_at_several_places_is_in_the_file_once() -> None:
    w = torch.randn(250_000, requires_grad=True)
    recording = record((w + 0.0).sum(), {"w": w})
    assert len(_written([Shown(recording, "", 0.0)])) < 4 * 1_000_000 + 10_000


@given(st.data())
def test_that_a_damaged_file_is_refused_or_read(data: st.DataObject) -> None:
    content = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DataError):
        _read(bytes(content))


def test_that_a_number_of_no_tensor_is_refused() -> None:
    stored = recording_in(_SMALL)
    with pytest.raises(DataError, match="damaged"):
        shown_passes(StoredRecording(stored.recording, b""))


def _small() -> bytes:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    return _written([Shown(record((w * w).sum(), {"w": w}), "", 5.0)])


_SMALL = _small()

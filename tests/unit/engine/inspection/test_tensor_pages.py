"""Tensors of any size, type and layout, cut into windows where they lie."""

import warnings
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.trace import Trace
from gradviz.engine.inspection.answers import Inspected
from gradviz.engine.inspection.tensor_pages import page
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording, Tensors
from gradviz.engine.tensors.components import chunks, elements
from gradviz.engine.tensors.summary import summarize
from gradviz.protocol.questions import ReadTensorPage, TensorPage

PLACE = TensorPlace("n0", "value")


def recording_of(tensor: torch.Tensor) -> Recording:
    graph = Graph(nodes=(), edges=(), output="n0")
    trace = Trace(steps=(), leaf_grads={})
    return Recording(graph, trace, Tensors(values={"n0": tensor}))


def asked(tensor: torch.Tensor, **window: object) -> TensorPage:
    question = ReadTensorPage(place=PLACE, **window)  # type: ignore[arg-type]
    found = page(question, Inspected(recording_of(tensor)))
    assert isinstance(found, TensorPage)
    return found


def shown(answer: TensorPage) -> np.ndarray:
    assert answer.values is not None
    return answer.values.numpy()


@given(
    st.lists(st.integers(1, 4), max_size=4),
    st.integers(0, 60),
    st.integers(0, 60),
    st.randoms(use_true_random=False),
)
def test_that_any_range_of_any_strided_tensor_is_that_of_its_copy(
    shape: list[int], start: int, count: int, chance: object
) -> None:
    order = list(range(len(shape)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    tensor = torch.arange(torch.Size(shape).numel()).reshape(shape).permute(order)
    expected = tensor.reshape(-1)[start : start + count]
    assert elements(tensor, start, start + count).tolist() == expected.tolist()
    joined = np.concatenate(list(chunks(tensor, 3)))
    assert joined.tolist() == tensor.reshape(-1).tolist()


def test_that_a_window_of_a_slice_is_that_of_the_tensor_and_ends_where_it_ends() -> None:
    tensor = torch.randn(3, 4, 9, 7).transpose(2, 3)
    answer = asked(tensor, fixed=(1, 2), row=5, rows=64, column=1, columns=3)
    assert (shown(answer) == tensor[1, 2, 5:, 1:4].numpy()).all()
    assert answer.head.shape == (3, 4, 7, 9)


def test_that_a_window_of_a_large_view_copies_only_itself() -> None:
    # Expanded: a million million elements, which no machine could copy.
    tensor = torch.arange(5.0).expand(10**6, 10**6 // 5, 5)
    values = shown(asked(tensor, fixed=(999_999,), row=150_000, rows=2, columns=5))
    assert values.tolist() == [[0, 1, 2, 3, 4]] * 2


INDICES = torch.tensor([[0, 1], [1, 2]])
LARGE = (10**6, 10**6)


def quietly(make: Callable[[], torch.Tensor]) -> torch.Tensor:
    """Make a tensor of a kind that PyTorch warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return make()


KINDS: dict[str, Callable[[], torch.Tensor]] = {
    "complex": lambda: torch.tensor([[3 + 4j, 1j]]),
    "conjugated": lambda: torch.tensor([[3 + 4j, 1j]]).conj(),
    "complex half": lambda: torch.tensor([3 + 4j]).to(torch.complex32),
    "half": lambda: torch.tensor([0.5, -2]).half(),
    "bfloat16": lambda: torch.tensor([0.5, -2]).bfloat16(),
    "eight bits": lambda: torch.tensor([0.5, -2]).to(torch.float8_e4m3fn),
    "integer": lambda: torch.tensor([2**62 + 1, -3]),
    "unsigned": lambda: torch.tensor([7, 9]).to(torch.uint64),
    "bool": lambda: torch.tensor([True, False]),
    "quantized": lambda: torch.quantize_per_tensor(torch.tensor([0.5, -2]), 0.5, 0, torch.qint8),
    "by channel": lambda: torch.quantize_per_channel(
        torch.tensor([[0.5, -2]]), torch.tensor([0.5]), torch.zeros(1), 0, torch.qint8
    ),
    "sparse": lambda: torch.sparse_coo_tensor(INDICES, torch.tensor([1.5, 2]), LARGE),
    "not coalesced": lambda: torch.sparse_coo_tensor(
        torch.zeros(2, 2, dtype=torch.long), torch.ones(2), LARGE
    ),
    "compressed": lambda: torch.eye(3).to_sparse_csr(),
    "nested": lambda: torch.nested.nested_tensor([torch.ones(2, 3), torch.zeros(4, 3)]),
    "jagged": lambda: torch.nested.nested_tensor(
        [torch.ones(2, 3), torch.zeros(4, 3)], layout=torch.jagged
    ),
    "nothing nested": lambda: torch.nested.nested_tensor([]),
    "meta": lambda: torch.empty(4, 5, device="meta"),
    "empty": lambda: torch.empty(0, 3),
    "no dimension": lambda: torch.tensor(2.5),
}


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_kind_of_tensor_is_summarized_and_shown_or_says_why_not(kind: str) -> None:
    tensor = quietly(KINDS[kind])
    summary, answer = summarize(tensor), asked(tensor)
    assert summary.shape == answer.head.shape
    assert answer.head.dtype == summary.dtype == str(tensor.dtype).removeprefix("torch.")
    if answer.values is None:
        assert answer.head.notes or 0 in summary.shape
    else:
        assert answer.values.numpy().size > 0


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("complex", [[3 + 4j, 1j]]),
        ("conjugated", [[3 - 4j, -1j]]),
        ("complex half", [[3 + 4j]]),
        ("half", [[0.5, -2]]),
        ("bfloat16", [[0.5, -2]]),
        ("eight bits", [[0.5, -2]]),
        ("integer", [[2**62 + 1, -3]]),
        ("unsigned", [[7, 9]]),
        ("bool", [[True, False]]),
        ("quantized", [[0.5, -2]]),
        ("by channel", [[0.5, -2]]),
        ("sparse", [[1.5, 2]]),
        ("compressed", [[1, 1, 1]]),
        ("nested", [[1, 1, 1]] * 2),
        ("no dimension", [[2.5]]),
    ],
)
def test_that_values_are_shown_exactly(kind: str, values: list[list[object]]) -> None:
    assert shown(asked(quietly(KINDS[kind]))).tolist() == values


def test_that_a_sparse_tensor_has_its_indices_and_says_what_it_stores() -> None:
    tensor = KINDS["sparse"]()
    assert shown(asked(tensor, component="indices")).tolist() == INDICES.tolist()
    assert (
        "2 of 1\u202f000\u202f000\u202f000\u202f000 elements are stored"
        in asked(tensor).head.notes[0]
    )
    assert summarize(tensor).mean == pytest.approx(3.5e-12)


def test_that_each_tensor_of_a_nested_one_can_be_chosen() -> None:
    answer = asked(quietly(KINDS["nested"]), component="1")
    assert answer.head.shape == (2, -1, 3)
    assert [each.shape for each in answer.head.components] == [(2, 3), (4, 3)]
    assert shown(answer).shape == (4, 3)


@pytest.mark.parametrize("layout", [torch.strided, torch.jagged])
def test_that_a_pass_through_nested_tensors_is_recorded_as_data(layout: torch.layout) -> None:
    linear = torch.nn.Linear(3, 2)
    rows = [torch.ones(2, 3), torch.zeros(4, 3)]
    nested = quietly(lambda: torch.nested.nested_tensor(rows, layout=layout))
    recorder = ForwardRecorder()
    with recorder:
        output = torch.nested.to_padded_tensor(linear(nested), 0.0).sum()
    recording = record(output, dict(linear.named_parameters()), recorder)
    node = next(node for node in recording.graph.nodes if node.op == "Linear")
    assert node.shape == (2, -1, 2)
    assert msgspec.msgpack.encode((recording.graph, recording.trace))

"""Tensors of any size, type and layout, cut into windows where they lie."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.graph import Graph
from gradviz.core.places import TensorPlace
from gradviz.core.trace import Trace
from gradviz.engine.recording import Recording, Tensors
from gradviz.engine.tensor_pages import page
from gradviz.engine.tensor_parts import chunks, elements
from gradviz.protocol.tensor_questions import AskTensorPage, TensorPage

PLACE = TensorPlace("n0", "value")


def recording_of(tensor: torch.Tensor) -> Recording:
    graph = Graph(nodes=(), edges=(), output="n0")
    trace = Trace(steps=(), leaf_grads={})
    return Recording(graph, trace, Tensors(values={"n0": tensor}))


def asked(tensor: torch.Tensor, **window: object) -> TensorPage:
    question = AskTensorPage(run=1, recording=1, place=PLACE, **window)  # type: ignore[arg-type]
    return page(question, recording_of(tensor))


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

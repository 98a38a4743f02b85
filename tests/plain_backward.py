"""What plain `backward()` of PyTorch computes, to hold a recording to it bit for bit."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import torch
from hypothesis import strategies as st

from gradviz.engine.recording.capture import Walk
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording

#: Zeros of both signs, infinities, NaN, denormals, and numbers that overflow when squared.
SPECIAL = (0.0, -0.0, float("inf"), -float("inf"), float("nan"), 1e-40, -1e-45, 3e38, -3e38, 1e-20)

#: A model that keeps every result of it that Python sees in the list it is given.
Forward = Callable[[list[torch.Tensor]], torch.Tensor]


def numbers(count: int) -> st.SearchStrategy[torch.Tensor]:
    """Return tensors of shape (count,): ordinary numbers, and some of `SPECIAL` among them."""
    usual = st.floats(-3, 3, width=32)
    ordinary = st.lists(usual, min_size=count, max_size=count)
    mixed = st.lists(usual | st.sampled_from(SPECIAL), min_size=count, max_size=count)
    return (ordinary | mixed).map(lambda found: torch.tensor(found, dtype=torch.float32))


def assert_recorded_as_by_backward(
    recorded: Forward,
    leaves: Mapping[str, torch.Tensor],
    plain: Forward,
    plain_leaves: Mapping[str, torch.Tensor],
) -> None:
    """Record one model, run the other that is equal to it with hooks alone, and compare all."""
    recorder = ForwardRecorder()
    recorder.name_all(leaves)
    with recorder:
        output = recorded([])
    found = record(output, leaves, recorder)
    made: list[torch.Tensor] = []
    expected = plain(made)
    walk = Walk(expected, plain_leaves)
    values = [(_id_of(each, walk), each) for each in made if each.requires_grad]
    seen = _hooked(each for _, each in values)
    for leaf in plain_leaves.values():
        leaf.grad = None
    expected.backward(torch.ones_like(expected))  # type: ignore[no-untyped-call]
    assert same_bits(output, expected)
    _assert_nodes(found, [(*each, got) for each, got in zip(values, seen, strict=True)])
    _assert_leaves(found, plain_leaves)


def _hooked(tensors: Iterable[torch.Tensor]) -> list[list[torch.Tensor]]:
    """Return a list for each tensor, which is filled with the gradients that a hook sees."""
    seen: list[list[torch.Tensor]] = []
    for tensor in tensors:
        got: list[torch.Tensor] = []
        tensor.register_hook(partial(_keep, got))  # type: ignore[no-untyped-call]
        seen.append(got)
    return seen


def _keep(seen: list[torch.Tensor], gradient: torch.Tensor) -> None:
    seen.append(gradient.clone())


def _assert_nodes(
    found: Recording, expected: list[tuple[tuple[str, int] | None, torch.Tensor, list[Any]]]
) -> None:
    for place, value, seen in expected:
        if place is None:
            # It does not reach the output.
            assert seen == []
            continue
        node, index = place
        kept = found.tensors.values.get(node)
        assert kept is None or index or same_bits(kept, value), node
        got = found.tensors.grad_outputs.get(node, ())
        gradient = got[index] if index < len(got) else None
        assert (gradient is None) == (not seen), (node, gradient, seen)
        if gradient is not None:
            assert len(seen) == 1
            assert same_bits(gradient, seen[0]), (node, gradient, seen)


def _assert_leaves(found: Recording, leaves: Mapping[str, torch.Tensor]) -> None:
    names = {found.graph.node[node].op: node for node in found.tensors.gradients}
    assert names.keys() == {name for name, leaf in leaves.items() if leaf.grad is not None}
    for name, node in names.items():
        expected = leaves[name].grad
        assert expected is not None
        assert same_bits(found.tensors.gradients[node], expected), name
        told = found.trace.leaf_grads[node]
        assert told.finite == bool(torch.isfinite(expected).all()), name


def _id_of(tensor: torch.Tensor, walk: Walk) -> tuple[str, int] | None:
    """Return the node that made `tensor` and which of its results it is; None outside the walk."""
    node = walk.ids.get(tensor.grad_fn)
    return None if node is None else (node, tensor.output_nr)


def same_bits(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Tell whether two tensors of float32 have the same bits, all kinds of NaN being one."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    nan = one.isnan()
    if not torch.equal(nan, other.isnan()):
        return False
    bits = (each.detach().contiguous().view(torch.int32)[~nan] for each in (one, other))
    return torch.equal(*bits)

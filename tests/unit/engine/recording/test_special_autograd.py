"""In-place operations, views, hooks, checkpoints and the like are recorded as they are."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch
from torch.utils.checkpoint import checkpoint

from gradviz.core.errors import OwnModelError
from gradviz.core.findings.explanation import explain
from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.walk import backward_execution
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording
from gradviz.ui.panels.inspector.node_facts import inspect

Model = Callable[[torch.Tensor], torch.Tensor]


def leaf() -> torch.Tensor:
    return torch.tensor([1.0, 2.0], requires_grad=True)


def recorded(model: Model, names: Mapping[str, torch.Tensor]) -> Recording:
    """Run `model` on the first of `names` while a recorder listens, and record its backward."""
    with ForwardRecorder() as recorder:
        output = model(next(iter(names.values())))
    return record(output, names, recorder)


def named(recording: Recording, name: str) -> Node:
    return next(node for node in recording.graph.nodes if node.name == name)


def sent_by(recording: Recording, name: str) -> tuple[torch.Tensor | None, ...]:
    return recording.tensors.grad_inputs[named(recording, name).id]


def got_by(recording: Recording, name: str) -> tuple[torch.Tensor | None, ...]:
    return recording.tensors.grad_outputs[named(recording, name).id]


def in_place(a: torch.Tensor) -> torch.Tensor:
    b = a * 2
    b += 3
    b.mul_(5)
    return (b * b).sum()


def through_a_view(a: torch.Tensor) -> torch.Tensor:
    b = a * 2
    b[0].mul_(5)
    b[1] = b[0] * 3
    return (b * b).sum()


def relu_in_place(a: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.relu(a - 1.5, inplace=True).sum()


def views(a: torch.Tensor) -> torch.Tensor:
    return (a.view(2, 1).expand(2, 3).t().reshape(-1) * a.repeat(3)).sum()


def detached(a: torch.Tensor) -> torch.Tensor:
    return (a * 2 * (a * 3).detach()).sum()


def without_grad(a: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        constant = a.exp()
    return (a * constant).sum()


def hook_that_replaces(a: torch.Tensor) -> torch.Tensor:
    b = a * 2
    b.register_hook(lambda gradient: gradient * 10)  # type: ignore[no-untyped-call]
    return (b * 3).sum()


def hook_that_changes_in_place(a: torch.Tensor) -> torch.Tensor:
    b = a + 1

    def tenfold(gradient: torch.Tensor) -> None:
        gradient.mul_(10)

    b.register_hook(tenfold)  # type: ignore[no-untyped-call]
    return (b * 3).sum()


def retained(a: torch.Tensor) -> torch.Tensor:
    b = a * 2
    b.retain_grad()
    return b.sin().sum()


def checkpointed(a: torch.Tensor) -> torch.Tensor:
    inner: Any = checkpoint(lambda t: (t * 2).sin(), a, use_reentrant=False)
    return inner.sum()  # type: ignore[no-any-return]


def checkpointed_reentrantly(a: torch.Tensor) -> torch.Tensor:
    inner: Any = checkpoint(lambda t: (t * 2).sin(), a, use_reentrant=True)
    return inner.sum()  # type: ignore[no-any-return]


def module_hook(a: torch.Tensor) -> torch.Tensor:
    module = torch.nn.Linear(2, 1)
    with torch.no_grad():
        module.weight.fill_(0.5)
    module.register_full_backward_hook(lambda _, sent, __: (sent[0] * 3,))  # type: ignore[index]
    return module(a).sum()  # type: ignore[no-any-return]


def hook_of_the_node(a: torch.Tensor) -> torch.Tensor:
    b = a * 2
    assert b.grad_fn is not None
    b.grad_fn.register_hook(lambda sent, _: (sent[0] * 10, *sent[1:]))
    return (b * 3).sum()


def prehook_of_the_node(a: torch.Tensor) -> torch.Tensor:
    b = a * 2
    assert b.grad_fn is not None
    b.grad_fn.register_prehook(lambda got: (got[0] * 10,))
    return (b * 3).sum()


def hook_of_a_leafs_node(a: torch.Tensor) -> torch.Tensor:
    accumulating = torch.autograd.graph.get_gradient_edge(a).node
    accumulating.register_prehook(lambda got: (got[0] * 10,))
    # The node of a leaf lives only as long as something holds it: the graph does from here on.
    return (a * 2 * 3).sum()


def module_prehook(a: torch.Tensor) -> torch.Tensor:
    module = torch.nn.Flatten(0)
    module.register_full_backward_pre_hook(lambda _, got: (got[0] * 3,))  # type: ignore[index]
    return module(a * 2).sum()  # type: ignore[no-any-return]


def twice(a: torch.Tensor) -> torch.Tensor:
    inner: Any = checkpoint(lambda t: t * a, a * 1, use_reentrant=True)
    return (inner * a).sum()  # type: ignore[no-any-return]


ALL = (
    in_place, through_a_view, relu_in_place, views, detached, without_grad, hook_that_replaces,
    hook_that_changes_in_place, retained, checkpointed, checkpointed_reentrantly, module_hook,
    hook_of_the_node, prehook_of_the_node, module_prehook, twice,
)  # fmt: skip


@pytest.mark.parametrize("model", ALL)
def test_that_the_recorded_gradient_is_pytorchs_and_recording_changes_nothing(
    model: Model,
) -> None:
    plain = leaf()
    model(plain).backward()  # type: ignore[no-untyped-call]
    assert plain.grad is not None
    a = leaf()
    a.grad = before = torch.full_like(a, 7.0)
    recording = recorded(model, {"a": a})
    assert torch.equal(
        recording.tensors.gradients[named(recording, "AccumulateGrad").id], plain.grad
    )
    assert a.grad is before
    assert a.grad.tolist() == [7.0, 7.0]
    a.grad = None
    model(a).backward()  # type: ignore[no-untyped-call]
    assert torch.equal(a.grad, plain.grad)  # type: ignore[arg-type]
    if model not in (checkpointed_reentrantly, twice):
        other = leaf()
        assert torch.equal(torch.autograd.grad(model(other), other)[0], plain.grad)


@pytest.mark.parametrize("model", ALL)
def test_that_forward_steps_are_in_the_order_of_the_computation(model: Model) -> None:
    recording = recorded(model, {"a": leaf()})
    forward = recording.trace.forward
    assert sorted(forward) == sorted(recording.graph.node)
    place = {node: index for index, node in enumerate(forward)}
    assert all(place[edge.source] < place[edge.target] for edge in recording.graph.edges)
    assert forward[-1] == recording.graph.output


def test_that_a_value_that_is_changed_in_place_later_is_kept_as_it_was() -> None:
    recording = recorded(in_place, {"a": leaf()})
    values = {node.name: node.value and node.value.values for node in recording.graph.nodes}
    assert values["AddBackward0"] == (5.0, 7.0)
    first = recording.graph.node[recording.trace.forward[1]]
    assert (first.value and first.value.values, first.note) == ((2.0, 4.0), "")
    seen = recorded(through_a_view, {"a": leaf()})
    first = seen.graph.node[seen.trace.forward[1]]
    assert first.value is not None
    assert first.value.values == (2.0, 4.0)


def test_that_a_value_that_was_lost_says_so() -> None:
    def behind_the_forward_recorder(a: torch.Tensor) -> torch.Tensor:
        b = a - 1
        with torch._C.DisableTorchFunction():
            b.mul_(2)
        return b.sum()

    node = named(recorded(behind_the_forward_recorder, {"a": leaf()}), "SubBackward0")
    assert node.value is None
    assert "changed in place" in node.note


def test_that_a_hook_that_changes_a_gradient_in_place_leaves_what_was_sent() -> None:
    recording = recorded(hook_that_changes_in_place, {"a": leaf()})
    sent, got = sent_by(recording, "MulBackward0")[0], got_by(recording, "AddBackward0")[0]
    assert sent is not None
    assert got is not None
    assert (sent.tolist(), got.tolist()) == ([3.0, 3.0], [30.0, 30.0])
    assert "hook" in named(recording, "AddBackward0").note
    assert named(recording, "MulBackward0").note == ""


def test_that_hooks_of_a_leaf_are_told_and_their_sums_recorded() -> None:
    def threefold(parameter: torch.Tensor) -> None:
        assert parameter.grad is not None
        parameter.grad.mul_(3)

    a = leaf()
    a.register_hook(lambda gradient: gradient * 10)  # type: ignore[no-untyped-call]
    a.register_post_accumulate_grad_hook(threefold)  # type: ignore[no-untyped-call]
    recording = recorded(lambda a: (a * 2).sum(), {"a": a})
    node = named(recording, "AccumulateGrad")
    sent, got = sent_by(recording, "MulBackward0")[0], got_by(recording, "AccumulateGrad")[0]
    assert sent is not None
    assert got is not None
    assert (sent.tolist(), got.tolist()) == ([2.0, 2.0], [20.0, 20.0])
    assert recording.tensors.gradients[node.id].tolist() == [60.0, 60.0]
    assert "hook" in node.note
    assert "accumulated" in node.note


def test_that_a_hook_that_raises_leaves_gradients_and_hooks_as_they_were() -> None:
    def refuse(_: torch.Tensor) -> None:
        raise ValueError("refused")

    def model(a: torch.Tensor) -> torch.Tensor:
        b = a * 2
        b.register_hook(refuse)  # type: ignore[no-untyped-call]
        return b.sum()

    a = leaf()
    a.grad = before = torch.ones(2)
    with pytest.raises(OwnModelError, match="raised ValueError: refused in line") as raised:
        recorded(model, {"a": a})
    assert "test_special_autograd.py" in raised.value.message
    assert "hook" in raised.value.hint
    assert "in refuse" in raised.value.details
    assert a.grad is before
    assert recorded(in_place, {"a": a}).trace.steps


def test_that_a_reentrant_checkpoint_says_what_it_hides_and_leaves_its_weights_alone() -> None:
    weight = torch.tensor([3.0, 4.0], requires_grad=True)

    def model(a: torch.Tensor) -> torch.Tensor:
        inner: Any = checkpoint(lambda t: t * weight, a, use_reentrant=True)
        return inner.sum()  # type: ignore[no-any-return]

    recording = recorded(model, {"a": leaf(), "weight": weight})
    assert "use_reentrant" in named(recording, "CheckpointFunctionBackward").note
    assert weight.grad is None
    assert named(recorded(checkpointed, {"a": leaf()}), "SinBackward0").note == ""


def test_that_a_node_that_never_runs_has_no_step() -> None:
    class Half(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
            return a + b

        @staticmethod
        def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor, None]:
            return grads[0], None

    recording = recorded(
        lambda a: Half.apply(a * 2, a.sin()).sum(),  # type: ignore[no-untyped-call]
        {"a": leaf()},
    )
    sine = named(recording, "SinBackward0")
    got = [step for step in recording.trace.steps if step.node == sine.id]
    assert all(step.grad_outputs == (None,) for step in got)
    assert recording.tensors.gradients[named(recording, "AccumulateGrad").id].tolist() == [2.0, 2.0]


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (hook_of_the_node, "MulBackward0"),
        (prehook_of_the_node, "MulBackward0"),
        (hook_of_a_leafs_node, "AccumulateGrad"),
    ],
)
def test_that_a_hook_on_a_node_itself_is_told_there_alone(model: Model, name: str) -> None:
    recording = recorded(model, {"a": leaf()})
    noted = {node.id: node.note for node in recording.graph.nodes if "hook" in node.note}
    (hooked,) = noted
    assert recording.graph.node[hooked].name == name
    assert recording.graph.node[hooked].label in ("", "2·a")
    assert "on the node itself" in noted[hooked]


def test_that_a_grad_fn_that_is_only_read_is_no_hook() -> None:
    def model(a: torch.Tensor) -> torch.Tensor:
        b = a * 2
        assert b.grad_fn is not None
        assert b.grad_fn.name() == "MulBackward0"
        return b.sum()

    assert not any("hook" in node.note for node in recorded(model, {"a": leaf()}).graph.nodes)


def test_that_no_hook_of_ours_stays_behind_at_a_node() -> None:
    a = leaf()
    with ForwardRecorder() as recorder:
        inner = a * 2
        handle: Any = inner.grad_fn.register_hook(lambda *_: None)  # type: ignore[union-attr]
        output = inner.sum()
    record(output, {"a": a}, recorder)
    assert len(handle.hooks_dict_ref()) == 1


@pytest.mark.parametrize("model", [module_hook, module_prehook])
def test_that_the_nodes_of_a_modules_backward_hook_say_what_they_are_for(model: Model) -> None:
    recording = recorded(model, {"a": leaf()})
    nodes = [node for node in recording.graph.nodes if node.name == "BackwardHookFunctionBackward"]
    assert nodes
    for node in recording.graph.nodes:
        assert ("backward hook of a module" in node.note) == (node in nodes)


def test_that_a_leaf_with_two_executions_shows_both_and_says_so() -> None:
    a = torch.tensor([2.0], requires_grad=True)
    recording = recorded(twice, {"a": a})
    graph, trace = recording.graph, recording.trace
    node = named(recording, "AccumulateGrad")
    assert "2 turns" in node.note
    first, second = trace.executions_of(node.id)
    arrived = [
        each.scalar
        for execution in (first, second)
        for each in trace.steps[execution].grad_outputs
        if each
    ]
    assert sum(value for value in arrived if value is not None) == 12.0
    assert trace.leaf_grads[node.id].scalar == 12.0
    for cursor, place in ((0, first), (first + 1, first), (second, first), (second + 1, second)):
        assert backward_execution(trace, node.id, cursor) == place
    for number, place in enumerate((first, second), start=1):
        assert explain(graph, trace, place)[0].startswith(f"This is turn {number} of 2 of a: ")
        said = inspect(graph, trace, place + 1, node.id)
        assert f"turn {number} of 2" in said.place
        (row,) = next(each for each in said.sections if each.heading == "Gradient in").rows
        assert (row.tensor is None) == (number == 1)
    whole = " ".join(explain(graph, trace, second))
    assert "For a small change of a, y changes 12 times as much" in whole
    assert "times as much" not in " ".join(explain(graph, trace, first))


def test_that_a_value_that_backward_needs_and_that_was_changed_is_told_with_what_to_do() -> None:
    def model(a: torch.Tensor) -> torch.Tensor:
        return a.exp().add_(1).sum()

    with pytest.raises(OwnModelError, match="changed in place") as raised:
        recorded(model, {"a": leaf()})
    assert "y = y + 1" in raised.value.hint


def test_that_nothing_is_said_of_growth_where_hooks_may_change_gradients() -> None:
    def hooked(a: torch.Tensor) -> torch.Tensor:
        b = a * 2
        b.register_hook(lambda gradient: gradient * 10)  # type: ignore[no-untyped-call]
        return b.sum()

    for model, grows in ((hooked, False), (lambda a: (a * 2).sum(), True)):
        recording = recorded(model, {"a": torch.tensor([2.0], requires_grad=True)})
        graph, trace = recording.graph, recording.trace
        told = " ".join(explain(graph, trace, len(trace.steps) - 1))
        assert ("as much" in told) == grows
        assert ("As the hooks in this graph leave it" in told) != grows
        assert ("is 20" in told) != grows

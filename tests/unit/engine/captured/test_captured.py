"""A graph that stands already: its values, its names and its backward pass, without a model."""

import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

from gradviz.core.errors import GradvizError
from gradviz.engine.captured.captured import Captured
from gradviz.engine.captured.tensor_names import given_names
from gradviz.engine.inspection.answers import whole
from gradviz.protocol.questions import CountElements, ElementsCounted, ExplainMissing


def _network() -> tuple[nn.Sequential, torch.Tensor]:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    return model, model(torch.randn(5, 3)).pow(2).mean()


def test_that_the_recorded_gradients_are_those_of_torch_and_no_grad_is_touched() -> None:
    model, loss = _network()
    weight, bias = (model.get_parameter(name) for name in ("0.weight", "2.bias"))
    weight.grad = before = torch.ones(4, 3)
    recording = Captured(loss, given_names(model)).backward()
    assert weight.grad is before
    assert bias.grad is None
    weight.grad = None
    torch.autograd.backward(loss)
    gradients = {
        recording.graph.node[leaf].op: gradient
        for leaf, gradient in recording.tensors.gradients.items()
    }
    assert gradients.keys() == dict(model.named_parameters()).keys()
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None
        assert torch.equal(gradients[name], parameter.grad)


def test_that_a_graph_can_be_recorded_twice_with_different_starts() -> None:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    captured = Captured(x * x, {"x": x})
    once = captured.backward().tensors.gradients
    twice = captured.backward(torch.tensor([1.0, 10.0])).tensors.gradients
    assert [each.tolist() for each in once.values()] == [[2.0, 4.0]]
    assert [each.tolist() for each in twice.values()] == [[2.0, 40.0]]


def test_that_values_are_known_that_autograd_has_kept() -> None:
    _, loss = _network()
    values = {node.op: node.value for node in Captured(loss).graph.nodes}
    assert values["Tanh"] is not None
    assert values["Mean"] is not None
    unknown = next(node for node in Captured(loss).graph.nodes if node.op == "Pow")
    assert unknown.value is None
    assert "autograd keeps only" in unknown.note


def test_that_several_outputs_are_differentiated_in_one_pass() -> None:
    a = torch.tensor(3.0, requires_grad=True)
    b = a * 2
    c = b * b
    captured = Captured({"b": b, "more": [c, torch.ones(2)]}, {"a": a})
    assert list(captured.outputs) == ["b", "more[0]"]
    recording = captured.backward()
    kinds = [(node.op, node.kind) for node in recording.graph.nodes]
    assert kinds == [("Mul", "output"), ("Mul", "output"), ("a", "leaf")]
    assert [each.item() for each in recording.tensors.gradients.values()] == [2 + 8 * 3]


def test_that_an_output_that_is_a_leaf_is_its_own_graph() -> None:
    a = torch.ones(2, requires_grad=True)
    recording = Captured(a, {"a": a}).backward()
    assert [node.op for node in recording.graph.nodes] == ["a"]
    assert a.grad is None


def test_that_the_graph_of_a_gradient_is_captured() -> None:
    a = torch.tensor(3.0, requires_grad=True)
    (slope,) = torch.autograd.grad(a**3, a, create_graph=True)
    recording = Captured(slope, {"a": a}).backward()
    assert [each.item() for each in recording.tensors.gradients.values()] == [18.0]


def test_that_a_freed_graph_is_refused_in_words_and_can_still_be_looked_at() -> None:
    _, loss = _network()
    captured = Captured(loss)
    torch.autograd.backward(loss)
    assert len(captured.graph.nodes) == len(Captured(loss).graph.nodes)
    with pytest.raises(GradvizError, match="belongs to an earlier backward pass"):
        captured.backward()


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (torch.ones(2), "does not require a gradient"),
        ([], "no tensor in this list"),
        ("loss", "no tensor in this str"),
    ],
)
def test_that_an_output_without_a_graph_is_refused_in_words(output: object, told: str) -> None:
    with pytest.raises(GradvizError, match=told):
        Captured(output)


def test_that_a_gradient_of_another_shape_is_refused_with_the_shapes() -> None:
    a = torch.ones(2, requires_grad=True)
    with pytest.raises(GradvizError, match=r"output \(2,\)"):
        Captured(a * 2).backward(torch.ones(3))


def test_that_a_check_without_another_pass_compares_autograd_and_says_so() -> None:
    _, loss = _network()
    captured = Captured(loss)
    for check in captured.checked(["n0", captured.graph.nodes[-1].id]):
        autograd, differences = check.findings
        assert (autograd.method, autograd.verdict) == ("autograd", "agrees")
        assert differences.verdict == "unchecked"
        assert "capture(module, inputs=…)" in differences.told
        assert check.verdict == "unchecked"


def test_that_wanted_tensors_without_gradient_are_told_with_all_that_is_known() -> None:
    a = torch.ones(2, requires_grad=True)
    cut = torch.ones(2, requires_grad=True)
    frozen = torch.ones(2)
    made = a * 2
    output = (made * cut.detach() * frozen).sum()
    wanted = {"a": a, "cut": cut, "frozen": frozen, "made": made}
    missing = {each.name: each for each in Captured(output, wanted, expected=wanted).missing()}
    assert missing.keys() == {"cut", "frozen", "made"}
    assert "detached" in missing["cut"].sentence
    assert missing["frozen"].reason == "frozen"
    assert missing["made"].reason == "not_a_leaf"


def test_that_the_health_names_the_first_number_that_is_not_finite() -> None:
    a = torch.zeros(2, requires_grad=True)
    origin = Captured(a.sqrt().sum()).health().origin
    assert origin is not None
    assert not origin.forward


def test_that_elements_are_counted_where_the_line_cannot_be_found() -> None:
    a = torch.zeros(2, requires_grad=True)
    answer = whole(CountElements(), Captured(a.sqrt().sum()).inspected())
    assert isinstance(answer, ElementsCounted)
    assert answer.line == ""
    assert sum(each.infinite for each in answer.counts) > 0


def test_that_a_question_that_needs_another_pass_is_refused_in_words() -> None:
    _, loss = _network()
    with pytest.raises(GradvizError, match="cannot be run again"):
        whole(ExplainMissing(), Captured(loss).inspected())


@pytest.mark.parametrize("wrong", [3, "weights", object(), [1, 2], {"a": 1}])
def test_that_names_without_a_tensor_are_refused_in_words(wrong: object) -> None:
    with pytest.raises(GradvizError, match="There is no tensor in params"):
        given_names(wrong)


def test_that_no_optimizer_steps_where_a_hook_does_it_after_accumulation() -> None:
    weight = nn.Parameter(torch.ones(2))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    stepped: list[int] = []

    def step(_: torch.Tensor) -> None:
        stepped.append(1)
        optimizer.step()

    weight.register_post_accumulate_grad_hook(step)  # type: ignore[no-untyped-call]
    loss = (weight * 2).sum()
    Captured(loss).backward()
    assert not stepped
    assert weight.tolist() == [1.0, 1.0]
    torch.autograd.backward(loss)
    assert stepped == [1]


@pytest.mark.parametrize("reentrant", [True, False])
def test_that_gradients_within_a_checkpoint_are_left_alone(reentrant: bool) -> None:
    model = nn.Linear(3, 3)
    x = torch.ones(1, 3, requires_grad=True)
    output = checkpoint(model, x, use_reentrant=reentrant)
    recording = Captured(output, {"x": x, **given_names(model)}).backward()
    leaves = {recording.graph.node[leaf].op for leaf in recording.tensors.gradients}
    assert "x" in leaves
    assert [x.grad, model.weight.grad, model.bias.grad] == [None, None, None]


def test_that_a_tensor_without_a_part_in_the_pass_is_not_kept_alive() -> None:
    a = torch.ones(2, requires_grad=True)
    data = torch.ones(10)
    reference = weakref.ref(data)
    captured = Captured(a * 2, {"a": a, "data": data})
    del data
    assert reference() is None
    assert list(captured.names) == ["a"]


@pytest.mark.parametrize("within", [torch.no_grad, torch.inference_mode, torch.enable_grad])
def test_that_a_graph_is_differentiated_in_any_mode(
    within: Callable[[], AbstractContextManager[None]],
) -> None:
    a = torch.tensor([2.0], requires_grad=True)
    output = a * a
    with within():
        gradients = Captured(output).backward().tensors.gradients
    assert [each.tolist() for each in gradients.values()] == [[4.0]]


class _Fails(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        return x * 2

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> Any:
        raise ValueError("bad")


def _failing(x: torch.Tensor) -> torch.Tensor:
    found: torch.Tensor = _Fails.apply(x)  # type: ignore[no-untyped-call]
    return found


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda a: a.to(torch.complex64) * 1j, "only for scalar outputs"),
        (lambda a: a.exp().add_(1), "changed in place"),
        (_failing, "ValueError: bad"),
    ],
)
def test_that_a_pass_that_cannot_run_is_told_in_words(
    make: Callable[[torch.Tensor], torch.Tensor], told: str
) -> None:
    a = torch.ones(2, requires_grad=True)
    with pytest.raises(GradvizError, match=told):
        Captured(make(a)).backward()

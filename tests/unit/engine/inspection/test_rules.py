"""The rule of a node: formulas, live numbers that are torch's own, a custom Function's source."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from own_models import model_of, written
from questions import answer_of, refusal_of
from sample_graphs import scalar

from gradviz.core.choices.settings import Model, Training
from gradviz.core.findings.rule import Rule, broadcast_dims
from gradviz.core.graphs.graph import Graph
from gradviz.engine.inspection.rules import rule_of, rules_of
from gradviz.engine.machine import Machine
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.questions import FindRule, RuleFound


def _recorded(source: str) -> tuple[Run, Recording]:
    run = Run(Model(source=source))
    return run, run.recording()[1]


def _node(graph: Graph, label: str) -> str:
    return next(node.id for node in graph.nodes if node.label == label)


def _rule(source: str, label: str) -> tuple[Rule, Graph]:
    run, recording = _recorded(source)
    return rule_of(_node(recording.graph, label), RunReplay(run), recording), recording.graph


def test_that_upstream_times_local_is_the_result() -> None:
    rule, graph = _rule("5x^3 + 2x^2 + 4x + 8", "x³")
    (line,) = rule.lines
    assert graph.node[line.receiver].op == "x"
    assert (line.input, line.readable) == ("self", "grad ⊙ exponent · self^(exponent − 1)")
    assert line.formula == "pow_backward(grad, self, exponent)"
    named = {
        saved.name: saved.tensor.scalar if saved.tensor else saved.setting for saved in line.named
    }
    assert named == {"self": 2.0, "exponent": "3"}
    assert rule.schema.startswith("pow.Tensor_Scalar(")
    (upstream,) = rule.upstream
    assert upstream is not None
    assert line.local is not None
    assert line.result is not None
    assert (upstream.scalar, line.local.scalar, line.result.scalar) == (5.0, 12.0, 60.0)


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_that_the_rule_of_clamp_tells_its_bounds_as_pytorch_has_them(at: float) -> None:
    run = Run(Model(source="clamp(x, 0, 1)", at=at))
    _, recording = run.recording()
    node = next(node.id for node in recording.graph.nodes if node.op == "Clamp")
    (line,) = rule_of(node, RunReplay(run), recording).lines
    assert line.result is not None
    passes_at_bounds = line.readable == "grad where min ≤ self ≤ max, else 0"
    assert passes_at_bounds or line.readable == "grad where min < self < max, else 0"
    assert line.result.scalar == float(at == 0.5 or passes_at_bounds)


@given(
    st.sampled_from(
        [
            "x sin(x)",
            "exp(-x^2)",
            "tanh(2x) / (x + 4)",
            "relu(x) - abs(x)",
            "P3(x)",
            "3 - sqrt(x^2)",
        ]
    ),
    st.floats(-3, 3, width=32),
)
@settings(max_examples=30)
def test_that_upstream_times_local_is_the_result_of_every_node(source: str, at: float) -> None:
    run = Run(Model(source=source, at=at))
    recording = run.recording()[1]
    rules = rules_of([node.id for node in recording.graph.nodes], RunReplay(run), recording)
    for rule in rules.values():
        for line in rule.lines:
            ((_, upstream),) = rule.upstreams
            assert line.local is not None
            if upstream is not None and line.result is not None and line.local.scalar is not None:
                assert upstream.scalar is not None
                product = upstream.scalar * line.local.scalar
                assert line.result.scalar == pytest.approx(product, rel=1e-5, nan_ok=True)


def test_that_a_sum_over_what_was_broadcast_is_told() -> None:
    rule, graph = _rule("autograd", "b·x")
    (line,) = rule.lines
    assert graph.node[line.receiver].op == "b"
    assert line.summed_over == (0,)
    assert line.result is not None
    assert line.result.shape == ()
    assert not any(each.summed_over for each in _rule("autograd", "y_pred − y")[0].lines)


def test_that_a_custom_function_shows_its_own_backward_and_its_names() -> None:
    run, recording = _recorded("function")
    node = next(node for node in recording.graph.nodes if node.kind == "function")
    rule = rule_of(node.id, RunReplay(run), recording)
    assert rule.backward is not None
    assert rule.backward.text.startswith("@staticmethod\ndef backward(ctx")
    assert "1.5 * (5 * saved**2 - 1)" in rule.backward.text
    with open(rule.backward.file, encoding="utf-8") as file:  # noqa: PTH123 - a path as text
        assert file.read().splitlines()[rule.backward.first - 1].strip() == "@staticmethod"
    assert rule.saved == ("saved",)
    (line,) = rule.lines
    assert line.local is not None
    assert line.local.shape == (2000,)


@pytest.mark.parametrize("source", ["numpy", "dynamic", "nn", "optim", "classifier"])
def test_that_every_node_of_every_model_has_a_rule_with_the_recorded_results(source: str) -> None:
    run, recording = _recorded(source)
    steps = {step.node: step for step in recording.trace.steps}
    for node in recording.graph.nodes[:12]:
        rule = rule_of(node.id, RunReplay(run), recording)
        assert rule.upstream == steps[node.id].grad_outputs
        for line in rule.lines:
            assert line.result == steps[node.id].grad_inputs[line.slot]


def test_that_the_rule_changes_nothing_of_the_training() -> None:
    run, recording = _recorded("dynamic")
    plain = Trainer(Run(Model(source="dynamic"))).advance(60.0, steps=6).losses
    trainer, losses = Trainer(run), list[float]()
    for _ in range(6):
        rules_of(["n1"], RunReplay(run), recording)
        losses += trainer.advance(60.0, steps=1).losses
    assert losses == plain
    assert all(parameter.grad is None for parameter in run.model.parameters.values())
    assert isinstance(run.model.training, Training)


def test_that_the_local_derivative_is_that_of_torch() -> None:
    rule, _ = _rule("autograd", "(y_pred − y)²")
    run = Run(Model(source="autograd"))
    assert run.target is not None
    difference = run.model.forward(run.x) - run.target
    (expected,) = torch.autograd.grad(difference.pow(2).sum(), difference)
    (line,) = rule.lines
    assert line.local is not None
    assert line.local.minimum == expected.min().item()
    assert line.local.maximum == expected.max().item()


def test_that_the_engine_answers_and_refuses_what_is_no_node() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    found = answer_of(machine, FindRule("n0"))
    assert isinstance(found, RuleFound)
    assert found.rule.schema.startswith("sum(")
    assert "no such node" in refusal_of(machine, FindRule("n99")).message


CHANCE = """
import torch
from torch import nn

OWN_CHANCE = torch.Generator().manual_seed(0)


def mask(like):
    return (torch.rand(like.shape, generator=OWN_CHANCE) < 0.5) * 2.0


class Seen(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.arange(1.0, 41.0))

    def forward(self, x):
        return (self.weight * mask(self.weight)).sum()


class Unseen(Seen):
    def forward(self, x):
        return super().forward(x) * 0.0


def example_inputs():
    return torch.zeros(1)
"""


def rules_by_name(run: Run, recording: Recording) -> dict[str, Rule]:
    graph = recording.graph
    rules = rules_of([node.id for node in graph.nodes], RunReplay(run), recording)
    return {node.label or f"{node.name} {node.id}": rules[node.id] for node in graph.nodes}


def has_no_locals(rule: Rule) -> bool:
    return all(line.local is None for line in rule.lines)


def test_that_another_mask_gives_no_local_numbers_and_the_reason(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, CHANCE), "Seen"))
    recording = run.recording()[1]
    rules = rules_by_name(run, recording)
    operations = [rule for rule in rules.values() if rule.lines]
    assert len(operations) == 2
    for rule in operations:
        assert has_no_locals(rule)
        assert "another forward pass gave other numbers" in rule.note
        assert all(line.result is not None for line in rule.lines)


def test_that_a_mask_of_which_the_output_tells_nothing_is_noticed_where_it_was_kept(
    tmp_path: Path,
) -> None:
    run = Run(model_of(written(tmp_path, CHANCE), "Unseen"))
    recording = run.recording()[1]
    root, total, product = (rule for rule in rules_by_name(run, recording).values() if rule.lines)
    assert not root.note
    assert not total.note
    assert not has_no_locals(total)
    assert has_no_locals(product)
    assert "other numbers" in product.note


@pytest.mark.parametrize("how", ["in place", "replaced"])
def test_that_changed_weights_give_no_local_numbers_and_the_reason(how: str) -> None:
    run = Run(Model(source="a sin(b x)", mode="fit"))
    recording = run.recording()[1]
    weight = run.model.parameters["b"]
    before = rules_by_name(run, recording)
    if how == "in place":
        with torch.no_grad():
            weight.add_(1)
    else:
        weight.data = weight.data + 1
    for name, rule in rules_by_name(run, recording).items():
        if rule.lines:
            assert has_no_locals(rule)
            assert ("weights have changed" if how == "in place" else "other numbers") in rule.note
            assert not before[name].note
            assert [line.result for line in rule.lines] == [
                line.result for line in before[name].lines
            ]


def test_that_a_weight_of_which_the_output_tells_nothing_is_noticed_where_it_was_kept(
    tmp_path: Path,
) -> None:
    quiet = CHANCE.replace("mask(self.weight)", "self.weight")
    run = Run(model_of(written(tmp_path, quiet), "Unseen"))
    recording = run.recording()[1]
    run.model.parameters["weight"].data = torch.ones(40)
    *_, product = (rule for rule in rules_by_name(run, recording).values() if rule.lines)
    assert has_no_locals(product)


def test_that_the_rules_around_a_step_are_found_with_it() -> None:
    run, recording = _recorded("autograd")
    ids = [node.id for node in recording.graph.nodes]
    assert {each: rule_of(each, RunReplay(run), recording) for each in ids} == rules_of(
        ids, RunReplay(run), recording
    )
    passes = []
    run.repeated = lambda step: passes.append(step)  # type: ignore[method-assign,assignment,return-value]
    assert rule_of(ids[-1], RunReplay(run), recording).upstream
    assert not passes


def test_that_a_backward_that_cannot_take_ones_leaves_the_rule_without_them(
    tmp_path: Path,
) -> None:
    fussy = """
import torch
from torch import nn

class Fussy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 3

    @staticmethod
    def backward(ctx, grad):
        assert float(grad) == 0.5
        return grad * 3

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(2.0))

    def forward(self, x):
        return Fussy.apply(self.weight) * 0.5

def example_inputs():
    return torch.zeros(1)
"""
    run = Run(model_of(written(tmp_path, fussy)))
    recording = run.recording()[1]
    node = next(node for node in recording.graph.nodes if node.kind == "function")
    rule = rule_of(node.id, RunReplay(run), recording)
    assert has_no_locals(rule)
    assert "takes no gradient of ones" in rule.note
    assert rule.lines[0].result is not None
    assert rule.lines[0].result.scalar == 1.5


def test_that_layers_have_local_numbers_though_their_means_run_on(tmp_path: Path) -> None:
    layers = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(3)
        self.recurrent = nn.LSTM(3, 2)

    def forward(self, x):
        return self.recurrent(self.norm(x).tanh())[0].sum()

def example_inputs():
    return torch.arange(12.0).reshape(4, 3) ** 2
"""
    run = Run(model_of(written(tmp_path, layers)))
    recording = run.recording()[1]
    for rule in rules_by_name(run, recording).values():
        assert not rule.note
        for line in rule.lines:
            assert line.local is not None
    tanh = next(node.id for node in recording.graph.nodes if node.name == "TanhBackward0")
    (line,) = rule_of(tanh, RunReplay(run), recording).lines
    assert [name for name, _ in line.named_values] == ["result, forwards"]


def test_that_a_broadcast_names_the_dims_that_are_summed(tmp_path: Path) -> None:
    broadcasting = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.row = nn.Parameter(torch.arange(1.0, 4.0))
        self.column = nn.Parameter(torch.arange(1.0, 3.0)[:, None])
        self.one = nn.Parameter(torch.tensor(2.0))
        self.linear = nn.Linear(3, 2)

    def forward(self, x):
        return self.linear(self.row * self.column * self.one).sum()

def example_inputs():
    return torch.zeros(1)
"""
    run = Run(model_of(written(tmp_path, broadcasting)))
    recording = run.recording()[1]
    graph, found = recording.graph, dict[str, str]()
    for rule in rules_by_name(run, recording).values():
        for line in rule.lines:
            receiver = graph.node[line.receiver]
            found[receiver.op] = line.equation(graph)
            if receiver.kind == "leaf" and line.local is not None and line.result is not None:
                kept = [d for d in range(len(line.local.shape)) if d not in line.summed_over]
                wide = [size for size in line.result.shape if size != 1]
                assert [line.local.shape[dim] for dim in kept] == wide
    assert found["row"] == "∂loss/∂row = Σ over dim 0 of grad ⊙ other"
    assert found["column"] == "∂loss/∂column = Σ over dim 1 of grad ⊙ self"
    assert found["one"] == "∂loss/∂one = Σ over dims 0, 1 of grad ⊙ self"
    assert found["linear.bias"] == "∂loss/∂linear.bias = Σ over dim 0 of beta · grad"


@given(
    st.lists(st.integers(0, 3), max_size=4), st.integers(0, 4), st.lists(st.booleans(), max_size=4)
)
def test_that_the_dims_are_those_along_which_torch_expands(
    large: list[int], skipped: int, ones: list[bool]
) -> None:
    small = [
        1 if one else size
        for size, one in zip(large[skipped:], [*ones, *[False] * 4], strict=False)
    ]
    expanded = torch.zeros(small).expand(large)
    summed = broadcast_dims(tuple(large), tuple(small))
    assert torch.zeros(large).sum(summed).numel() == expanded.sum(summed).numel()
    shape = torch.zeros(large).sum(summed, keepdim=True).shape if summed else tuple(large)
    assert [size for size in shape if size != 1] == [size for size in small if size != 1]
    assert all(expanded.stride(dim) == 0 or large[dim] == 1 for dim in summed if expanded.numel())


def test_that_each_of_several_results_has_its_upstream() -> None:
    rule = Rule(upstream=(None, scalar(3.0)))
    assert rule.upstreams == (("upstream 0", None), ("upstream 1", scalar(3.0)))
    assert Rule(upstream=(scalar(3.0),)).upstreams == (("upstream", scalar(3.0)),)


def test_that_the_rule_of_a_gradients_graph_has_its_numbers_and_its_own_name() -> None:
    run = Run(Model(source="sin(a x)", at=1.0, mode="point", order=2))
    _, recording = run.recording()
    (cosine,) = (node.id for node in recording.graph.nodes if node.op == "Cos")
    rule = rule_of(cosine, RunReplay(run), recording)
    (line,) = rule.lines
    assert line.equation(recording.graph).startswith("∂(v·∇y)/∂(a·x) = ")
    (upstream,) = rule.upstream
    assert upstream is not None
    assert line.local is not None
    assert line.result is not None
    assert upstream.scalar is not None
    assert line.local.scalar is not None
    assert upstream.scalar * line.local.scalar == pytest.approx(line.result.scalar)

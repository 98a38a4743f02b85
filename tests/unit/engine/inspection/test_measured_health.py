"""Gradient health: norms and zeros are torch's; what vanishes, explodes or is dead is marked."""

import json
import math
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given
from hypothesis import strategies as st
from own_models import HEAD, built_in, model_of, written
from questions import answer_of

from gradviz import cli
from gradviz.core.choices.settings import Model
from gradviz.core.findings.health import Health, Scale, Thresholds, examined, scale_of
from gradviz.engine.data.program import compiled
from gradviz.engine.inspection.measured_health import counted
from gradviz.engine.inspection.timing import timed
from gradviz.engine.machine import Machine
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.expression import Tree
from gradviz.protocol.questions import CountElements, ElementsCounted


def _health(source: str, at: float = 2.0, thresholds: Thresholds | None = None) -> Health:
    recording = Run(Model(source=source, at=at, mode="point")).recording()[1]
    return _of(recording, thresholds)


def _of(recording: Recording, thresholds: Thresholds | None = None) -> Health:
    counts = counted(recording)
    return examined(recording.graph, recording.trace, thresholds or Thresholds(), counts)


def _nested(function: str, depth: int) -> str:
    return f"{function}(" * depth + "x" + ")" * depth


def test_that_a_deep_chain_of_sigmoids_vanishes_towards_its_input() -> None:
    health = _health(_nested("sigmoid", 20))
    verdicts = [node.verdict for node in health.nodes.values()]
    assert verdicts[0] == "healthy"
    assert verdicts[-1] == "vanishing"
    assert [node.verdict for node in health.marked()] == ["vanishing"] * len(health.marked())
    gradients = [node.gradient or 0.0 for node in health.nodes.values()]
    assert gradients == sorted(gradients, reverse=True)


def test_that_a_steep_chain_explodes_and_its_threshold_can_be_moved() -> None:
    steep = "1000 (1000 (1000 x))"
    assert {node.verdict for node in _health(steep).marked()} == {"exploding"}
    assert _health(steep, thresholds=Thresholds(exploding=1e10)).marked() == ()


def test_that_a_relu_below_zero_is_dead_up_to_its_input() -> None:
    health = _health("relu(x - 3)")
    assert [(node.verdict, node.zeros) for node in health.nodes.values()] == [("dead", 1.0)] * 3
    assert _health("relu(x - 1)").marked() == ()


def test_that_the_line_of_the_first_non_finite_number_is_told(tmp_path: Path) -> None:
    net = HEAD + dedent(
        """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.w = nn.Parameter(torch.tensor([1.0, 0.0]))

            def forward(self):
                doubled = self.w * 2
                logs = torch.log(doubled)
                return logs.sum()
        """
    )
    machine = Machine()
    built_in(machine, model_of(written(tmp_path, net)))
    measured = answer_of(machine, CountElements())
    assert isinstance(measured, ElementsCounted)
    assert measured.line == "net.py:12: logs = torch.log(doubled)"


@pytest.mark.parametrize(
    ("source", "at", "op", "forward"),
    [("x + 0 log(x - 2)", 2.0, "Log", True), ("sqrt(x) + 1", 0.0, "Sqrt", False)],
)
def test_that_the_first_non_finite_number_is_named(
    source: str, at: float, op: str, forward: bool
) -> None:
    run = Run(Model(source=source, at=at, mode="point"))
    recording = run.recording()[1]
    health = _of(recording)
    assert health.origin is not None
    node = recording.graph.node[health.origin.node]
    assert (node.op, health.origin.forward) == (op, forward)
    assert health.nodes[node.id].verdict == "non-finite"


@given(trees(), st.floats(-3, 3, width=32))
def test_that_norms_and_zeros_are_those_of_torch(tree: Tree, at: float) -> None:
    x = torch.linspace(at, at + 1, 7).requires_grad_()
    a, b = torch.tensor(1.25, requires_grad=True), torch.tensor(0.0, requires_grad=True)
    output = compiled(tree, {"a": a, "b": b})(x).sum()
    assume(output.requires_grad)
    leaves = {"x": x, "a": a, "b": b}
    expected = torch.autograd.grad(
        output, list(leaves.values()), retain_graph=True, allow_unused=True
    )
    recording = record(output, leaves)
    health = _of(recording)
    for node in recording.graph.nodes:
        gradient = dict(zip(leaves, expected, strict=True)).get(node.op)
        if node.kind != "leaf" or gradient is None or not bool(gradient.isfinite().all()):
            continue
        found = health.nodes[node.id]
        norm = torch.linalg.vector_norm(gradient.double()).item()
        assert found.gradient == pytest.approx(norm, rel=1e-6)
        assert found.zeros == int((gradient == 0).sum()) / gradient.numel()


def test_that_colours_lie_on_a_logarithmic_scale_between_the_numbers() -> None:
    health = _health(_nested("sigmoid", 20))
    scale = scale_of(health, "gradient")
    assert scale is not None
    levels = [scale.level(node.gradient) for node in health.nodes.values()]
    assert (levels[0], levels[-1]) == (1.0, 0.0)
    assert Scale(low=1.0, high=100.0).level(10.0) == pytest.approx(0.5)
    assert Scale(low=1.0, high=100.0).level(math.nan) is None


def test_that_a_timed_pass_times_every_node_and_leaves_the_run_as_it_was() -> None:
    run = Run(Model(source="autograd"))
    before = run.record()
    graph = before[1]
    times = timed(RunReplay(run), graph, 0)
    assert {each.node for each in times.nodes} == set(graph.node)
    known = [each.backward_us for each in times.nodes if each.backward_us is not None]
    assert known
    assert all(each >= 0 for each in known)
    assert run.record() == before
    assert all(parameter.grad is None for parameter in run.model.parameters.values())


def test_that_the_command_line_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["health", "relu(x - 3)", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {node["verdict"] for node in document["nodes"]} == {"dead"}
    assert cli.main(["health", "relu(x - 3)", "--dead", "2"]) == 2
    assert "--dead cannot be 2" in capsys.readouterr().err


def test_that_a_remainder_of_rounding_is_not_marked() -> None:
    x = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)
    # The mean takes from each element what the others give: the gradient of the mean is 0.
    output = ((x - x.mean()) / 3).pow(2).sum()
    recording = record(output, {"x": x})
    health = _of(recording)
    mean = next(node for node in recording.graph.nodes if node.op == "Mean")
    gradient = health.nodes[mean.id].gradient
    assert gradient is not None
    assert health.nodes[mean.id].verdict in ("rounding", "dead")
    assert "vanishing" not in {node.verdict for node in health.nodes.values()}


def test_that_a_small_factor_is_vanishing_and_no_remainder() -> None:
    x, small = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor(1e-9, requires_grad=True)
    health = _of(record((x * small).sum(), {"x": x, "small": small}))
    assert "vanishing" in {node.verdict for node in health.nodes.values()}


_DEEP = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(2, 2)
            self.last = nn.Linear(2, 1)
            self.spare = nn.Linear(2, 2)

        def forward(self, x):
            hidden = self.first(x) * 1e-9
            return SCORE(self.last(hidden))

    def example_inputs():
        return torch.ones(3, 2)
    """
)


def _told(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, Any]:
    assert cli.main(["health", f"{path}:Net", "--trust", "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_that_parameters_without_gradient_and_vanishing_layers_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, _DEEP.replace("SCORE", ""))
    told = _told(capsys, path)
    assert [each["name"] for each in told["missing"]] == ["spare.weight", "spare.bias"]
    assert told["parameters"] == 6
    begins = [(each["verdict"], each["layer"]) for each in told["beginnings"]]
    assert ("vanishing", "first (Linear)") in begins
    assert not any(layer.startswith("last") for verdict, layer in begins if verdict == "dead")
    assert cli.main(["health", f"{path}:Net", "--trust"]) == 0
    out = capsys.readouterr().out
    assert "2 of 6 parameters without gradient" in out
    assert "vanishing in first (Linear) from" in out


def test_that_the_line_and_reason_of_dead_nodes_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scored = "torch.softmax(self.last(hidden), 1)"
    told = _told(capsys, written(tmp_path, _DEEP.replace("SCORE(self.last(hidden))", scored)))
    (dead,) = [each for each in told["beginnings"] if each["verdict"] == "dead"]
    assert dead["line"] == "net.py:14: return torch.softmax(self.last(hidden), 1)"
    assert dead["reason"] == "over a dimension of size 1 its result is always 1"

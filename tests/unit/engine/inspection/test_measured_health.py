"""Gradient health: norms and zeros are torch's; what vanishes, explodes or is dead is marked."""

import json
import math
from pathlib import Path
from textwrap import dedent

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given
from hypothesis import strategies as st
from own_models import HEAD, built_in, model_of, written

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
from gradviz.expression import Tree
from gradviz.protocol.commands import AskHealth
from gradviz.protocol.events import HealthMeasured


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
    (measured,) = machine.handle(AskHealth(run=1, recording=1))
    assert isinstance(measured, HealthMeasured)
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
    times = timed(run, graph, 0)
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

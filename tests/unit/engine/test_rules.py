"""The rule of a node: formulas, live numbers that are torch's own, a custom Function's source."""

import pytest
import torch

from gradviz.core.graph import Graph
from gradviz.core.rule import Rule
from gradviz.core.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.engine.recording import Recording
from gradviz.engine.rules import rule_of
from gradviz.engine.run import Run
from gradviz.engine.trainer import Trainer
from gradviz.protocol.commands import AskRule, BuildModel
from gradviz.protocol.events import CommandFailed, RuleFound


def _recorded(source: str) -> tuple[Run, Recording]:
    run = Run(Model(source=source))
    return run, run.recording()[1]


def _node(graph: Graph, label: str) -> str:
    return next(node.id for node in graph.nodes if node.label == label)


def _rule(source: str, label: str) -> tuple[Rule, Graph]:
    run, recording = _recorded(source)
    return rule_of(_node(recording.graph, label), run, recording), recording.graph


def test_that_upstream_times_local_is_the_result() -> None:
    rule, graph = _rule("5x^3 + 2x^2 + 4x + 8", "x³")
    (line,) = rule.lines
    assert graph.node[line.receiver].op == "x"
    assert (line.input, line.readable) == ("self", "grad ⊙ exponent · self^(exponent − 1)")
    assert line.formula == "pow_backward(grad, self, exponent)"
    assert rule.schema.startswith("pow.Tensor_Scalar(")
    (upstream,) = rule.upstream
    assert upstream is not None
    assert line.local is not None
    assert line.result is not None
    assert (upstream.scalar, line.local.scalar, line.result.scalar) == (5.0, 12.0, 60.0)


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
    rule = rule_of(node.id, run, recording)
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
        rule = rule_of(node.id, run, recording)
        assert rule.upstream == steps[node.id].grad_outputs
        for line in rule.lines:
            assert line.result == steps[node.id].grad_inputs[line.slot]


def test_that_the_rule_changes_nothing_of_the_training() -> None:
    run, recording = _recorded("dynamic")
    plain = Trainer(Run(Model(source="dynamic"))).advance(60.0, steps=6).losses
    trainer, losses = Trainer(run), list[float]()
    for _ in range(6):
        rule_of("n1", run, recording)
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
    (found,) = machine.handle(AskRule(run=1, recording=1, node="n0"))
    assert isinstance(found, RuleFound)
    assert found.rule.schema.startswith("sum(")
    (failed,) = machine.handle(AskRule(run=1, recording=1, node="n99"))
    assert isinstance(failed, CommandFailed)
    assert failed.subject == "recording"

"""Checked gradients: right ones agree, a wrong rule is found, the run stays as it is."""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
import torch
from engine_cases import trees
from hypothesis import assume, given, settings
from own_models import CUBE, HEAD, model_of, written
from questions import ask, events_of
from random_networks import Network, Plan, plans

from gradviz.core.choices.settings import Model
from gradviz.core.errors import GradvizError, RecordingError
from gradviz.core.findings.checks import Finding, NodeCheck, verdict_of
from gradviz.engine import machine as machine_module
from gradviz.engine.inspection.checks import checked, high_precision
from gradviz.engine.machine import Machine
from gradviz.engine.models.base import TrainableModel
from gradviz.engine.models.by_hand import Gradients
from gradviz.engine.models.tensors import TensorsModel
from gradviz.engine.recording.memory_limit import limited
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.expression import Tree, to_text
from gradviz.protocol.commands import BuildModel, StartTraining, Withdraw
from gradviz.protocol.events import (
    Answered,
    BackwardRecorded,
    ModelBuilt,
    Unanswered,
)
from gradviz.protocol.questions import CheckGradients, GradientsChecked

_WRONG = (
    HEAD
    + CUBE.replace("FACTOR", "2")
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 2)

    def forward(self, x):
        return self.second(Cube.apply(torch.tanh(self.first(x))))


class Noisy(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(3, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Dropout(0.5), nn.Linear(5, 2)
        )

    def forward(self, x):
        return torch.log_softmax(self.body(x), 1)[:, 0]


class Unrolled(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTMCell(3, 2)

    def forward(self, x):
        h = c = torch.zeros(1, 2)
        for t in range(3):
            h, c = self.cell(x[t : t + 1], (h, c))
        return h


class Layered(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 2)

    def forward(self, x):
        return self.lstm(x)[0]


class Restless(nn.Module):
    calls = 0

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(()))

    def forward(self, x):
        Restless.calls += 1
        return self.weight * Restless.calls


def example_inputs():
    return torch.randn(4, 3)
"""
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, _WRONG)


def _recorded(model: Model) -> tuple[Run, Recording]:
    run = Run(model)
    return run, run.recording()[1]


def _all(run: Run, recording: Recording, *, every: bool = True) -> dict[str, NodeCheck]:
    nodes = tuple(node.id for node in recording.graph.nodes) if every else ()
    return {check.node: check for check in checked(RunReplay(run), recording, nodes)}


def _leaves_of(folder: Path, result: str, inputs: str, before: str = "") -> dict[str, NodeCheck]:
    """Return the checks of the leaves of a module with a parameter w of two ones, by name."""
    code = f"""
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))

    def forward(self, x):
{before}
{result}


def example_inputs():
    return {inputs}
"""
    return _named(written(folder, HEAD + code))


def _named(path: Path, name: str = "Net") -> dict[str, NodeCheck]:
    run, recording = _recorded(model_of(path, name))
    checks = _all(run, recording, every=False)
    return {recording.graph.node[node].op: check for node, check in checks.items()}


def _differing(checks: Iterable[NodeCheck]) -> list[Finding]:
    return [each for check in checks for each in check.findings if each.verdict == "differs"]


@pytest.mark.parametrize("source", ["autograd", "function", "optim", "dynamic", "numpy", "tensors"])
def test_that_every_leaf_of_a_tutorial_model_agrees(source: str) -> None:
    checks = _all(*_recorded(Model(source=source, points=50)), every=False)
    assert {check.verdict for check in checks.values()} == {"agrees"}
    methods = {each.method for check in checks.values() for each in check.findings}
    assert "differences" in methods
    assert methods & {"autograd", "hand"}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("loss", ["squared errors", "HuberLoss, mean", "L1Loss, sum"])
def test_that_sympy_finds_the_gradients_of_a_fit_with_any_loss(dtype: str, loss: str) -> None:
    from gradviz.engine.optim.losses import loss_row

    run = Run(Model(source="a P3(b x) + relu(x) c + abs(d)", points=40, dtype=dtype))  # type: ignore[arg-type]
    run.loss = loss_row(loss).function
    checks = _all(run, run.recording()[1], every=False)
    found = [each for c in checks.values() for each in c.findings if each.method == "sympy"]
    assert [each.verdict for each in found] == ["agrees"] * 4
    assert not _differing(checks.values())


def test_that_sympys_value_is_told_with_its_digits() -> None:
    checks = _all(*_recorded(Model(source="5x^3 + 2x^2 + 4x + 8")), every=False)
    (check,) = checks.values()
    (sympy,) = (each for each in check.findings if each.method == "sympy")
    assert "sympy: 72" in sympy.told


def test_that_an_error_below_the_last_place_of_the_gradient_is_rounding() -> None:
    # PyTorch keeps the slope 1/6 of this function in single precision, also for a float64.
    single = _all(*_recorded(Model(source="hardsigmoid(x)", at=0.4)), every=False)
    double = _all(*_recorded(Model(source="hardsigmoid(x)", at=0.4, dtype="float64")), every=False)
    assert {check.verdict for check in single.values()} == {"agrees"}
    assert {check.verdict for check in double.values()} == {"differs"}


def test_that_an_expression_too_large_for_sympy_says_so_and_is_checked_otherwise() -> None:
    checks = _all(*_recorded(Model(source=" + ".join(["sin(x)"] * 80))), every=False)
    (check,) = checks.values()
    verdicts = {each.method: each.verdict for each in check.findings}
    assert verdicts == {"autograd": "agrees", "differences": "agrees", "sympy": "unchecked"}


def test_that_a_kink_is_told_with_the_slopes_to_either_side() -> None:
    run, recording = _recorded(Model(source="relu(x) + abs(x)", at=0.0))
    (check,) = _all(run, recording, every=False).values()
    (found,) = (each for each in check.findings if each.method == "differences")
    assert found.verdict == "unchecked"
    assert "−1 to the left, 2 to the right, and PyTorch takes 0" in found.told


def test_that_a_gradient_that_is_not_finite_never_agrees_and_its_node_is_told() -> None:
    run, recording = _recorded(Model(source="sqrt(x)", at=0.0))
    (check,) = _all(run, recording, every=False).values()
    assert check.verdict == "non-finite"
    verdicts = {each.method: each.verdict for each in check.findings}
    assert verdicts == {
        "autograd": "non-finite",
        "differences": "non-finite",
        "sympy": "unchecked",
    }
    assert "It began in the backward pass at n0 Sqrt" in check.findings[0].told


def test_that_an_element_that_is_not_finite_is_told_with_the_slope_that_is_there(
    tmp_path: Path,
) -> None:
    code = "        return torch.where(h > 2, h.log(), 3 * h)"
    checks = _leaves_of(tmp_path, code, "torch.tensor([0.0, 4.0])", "        h = x * self.w")
    assert checks["w"].verdict == "non-finite"
    told = " ".join(each.told for each in checks["w"].findings)
    assert "1 of 2 elements is not finite, the first is element 0: nan" in told
    assert "It began in the backward pass at n2 Log" in told
    assert "not finite at element 0, and the slope there is 0" in told


def test_that_a_nan_of_the_forward_pass_is_told_with_the_node_that_made_it(tmp_path: Path) -> None:
    code = "        return torch.softmax(h - torch.inf, 0).view(2, 1).mul(self.w)"
    checks = _leaves_of(tmp_path, code, "torch.ones(2)", "        h = x * self.w")
    assert "forward pass at n3 Softmax" in checks["w"].findings[0].told


def test_that_the_same_rules_twice_are_no_agreement() -> None:
    found = (Finding(method="autograd", part="gradient", verdict="agrees"),)
    assert NodeCheck(node="a", findings=found).verdict == "unchecked"


def test_that_a_wrong_rule_is_found_at_its_node_and_in_the_leaves_behind_it(file: Path) -> None:
    run, recording = _recorded(model_of(file, "Net"))
    checks = _all(run, recording)
    ops = {node.id: node.op for node in recording.graph.nodes}
    verdicts = {ops[c.node]: c.verdict for c in checks.values() if ops[c.node].count(".")}
    assert verdicts == {
        "first.weight": "differs",
        "first.bias": "differs",
        "second.weight": "agrees",
        "second.bias": "agrees",
    }
    wrong = {
        ops[check.node]
        for check in checks.values()
        for each in check.findings
        if each.part == "grad_input" and each.verdict == "differs"
    }
    assert wrong == {"Cube"}
    (cube,) = (check for check in checks.values() if ops[check.node] == "Cube")
    (sent,) = (each for each in cube.findings if each.verdict == "differs")
    # It has 2 x² where 3 x² is right.
    assert sent.relative == pytest.approx(1 / 3, rel=1e-5)


def test_that_chance_is_the_same_in_every_pass_and_the_run_is_left_as_it_was(file: Path) -> None:
    run, recording = _recorded(model_of(file, "Noisy"))
    module = run.model.module
    assert module is not None
    before = {name: value.clone() for name, value in module.state_dict().items()}
    for parameter in module.parameters():
        parameter.grad = torch.full_like(parameter, 7.0)
    torch_state, python_state = torch.get_rng_state(), random.getstate()
    names = ("body.0.bias", "body.1.weight", "body.4.bias")
    nodes = tuple(node.id for node in recording.graph.nodes if node.op in names)
    checks = list(checked(RunReplay(run), recording, nodes))
    assert not _differing(checks)
    assert [check.verdict for check in checks] == ["agrees"] * len(names)
    assert torch.equal(torch.get_rng_state(), torch_state)
    assert random.getstate() == python_state
    assert all(torch.equal(module.state_dict()[name], value) for name, value in before.items())
    assert all(p.grad is not None and torch.all(p.grad == 7.0) for p in module.parameters())


@pytest.mark.parametrize("name", ["Unrolled", "Layered"])
def test_that_a_recurrent_model_agrees(file: Path, name: str) -> None:
    checks = _all(*_recorded(model_of(file, name)), every=False)
    found = [each for check in checks.values() for each in check.findings]
    assert {each.verdict for each in found} == {"agrees"}


def test_that_a_model_that_never_gives_the_same_twice_is_not_checked(file: Path) -> None:
    run, recording = _recorded(model_of(file, "Restless"))
    with pytest.raises(RecordingError, match="does not give now"):
        _all(run, recording)


class _Random(TrainableModel):
    """A random network as a model that a run may have."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.parameters = dict(network.named_parameters())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.network()
        return result

    def equation(self) -> str:
        return ""


class _Standing:
    """As much of a run as checks need."""

    target = None
    x = torch.zeros(())

    def __init__(self, plan: Plan) -> None:
        self.model = _Random(plan.built())
        self.leaves = self.model.parameters


@given(plans())
@settings(max_examples=5)
def test_that_the_leaves_of_a_random_network_match_finite_differences(plan: Plan) -> None:
    run = _Standing(plan)
    recording = record(run.model.network(), run.leaves)
    checks = _all(cast("Run", run), recording, every=False)
    assert not _differing(checks.values())
    assert verdict_of(check.verdict for check in checks.values()) == "agrees"


@given(trees())
@settings(max_examples=12)
def test_that_no_gradient_of_a_random_expression_differs(tree: Tree) -> None:
    try:
        run, recording = _recorded(Model(source=to_text(tree), mode="point", at=0.7))
    except GradvizError:
        assume(False)
    assert not _differing(_all(run, recording, every=False).values())


def test_that_checks_come_in_parts_with_their_progress_and_can_be_withdrawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A fast machine ends all checks within a frame.
    monkeypatch.setattr(machine_module, "FRAME_S", 0.0)
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd", points=20))))
    events = [e for e in events_of(machine, CheckGradients()) if isinstance(e, Answered)]
    reports = [each.answer for each in events if isinstance(each.answer, GradientsChecked)]
    assert [each.done for each in reports if each.checks] == [1, 2, 3, 4]
    assert [each.last for each in events] == [False] * (len(events) - 1) + [True]
    assert list(machine.handle(ask(CheckGradients(), number=2))) == []
    list(machine.advance())
    list(machine.handle(Withdraw(1, 2)))
    (withdrawn,) = machine.advance()
    assert withdrawn == Unanswered(run=1, number=2, reason="withdrawn")
    assert not machine.busy


def test_that_a_training_ends_the_checks_and_bars_new_ones() -> None:
    machine = Machine()
    (built, *_) = machine.handle(BuildModel(1, Model(source="autograd", points=20)))
    assert isinstance(built, ModelBuilt)
    list(machine.handle(ask(CheckGradients())))
    list(machine.handle(StartTraining(1, built.training)))
    events = list(machine.advance())
    recordings = [each.recording for each in events if isinstance(each, BackwardRecorded)]
    (ended,) = [each for each in events if isinstance(each, Unanswered)]
    # A recording that came with the first frame may have taken its place.
    assert ended.reason == "replaced" if recordings else "training has begun" in ended.message
    newest = max([1, *recordings])
    (refused,) = machine.handle(ask(CheckGradients(), recording=newest))
    assert isinstance(refused, Unanswered)
    assert "weights change" in refused.message


@pytest.mark.parametrize("source", ["autograd", "tensors", "a x + b"])
def test_that_gradients_that_were_too_large_to_be_kept_are_checked_too(source: str) -> None:
    run, recording = _recorded(Model(source=source, points=20))
    limited(recording, 0, lambda: run.recording()[1])
    checks = _all(run, recording)
    assert not _differing(checks.values())
    assert verdict_of(check.verdict for check in checks.values()) == "agrees"


def test_that_a_gradient_written_by_hand_that_is_wrong_differs_from_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = TensorsModel.gradients

    def wrong(
        self: TensorsModel, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor
    ) -> Gradients:
        found = right(self, x, y_pred, y)
        return found._replace(c=found.c * 1.001)

    monkeypatch.setattr(TensorsModel, "gradients", wrong)
    run, recording = _recorded(Model(source="tensors", points=20))
    checks = _all(run, recording, every=False)
    verdicts = {recording.graph.node[check.node].op: check for check in checks.values()}
    assert {name: check.verdict for name, check in verdicts.items()} == {
        "a": "agrees",
        "b": "agrees",
        "c": "differs",
        "d": "agrees",
    }
    assert {each.verdict for each in verdicts["c"].findings} == {"differs"}


def test_that_a_torch_that_shows_no_operations_leaves_differences_unchecked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(high_precision, "LISTENS", False)
    found = _all(*_recorded(Model(source="sin(a x)", mode="fit")))
    findings = [each for check in found.values() for each in check.findings]
    moved = [each for each in findings if each.method == "differences"]
    assert moved
    assert {each.verdict for each in moved} == {"unchecked"}
    assert any("this version of PyTorch does not show its operations" in e.told for e in moved)
    assert "differs" not in {each.verdict for each in findings}


def test_that_a_complex_leaf_says_that_it_is_not_moved() -> None:
    class _Complex(_Standing):
        def __init__(self) -> None:
            z = torch.tensor([1 + 2j, -0.5j], requires_grad=True)
            network = cast("Network", lambda: (z * z.conj()).real.sum())
            self.leaves = {"z": z}
            self.model = _Random.__new__(_Random)
            self.model.network = network

    run = _Complex()
    recording = record(run.model.network(), run.leaves)
    (check,) = _all(cast("Run", run), recording, every=False).values()
    assert [each.verdict for each in check.findings] == ["agrees", "unchecked"]
    assert "complex" in check.findings[1].told

"""What changed between two recordings: against torch's own differences of the tensors."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from own_models import model_of, written

from gradviz.core.choices.settings import Model, Training
from gradviz.core.findings.changes import Changes
from gradviz.engine import machine
from gradviz.engine.inspection import compared_recordings, kept_recording
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.protocol.change_questions import (
    CompareRecordings,
    ComparingStopped,
    ComparisonAdvanced,
    ForgetKept,
    KeepRecording,
    RecordingKept,
    RecordingsCompared,
    StopComparing,
)
from gradviz.protocol.commands import BuildModel, StartTraining, TrainOneStep
from gradviz.protocol.events import BackwardRecorded, CommandFailed, Event

#: Gradient descent, as slow as the tutorial's.
SLOW = Training(optimizer="descent", learning_rate=1e-6)


class Bench:
    """A machine whose newest recording is known."""

    def __init__(self) -> None:
        self.machine = Machine()
        self.run = 0
        self.recorded: BackwardRecorded | None = None

    def build(self, source: str | Model, **choices: Any) -> None:
        """Build a model."""
        self.run += 1
        model = Model(source=source, **choices) if isinstance(source, str) else source
        self.take(self.machine.handle(BuildModel(self.run, model)))

    def train(self, steps: int) -> None:
        """Train until so many steps are done in all."""
        training = Training(optimizer="descent", learning_rate=1e-6, steps=steps)
        self.take(self.machine.handle(StartTraining(self.run, training)))
        while self.machine.training:
            self.take(self.machine.advance())

    def keep(self) -> RecordingKept:
        """Keep the newest recording."""
        (event,) = self.machine.handle(KeepRecording(run=self.run, recording=self._number))
        assert isinstance(event, RecordingKept)
        return event

    def compare(self) -> Changes:
        """Return how the newest recording differs from the one that is kept."""
        question = CompareRecordings(run=self.run, recording=self._number)
        events = list(self.machine.handle(question))
        while self.machine.training:
            events += self.machine.advance()
        (event,) = events
        assert isinstance(event, RecordingsCompared), event
        return event.changes

    def take(self, events: Iterator[Event]) -> None:
        """Remember the newest recording."""
        for event in events:
            assert not isinstance(event, CommandFailed), event
            if isinstance(event, BackwardRecorded):
                self.recorded = event

    def title(self, node: str) -> str:
        """Return what a node of the newest graph is."""
        assert self.recorded is not None
        return self.recorded.graph.node[node].op

    @property
    def _number(self) -> int:
        return self.recorded.recording if self.recorded else 0


@pytest.mark.parametrize("source", ["autograd", "dynamic", "numpy", "classifier"])
def test_that_the_same_pass_twice_is_identical_bit_for_bit(source: str) -> None:
    bench = Bench()
    bench.build(source)
    bench.keep()
    bench.build(source)
    changes = bench.compare()
    assert changes.identical
    assert changes.compared > 4


def test_that_another_sign_of_zero_is_not_identical() -> None:
    bench = Bench()
    bench.build("x^2", at=0.0)
    bench.keep()
    bench.build("x^2", at=-0.0)
    changes = bench.compare()
    assert not changes.identical
    assert all(change.difference == 0 for change in changes.changed)


def test_that_dynamic_nets_e_is_seen_to_come_and_to_go() -> None:
    bench = Bench()
    bench.build("dynamic")
    before = bench.keep().kept
    assert before is not None
    changes: list[tuple[list[str], list[str]]] = []
    for step in range(1, 12):
        bench.take(bench.machine.handle(TrainOneStep(bench.run, SLOW)))
        found = bench.compare()
        came = sorted(bench.title(node) for node in found.came)
        went = sorted(before.graph.node[node].op for node in found.went)
        changes.append((came, went))
        assert bench.recorded is not None
        has = {node.op for node in bench.recorded.graph.nodes}
        had = {node.op for node in before.graph.nodes}
        assert ("e" in came) == ("e" in has - had), step
        assert ("e" in went) == ("e" in had - has), step
    assert any("e" in came + went for came, went in changes)


def test_that_an_edit_of_the_expression_shows_what_came() -> None:
    bench = Bench()
    bench.build("a + b x")
    bench.keep()
    bench.build("a + b x + c x^2")
    changes = bench.compare()
    assert sorted(bench.title(node) for node in changes.came) == ["Add", "Mul", "c"]
    assert not changes.went
    assert bench.recorded is not None
    same = {bench.title(change.node) for change in changes.changed if change.title == "value"}
    # The loss and what leads to it differ; the parameters are drawn in the same order.
    assert same == {"Sub", "Pow", "Sum"} or same == {"Add", "Sub", "Pow", "Sum"}


def test_that_the_differences_after_training_are_torchs_own() -> None:
    bench = Bench()
    bench.build("autograd")
    bench.keep()
    bench.train(10)
    changes = bench.compare()
    before, after = _passes()
    found = {
        (bench.title(change.node), change.title): change
        for change in changes.changed
        if bench.recorded is not None and bench.recorded.graph.node[change.node].kind == "leaf"
    }
    for name in "abcd":
        for index, title in enumerate(("value", "gradient")):
            old, new = before[name][index], after[name][index]
            change = found[name, title]
            assert change.difference == (new.double() - old.double()).item()
            assert change.old is not None
            assert change.new is not None
            assert (change.old.scalar, change.new.scalar) == (old.item(), new.item())
    y_pred = next(c for c in changes.changed if _is_y_pred(bench, c.node) and c.title == "value")
    expected = torch.linalg.vector_norm(after["y"][0].double() - before["y"][0].double()).item()
    assert y_pred.difference == pytest.approx(expected, rel=1e-12)
    sizes = [change.relative for change in changes.changed if change.relative is not None]
    assert sizes == sorted(sizes, reverse=True)


def _is_y_pred(bench: Bench, node: str) -> bool:
    assert bench.recorded is not None
    return bench.recorded.graph.node[node].label == "y_pred"


def _passes() -> tuple[dict[str, tuple[torch.Tensor, ...]], dict[str, tuple[torch.Tensor, ...]]]:
    """Return the parameters, with gradients, and y_pred before and after ten steps by hand."""
    found = []
    run = Run(Model(source="autograd"))
    leaves = run.model.parameters
    assert run.target is not None
    for _ in range(11):
        for leaf in leaves.values():
            leaf.grad = None
        y_pred = run.model.forward(run.x)
        torch.autograd.backward((y_pred - run.target).pow(2).sum())
        here = {
            name: (leaf.detach().clone(), leaf.grad.clone())
            for name, leaf in leaves.items()
            if leaf.grad is not None
        }
        found.append({**here, "y": (y_pred.detach(),)})
        with torch.no_grad():
            for leaf in leaves.values():
                assert leaf.grad is not None
                leaf -= 1e-6 * leaf.grad
    return found[0], found[-1]


def test_that_what_training_changes_in_place_is_kept_as_it_was() -> None:
    bench = Bench()
    bench.build("autograd")
    kept = bench.keep().kept
    bench.train(5)
    changes = bench.compare()
    assert kept is not None
    assert kept.left_out == 0
    assert changes.unknown == 0
    values = {c.title for c in changes.changed if bench.title(c.node) in "abcd"}
    assert values == {"value", "gradient"}


def test_that_large_tensors_differ_in_one_element(tmp_path: Path) -> None:
    # The same mean, extremes and norm: only the elements themselves tell them apart.
    source = (
        "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n"
        "    def __init__(self):\n        super().__init__()\n"
        "        w = torch.zeros(300)\n        w[{place}] = 1\n        w[299] = 2\n"
        "        self.w = nn.Parameter(w)\n\n"
        "    def forward(self, x):\n        return (self.w * x).sum()\n"
    )
    bench = Bench()
    bench.build(model_of(written(tmp_path, source.format(place=3)), "Net", inputs="ones(1)"))
    bench.keep()
    bench.build(model_of(written(tmp_path, source.format(place=4)), "Net", inputs="ones(1)"))
    changes = bench.compare()
    assert not changes.identical
    (change,) = [c for c in changes.changed if bench.title(c.node) == "w"]
    assert change.difference == pytest.approx(2**0.5)


def test_that_a_limit_of_memory_leaves_out_tensors_and_claims_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_recording, "BYTES_IN_MB", 1)
    bench = Bench()
    bench.build("autograd")
    kept = bench.keep().kept
    bench.build("autograd")
    changes = bench.compare()
    assert kept is not None
    assert kept.left_out > 0
    assert changes.unknown > 0
    assert not changes.identical
    assert changes.count == 0


def test_that_a_setting_of_a_node_is_a_change() -> None:
    bench = Bench()
    bench.build("x^2", at=1.0)
    bench.keep()
    bench.build("x^3", at=1.0)
    told = {(change.title, change.told) for change in bench.compare().changed}
    assert ("setting exponent", "2 → 3") in told


def test_that_other_shapes_are_told_as_such() -> None:
    bench = Bench()
    bench.build("a + b x", points=2000)
    bench.keep()
    bench.build("a + b x", points=100)
    told = {change.told for change in bench.compare().changed}
    assert "(2000,) → (100,)" in told


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every piece of a comparison end a turn, and be told."""
    monkeypatch.setattr(compared_recordings, "_TURN", 1)
    monkeypatch.setattr(compared_recordings, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(machine, "FRAME_S", 0.0)


@pytest.mark.usefixtures("slow")
def test_that_a_long_comparison_says_how_far_it_is_and_can_be_stopped() -> None:
    bench = Bench()
    bench.build("autograd")
    number = bench.keep().recording
    question = CompareRecordings(run=1, recording=number)
    assert not list(bench.machine.handle(question))
    events: list[Event] = []
    while bench.machine.training:
        events += bench.machine.advance()
    *told, last = events
    assert isinstance(last, RecordingsCompared)
    assert last.changes.identical
    done = [event.done for event in told if isinstance(event, ComparisonAdvanced)]
    assert done == sorted(done)
    assert len(told) == len(done) > 3
    assert {event.total for event in told if isinstance(event, ComparisonAdvanced)} == {
        len(bench.recorded.graph.nodes) if bench.recorded else 0
    }

    list(bench.machine.handle(question))
    while not (begun := list(bench.machine.advance())):
        pass
    assert isinstance(begun[0], ComparisonAdvanced)
    list(bench.machine.handle(StopComparing(run=1, recording=number)))
    rest: list[Event] = []
    while bench.machine.training:
        rest += bench.machine.advance()
    assert rest == [ComparingStopped(run=1, recording=number)]


def test_that_nothing_is_compared_with_what_was_forgotten() -> None:
    bench = Bench()
    bench.build("x^2")
    bench.keep()
    (event,) = bench.machine.handle(ForgetKept(run=bench.run, recording=1))
    assert event == RecordingKept(run=bench.run, recording=1, kept=None)
    (refused,) = bench.machine.handle(CompareRecordings(run=bench.run, recording=1))
    assert isinstance(refused, CommandFailed)
    assert refused.subject == "recording"


@given(at=st.floats(-5, 5), then=st.floats(-5, 5))
@settings(max_examples=15, deadline=None)
def test_that_any_two_points_differ_by_what_their_gradients_do(at: float, then: float) -> None:
    bench = Bench()
    bench.build("x^3 + 2 x", at=at)
    bench.keep()
    bench.build("x^3 + 2 x", at=then)
    changes = bench.compare()
    grads = []
    for each in (at, then):
        x = torch.tensor(each, requires_grad=True)
        y = x**3 + 2 * x
        torch.autograd.backward(y)
        assert x.grad is not None
        grads.append(x.grad.double().item())
    gradient = [c for c in changes.changed if (bench.title(c.node), c.title) == ("x", "gradient")]
    assert [change.difference for change in gradient] == (
        [grads[1] - grads[0]] if grads[0] != grads[1] else []
    )

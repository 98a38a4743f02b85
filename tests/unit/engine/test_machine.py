"""The engine as a script: commands in, events out, no process."""

import math
import time
from collections.abc import Iterable
from unittest.mock import Mock

import pytest
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.core.language.saying import remember_what_is_said
from gradviz.engine import machine as module
from gradviz.engine import session
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import (
    BuildModel,
    ChangeLearningRate,
    Command,
    PauseTraining,
    ResetTraining,
    Speak,
    StartTraining,
    TrainOneStep,
    VisitStep,
)
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    Event,
    FrameTrained,
    ModelBuilt,
    OptimizerStepExplained,
    SaidAgain,
    StepVisited,
    TrainingReset,
    TrainingStopped,
)

_LONG = Training(optimizer="descent", learning_rate=1e-6, steps=10_000_000)


def _training(steps: int = 300, learning_rate: float = 1e-6) -> Training:
    return Training(optimizer="descent", learning_rate=learning_rate, steps=steps)


def _built(source: str = "autograd", run: int = 1) -> Machine:
    machine = Machine()
    events = list(machine.handle(BuildModel(run, Model(source=source))))
    assert isinstance(events[0], ModelBuilt), events
    return machine


def _do(machine: Machine, command: Command) -> list[Event]:
    return list(machine.handle(command))


def _until_still(machine: Machine) -> list[Event]:
    events: list[Event] = []
    while machine.busy:
        events += machine.advance()
    return events


def _only(events: Iterable[Event], kind: type[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def _frames(events: Iterable[Event]) -> list[FrameTrained]:
    return [event for event in events if isinstance(event, FrameTrained)]


def _kinds(events: Iterable[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_that_building_reports_the_model_then_its_backward_pass() -> None:
    built, recorded = Machine().handle(BuildModel(7, Model(source="autograd")))
    assert isinstance(built, ModelBuilt)
    assert isinstance(recorded, BackwardRecorded)
    assert (built.run, recorded.run, built.mode) == (7, 7, "fit")
    assert built.graph == recorded.graph
    assert built.snapshot.prediction is not None
    assert built.snapshot.prediction.shape == (2000,)
    assert list(built.snapshot.parameters) == ["a", "b", "c", "d"]
    assert built.training == Training(optimizer="descent", learning_rate=1e-6)


def test_that_a_point_lies_on_the_curve_that_is_plotted_around_it() -> None:
    built = next(Machine().handle(BuildModel(1, Model(source="5x^3 + 2x^2 + 4x + 8"))))
    assert isinstance(built, ModelBuilt)
    assert (built.mode, built.output, built.target) == ("point", 64.0, None)
    assert built.x is not None
    assert built.snapshot.prediction is not None
    x, y = built.x.floats(), built.snapshot.prediction.floats()
    assert (x[0], x[-1]) == (-1.0, 5.0)
    assert (x[len(x) // 2], y[len(y) // 2]) == (2.0, 64.0)


def test_that_every_event_survives_the_codec() -> None:
    codec: Codec[Event] = Codec(Event)
    machine = Machine()
    events = _do(machine, BuildModel(1, Model(source="log(x)", at=0.0)))
    events += _do(machine, BuildModel(1, Model(source="autograd")))
    events += _do(machine, StartTraining(1, _training(5)))
    events += _until_still(machine)
    events += _do(machine, VisitStep(1, 3)) + _until_still(machine)
    events += _do(machine, ResetTraining(1)) + _do(machine, BuildModel(2, Model(source="+")))
    assert len(set(_kinds(events))) == 8
    for event in events:
        again = codec._decoder.decode(codec._encoder.encode(event))
        assert repr(again) == repr(event)


def test_that_training_ends_with_a_frame_a_backward_pass_and_the_reason() -> None:
    machine = _built()
    assert _do(machine, StartTraining(1, _training(300))) == []
    events = _until_still(machine)
    kinds = ["FrameTrained", "OptimizerStepExplained", "BackwardRecorded", "TrainingStopped"]
    assert _kinds(events)[-4:] == kinds
    assert events[-1] == TrainingStopped(run=1, step=300, reason="finished")
    assert sum(len(f.losses.numpy()) for f in _frames(events)) == 300
    assert isinstance(events[-2], BackwardRecorded)
    assert events[-2].trace.at_step == 300


def test_that_a_frame_has_the_state_after_its_last_step() -> None:
    machine = _built()
    (frame, *_) = _do(machine, TrainOneStep(1, _training()))
    assert isinstance(frame, FrameTrained)
    run = Run(Model(source="autograd"))
    loss, _, trace = run.record()
    assert frame.losses.numpy().tolist() == [loss]
    a = next(iter(trace.leaf_grads.values())).scalar
    assert a is not None
    expected = torch.tensor(run.model.parameters["a"].item()) - 1e-6 * torch.tensor(a)
    assert frame.snapshot.parameters["a"] == expected.item()
    assert frame.snapshot.equation.startswith(f"y = {frame.snapshot.parameters['a']} + ")
    assert frame.steps_per_second > 0


def test_that_the_recorded_gradient_is_that_of_the_weights_in_the_frame() -> None:
    machine = _built()
    frame, _, recorded, stopped = _do(machine, TrainOneStep(1, _training()))
    assert isinstance(frame, FrameTrained)
    assert isinstance(recorded, BackwardRecorded)
    assert stopped == TrainingStopped(run=1, step=1, reason="paused")
    leaf = next(node for node in recorded.graph.nodes if node.op == "a")
    assert leaf.value is not None
    assert leaf.value.scalar == frame.snapshot.parameters["a"]


def test_that_a_frame_comes_within_a_few_milliseconds_and_recordings_seldom() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))
    started = time.perf_counter()
    events: list[Event] = []
    while time.perf_counter() - started < 0.5:
        before = time.perf_counter()
        events += machine.advance()
        assert time.perf_counter() - before < 0.2
    assert len(_frames(events)) >= 8
    assert 1 <= len(_only(events, BackwardRecorded)) <= 5


def test_that_recording_a_large_graph_leaves_the_time_to_training(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "RECORDING_S", 0.0)
    machine = _built(" + ".join(f"a{i} x" for i in range(1, 200)))
    _do(machine, StartTraining(1, _LONG))
    started, recording = time.perf_counter(), 0
    while time.perf_counter() - started < 0.5:
        recording += len(_only(machine.advance(), BackwardRecorded))
    assert recording <= 3


def test_that_pause_stops_after_the_step_in_hand_and_start_goes_on() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))
    (frame,) = _frames(machine.advance())
    _, recorded, stopped = _do(machine, PauseTraining(1))
    assert isinstance(recorded, BackwardRecorded)
    assert stopped == TrainingStopped(run=1, step=frame.step, reason="paused")
    assert not machine.busy
    assert list(machine.advance()) == []
    _do(machine, StartTraining(1, _training(frame.step + 10)))
    assert _until_still(machine)[-1] == TrainingStopped(
        run=1, step=frame.step + 10, reason="finished"
    )


def test_that_pausing_what_stands_still_says_nothing() -> None:
    assert _do(_built(), PauseTraining(1)) == []


def test_that_starting_what_is_finished_says_so() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _training(5)))
    _until_still(machine)
    assert _kinds(_do(machine, StartTraining(1, _training(5)))) == [
        "OptimizerStepExplained",
        "BackwardRecorded",
        "TrainingStopped",
    ]
    assert not machine.busy


def test_that_one_step_while_training_stands_still_after_it() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))
    step = _frames(machine.advance())[0].step
    events = _do(machine, TrainOneStep(1, _LONG))
    assert events[-1] == TrainingStopped(run=1, step=step + 1, reason="paused")
    assert not machine.busy


def test_that_reset_returns_to_the_start_while_training_too() -> None:
    machine = Machine()
    built, first = machine.handle(BuildModel(1, Model(source="module")))
    _do(machine, StartTraining(1, _LONG))
    _ = list(machine.advance())
    reset, recorded = _do(machine, ResetTraining(1))
    assert isinstance(built, ModelBuilt)
    assert isinstance(reset, TrainingReset)
    assert not machine.busy
    assert reset.snapshot.parameters == built.snapshot.parameters
    assert reset.snapshot.prediction == built.snapshot.prediction
    assert isinstance(recorded, BackwardRecorded)
    assert isinstance(first, BackwardRecorded)
    assert (recorded.graph, recorded.trace) == (first.graph, first.trace)


def test_that_the_learning_rate_changes_while_training() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))
    assert _do(machine, ChangeLearningRate(1, 1e-30)) == []
    first, second = _frames(machine.advance()), _frames(machine.advance())
    assert first[0].snapshot.parameters == second[0].snapshot.parameters


@pytest.mark.parametrize(
    "command",
    [
        ChangeLearningRate(1, 0.0),
        ChangeLearningRate(1, math.nan),
        StartTraining(1, _training(learning_rate=-1.0)),
        StartTraining(1, _training(steps=0)),
        StartTraining(1, Training(optimizer="magic", learning_rate=1e-6)),
        TrainOneStep(1, _training(learning_rate=math.inf)),
    ],
)
def test_that_bad_settings_fail_under_training_and_change_nothing(command: Command) -> None:
    machine = _built()
    (failed,) = _do(machine, command)
    assert isinstance(failed, CommandFailed)
    assert (failed.subject, failed.details) == ("training", "")
    assert failed.hint
    assert not machine.busy


def test_that_a_point_cannot_be_trained() -> None:
    machine = _built("x^2")
    (failed,) = _do(machine, StartTraining(1, _training()))
    assert isinstance(failed, CommandFailed)
    assert failed.subject == "training"
    assert "needs a parameter" in failed.hint
    assert not machine.busy


def test_that_a_loss_that_is_not_finite_stops_the_run_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FRAME_S", 60.0)
    machine = _built()
    _do(machine, StartTraining(1, _training(2000, learning_rate=1e-3)))
    events = _until_still(machine)
    frame, _, recorded, stopped = events[-4:]
    assert isinstance(frame, FrameTrained)
    assert isinstance(recorded, BackwardRecorded)
    assert isinstance(stopped, TrainingStopped)
    assert stopped.reason == "diverged"
    bad_step = stopped.failed_step
    assert bad_step is not None
    assert f"at step {bad_step}" in stopped.message
    assert "0.0001" in stopped.message
    assert stopped.step == frame.step == recorded.trace.at_step == bad_step - 1
    losses = [loss for f in _frames(events) for loss in f.losses.numpy().tolist()]
    assert len(losses) == frame.step
    assert all(math.isfinite(loss) for loss in losses)
    assert all(math.isfinite(value) for value in frame.snapshot.parameters.values())
    assert recorded.graph.node[recorded.graph.output].value.finite  # type: ignore[union-attr]


def test_that_the_pass_that_failed_can_be_visited_until_training_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FRAME_S", 60.0)
    machine = _built()
    _do(machine, StartTraining(1, _training(2000, learning_rate=1e-3)))
    events = _until_still(machine)
    frame, _, before, stopped = events[-4:]
    assert isinstance(stopped, TrainingStopped)
    assert isinstance(frame, FrameTrained)
    assert stopped.failed_step == stopped.step + 1
    for earlier in (stopped.step, 1):
        _do(machine, VisitStep(1, stopped.failed_step))
        visited, explained, failed = _until_still(machine)
        assert isinstance(visited, StepVisited)
        assert (visited.step, visited.newest) == (stopped.step + 1, stopped.step)
        assert not math.isfinite(visited.loss)
        assert isinstance(explained, OptimizerStepExplained)
        assert explained.explained is not None
        assert isinstance(failed, BackwardRecorded)
        assert failed.trace.at_step == stopped.failed_step
        assert not failed.graph.node[failed.graph.output].value.finite  # type: ignore[union-attr]
        last = {step.name: step.after.scalar for step in explained.explained.parameters}
        assert last == visited.snapshot.parameters
        _do(machine, VisitStep(1, earlier))
        _until_still(machine)
    _do(machine, VisitStep(1, stopped.step))
    _, _, again = _until_still(machine)
    assert isinstance(before, BackwardRecorded)
    assert isinstance(again, BackwardRecorded)
    assert (again.graph, again.trace) == (before.graph, before.trace)
    _do(machine, VisitStep(1, stopped.failed_step))
    _until_still(machine)
    on = _do(machine, TrainOneStep(1, _training(2000, learning_rate=1e-12)))
    assert _frames(on)[0].step == stopped.step + 1
    (refused,) = _do(machine, VisitStep(1, stopped.step + 2))
    assert isinstance(refused, CommandFailed)


def test_that_the_first_node_that_is_not_finite_is_named() -> None:
    machine = _built("a + b P3(c + d x)")
    _do(machine, StartTraining(1, _training(2000, learning_rate=1e-6)))
    stopped = _until_still(machine)[-1]
    assert isinstance(stopped, TrainingStopped)
    assert "Polynomial3 (P3(c + d·x)) is the first that is not finite" in stopped.message
    assert "its result is larger than" in stopped.message
    assert "It is made by characters 7 to 17: P3(c + d x)." in stopped.message
    assert "Try a smaller learning rate" in stopped.message


def test_that_one_step_into_what_is_not_finite_says_so() -> None:
    machine = _built()
    for _ in range(30):
        events = _do(machine, TrainOneStep(1, _training(learning_rate=1.0)))
        stopped = events[-1]
        assert isinstance(stopped, TrainingStopped)
        if stopped.reason == "diverged":
            return
    pytest.fail("the loss stayed finite")


def test_that_a_first_loss_that_is_not_finite_blames_no_learning_rate() -> None:
    machine = _built("log(a - 99) + b x")
    _do(machine, StartTraining(1, _training()))
    stopped = _until_still(machine)[-1]
    assert isinstance(stopped, TrainingStopped)
    assert (stopped.reason, stopped.step) == ("diverged", 0)
    assert "Nothing was trained" in stopped.message


def test_that_commands_for_another_run_are_ignored() -> None:
    machine = _built(run=3)
    for command in (StartTraining(2, _LONG), ResetTraining(4), ChangeLearningRate(2, -1.0)):
        assert _do(machine, command) == []
    assert not machine.busy


def test_that_nothing_happens_before_a_model_is_built() -> None:
    machine = Machine()
    assert _do(machine, StartTraining(1, _LONG)) == []
    assert list(machine.advance()) == []


def test_that_a_model_that_cannot_be_built_leaves_the_training_one_training() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))
    (failed,) = _do(machine, BuildModel(2, Model(source="a + ")))
    assert isinstance(failed, CommandFailed)
    assert (failed.run, failed.subject) == (2, "expression")
    assert machine.busy
    assert _frames(machine.advance())[0].run == 1


def test_that_a_new_model_ends_the_training_of_the_one_before() -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))
    _do(machine, BuildModel(2, Model(source="a x")))
    assert not machine.busy
    assert _do(machine, StartTraining(1, _LONG)) == []


def test_that_an_error_in_the_expression_has_its_place() -> None:
    (failed,) = Machine().handle(BuildModel(1, Model(source="a + b * * x")))
    assert isinstance(failed, CommandFailed)
    assert (failed.subject, failed.position, failed.length) == ("expression", 8, 1)


def test_that_an_unexpected_error_while_training_leaves_the_engine_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = _built()
    _do(machine, StartTraining(1, _LONG))

    # A failure of a library: none of the user's own code has a part in it.
    fail = Mock(side_effect=ZeroDivisionError("surprise"))
    with monkeypatch.context() as patch:
        patch.setattr(module, "frame", fail)
        (failed,) = machine.advance()
    assert isinstance(failed, CommandFailed)
    assert (failed.run, failed.subject) == (1, "engine")
    assert "surprise" in failed.message
    assert "Traceback" in failed.details
    assert not machine.busy
    assert _kinds(_do(machine, TrainOneStep(1, _LONG)))[0] == "FrameTrained"


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"),
        MemoryError(),
    ],
)
def test_that_too_little_memory_is_said_plainly_and_a_smaller_model_is_built_after(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    machine = Machine()
    with monkeypatch.context() as patch:
        patch.setattr(module, "Run", fail)
        (failed,) = machine.handle(BuildModel(1, Model(source="a x")))
    assert isinstance(failed, CommandFailed)
    assert "not enough memory" in failed.message
    assert "fewer points" in failed.hint
    assert "Traceback" in failed.details
    assert _kinds(machine.handle(BuildModel(2, Model(source="a x"))))[0] == "ModelBuilt"


def test_that_another_language_is_answered_with_what_was_said_before() -> None:
    remember_what_is_said()
    machine = _built("tensors")
    (chinese,) = _do(machine, Speak("zh_CN"))
    assert isinstance(chinese, SaidAgain)
    english = "There is no autograd graph: this is written by hand."
    translated = chinese.texts[english]
    assert translated != english
    (back,) = _do(machine, Speak("en"))
    assert isinstance(back, SaidAgain)
    assert back.texts[translated] == english

"""Training without a window: which commands follow from what the user does."""

from collections.abc import Callable

import msgspec
import pytest
from sample_graphs import tutorial_trace
from silent_engine import DESCENT, Bench, standing_bench

from gradviz.core.choices.settings import Training
from gradviz.core.errors import SettingError
from gradviz.core.findings.snapshot import Snapshot
from gradviz.protocol.commands import (
    ChangeLearningRate,
    ChangeTraining,
    Command,
    PauseTraining,
    ResetTraining,
    StartTraining,
    TrainOneStep,
    VisitStep,
)
from gradviz.protocol.events import StepVisited, TrainingStopped
from gradviz.ui.controllers.workbench import Workbench


def stood_at(bench: Bench, step: int) -> None:
    """Let so many steps be done, and training stand still."""
    visited(bench, step, newest=step)
    bench.hear(TrainingStopped(run=1, step=step, reason="paused"))


def visited(bench: Bench, step: int, newest: int) -> None:
    """Let the engine show the moment after `step` of `newest` steps."""
    bench.hear(StepVisited(run=1, step=step, newest=newest, loss=1.0, snapshot=NOTHING))


#: A model without a curve.
NOTHING = Snapshot(parameters={}, equation="y = a")


def descent(**changes: object) -> Training:
    return msgspec.structs.replace(DESCENT, **changes)


def test_that_train_starts_and_pauses(bench: Bench) -> None:
    bench.workbench.train_or_pause()
    assert bench.state.progress.running
    bench.workbench.train_or_pause()
    assert bench.sent == [StartTraining(1, DESCENT), PauseTraining(1)]
    assert bench.state.progress.running


@pytest.mark.parametrize(("done", "steps"), [(0, 300), (299, 300), (300, 600), (750, 900)])
def test_that_one_press_of_train_ends_at_a_whole_number_of_rounds(
    bench: Bench, done: int, steps: int
) -> None:
    bench.workbench.choose_steps(300)
    stood_at(bench, done)
    bench.workbench.train_or_pause()
    assert bench.sent == [StartTraining(1, descent(steps=steps))]
    assert bench.state.training.steps == 300


def test_that_the_gradients_are_all_shown_when_training_begins(bench: Bench) -> None:
    bench.workbench.train_or_pause()
    assert bench.state.cursor == len(tutorial_trace().steps)


def test_that_the_walk_stays_where_it_is_when_training_begins(bench: Bench) -> None:
    bench.workbench.move_cursor(3)
    bench.workbench.train_or_pause()
    assert bench.state.cursor == 3


def test_that_one_step_is_done_only_while_nothing_trains(bench: Bench) -> None:
    bench.workbench.train_one_step()
    assert bench.sent == [TrainOneStep(1, DESCENT)]
    bench.workbench.set_running(True)
    bench.workbench.train_one_step()
    assert len(bench.sent) == 1


def test_that_reset_is_sent_for_the_run_that_stands(bench: Bench) -> None:
    bench.workbench.reset_training()
    assert bench.sent == [ResetTraining(1)]


@pytest.mark.parametrize(
    "act",
    [
        Workbench.train_or_pause,
        Workbench.train_one_step,
        Workbench.reset_training,
        lambda workbench: workbench.visit_step(3),
        lambda workbench: workbench.choose_learning_rate(0.5),
        lambda workbench: workbench.choose_optimizer("adam"),
    ],
)
def test_that_a_point_is_not_trained(act: Callable[[Workbench], None]) -> None:
    bench = standing_bench("point")
    stood_at(bench, 10)
    act(bench.workbench)
    assert bench.sent == []
    assert not bench.state.progress.running


# Time travel


def test_that_of_many_visits_the_first_and_the_last_are_asked_for(bench: Bench) -> None:
    stood_at(bench, 100)
    for step in (10, 20, 30, 30):
        bench.workbench.visit_step(step)
    assert bench.sent == [VisitStep(1, 10)]
    visited(bench, 10, newest=100)
    visited(bench, 30, newest=100)
    assert bench.sent == [VisitStep(1, 10), VisitStep(1, 30)]
    assert bench.state.progress.coming_step == 30


@pytest.mark.parametrize(("wanted", "asked"), [(-5, 0), (500, 100)])
def test_that_a_visit_stays_within_the_steps_that_are_done(
    bench: Bench, wanted: int, asked: int
) -> None:
    stood_at(bench, 100)
    visited(bench, 40, newest=100)
    bench.workbench.visit_step(wanted)
    assert bench.sent == [VisitStep(1, asked)]


def test_that_nothing_is_visited_while_it_trains_or_where_it_stands(bench: Bench) -> None:
    stood_at(bench, 100)
    bench.workbench.visit_step(100)
    bench.workbench.set_running(True)
    bench.workbench.visit_step(10)
    assert bench.sent == []


def test_that_training_goes_on_from_the_step_that_was_wanted(bench: Bench) -> None:
    stood_at(bench, 100)
    bench.workbench.visit_step(10)
    bench.workbench.visit_step(20)
    bench.workbench.train_or_pause()
    kinds: list[Command] = [VisitStep(1, 10), VisitStep(1, 20), StartTraining(1, DESCENT)]
    assert bench.sent == kinds


# What is trained, and how


def test_that_a_learning_rate_that_does_not_work_is_refused_and_not_sent(bench: Bench) -> None:
    with pytest.raises(SettingError):
        bench.workbench.choose_learning_rate(0.0)
    with pytest.raises(SettingError):
        bench.workbench.choose_steps(0)
    assert bench.sent == []
    assert bench.state.training == DESCENT


def test_that_a_learning_rate_is_sent_and_a_number_of_steps_is_kept(bench: Bench) -> None:
    bench.workbench.choose_learning_rate(0.5)
    bench.workbench.choose_steps(7)
    assert bench.sent == [ChangeLearningRate(1, 0.5)]
    assert bench.state.training == descent(learning_rate=0.5, steps=7)


def test_that_another_optimizer_begins_with_a_rate_that_suits_it(bench: Bench) -> None:
    bench.workbench.choose_learning_rate(1e-5)
    bench.workbench.choose_optimizer("sgd")
    bench.workbench.choose_option("momentum", 0.5)
    bench.workbench.choose_optimizer("adam")
    bench.workbench.choose_optimizer("sgd")
    asked = [each.training for each in bench.sent if isinstance(each, ChangeTraining)]
    assert [(each.optimizer, each.learning_rate, each.options) for each in asked] == [
        ("sgd", 1e-5, {}),
        ("sgd", 1e-5, {"momentum": 0.5}),
        ("adam", 1e-3, {}),
        ("sgd", 1e-6, {}),
    ]


def test_that_options_out_of_range_are_refused_and_not_sent(bench: Bench) -> None:
    bench.workbench.choose_optimizer("sgd")
    bench.workbench.choose_scheduler("StepLR")
    bench.forget()
    before = bench.state.training
    with pytest.raises(SettingError):
        bench.workbench.choose_option("momentum", -1.0)
    with pytest.raises(SettingError):
        bench.workbench.choose_scheduler_option("step_size", 0)
    assert bench.sent == []
    assert bench.state.training == before


def test_that_a_loss_and_a_scheduler_are_taken_with_their_options(bench: Bench) -> None:
    bench.workbench.choose_loss("L1Loss, sum")
    bench.workbench.choose_scheduler("StepLR")
    bench.workbench.choose_scheduler_option("step_size", 5)
    wanted = descent(loss="L1Loss, sum", scheduler="StepLR", scheduler_options={"step_size": 5})
    assert bench.sent[-1] == ChangeTraining(1, wanted)
    bench.workbench.choose_scheduler("")
    assert bench.sent[-1] == ChangeTraining(1, descent(loss="L1Loss, sum"))


def test_that_a_training_that_runs_keeps_its_end_with_other_settings(bench: Bench) -> None:
    bench.workbench.choose_steps(300)
    stood_at(bench, 450)
    bench.workbench.train_or_pause()
    bench.forget()
    bench.workbench.choose_loss("L1Loss, sum")
    assert bench.sent == [ChangeTraining(1, descent(steps=600, loss="L1Loss, sum"))]

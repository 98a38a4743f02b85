"""The list of compared runs without a window: what is added, started and stopped."""

import msgspec
import numpy as np
import pytest
from silent_engine import DESCENT, Bench, standing_bench

from gradviz.core.choices.comparison import MOST, Standing
from gradviz.core.choices.settings import Model
from gradviz.core.graphs.tensors import Array
from gradviz.protocol.commands import CompareRuns, StopRunComparison
from gradviz.protocol.events import CommandFailed, RunComparisonFrame, RunComparisonStopped
from gradviz.ui.controllers.comparison_controller import ComparisonController
from gradviz.ui.state.window_state import Notice


@pytest.fixture
def comparison(bench: Bench) -> ComparisonController:
    return bench.workbench.comparison


def titles(bench: Bench) -> list[str]:
    return [run.candidate.title for run in bench.state.comparison.runs]


def begun(bench: Bench) -> None:
    """Compare two runs."""
    bench.workbench.comparison.add_present()
    bench.workbench.comparison.add_other_seed()
    bench.workbench.comparison.run_or_stop()


def test_that_each_run_is_added_with_what_is_chosen_for_it(
    bench: Bench, comparison: ComparisonController
) -> None:
    comparison.add_present()
    comparison.add_other_seed()
    comparison.add_other_seed()
    comparison.add_other_optimizer("adam")
    assert titles(bench) == [
        "descent, seed 0",
        "descent, seed 1",
        "descent, seed 2",
        "adam, seed 0",
    ]
    candidates = [run.candidate for run in bench.state.comparison.runs]
    assert [each.model.seed for each in candidates] == [0, 1, 2, 0]
    assert {each.model.mode for each in candidates} == {"fit"}
    assert [each.training for each in candidates[:3]] == [DESCENT] * 3
    assert candidates[3].training.learning_rate == 1e-3
    assert bench.sent == []


def test_that_a_run_is_added_once_what_is_typed_stands(
    bench: Bench, comparison: ComparisonController
) -> None:
    bench.workbench.type_text("a x")
    comparison.add_present()
    assert titles(bench) == []
    bench.build()
    assert [run.candidate.model.source for run in bench.state.comparison.runs] == ["a x"]


def test_that_a_point_is_not_compared_and_no_more_runs_than_there_is_room_for(
    bench: Bench, comparison: ComparisonController
) -> None:
    point = standing_bench("point")
    point.workbench.comparison.add_present()
    assert titles(point) == []
    for _ in range(MOST + 2):
        comparison.add_other_seed()
    assert len(titles(bench)) == MOST


def test_that_all_runs_of_the_list_are_started_and_stopped_together(bench: Bench) -> None:
    begun(bench)
    candidates = tuple(run.candidate for run in bench.state.comparison.runs)
    assert bench.sent == [CompareRuns(1, candidates)]
    assert bench.state.comparison.running
    bench.workbench.comparison.run_or_stop()
    assert bench.sent[1:] == [StopRunComparison(1)]
    bench.hear(RunComparisonStopped(run=1, reason="stopped"))
    assert not bench.state.comparison.running


def test_that_one_run_alone_is_not_compared(bench: Bench, comparison: ComparisonController) -> None:
    comparison.add_present()
    comparison.run_or_stop()
    assert bench.sent == []
    assert not bench.state.comparison.running


@pytest.mark.parametrize("listed", ["beside others", "alone", "the others alone", "two files"])
def test_that_a_file_is_not_trained_in_one_process_with_another_model(
    listed: str, bench: Bench, comparison: ComparisonController
) -> None:
    told: list[Notice] = []
    bench.state.noticed.connect(told.append)
    comparison.add_present()
    typed = bench.state.comparison.runs[0].candidate
    models = [Model(source=f"{name}.py:Net", mode="fit", trusted=name) for name in ("a", "b")]
    first, second = (msgspec.structs.replace(typed, model=model) for model in models)
    bench.state.comparison.remove(1)
    candidates, standing = {
        "beside others": ((typed, first), typed),
        "alone": ((first, first), typed),
        "the others alone": ((typed, typed), first),
        "two files": ((first, second), first),
    }[listed]
    for candidate in candidates:
        bench.state.comparison.add(candidate)
    assert bench.state.built is not None
    bench.state.built = msgspec.structs.replace(bench.state.built, model=standing.model)
    comparison.run_or_stop()
    assert bench.sent == []
    assert not bench.state.comparison.running
    assert [each.subject for each in told] == ["comparison"]
    assert "may change the numbers of" in told[0].message
    assert told[0].hint


def test_that_runs_of_one_file_are_compared_while_it_is_the_current_model(
    bench: Bench, comparison: ComparisonController
) -> None:
    assert bench.state.built is not None
    model = Model(source="a.py:Net", mode="fit", trusted="a")
    bench.state.built = msgspec.structs.replace(bench.state.built, model=model)
    begun(bench)
    assert [type(each) for each in bench.sent] == [CompareRuns]


def test_that_the_list_stays_as_it_is_while_it_is_compared(bench: Bench) -> None:
    begun(bench)
    bench.workbench.comparison.remove(1)
    bench.workbench.comparison.add_present()
    assert len(titles(bench)) == 2
    bench.hear(RunComparisonStopped(run=1, reason="finished"))
    bench.workbench.comparison.remove(1)
    assert titles(bench) == ["descent, seed 1"]


def test_that_what_the_runs_have_done_is_kept(bench: Bench) -> None:
    begun(bench)
    standing = Standing(state="running", step=2, equation="", learning_rate=1e-6)
    losses = (Array.of(np.array([4.0, 3.0])), Array.of(np.array([4.0, 2.0])))
    bench.hear(RunComparisonFrame(run=1, step=2, losses=losses, standings=(standing, standing)))
    assert [run.last_loss for run in bench.state.comparison.runs] == [3.0, 2.0]
    assert bench.state.comparison.best is bench.state.comparison.runs[1]


def test_that_a_comparison_that_fails_ends_and_is_told(bench: Bench) -> None:
    told: list[Notice] = []
    bench.state.noticed.connect(told.append)
    begun(bench)
    bench.hear(CommandFailed(run=1, subject="comparison", message="Not so.", hint="But so."))
    assert not bench.state.comparison.running
    assert [(each.subject, each.message, each.hint) for each in told] == [
        ("comparison", "Not so.", "But so.")
    ]

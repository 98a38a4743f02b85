"""Reasons for missing gradients without a window: asked for once, while somebody looks."""

import pytest
from pytestqt.qtbot import QtBot
from silent_engine import Bench, standing_bench

from gradviz.core.findings.missing import MissingGradient
from gradviz.protocol.commands import Withdraw
from gradviz.protocol.questions import ExplainMissing, MissingGradients, MissingSearched
from gradviz.ui.controllers.missing_controller import MissingController

REASONS = (MissingGradient(name="w", reason="frozen", sentence="It is frozen."),)


@pytest.fixture
def missing(bench: Bench) -> MissingController:
    return bench.workbench.missing


def test_that_nothing_is_asked_while_nobody_looks(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    bench.record(2)
    bench.rested(qtbot)
    assert bench.sent == []
    missing.watch(True)
    missing.watch(False)
    bench.rested(qtbot)
    assert bench.sent == []


def test_that_each_recording_is_asked_about_once(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    for _ in range(2):
        missing.watch(True)
        bench.rested(qtbot)
    assert bench.questions == [ExplainMissing()]
    for recording in (2, 3):
        bench.record(recording)
    bench.rested(qtbot)
    assert bench.questions[1:] == [ExplainMissing()]


def test_that_it_waits_until_the_training_stands_still(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    bench.workbench.set_running(True)
    missing.watch(True)
    bench.rested(qtbot)
    assert bench.sent == []
    assert missing.note == "Searched when training is paused."
    bench.workbench.set_running(False)
    bench.rested(qtbot)
    assert bench.questions == [ExplainMissing()]
    assert missing.note == "Running the model once more…"


def test_that_an_answer_is_kept_until_another_model_stands(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    missing.watch(True)
    bench.rested(qtbot)
    bench.answer(MissingGradients(leaves=4, missing=REASONS))
    bench.record(2)
    assert missing.found is not None
    assert missing.found.missing == REASONS
    bench.workbench.rebuild()
    bench.build()
    assert missing.found is None


def test_that_a_refusal_of_what_was_asked_says_why(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    missing.watch(True)
    bench.rested(qtbot)
    bench.refuse(ExplainMissing)
    assert missing.note == missing.message == "Gone. Record."


def test_that_a_refusal_about_an_older_recording_leaves_the_answer(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    missing.watch(True)
    bench.rested(qtbot)
    bench.answer(MissingGradients(leaves=4, missing=REASONS), last=False)
    bench.record(2)
    bench.refuse(ExplainMissing)
    assert missing.found is not None
    assert missing.message == ""


def test_that_without_a_recording_it_says_what_will_be_there() -> None:
    bench = Bench()
    assert "will be here once" in bench.workbench.missing.note
    assert "will be here once" not in standing_bench().workbench.missing.note


def test_that_a_search_tells_its_progress_and_is_cancelled_until_it_is_wanted_again(
    bench: Bench, missing: MissingController, qtbot: QtBot
) -> None:
    missing.watch(True)
    bench.rested(qtbot)
    assert missing.searching
    bench.answer(MissingSearched(done=1, total=2), last=False)
    assert missing.note == "Running the model once more… 1 of 2 passes"
    missing.cancel()
    assert isinstance(bench.sent[-1], Withdraw)
    assert missing.note == "Not searched: it was cancelled."
    assert (missing.searching, missing.cancelled) == (False, True)
    bench.rested(qtbot)
    assert bench.questions == [ExplainMissing()]
    missing.search_again()
    bench.rested(qtbot)
    assert bench.questions[1:] == [ExplainMissing()]
    missing.cancel()
    bench.record(2)
    bench.rested(qtbot)
    assert bench.questions[2:] == [ExplainMissing()]
    bench.answer(MissingGradients(leaves=4, missing=REASONS))
    assert (missing.searching, missing.cancelled) == (False, False)

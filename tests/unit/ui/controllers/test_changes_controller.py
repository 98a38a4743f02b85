"""The comparison of recordings without a window: what is kept, when it is compared, and told."""

import pytest
from pytestqt.qtbot import QtBot
from sample_graphs import shared_graph, shared_trace, tutorial_graph, tutorial_trace
from silent_engine import Bench

from gradviz.core.findings.changes import Changes, Kept
from gradviz.protocol.commands import ForgetKept, KeepRecording, Withdraw
from gradviz.protocol.events import RecordingKept
from gradviz.protocol.questions import CompareWithKept, ComparisonAdvanced, RecordingsCompared
from gradviz.ui.controllers.changes_controller import ChangesController

KEPT = Kept(title="step 0", graph=tutorial_graph(), trace=tutorial_trace())
CHANGES = Changes(came=(), went=(), changed=(), changed_nodes=frozenset({"d"}), count=1, compared=9)


@pytest.fixture
def changes(bench: Bench) -> ChangesController:
    return bench.workbench.changes


@pytest.fixture
def kept(bench: Bench, changes: ChangesController, qtbot: QtBot) -> ChangesController:
    """Return the controller with a recording that is kept and has been asked about."""
    bench.hear(RecordingKept(1, KEPT))
    bench.rested(qtbot)
    bench.forget()
    return changes


def test_that_the_recording_that_is_shown_is_kept_and_let_go(
    bench: Bench, changes: ChangesController
) -> None:
    changes.keep()
    changes.clear()
    assert bench.sent == [KeepRecording(1), ForgetKept(1)]
    assert changes.kept is None


def test_that_nothing_is_kept_before_there_is_a_recording() -> None:
    bench = Bench()
    bench.workbench.changes.keep()
    assert bench.sent == []


def test_that_a_recording_is_compared_once_it_rests(
    bench: Bench, changes: ChangesController, qtbot: QtBot
) -> None:
    bench.record(2)
    bench.rested(qtbot)
    assert bench.sent == []
    bench.hear(RecordingKept(1, KEPT))
    assert bench.state.compared
    for recording in (3, 4):
        bench.record(recording)
    bench.rested(qtbot)
    assert bench.questions == [CompareWithKept()]
    assert changes.note == "Comparing…"


def test_that_the_answer_about_the_shown_recording_alone_is_taken(
    bench: Bench, kept: ChangesController
) -> None:
    bench.record(2)
    bench.answer(RecordingsCompared(CHANGES), recording=1, last=False)
    assert kept.changes is None
    bench.answer(ComparisonAdvanced(done=3, total=13), last=False)
    assert kept.note == "Comparing… 3 of 13 nodes"
    bench.answer(RecordingsCompared(CHANGES))
    assert kept.changes is CHANGES
    assert kept.note == ""


def test_that_changes_stay_until_the_next_answer_unless_the_graph_is_another(
    bench: Bench, kept: ChangesController
) -> None:
    bench.answer(RecordingsCompared(CHANGES))
    bench.record(2)
    assert kept.changes is CHANGES
    bench.record(3, shared_graph(), shared_trace())
    assert kept.changes is None


def test_that_a_comparison_that_was_stopped_begins_with_the_next_recording(
    bench: Bench, kept: ChangesController, qtbot: QtBot
) -> None:
    kept.cancel()
    (withdrawn,) = bench.sent
    assert isinstance(withdrawn, Withdraw)
    assert kept.note.startswith("Not compared: it was cancelled.")
    bench.record(2)
    assert kept.note == "Comparing…"
    bench.rested(qtbot)
    assert bench.questions == [CompareWithKept()]


@pytest.mark.parametrize("how", ["let go", "engine ended"])
def test_that_nothing_is_compared_with_what_is_not_kept_any_more(
    bench: Bench, kept: ChangesController, qtbot: QtBot, how: str
) -> None:
    bench.answer(RecordingsCompared(CHANGES))
    if how == "let go":
        bench.hear(RecordingKept(1, None))
    else:
        bench.end()
    assert (kept.kept, kept.changes, bench.state.compared) == (None, None, False)
    bench.record(2)
    bench.rested(qtbot)
    assert bench.sent == []

"""The health of a recording without a window: what is asked for, when, and what is shown."""

import pytest
from pytestqt.qtbot import QtBot
from sample_graphs import shared_graph, shared_trace, wide_graph, wide_trace
from silent_engine import Bench

from gradviz.core.findings.health import Counts, NodeTime, Thresholds, Times, examination, examined
from gradviz.core.findings.source import Origin, Sources
from gradviz.protocol.questions import (
    CountElements,
    ElementsCounted,
    PassTimed,
    SourcesFound,
    TimePass,
)
from gradviz.render.shades import NO_SHADES, shades
from gradviz.ui.controllers import health_controller
from gradviz.ui.controllers.health_controller import HealthController
from gradviz.ui.widgets import background_work

COUNTS = (Counts(node="muld", elements=4, zeros=1),)
TIMES = Times(note="Measured.", nodes=(NodeTime(node="muld", backward_us=2.0),))


@pytest.fixture
def health(bench: Bench) -> HealthController:
    return bench.workbench.health


def test_that_nothing_is_asked_or_examined_while_nobody_looks(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    bench.record(2)
    health.choose_thresholds(Thresholds(vanishing=1.0))
    bench.rested(qtbot)
    assert bench.sent == []
    assert (health.health, health.shades, health.note) == (None, NO_SHADES, "")


def test_that_zeros_are_counted_once_for_each_recording(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.watch(True)
    bench.rested(qtbot)
    assert bench.questions == [CountElements()]
    bench.answer(ElementsCounted(counts=COUNTS, line="net.py:1"))
    health.choose_thresholds(Thresholds(dead=0.1))
    bench.rested(qtbot)
    assert len(bench.questions) == 1
    bench.record(2)
    assert health.line == ""
    bench.rested(qtbot)
    assert bench.questions[1:] == [CountElements()]


def test_that_the_graph_is_coloured_by_what_was_counted(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.colour_by("zeros")
    assert health.note == "Counting…"
    bench.rested(qtbot)
    bench.answer(ElementsCounted(counts=COUNTS))
    assert health.note == ""
    assert health.health is not None
    assert health.health.nodes["muld"].zeros == 0.25
    assert health.shades is not NO_SHADES


def test_that_an_answer_about_an_earlier_recording_is_not_shown(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.colour_by("zeros")
    bench.rested(qtbot)
    bench.record(2)
    bench.answer(ElementsCounted(counts=COUNTS), recording=1)
    assert health.note == "Counting…"


def test_that_a_pass_is_timed_once_for_a_shape_and_again_when_it_is_chosen_again(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.colour_by("time")
    assert health.note == "Measuring…"
    bench.rested(qtbot)
    assert bench.questions == [CountElements(), TimePass()]
    bench.answer(ElementsCounted(counts=COUNTS))
    bench.answer(PassTimed(TIMES))
    assert health.note == "Measured."
    bench.record(2)
    bench.rested(qtbot)
    assert bench.questions[2:] == [CountElements()]
    health.colour_by("time")
    assert health.note == "Measuring…"


def test_that_what_has_to_be_counted_waits_while_it_trains(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    bench.workbench.set_running(True)
    health.colour_by("zeros")
    bench.rested(qtbot)
    assert bench.sent == []
    assert health.note == "Shown when training is paused."
    health.colour_by("gradient")
    assert health.health is not None
    bench.workbench.set_running(False)
    bench.rested(qtbot)
    assert bench.questions == [CountElements()]


@pytest.fixture
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_controller, "_LARGE_NODES", 0)
    monkeypatch.setattr(background_work, "_PIECE_S", 0.0)


@pytest.mark.usefixtures("_all_are_large")
def test_that_a_large_graph_is_examined_between_events_and_comes_out_as_at_once(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    graph, trace = bench.state.graph, bench.state.trace
    assert graph is not None
    assert trace is not None
    health.colour_by("gradient")
    assert (health.health, health.shades) == (None, NO_SHADES)
    bench.rested(qtbot)
    assert health.health == examined(graph, trace, health.thresholds)
    assert health.shades == shades(health.health, "gradient")
    found = health.health
    health.choose_thresholds(Thresholds(vanishing=1e3))
    assert health.health is found
    bench.rested(qtbot)
    assert health.health == examined(graph, trace, Thresholds(vanishing=1e3))
    health.colour_by("off")
    assert health.shades is NO_SHADES


@pytest.mark.usefixtures("_all_are_large")
def test_that_what_was_found_of_another_graph_is_not_shown_meanwhile(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.colour_by("gradient")
    bench.rested(qtbot)
    graph, trace = shared_graph(), shared_trace()
    bench.record(2, graph, trace)
    assert (health.health, health.shades) == (None, NO_SHADES)
    bench.rested(qtbot)
    assert health.health == examined(graph, trace, health.thresholds)


def test_that_what_was_found_of_another_graph_is_forgotten_while_nobody_looks(
    bench: Bench, health: HealthController
) -> None:
    health.watch(True)
    assert health.health is not None
    health.watch(False)
    bench.record(2, shared_graph(), shared_trace())
    # The panel shows this before it watches again.
    assert bench.workbench.health.health is None
    assert health.beginnings == ()


def test_that_lines_that_come_before_the_health_of_another_graph_are_taken(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.watch(True)
    bench.workbench.sources.watch(True)
    bench.rested(qtbot)
    bench.answer(SourcesFound(sources=Sources(origins={"muld": Origin()}), libraries=False))
    graph, trace = shared_graph(), shared_trace()
    bench.record(2, graph, trace)
    assert health.health == examined(graph, trace, health.thresholds)


def test_that_counts_of_a_pass_of_another_model_with_the_same_number_are_not_shown(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.colour_by("zeros")
    bench.rested(qtbot)
    bench.answer(ElementsCounted(counts=COUNTS))
    assert health.note == ""
    bench.workbench.choose_model("module")
    bench.build()
    bench.record(1)
    assert health.note == "Counting…"


def test_that_zeros_are_counted_for_an_inspected_group_too(
    bench: Bench, health: HealthController, qtbot: QtBot
) -> None:
    health.watch_zeros(True)
    bench.rested(qtbot)
    assert bench.questions == [CountElements()]
    bench.answer(ElementsCounted(counts=COUNTS))
    assert health.zeros == {"muld": 0.25}
    assert health.health is None
    bench.record(2)
    assert health.zeros == {}
    health.watch_zeros(False)
    bench.rested(qtbot)
    assert len(bench.questions) == 1


def test_that_a_measurement_without_an_answer_says_why(
    bench: Bench, health: HealthController
) -> None:
    health.measure_times()
    assert health.timing
    bench.refuse(TimePass)
    assert (health.timing, health.timing_failure) == (False, "Gone. Record.")
    health.measure_times()
    bench.record(2)
    assert (health.timing, health.timing_failure) == (False, "")


def test_that_the_pieces_of_an_examination_are_small() -> None:
    graph = wide_graph(5_000)
    trace = wide_trace(graph)
    pieces = sum(1 for _ in examination(graph, trace, Thresholds(vanishing=1e9)))
    assert pieces >= len(graph.nodes) // 500 + len(trace.steps) // 500

"""The lines that made a graph, without a window: when they are asked for, and what they mark."""

import pytest
from pytestqt.qtbot import QtBot
from sample_graphs import shared_graph, shared_trace
from silent_engine import Bench

from gradviz.core.findings.source import Line, Origin, SourceFile, SourceFrame, Sources
from gradviz.protocol.questions import FindSources, SourcesFound
from gradviz.ui.controllers.source_controller import SourceController

#: One line of the user's made two nodes, a part of it one of them; a library's line beneath.
SOURCES = Sources(
    files=(
        SourceFile(path="/net.py", title="net.py", text="y = d * x.pow(3)\n", own=True),
        SourceFile(path="/lib.py", title="lib.py"),
    ),
    frames=(
        SourceFrame(file=0, line=1, start=4, end=16),
        SourceFrame(file=0, line=1, start=8, end=16),
        SourceFrame(file=1, line=9),
    ),
    stacks=((0,), (2, 1)),
    origins={"muld": Origin(stack=0), "mulc": Origin(stack=1)},
)


@pytest.fixture
def lines(bench: Bench) -> SourceController:
    return bench.workbench.sources


@pytest.fixture
def watched(bench: Bench, lines: SourceController, qtbot: QtBot) -> SourceController:
    """Return the controller after somebody has looked, so that the lines have been asked for."""
    lines.watch(True)
    bench.rested(qtbot)
    return lines


def found(bench: Bench, *, libraries: bool = False, sources: Sources = SOURCES) -> None:
    """Let the engine find the lines of the recording that is shown."""
    bench.answer(SourcesFound(libraries=libraries, sources=sources), last=False)


def test_that_nothing_is_asked_before_somebody_looks(
    bench: Bench, lines: SourceController, qtbot: QtBot
) -> None:
    bench.record(2)
    bench.rested(qtbot)
    assert bench.sent == []
    assert lines.note == "Running the model…"
    bench.workbench.select("muld")
    bench.rested(qtbot)
    assert bench.questions == [FindSources(libraries=False)]


def test_that_each_recording_is_asked_about_once_while_the_panel_is_seen(
    bench: Bench, lines: SourceController, qtbot: QtBot
) -> None:
    lines.watch(True)
    bench.rested(qtbot)
    found(bench)
    bench.workbench.select("muld")
    bench.workbench.move_cursor(2)
    bench.rested(qtbot)
    assert bench.questions == [FindSources(libraries=False)]
    bench.record(2)
    bench.rested(qtbot)
    assert bench.questions[1:] == [FindSources(libraries=False)]


def test_that_it_waits_until_the_training_stands_still(
    bench: Bench, lines: SourceController, qtbot: QtBot
) -> None:
    bench.workbench.set_running(True)
    lines.watch(True)
    bench.rested(qtbot)
    assert bench.sent == []
    assert lines.note == "Shown when training is paused."
    bench.workbench.set_running(False)
    bench.rested(qtbot)
    assert bench.questions == [FindSources(libraries=False)]


def test_that_the_lines_of_libraries_are_asked_for_once_they_are_wanted(
    bench: Bench, lines: SourceController, qtbot: QtBot
) -> None:
    lines.watch(True)
    bench.rested(qtbot)
    found(bench)
    assert lines.frames_of("mulc") == (SOURCES.frames[1],)
    lines.show_libraries(True)
    bench.rested(qtbot)
    assert bench.questions[1:] == [FindSources(libraries=True)]
    found(bench, libraries=True)
    assert lines.frames_of("mulc") == (SOURCES.frames[2], SOURCES.frames[1])
    lines.show_libraries(False)
    bench.rested(qtbot)
    assert len(bench.questions) == 2


def test_that_a_line_marks_its_nodes_and_a_part_of_it_fewer(
    bench: Bench, watched: SourceController
) -> None:
    watched.choose_line(Line(0, 1))
    assert watched.marked == frozenset()
    found(bench)
    watched.choose_line(Line(0, 1))
    assert watched.marked == {"muld", "mulc"}
    assert watched.line == Line(0, 1)
    watched.choose_line(Line(0, 1), column=10)
    assert watched.marked == {"mulc"}
    watched.choose_line(Line(0, 7))
    assert watched.marked == frozenset()
    assert watched.line is None


def test_that_marks_stay_while_the_lines_are_the_same(
    bench: Bench, watched: SourceController
) -> None:
    found(bench)
    watched.choose_line(Line(0, 1))
    bench.record(2)
    found(bench)
    assert watched.marked == {"muld", "mulc"}
    found(bench, sources=Sources(files=SOURCES.files, note="Nothing."))
    assert watched.marked == frozenset()
    assert watched.note == "Nothing."


def test_that_lines_of_a_graph_of_another_shape_are_forgotten(
    bench: Bench, watched: SourceController
) -> None:
    found(bench)
    watched.choose_line(Line(0, 1))
    bench.record(2)
    assert watched.sources is SOURCES
    bench.record(3, shared_graph(), shared_trace())
    assert watched.sources is None
    assert watched.marked == frozenset()
    assert watched.frames_of("muld") == ()


def test_that_lines_that_were_given_up_are_asked_for_when_they_are_wanted_again(
    bench: Bench, watched: SourceController, qtbot: QtBot
) -> None:
    watched.awaited.give_up()
    assert watched.note == "Not searched: it was cancelled."
    bench.forget()
    bench.workbench.select("muld")
    bench.rested(qtbot)
    assert bench.questions == []
    watched.awaited.want_again()
    bench.rested(qtbot)
    assert bench.questions == [FindSources(libraries=False)]

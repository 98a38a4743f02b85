"""A graph that changes while it is trained: what stays keeps its place, the rest is marked."""

from pathlib import Path

import pytest
from local_layouts import LocalLayouts
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, exported, shown, stands

from gradviz.core.graphs.accumulation import arrivals_at
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.matching import matching
from gradviz.core.graphs.placement import Placement
from gradviz.render.style import LIGHT
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def opened(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_model("dynamic")
    qtbot.waitUntil(lambda: stands(window, "dynamic") and shown(window), timeout=SOON_MS)


def stepped(window: MainWindow, qtbot: QtBot) -> tuple[Graph, Placement]:
    """Train one step, and return the graph that is shown then, and where it lies."""
    done = window.state.progress.step
    window.workbench.train_one_step()
    qtbot.waitUntil(
        lambda: window.state.trace is not None and window.state.trace.at_step == done + 1,
        timeout=SOON_MS,
    )
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    return now(window)


def now(window: MainWindow) -> tuple[Graph, Placement]:
    graph = window.state.graph
    assert graph is not None
    placement = window.canvas.placement_of(graph)
    assert placement is not None
    assert window.canvas.placement is placement
    return graph, placement


def test_that_nodes_that_stay_keep_their_place_and_nothing_is_laid_out_again(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    opened(window, qtbot)
    # From the first step on the row of the trained steps is beneath the graph.
    stepped(window, qtbot)
    asked = len(layouts.asked)
    graph, placement = now(window)
    sizes, view = {len(graph.nodes)}, window.canvas.view.transform()
    for _ in range(6):
        other, places = stepped(window, qtbot)
        for old, new in matching(graph, other).items():
            assert places.centers[new] == placement.centers[old]
        graph, placement = other, places
        sizes.add(len(graph.nodes))
    assert len(sizes) == 3
    assert len(layouts.asked) == asked
    assert window.canvas.view.transform() == view


def test_that_the_last_change_alone_is_marked_until_the_next_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    opened(window, qtbot)
    graph, _ = now(window)
    assert not window.canvas.marks
    seen = set()
    for _ in range(8):
        before = window.canvas.marks
        other, _ = stepped(window, qtbot)
        marks = window.canvas.marks
        if len(other.nodes) == len(graph.nodes):
            assert marks is before
        else:
            pairs = matching(graph, other)
            assert marks.came == other.node.keys() - pairs.values()
            gone = sorted(graph.node[key].op for key in graph.node.keys() - pairs.keys())
            assert sorted(node.title for node in marks.gone) == gone
            seen.add(bool(marks.came))
            text = window.canvas.changes.text()
            assert ("came" in text, "went" in text) == (bool(marks.came), bool(marks.gone))
            assert f"at step {window.state.progress.step}" in text
        graph = other
    assert seen == {True, False}
    window.workbench.choose_seed(5)
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.seed == 5,
        timeout=SOON_MS,
    )
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    assert not window.canvas.marks
    assert not window.canvas.changes.isVisible()


def test_that_the_selected_node_stays_selected_where_its_number_is_another(
    window: MainWindow, qtbot: QtBot
) -> None:
    opened(window, qtbot)
    graph, _ = now(window)
    window.workbench.select(next(node.id for node in graph.nodes if node.op == "d"))
    numbers = set()
    for _ in range(6):
        other, _ = stepped(window, qtbot)
        selected = window.state.selected
        assert selected is not None
        assert other.node[selected].op == "d"
        numbers.add(selected)
    assert len(numbers) > 1


def test_that_a_file_shows_the_marks_too(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened(window, qtbot)
    while not window.canvas.marks.came:
        stepped(window, qtbot)
    window.exports.write_graph(tmp_path / "marked.svg")
    exported(window, qtbot)
    color = LIGHT.came.lower()
    assert color in (tmp_path / "marked.svg").read_text().lower()


def test_that_a_weight_that_is_used_twice_shows_both_contributions(
    window: MainWindow, qtbot: QtBot
) -> None:
    opened(window, qtbot)
    graph, _ = now(window)

    def uses(graph: Graph) -> int:
        return max((len(graph.edges_out_of[n.id]) for n in graph.nodes if n.op == "e"), default=0)

    while uses(graph) != 2:
        graph, _ = stepped(window, qtbot)
    leaf = next(node.id for node in graph.nodes if node.op == "e")
    trace = window.state.trace
    assert trace is not None
    place = next(i for i, step in enumerate(trace.steps, start=1) if step.node == leaf)
    window.workbench.move_cursor(place)
    picture = window.canvas.picture()
    assert picture is not None
    chips = [picture.edges[edge.id].chip for edge in graph.edges_out_of[leaf]]
    assert len(chips) == 2
    assert all(chips)
    rows = arrivals_at(graph, trace, leaf)
    assert all(row.total is not None for row in rows)
    senders = {graph.node[row.edge.target].label for row in rows}
    assert senders == {"e·x⁴", "e·x⁵"}

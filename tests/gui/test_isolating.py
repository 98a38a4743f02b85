"""A part of the graph alone in full: ancestors, descendants and ways, by clicks and keys."""

from collections.abc import Iterator

import pytest
from grouping_engine import GroupingEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, click, place_of, press, rested, shown, typed
from windows import opened

from gradviz.core.graphs.isolation import Isolation
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def grouped(settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window over a network of two closed blocks, front and back."""
    window = opened(GroupingEngine(), settings, qtbot)
    rested(window, qtbot)
    window.workbench.showing.close_all()
    window.workbench.showing.open("@net")
    qtbot.waitUntil(lambda: placed(window, "@net.front"), timeout=SOON_MS)
    rested(window, qtbot)
    yield window
    window.close()


def at_point(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Show the graph of an expression at a point."""
    typed(window, qtbot, text)
    window.workbench.choose_mode("point")
    qtbot.waitUntil(lambda: window.state.mode == "point" and shown(window), timeout=SOON_MS)
    rested(window, qtbot)


def placed(window: MainWindow, item: str) -> bool:
    placement = window.canvas.placement
    return placement is not None and item in placement.centers


def ids(window: MainWindow) -> dict[str, str]:
    """Return the ids of the nodes by their labels, else by their operations."""
    assert window.state.graph is not None
    return {node.label or node.op: node.id for node in window.state.graph.nodes}


def in_full(window: MainWindow) -> set[str] | None:
    """Return the items that are painted in full; None for all of them."""
    isolated: Isolation | None = window.canvas.view._item.isolated
    return None if isolated is None else set(isolated.nodes)


def shift_click(window: MainWindow, item: str) -> None:
    viewport, left = window.canvas.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, _SHIFT, place_of(window, item))


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("isolate_ancestors", {"b·x", "b", "x"}),
        ("isolate_descendants", {"b·x", "a + b·x"}),
        ("isolate", {"b·x", "b", "x", "a + b·x"}),
    ],
)
def test_that_a_part_is_shown_alone_until_the_same_action_or_escape(
    window: MainWindow, qtbot: QtBot, name: str, alone: set[str]
) -> None:
    at_point(window, qtbot, "a + b x")
    of = ids(window)
    click(window, place_of(window, of["b·x"]))
    isolate = action(window, f"gradviz.inspect.{name}")
    assert isolate in window.canvas.menu_of(of["b·x"]).actions()
    assert isolate.toolTip()
    isolate.trigger()
    assert in_full(window) == {of[label] for label in alone}
    assert isolate.isChecked()
    isolate.trigger()
    assert in_full(window) is None
    assert not isolate.isChecked()
    isolate.trigger()
    window.canvas.view.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert in_full(window) is None
    assert not isolate.isChecked()


def test_that_a_click_with_shift_shows_every_way_from_the_chosen_node(
    window: MainWindow, qtbot: QtBot
) -> None:
    at_point(window, qtbot, "(a x + b) (c x + d)")
    of, graph = ids(window), window.state.graph
    assert graph is not None
    click(window, place_of(window, of["x"]))
    shift_click(window, graph.output)
    alone = in_full(window)
    assert alone is not None
    assert {of["a"], of["b"], of["c"], of["d"]}.isdisjoint(alone)
    assert {of["x"], of["a·x"], of["c·x"], graph.output} <= alone
    assert window.state.selected == of["x"]
    assert window.notices.isHidden()


def test_that_a_click_with_shift_chooses_where_nothing_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    at_point(window, qtbot, "a + b x")
    window.workbench.select(None)
    window.workbench.move_cursor(0)
    node = ids(window)["a"]
    shift_click(window, node)
    assert window.state.selected == node
    assert in_full(window) is None


def test_that_two_nodes_without_a_way_are_told_in_a_sentence(
    window: MainWindow, qtbot: QtBot
) -> None:
    at_point(window, qtbot, "a + b x")
    of = ids(window)
    click(window, place_of(window, of["a"]))
    shift_click(window, of["b"])
    assert in_full(window) is None
    assert window.notices.isVisible()
    assert "There is no way between a and b" in window.notices.text.text()
    shift_click(window, of["a + b·x"])
    assert window.notices.isHidden()
    assert in_full(window) == {of["a"], of["a + b·x"]}


def test_that_a_way_begins_and_ends_by_actions(window: MainWindow, qtbot: QtBot) -> None:
    at_point(window, qtbot, "a + b x")
    of = ids(window)
    begin, end = (action(window, f"gradviz.inspect.{name}") for name in ("begin_way", "end_way"))
    click(window, place_of(window, of["b"]))
    assert not end.isEnabled()
    begin.trigger()
    assert window.canvas.view._item.marked == frozenset({of["b"]})
    click(window, place_of(window, of["a + b·x"]))
    end.trigger()
    assert in_full(window) == {of["b"], of["b·x"], of["a + b·x"]}
    assert not window.canvas.view._item.marked
    begin.trigger()
    window.canvas.view.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.state.way_begins is None
    assert not window.canvas.view._item.marked
    typed(window, qtbot, "c")
    assert window.state.isolated is None


def test_that_a_group_is_isolated_by_the_nodes_behind_its_box(
    grouped: MainWindow, qtbot: QtBot
) -> None:
    graph = grouped.state.graph
    assert graph is not None
    click(grouped, place_of(grouped, "@net.front"))
    isolate = action(grouped, "gradviz.inspect.isolate_ancestors")
    isolate.trigger()
    assert in_full(grouped) == {"@net.front"}
    grouped.workbench.showing.open("@net.front")
    qtbot.waitUntil(lambda: not placed(grouped, "@net.front"), timeout=SOON_MS)
    rested(grouped, qtbot)
    front = grouped.state.shown.nodes_of(graph, "@net.front")
    alone = in_full(grouped)
    assert alone is not None
    assert front & grouped.state.shown.drawn(graph).node.keys() <= alone
    assert "@net.back" not in alone
    assert isolate.isChecked()


def test_that_there_is_a_way_from_a_box_to_the_output(grouped: MainWindow) -> None:
    assert grouped.state.graph is not None
    click(grouped, place_of(grouped, "@net.front"))
    shift_click(grouped, grouped.state.graph.output)
    assert in_full(grouped) == {"@net.front", "@net.back", grouped.state.graph.output}

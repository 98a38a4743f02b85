"""Find: the bar over the canvas, its count, the way from hit to hit, and the lit hits."""

import msgspec
import pytest
from handmade_window import record_again, show_recorded
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_graphs import scalar
from searched_graphs import pass_of, transformer
from window_acts import SOON_MS, action, click, ground, press, rested, typed

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import item_id
from gradviz.ui.canvas.find_bar import FindBar
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def bar_of(window: MainWindow) -> FindBar:
    return window.canvas.find_bar


def look_for(window: MainWindow, text: str) -> FindBar:
    """Press Ctrl+F and type."""
    press(window, Qt.Key.Key_F, CONTROL)
    bar = bar_of(window)
    assert QApplication.focusWidget() is bar.field
    QTest.keyClicks(bar.field, text)
    return bar


def selected_op(window: MainWindow) -> str:
    assert window.state.graph is not None
    assert window.state.selected is not None
    return window.state.graph.node[window.state.selected].op


def lit(window: MainWindow) -> frozenset[str]:
    """Return the nodes and boxes with a broken ring."""
    return window.canvas.view._item.marked


@pytest.fixture
def grouped(window: MainWindow, qtbot: QtBot) -> Graph:
    graph = transformer()
    show_recorded(window, qtbot, graph, pass_of(graph, n5=scalar(1e-9)))
    return graph


def test_that_hits_are_counted_and_lit_as_one_types(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x + b x + c")
    bar = look_for(window, "mul")
    graph = window.state.graph
    assert graph is not None
    assert bar.isVisible()
    assert bar.count.text() == "2 found"
    assert lit(window) == {node.id for node in graph.nodes if node.op == "Mul"}
    assert window.state.selected is None


def test_that_enter_and_f3_go_from_hit_to_hit_in_a_circle(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x + b x + c")
    bar = look_for(window, "add")
    visited = []
    for key, modifier, told in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "1 of 2"),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "2 of 2"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "1 of 2"),
        (Qt.Key.Key_F3, SHIFT, "2 of 2"),
        (Qt.Key.Key_Return, SHIFT, "1 of 2"),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, "2 of 2"),
    ):
        press(window, key, modifier)
        assert bar.count.text() == told
        assert selected_op(window) == "Add"
        visited.append(window.state.selected)
        assert QApplication.focusWidget() is bar.field
    assert visited[0] == visited[2] == visited[4] != visited[1] == visited[3] == visited[5]
    assert bar.about.text().startswith("Add")


def test_that_the_buttons_go_on_back_and_away(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x + b x + c")
    bar = look_for(window, "mul")
    for button, told in ((bar.next, "1 of 2"), (bar.next, "2 of 2"), (bar.previous, "1 of 2")):
        rested(window, qtbot)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert bar.count.text() == told
    QTest.mouseClick(bar.shut, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert lit(window) == frozenset()


def test_that_escape_closes_it_and_f3_goes_on_with_the_same_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b x + c")
    bar = look_for(window, "mul")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is window.canvas.view
    assert lit(window) == frozenset()
    press(window, Qt.Key.Key_F3)
    assert bar.isVisible()
    assert bar.field.text() == "mul"
    assert bar.count.text() == "2 of 2"
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F, CONTROL)
    assert bar.field.selectedText() == "mul"


def test_that_a_wrong_query_and_a_vain_one_say_so(window: MainWindow) -> None:
    bar = look_for(window, "grad>")
    assert bar.about.text() == "A number is missing behind grad>: write such as grad>1."
    assert bar.count.text() == ""
    assert not bar.next.isEnabled()
    QTest.keyClicks(bar.field, "1 zzz")
    assert bar.about.isHidden()
    assert bar.count.text() == "Nothing found"
    press(window, Qt.Key.Key_Return)
    assert window.state.selected is None


def test_that_a_hit_within_closed_groups_lights_its_box_and_is_opened_when_visited(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    bar = look_for(window, "softmax")
    assert bar.count.text() == "3 found"
    outline = window.state.shown.outline_of(grouped)
    assert outline is not None
    assert lit(window) == {outline.item_of["n5"]} == {outline.item_of["n17"]}
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    assert window.state.selected == "n11"
    assert bar.about.text() == "Softmax  softmax(q kᵀ)  in h.1.attn"
    assert {"h", "h.0.attn", "h.1", "h.1.attn"} <= window.state.shown.showing.opened
    qtbot.waitUntil(
        lambda: window.canvas.placement is not None and "n11" in window.canvas.placement.centers,
        timeout=SOON_MS,
    )
    outline = window.state.shown.outline_of(grouped)
    assert outline is not None
    assert lit(window) == {"n5", "n11", outline.item_of["n17"]}


def test_that_a_group_is_found_and_chosen(window: MainWindow, grouped: Graph) -> None:
    bar = look_for(window, "h.2.attn")
    press(window, Qt.Key.Key_Return)
    assert bar.about.text() == "h.2.attn  Attention"
    assert window.state.shown.selected == item_id("h.2.attn")
    assert window.state.shown.showing.opened == {"h", "h.2"}
    assert lit(window) >= {item_id("h.2.attn")}


def test_that_a_hit_outside_of_the_group_on_the_canvas_is_shown(
    window: MainWindow, grouped: Graph
) -> None:
    window.workbench.showing.enter(item_id("h.0"))
    look_for(window, "h.2.attn")
    press(window, Qt.Key.Key_Return)
    assert window.state.shown.showing.root == ""
    assert window.state.shown.selected == item_id("h.2.attn")


def test_that_another_pass_has_other_hits_and_the_visited_one_stays(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    bar = look_for(window, "grad<1e-7")
    press(window, Qt.Key.Key_Return)
    assert (bar.count.text(), window.state.selected) == ("1 of 1", "n5")
    again = msgspec.structs.replace(grouped)
    record_again(window, again, pass_of(again, n4=scalar(0.0), n5=scalar(1e-9)))
    qtbot.waitUntil(lambda: bar.count.text() == "2 of 2", timeout=SOON_MS)
    assert window.workbench.finding.visited == "n5"


def test_that_a_new_model_is_searched_for_the_text_that_stands(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b x + c")
    bar = look_for(window, "sin")
    assert bar.count.text() == "Nothing found"
    typed(window, qtbot, "a sin(x) + sin(b x)")
    qtbot.waitUntil(lambda: bar.count.text() == "2 found", timeout=SOON_MS)


def test_that_a_large_graph_is_searched_while_the_window_goes_on(
    window: MainWindow, qtbot: QtBot, grouped: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.ui.controllers.finding.graph_search._AT_ONCE", 0)
    bar = look_for(window, "softmax h.1")
    press(window, Qt.Key.Key_Return)
    assert bar.count.text() == "Searching…"
    assert window.state.selected is None
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 1", timeout=SOON_MS)
    assert window.state.selected == "n11"
    QTest.keyClicks(bar.field, "x")
    qtbot.waitUntil(lambda: bar.count.text() == "Nothing found", timeout=SOON_MS)


def test_that_the_bar_stays_over_the_canvas_of_a_narrow_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    bar = look_for(window, "mul")
    for width in (1440, 1024, 700):
        window.resize(width, 700)
        rested(window, qtbot)
        assert window.canvas.rect().contains(bar.geometry())
    click(window, ground(window))
    assert bar.isVisible()
    assert action(window, "gradviz.edit.find_next").isEnabled()

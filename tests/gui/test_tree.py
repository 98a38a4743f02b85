"""The tree of modules and nodes: in step with the canvas, searched, sorted and read out."""

import math

import pytest
from handmade_window import record_again, show_recorded
from local_engine import LocalEngine
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot
from sample_graphs import large, scalar
from searched_graphs import pass_of, transformer
from window_acts import SOON_MS, action, rested, typed
from windows import opened as opened_window

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import item_id
from gradviz.core.number_text import short
from gradviz.protocol.questions import TimePass
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.tree.tree_columns import GRADIENT, NAME, PARAMETERS, TIME
from gradviz.ui.panels.tree.tree_panel import TreePanel

pytestmark = pytest.mark.usefixtures("layouts")


def opened(window: MainWindow, qtbot: QtBot) -> TreePanel:
    """Bring the tree to the front, as its shortcut does."""
    action(window, "gradviz.inspect.tree_panel").trigger()
    panel = window.panels.widgets["tree"]
    assert isinstance(panel, TreePanel)
    qtbot.waitUntil(lambda: panel.seen and panel.model.tree is not None, timeout=SOON_MS)
    return panel


@pytest.fixture
def grouped(window: MainWindow, qtbot: QtBot) -> Graph:
    graph = transformer()
    show_recorded(window, qtbot, graph, pass_of(graph, n5=scalar(1e-9)))
    return graph


def current(panel: TreePanel) -> str:
    """Return the id of the item of the current row."""
    tree, item = panel.model.tree, panel.view.current_item
    assert tree is not None
    return "" if item is None else tree.id(item)


def place(panel: TreePanel, identifier: str) -> QPoint:
    """Return where the row of an item is in the view."""
    tree = panel.model.tree
    assert tree is not None
    item = tree.item(identifier)
    assert item is not None
    index = panel.model.index_of(item)
    panel.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
    return panel.view.visualRect(index).center()


def click(panel: TreePanel, identifier: str) -> None:
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, identifier))


def rows(panel: TreePanel) -> list[str]:
    """Return the names of all rows that are open."""
    found = []
    index = panel.model.index(0, NAME)
    while index.isValid():
        found.append(str(index.data()))
        index = panel.view.indexBelow(index)
    return found


def test_that_the_first_levels_are_open(window: MainWindow, qtbot: QtBot, grouped: Graph) -> None:
    panel = opened(window, qtbot)
    assert rows(panel)[:8] == ["wte", "Embedding", "h", "0", "ln_1", "attn", "Add", "1"]


def test_that_a_graph_without_groups_is_a_list(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    panel = opened(window, qtbot)
    graph = window.state.graph
    assert graph is not None
    assert len(rows(panel)) == len(graph.nodes)
    assert rows(panel)[:2] == ["a", "b"]
    click(panel, graph.output)
    assert window.state.selected == graph.output


def test_that_a_row_that_is_clicked_is_chosen_on_the_canvas(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    click(panel, "@h.2")
    assert window.state.shown.selected == item_id("h.2")
    click(panel, "@h.2.attn")
    assert "h.2" in window.state.shown.showing.opened
    assert window.state.shown.selected == item_id("h.2.attn")
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert window.state.selected == "n15"
    assert "h.2.attn" in window.state.shown.showing.opened


def test_that_what_is_chosen_on_the_canvas_is_chosen_in_the_tree(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    window.workbench.select("n17")
    assert current(panel) == "n17"
    assert panel.view.visualRect(panel.view.currentIndex()).isValid()
    window.workbench.showing.select(item_id("h.2.attn"))
    assert current(panel) == "@h.2.attn"


def test_that_the_walk_lights_the_row_or_the_closed_one_around_it(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    panel.view.collapseAll()
    trace = window.state.trace
    assert trace is not None
    places = {step.node: place for place, step in enumerate(trace.steps, start=1)}
    window.workbench.move_cursor(places["n19"])
    assert current(panel) == "n19"
    window.workbench.move_cursor(places["n11"])
    assert current(panel) == "@h"
    assert window.state.selected is None
    assert window.state.cursor == places["n11"]


def test_that_a_double_click_and_enter_open_a_group_in_both(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    where = place(panel, "@h.1.attn")
    viewport = panel.view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert {"h.1", "h.1.attn"} <= window.state.shown.showing.opened
    assert panel.view.isExpanded(panel.view.currentIndex())
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert "h.1.attn" not in window.state.shown.showing.opened
    assert not panel.view.isExpanded(panel.view.currentIndex())


def test_that_a_search_keeps_hits_with_those_around_them_and_ends_as_it_began(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    before = rows(panel)
    QTest.keyClicks(panel.field, "softmax h.1")
    assert rows(panel) == ["h", "1", "attn", "Softmax"]
    assert panel.note.text() == "1 found"
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert window.state.selected == "n11"
    assert current(panel) == "n11"
    assert panel.note.text() == "1 of 1"
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.field.text() == ""
    assert set(before) <= set(rows(panel))
    assert current(panel) == "n11"
    assert panel.note.isHidden()


def test_that_a_wrong_query_says_so_and_leaves_the_rows(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    before = rows(panel)
    QTest.keyClicks(panel.field, '"zzz')
    assert "has no partner" in panel.note.text()
    assert rows(panel) == before
    QTest.keyClicks(panel.field, '"')
    assert panel.note.text() == "Nothing found"
    assert rows(panel) == []


def test_that_a_click_on_a_heading_sorts_and_a_third_one_ends_that(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    header = panel.view.header()
    first = rows(panel)
    x = header.sectionViewportPosition(PARAMETERS) + 20
    orders = []
    for _ in range(3):
        QTest.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2)
        )
        orders.append(rows(panel))
    assert orders[0] != orders[1]
    assert {tuple(sorted(each)) for each in orders} == {tuple(sorted(first))}
    assert orders[2] == first


def test_that_another_recording_has_other_numbers_in_the_same_open_rows(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    window.workbench.select("n11")
    before = rows(panel)
    again = transformer()
    record_again(window, again, pass_of(again, n11=large(7.25, (2,))))
    assert rows(panel) == before
    assert current(panel) == "n11"
    assert panel.view.currentIndex().siblingAtColumn(GRADIENT).data() == "7.25"


def test_that_a_large_graph_is_counted_while_the_window_goes_on(
    window: MainWindow, qtbot: QtBot, grouped: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.ui.panels.tree.tree_panel._AT_ONCE", 0)
    panel = opened(window, qtbot)
    assert len(rows(panel)) > 3
    qtbot.waitUntil(lambda: panel.model.numbers is not None, timeout=SOON_MS)
    assert panel.model.index(1, 0).siblingAtColumn(PARAMETERS).data() == "9\u202f312"


def test_that_the_time_is_measured_when_it_is_asked_for(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    panel = opened(window, qtbot)
    rested(window, qtbot)
    assert panel.view.isColumnHidden(TIME)
    assert not [each for each in engine.questions if isinstance(each, TimePass)]
    QTest.mouseClick(panel.time, Qt.MouseButton.LeftButton)
    assert not panel.view.isColumnHidden(TIME)
    last = panel.model.index(panel.model.rowCount() - 1, TIME)
    qtbot.waitUntil(lambda: str(last.data()).endswith("µs"), timeout=SOON_MS)
    assert "clock" in panel.time.toolTip()


def test_that_the_menu_of_a_row_is_that_of_the_canvas(
    window: MainWindow, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    texts = [each.text() for each in panel.menu_of(item_id("h.1")).actions()]
    on_canvas = window.canvas.menu_of(item_id("h.1"))
    assert texts == [each.text() for each in on_canvas.actions()]
    assert "Isolate this node" in texts
    assert window.state.shown.selected == item_id("h.1")


def test_that_columns_can_be_hidden(window: MainWindow, qtbot: QtBot, grouped: Graph) -> None:
    panel = opened(window, qtbot)
    menu = panel.view.header_menu()
    by_title = {each.text(): each for each in menu.actions()}
    assert not by_title["Time"].isChecked()
    by_title["Parameters"].trigger()
    assert panel.view.isColumnHidden(PARAMETERS)


def test_that_hidden_columns_are_hidden_in_the_next_window(
    window: MainWindow, settings: QSettings, qtbot: QtBot, grouped: Graph
) -> None:
    panel = opened(window, qtbot)
    by_title = {each.text(): each for each in panel.view.header_menu().actions()}
    by_title["Parameters"].trigger()
    by_title["Time"].trigger()
    window.close()
    later = opened_window(LocalEngine(), settings, qtbot)
    again = opened(later, qtbot)
    assert again.view.isColumnHidden(PARAMETERS)
    assert not again.view.isColumnHidden(TIME)
    assert not again.view.isColumnHidden(GRADIENT)
    later.close()


def test_that_the_gradient_of_the_whole_model_is_at_the_top(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    panel = opened(window, qtbot)
    trace = window.state.trace
    assert trace is not None
    norms = [each.norm or 0.0 for each in trace.leaf_grads.values()]
    assert panel.total.isVisible()
    assert (
        panel.total.whole == f"All parameters: grad ‖·‖ {short(math.hypot(*norms), 3)} · 2 numbers"
    )
    assert panel.total.y() < panel.view.y()


def test_that_rows_are_read_out(window: MainWindow, qtbot: QtBot, grouped: Graph) -> None:
    panel = opened(window, qtbot)
    assert panel.view.accessibleName() == "Modules and nodes"
    assert panel.field.accessibleName() == "Find in the tree"
    index = panel.model.index(1, NAME)
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("h, ModuleList, gradient norm")

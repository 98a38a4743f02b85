"""Source and tree point at one another: a group marks its lines, and a line the rows it made."""

from pathlib import Path
from textwrap import dedent

import pytest
from own_models import HEAD, model_of, written
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, rested

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.source_panel import SourcePanel
from gradviz.ui.panels.tree.tree_panel import TreePanel

pytestmark = pytest.mark.usefixtures("layouts")

#: The empty lines between the classes are more than the panel shows at a time.
NET = (
    HEAD
    + dedent(
        """
        class Front(nn.Module):
            def __init__(self):
                super().__init__()
                self.linear = nn.Linear(3, 3)

            def forward(self, x):
                y = self.linear(x)
                y = y.relu()
                return y * 2
        """
    )
    + "\n" * 60
    + dedent(
        """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.front = Front()
                self.back = nn.Linear(3, 2)

            def forward(self, x):
                return self.back(self.front(x)).sin()


        def example_inputs():
            return torch.ones(5, 3)
        """
    )
)


@pytest.fixture
def panels(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> tuple[SourcePanel, TreePanel]:
    """Show the model with its groups closed, and both panels."""
    window.workbench.choose_own(model_of(written(tmp_path, NET), "Net"))
    qtbot.waitUntil(lambda: bool(window.state.graph and window.state.graph.groups), timeout=SOON_MS)
    window.workbench.choose_workspace("inspect")
    for name in ("source", "tree"):
        window.show_panel(name)
    rested(window, qtbot)
    qtbot.waitUntil(lambda: window.workbench.sources.sources is not None, timeout=SOON_MS)
    window.workbench.showing.close_all()
    rested(window, qtbot)
    source, tree = window.panels.widgets["source"], window.panels.widgets["tree"]
    assert isinstance(source, SourcePanel)
    assert isinstance(tree, TreePanel)
    return source, tree


def line_of(text: str) -> int:
    return next(i for i, line in enumerate(NET.splitlines(), start=1) if text in line)


def marked_lines(panel: SourcePanel) -> set[int]:
    return {mark.cursor.blockNumber() + 1 for mark in panel.code.extraSelections()}


def click_row(tree: TreePanel, identifier: str) -> None:
    assert tree.model.tree is not None
    item = tree.model.tree.item(identifier)
    assert item is not None
    index = tree.model.index_of(item)
    tree.view.scrollTo(index)
    where = tree.view.visualRect(index).center()
    QTest.mouseClick(tree.view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_that_a_group_that_is_chosen_in_the_tree_marks_its_lines(
    window: MainWindow, qtbot: QtBot, panels: tuple[SourcePanel, TreePanel]
) -> None:
    source, tree = panels
    click_row(tree, "@front")
    rested(window, qtbot)
    first = line_of("y = self.linear(x)")
    assert marked_lines(source) == {first, first + 1, first + 2}
    assert source.code._in_sight(first)
    assert source.module.whole == "3 lines of net.py made this group"
    click_row(tree, "@back")
    rested(window, qtbot)
    back = line_of("self.back(self.front(x))")
    assert marked_lines(source) == {back}
    assert source.code._in_sight(back)
    assert not source.code._in_sight(first)


def test_that_a_group_that_is_chosen_on_the_canvas_marks_its_lines_until_a_node_is(
    window: MainWindow, qtbot: QtBot, panels: tuple[SourcePanel, TreePanel]
) -> None:
    source, _ = panels
    window.workbench.showing.find("@front.linear")
    rested(window, qtbot)
    first = line_of("y = self.linear(x)")
    assert marked_lines(source) == {first}
    graph = window.state.graph
    assert graph is not None
    relu = next(node.id for node in graph.nodes if node.op == "Relu")
    window.workbench.select(relu)
    rested(window, qtbot)
    assert marked_lines(source) == {first + 1}


def test_that_the_tree_marks_and_shows_the_rows_that_a_chosen_line_made(
    window: MainWindow, qtbot: QtBot, panels: tuple[SourcePanel, TreePanel]
) -> None:
    source, tree = panels
    tree.view.collapseAll()
    line = line_of("y = y.relu()")
    block = source.code.document().findBlockByNumber(line - 1)
    cursor = QTextCursor(block)
    source.code.setTextCursor(cursor)
    source.code.centerCursor()
    place = source.code.cursorRect(cursor).center() + QPoint(2, 0)
    QTest.mouseClick(source.code.viewport(), Qt.MouseButton.LeftButton, pos=place)
    graph, model = window.state.graph, tree.model
    assert graph is not None
    assert model.tree is not None
    relu = next(node.id for node in graph.nodes if node.op == "Relu")
    assert window.workbench.sources.marked == {relu}
    item = model.tree.item(relu)
    assert item is not None
    index = model.index_of(item)
    assert index.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "made by the chosen line" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    rect = tree.view.visualRect(index)
    assert tree.view.viewport().rect().contains(rect.center())
    others = [each.id for each in graph.nodes if each.id != relu]
    for each in others:
        other = model.tree.item(each)
        assert other is not None
        assert model.index_of(other).data(Qt.ItemDataRole.DecorationRole) is None
    # The chosen row stays the chosen one.
    assert window.state.selected is None


def test_that_a_line_that_was_chosen_before_the_tree_was_seen_is_marked_in_it(
    window: MainWindow, qtbot: QtBot, panels: tuple[SourcePanel, TreePanel]
) -> None:
    source, tree = panels
    window.panels.docks["tree"].hide()
    rested(window, qtbot)
    source.code.line_chosen.emit(line_of("y = y.relu()"), -1)
    window.show_panel("tree")
    rested(window, qtbot)
    assert tree.model.tree is not None
    (marked,) = window.workbench.sources.marked
    item = tree.model.tree.item(marked)
    assert item is not None
    assert tree.model.index_of(item).data(Qt.ItemDataRole.DecorationRole) is not None

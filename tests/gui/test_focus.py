"""The keyboard is seen wherever it is, and gets everywhere in reading order and by regions."""

import gc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_acts import action, press, reached_by_tab, rested, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.workspaces import WORKSPACES

pytestmark = pytest.mark.usefixtures("layouts")

#: A ring or a border around the smallest button has more pixels than this.
_SEEN = 30


def different(one: QImage, other: QImage) -> int:
    """Return how many pixels differ."""
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(min(one.width(), other.width()))
        for y in range(min(one.height(), other.height()))
    )


def unseen(window: MainWindow) -> list[str]:
    """Return the stops of Tab that look the same with and without the keyboard."""
    found = []
    for widget in reached_by_tab(window):
        if not widget.isVisible():
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        there = widget.grab().toImage()
        widget.clearFocus()
        QApplication.processEvents()
        if different(there, widget.grab().toImage()) < _SEEN:
            found.append(f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}")
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("workspace", [each.id for each in WORKSPACES])
def test_that_the_keyboard_is_seen_wherever_it_is(
    window: MainWindow, qtbot: QtBot, workspace: str, theme: str
) -> None:
    typed(window, qtbot, "a + b x")
    window.choose_theme(theme)
    qtbot.waitUntil(window.updatesEnabled)
    window.workbench.choose_workspace(workspace)
    rested(window, qtbot)
    assert unseen(window) == []


def region_of(window: MainWindow, widget: QWidget | None) -> str:
    """Return the region that a widget is in."""
    assert widget is not None
    parts: dict[str, QWidget] = {
        "top": window.top,
        "graph": window.canvas,
        "history": window.history,
        "walk": window.timeline,
        **window.panels.docks,
    }
    return next(name for name, part in parts.items() if part.isAncestorOf(widget))


def test_that_f6_goes_through_the_regions_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_workspace("learn")
    typed(window, qtbot, "sin(x)")
    rested(window, qtbot)
    window.top.field.setFocus()
    visited = []
    for _ in range(12):
        press(window, Qt.Key.Key_F6)
        visited.append(region_of(window, QApplication.focusWidget()))
        if visited[-1] == "top":
            break
    assert visited[0] == "graph"
    assert visited[-2:] == ["walk", "top"]
    assert len(set(visited)) == len(visited)
    assert any(name in window.panels.docks for name in visited)
    back = []
    for _ in visited:
        press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        back.append(region_of(window, QApplication.focusWidget()))
    assert back == [*reversed(visited[:-1]), "top"]


def test_that_a_region_is_entered_where_it_was_left(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    rested(window, qtbot)
    window.top.device.setFocus()
    press(window, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.canvas.view
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.top.device


def test_that_tab_goes_on_in_reading_order(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    reached = reached_by_tab(window)
    regions = [region_of(window, each) for each in reached if window.top.isAncestorOf(each)]
    # The stops of a bar come one after another, from the left to the right.
    assert regions == ["top"] * len(regions)
    for bar in (window.top, window.timeline):
        stops = [place for place, each in enumerate(reached) if bar.isAncestorOf(each)]
        assert stops == list(range(stops[0], stops[-1] + 1))
        across = [reached[place].mapTo(window, QPoint()).x() for place in stops]
        assert across == sorted(across)


def test_that_tab_ends_where_nothing_can_be_seen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QWidget] = []

    def hides(control: QWidget) -> bool:
        assert control not in asked, "it has been there"
        asked.append(control)
        return True

    focused = QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()
    monkeypatch.setattr(window.panels, "hides", hides)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert len(asked) > 5


def test_that_arrows_go_from_node_to_node(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    rested(window, qtbot)
    window.canvas.view.setFocus()
    graph = window.state.graph
    assert graph is not None
    press(window, Qt.Key.Key_Up)
    assert window.state.selected == graph.output
    press(window, Qt.Key.Key_Up)
    selected = window.state.selected
    assert selected is not None
    assert graph.node[selected].op == "x"
    QTest.keyClick(window.canvas.view, Qt.Key.Key_Down)
    assert window.state.selected == graph.output
    assert action(window, "gradviz.view.node_up").isEnabled()


def test_that_f6_leaves_the_objects_of_menus_as_they_are(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    window.panels.make_the_rest()
    window.show_panel("tensor")
    rested(window, qtbot)
    made = [each for each in window.findChildren(QAction) if each.parent() is not None]
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    # Another part of the window that comes and goes, as a dialog of files does.
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    dialog.deleteLater()
    qtbot.waitUntil(lambda: not isValid(dialog))
    gc.collect()
    assert all(map(isValid, made))

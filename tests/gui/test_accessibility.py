"""Everything can be reached by keys and is named for those who do not see it."""

import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget
from pytestqt.qtbot import QtBot
from window_acts import reached_by_tab, typed

from gradviz.ui.actions import MENUS, all_actions
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says of a control."""
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (str(text()) if callable(text) else "")


def test_that_every_control_that_takes_the_focus_has_a_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    for text, width in (("a + b x", 1440), ("sin(x)", 1024), ("x y z", 1024)):
        typed(window, qtbot, text)
        window.resize(width, 800)
        window.workbench.move_cursor(2)
        nameless = [
            widget
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(widget, QLabel)
            and not is_inner(widget)
            and not name_of(widget)
        ]
        assert nameless == []


def is_inner(widget: QWidget) -> bool:
    """Tell whether a widget is a part of a control that Qt made, which has the name."""
    area = widget.parent()
    viewport = isinstance(area, QAbstractScrollArea) and area.viewport() is widget
    return viewport or widget.objectName().startswith("qt_")


def test_that_tab_reaches_every_part_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_workspace("train")
    reached = reached_by_tab(window)
    names = {widget.objectName() for widget in reached}
    window.show_panel("models")
    qtbot.waitUntil(lambda: window.panels.widgets["models"].seen)
    names |= {widget.objectName() for widget in reached_by_tab(window)}
    top = window.top
    wanted: list[QWidget] = [top.field, top.modes["fit"], top.device, top.train, top.step]
    wanted += [top.export, window.canvas.view, window.timeline.scrubber, window.timeline.speed]
    assert [widget for widget in wanted if widget not in reached] == []
    assert {
        "workspaces",
        "models",
        "optimizer",
        "learning_rate",
        "points",
        "steps",
        "seed",
    } <= names


def test_that_every_action_has_a_title_and_an_id_of_its_own() -> None:
    assert all(action.title for action in all_actions())
    assert max(Counter(action.id for action in all_actions()).values()) == 1
    assert [
        a.id for a in all_actions() if not re.fullmatch(r"gradviz(\.[a-z0-9_]+){2,}", a.id)
    ] == []


def test_that_no_two_actions_share_a_shortcut(window: MainWindow) -> None:
    used = Counter(key.toString() for action in window.actions_made for key in action.shortcuts())
    assert [key for key, times in used.items() if times > 1] == []
    assert "" not in used


def test_that_every_action_stands_in_a_menu(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == [title for title, _ in MENUS]
    shown = {
        entry.objectName()
        for action in window.menuBar().actions()
        for entry in action.menu().actions()  # type: ignore[attr-defined]
    }
    assert {action.id for action in all_actions()} <= shown


def test_that_every_menu_has_a_key_of_its_own(window: MainWindow) -> None:
    keys = [re.findall(r"&(\w)", each.text())[0].lower() for each in window.menuBar().actions()]
    assert len(set(keys)) == len(keys)

"""What happens is said to a screen reader: each step once, ends of long work, and notices."""

import PySide6
import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_acts import action, rested, typed

from gradviz.ui.bars.announcer import Announcer
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.notice_causes import Notice
from gradviz.ui.widgets.speech import readers

pytestmark = pytest.mark.usefixtures("layouts")


def listened(window: MainWindow) -> list[str]:
    """Return a list that gets every sentence from now on."""
    said: list[str] = []
    announcer = window.findChild(Announcer)
    assert announcer is not None
    announcer.said.connect(said.append)
    return said


def test_that_each_step_is_said_once(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "5x^3 + 2x^2 + 4x + 8")
    rested(window, qtbot)
    said = listened(window)
    count = len(window.state.steps)
    for _ in range(count):
        action(window, "gradviz.step.forward").trigger()
        rested(window, qtbot)
    assert len(said) == count
    assert said[0] == f"Step 1 of {count}: gradient of AddBackward0: 1"
    assert said[-1] == f"Step {count} of {count}: gradient of x: 72"
    action(window, "gradviz.step.back").trigger()
    rested(window, qtbot)
    assert said[-1].startswith(f"Step {count - 1} of {count}: ")


def test_that_forward_steps_and_the_turn_are_said(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "x^2")
    rested(window, qtbot)
    said = listened(window)
    count, steps = len(window.state.trace.forward), len(window.state.steps)  # type: ignore[union-attr]
    for cursor in (-count - 1, -count, 0):
        window.workbench.move_cursor(cursor)
        rested(window, qtbot)
    assert said == [
        f"Before forward step 1 of {count}",
        f"Forward step 1 of {count}: x: 2",
        f"The turn: before backward step 1 of {steps}",
    ]


def test_that_of_many_steps_at_once_the_last_is_said(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "5x^3 + 2x^2 + 4x + 8")
    rested(window, qtbot)
    said = listened(window)
    for cursor in range(1, 6):
        window.workbench.move_cursor(cursor)
    rested(window, qtbot)
    assert len(said) == 1
    assert said[0].startswith("Step 5 of ")


def test_that_a_training_is_said_at_its_ends_and_not_in_between(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    said = listened(window)
    action(window, "gradviz.train.run").trigger()
    qtbot.waitUntil(lambda: window.state.progress.step > 20)
    action(window, "gradviz.train.run").trigger()
    rested(window, qtbot)
    assert said[0] == "The training runs."
    assert said[1].startswith("The training stands at step ")
    assert "with a loss of" in said[1]
    assert len(said) == 2


def test_that_a_notice_is_said_with_its_remedy(window: MainWindow) -> None:
    said = listened(window)
    window.state.noticed.emit(Notice("engine", "The engine has ended.", "Restart it."))
    assert said == ["The engine has ended. Restart it."]


def test_that_a_new_graph_is_said_with_its_size(window: MainWindow, qtbot: QtBot) -> None:
    said = listened(window)
    typed(window, qtbot, "sin(x)")
    rested(window, qtbot)
    assert said[-1] == "The graph has 2 nodes."


def told_events(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that gets each event for screen readers, as if one listened."""
    events: list[object] = []
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(events.append))
    return events


def test_that_a_text_is_an_announcement(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    events = told_events(monkeypatch)
    readers.announce(label, "Step 1", urgent=True)
    (event,) = events
    assert isinstance(event, QtGui.QAccessibleAnnouncementEvent)
    assert event.message() == "Step 1"
    assert event.politeness() == QAccessible.AnnouncementPoliteness.Assertive


def test_that_a_qt_without_announcements_is_told_of_an_alert(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    monkeypatch.delattr(QtGui, "QAccessibleAnnouncementEvent")
    events = told_events(monkeypatch)
    readers.announce(label, "Step 1")
    assert [event.type() for event in events] == [QAccessible.Event.Alert]  # type: ignore[attr-defined]
    assert label.accessibleDescription() == "Step 1"


def test_that_an_earlier_pyside_has_names_alone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_installed", [])
    monkeypatch.setattr(PySide6, "__version_info__", (6, 8, 3, "", ""))
    installed: list[object] = []
    monkeypatch.setattr(QAccessible, "installFactory", staticmethod(installed.append))
    assert not readers.make_painted_widgets_known()
    assert installed == []


@pytest.mark.skipif(
    PySide6.__version_info__[:2] < (6, 11), reason="there painted parts are not told of"
)
def test_that_a_chosen_node_is_told_where_the_graph_has_the_focus(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(window, qtbot, "sin(x)")
    rested(window, qtbot)
    window.canvas.view.setFocus()
    events = told_events(monkeypatch)
    QTest.keyClick(window.canvas.view, Qt.Key.Key_Down)
    names = [
        event.accessibleInterface().text(QAccessible.Text.Name)  # type: ignore[attr-defined]
        for event in events
        if event.type() == QAccessible.Event.Focus  # type: ignore[attr-defined]
    ]
    assert names == ["Sin SinBackward0"]

"""What a user does to the window, with real keys and clicks."""

import time
from collections.abc import Callable

from local_engine import LocalEngine
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.inspector.inspector_card import Card
from gradviz.ui.widgets.formulas.formula_label import FormulaLabel

SOON_MS = 5000


def typed(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Replace what stands in the field, press Enter, and wait for the picture."""
    type_in(window, text)
    qtbot.waitUntil(lambda: stands(window, text) and shown(window), timeout=SOON_MS)


def type_in(window: MainWindow, text: str, *, enter: bool = True) -> None:
    """Replace the text of the field, key by key, and press Enter."""
    field = window.top.field
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def stands(window: MainWindow, source: str) -> bool:
    """Tell whether the model that stands was built from `source`."""
    return window.state.built is not None and window.state.built.model.source == source


def shown(window: MainWindow) -> bool:
    """Tell whether the picture is that of the graph that stands, with its gradients."""
    graph, trace = window.state.graph, window.state.trace
    return (
        graph is not None
        and trace is not None
        and window.canvas.placement_of(graph) is not None
        and all(step.node in graph.node for step in trace.steps)
    )


def rested(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is due: no event is posted, no timer runs out and the engine is idle.

    From then on only the user changes the window, so that something that has not happened by
    then does not happen.
    """
    engine = window._engine
    assert isinstance(engine, LocalEngine)

    status = window.statusBar()

    def at_rest() -> bool:
        QApplication.sendPostedEvents()
        # A message in the status bar goes after seconds, and nothing follows from that.
        timers = [each for each in window.findChildren(QTimer) if each.parent() is not status]
        # A change of theme holds the picture back until it is done.
        quiet = engine.idle and window.updatesEnabled()
        return quiet and not any(each.isSingleShot() and each.isActive() for each in timers)

    QApplication.processEvents()
    qtbot.waitUntil(at_rest, timeout=SOON_MS)


def formulas_set(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the formulas of the model are set, which comes after all else of a new model."""
    rested(window, qtbot)
    qtbot.waitUntil(
        lambda: {each.is_set for each in window.findChildren(FormulaLabel)} == {True},
        timeout=SOON_MS,
    )
    rested(window, qtbot)


def exported(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until every export is done, written or not."""
    qtbot.waitUntil(lambda: not window.exports.running, timeout=12 * SOON_MS)


def pass_time(milliseconds: int) -> None:
    """Let the window do what is due for a while: what a user does next comes at any moment."""
    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, milliseconds)


def press(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def place_of(window: MainWindow, node: str) -> QPoint:
    """Return where a node is in the graph's view, in pixels."""
    placement = window.canvas.placement
    assert placement is not None
    return window.canvas.view.mapFromScene(QPointF(*placement.centers[node]))


def click(window: MainWindow, place: QPoint) -> None:
    """Click into the graph's view."""
    QTest.mouseClick(window.canvas.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def ground(window: MainWindow) -> QPoint:
    """Return a place of the graph's view where there is no node."""
    return QPoint(6, window.canvas.view.height() - 6)


def turn_wheel(window: MainWindow, place: QPoint, turned: int) -> None:
    """Turn the wheel over a place of the graph's view; 120 is one notch."""
    viewport = window.canvas.view.viewport()
    event = QWheelEvent(
        QPointF(place),
        QPointF(viewport.mapToGlobal(place)),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def action(window: MainWindow, identifier: str) -> QAction:
    """Return an action by its id."""
    return next(each for each in window.actions_made if each.objectName() == identifier)


def answering(kind: type[QDialog], answer: Callable[[QDialog], object]) -> QTimer:
    """Call `answer` with the dialog of this kind as soon as it is open; keep what is returned."""
    clock = QTimer(interval=5)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isVisible():
            clock.stop()
            answer(dialog)

    clock.timeout.connect(look)
    clock.start()
    return clock


def texts_of(widget: QWidget, kind: type[QWidget]) -> list[str]:
    """Return the texts of all visible widgets of a kind."""
    return [each.text() for each in widget.findChildren(kind) if each.isVisible()]  # type: ignore[attr-defined]


def inspected(window: MainWindow) -> list[str]:
    """Return every text that the inspector shows."""
    panel = window.panels.widgets["inspector"]
    texts = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    for card in panel.findChildren(Card):
        if card.isVisible():
            texts.append(card.section.heading)
            texts += [text for row in card.section.rows for text in (row.name, row.value)]
    return texts


def reached_by_tab(window: MainWindow) -> list[QWidget]:
    """Return the controls in the order in which Tab reaches them, until the first comes again."""
    window.top.field.setFocus()
    reached: list[QWidget] = []
    for _ in range(200):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return reached

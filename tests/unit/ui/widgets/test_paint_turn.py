"""Painting in turns of its own: what waits comes between a change and the painting of it."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gradviz.ui.widgets.painting.paint_turn import PaintTurn


class _Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        #: Not QTimer.singleShot, which is an event in the queue.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(lambda: self.told.append("timer"))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        self.told.append("painted")

    def change(self) -> None:
        """Change what is to be painted, while a timer waits."""
        self._timer.start()
        self.update()


def _shown(qtbot: QtBot, *, own_turn: bool) -> _Painted:
    window = _Painted()
    qtbot.addWidget(window)
    if own_turn:
        PaintTurn(window)
    window.show()
    qtbot.waitUntil(lambda: window.told != [])
    # What the screen asks for after it has shown a window.
    qtbot.waitExposed(window)
    return window


def test_that_a_timer_comes_between_a_change_and_its_painting(qtbot: QtBot) -> None:
    assert _order(qtbot, own_turn=False) == ["painted", "timer"]
    assert _order(qtbot, own_turn=True) == ["timer", "painted"]


def _order(qtbot: QtBot, *, own_turn: bool) -> list[str]:
    window = _shown(qtbot, own_turn=own_turn)
    window.told.clear()
    QTimer.singleShot(0, window.change)
    qtbot.waitUntil(lambda: len(window.told) == 2)
    return window.told


def test_that_every_change_is_painted(qtbot: QtBot) -> None:
    window = _shown(qtbot, own_turn=True)
    for _ in range(3):
        window.told.clear()
        window.update()
        qtbot.waitUntil(lambda: window.told == ["painted"])

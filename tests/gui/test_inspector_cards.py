"""The inspector's cards: every number is seen whole, and a step moves nothing around them."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolBar
from pytestqt.qtbot import QtBot
from window_acts import typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.inspection import Row, Section
from gradviz.ui.panels.inspector_card import Card, ValueLabel
from gradviz.ui.steady_label import SteadyLabel

_NUMBER = "−1.3584150075912476"
_LONG = Section(
    "Gradient out",
    (
        Row("to LegendrePolyno…", "(2000,) float32", now=True),
        Row("   min", _NUMBER, now=True),
        Row("to LegendrePolyno…", _NUMBER, now=True),
        Row("", "  ".join([_NUMBER] * 4), now=True),
        Row("note", "Its value is not known: it was computed within a function of PyTorch."),
    ),
)


def _values(card: Card) -> list[ValueLabel]:
    return [label for label in card.findChildren(ValueLabel) if label.isVisibleTo(card)]


@pytest.mark.parametrize("width", [240, 260, 310, 600])
def test_that_every_number_is_seen_whole_and_within_its_card(qtbot: QtBot, width: int) -> None:
    card = Card(lambda _: None)
    qtbot.addWidget(card)
    card.resize(width, 100)
    card.show_section(_LONG)
    card.show()
    for value in _values(card):
        assert value.width() >= value.widest_word()
        assert value.height() >= value.heightForWidth(value.width())
    labels = [label for label in card.findChildren(QLabel) if label.text()]
    inner = card.contentsRect()
    for index, label in enumerate(labels):
        assert inner.contains(label.geometry())
        assert not any(label.geometry().intersects(other.geometry()) for other in labels[:index])
    high = card.height()
    card.show_section(Section("Gradient out", _LONG.rows[:2]))
    assert card.height() < high


def test_that_text_of_a_value_can_be_marked_where_the_mouse_is(window: MainWindow) -> None:
    window.workbench.go_to_end()
    QApplication.processEvents()
    value = next(each for each in window.findChildren(ValueLabel) if each.isVisible())
    QTest.mouseMove(value, QPoint(value.width() - 2, value.height() // 2))
    QApplication.sendEvent(value, QEvent(QEvent.Type.Enter)) if not value.underMouse() else None
    start, end = QPoint(value.width() - 60, 8), QPoint(value.width() - 2, 8)
    QTest.mousePress(value, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(value, end)
    QTest.mouseRelease(value, Qt.MouseButton.LeftButton, pos=end)
    assert value.selectedText()


def _walk(window: MainWindow) -> None:
    # At either end buttons are enabled and disabled, for which Qt lays them out.
    for step in range(1, len(window.state.steps)):
        window.workbench.move_cursor(step)
        QApplication.processEvents()


class _Layouts(QObject):
    """Counts how often a widget is asked to lay itself out anew."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_that_a_step_does_not_lay_out_the_window(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "5x^3 + 2x^2 + 4x + 8")
    _walk(window)
    layouts = _Layouts()
    for part in (window, *window.findChildren(QToolBar), *window.panels.docks.values()):
        part.installEventFilter(layouts)
    _walk(window)
    assert layouts.count == 0


def test_that_a_line_beside_others_grows_and_does_not_shrink(qtbot: QtBot) -> None:
    label = SteadyLabel("where", 50)
    qtbot.addWidget(label)
    label.show_text("a text that is wider than the fifty pixels that there are")
    wide = label.sizeHint().width()
    assert wide > 50
    label.show_text("short")
    assert label.sizeHint().width() == wide
    label.forget_width()
    assert label.sizeHint().width() == 50

"""The inspector's cards: every number is seen whole, and a step moves nothing around them."""

from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, typed

from gradviz.core.graphs.places import TensorPlace
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.inspector.inspector_card import Card
from gradviz.ui.panels.inspector.inspector_title import TitleLine
from gradviz.ui.panels.inspector.node_facts import Row, Section
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.widgets.steady_label import SteadyLabel
from gradviz.ui.widgets.theme import DARK_THEME, LIGHT_THEME, use_style

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


def _shown(qtbot: QtBot, section: Section, width: int = 310) -> tuple[Card, list[TensorPlace]]:
    wanted: list[TensorPlace] = []
    card = Card(wanted.append)
    qtbot.addWidget(card)
    card.resize(width, 100)
    card.show_section(section)
    card.show()
    return card, wanted


@pytest.mark.parametrize("width", [240, 260, 310, 600])
def test_that_every_number_is_seen_whole_and_within_its_card(qtbot: QtBot, width: int) -> None:
    card, _ = _shown(qtbot, _LONG, width)
    assert [placed.row for placed in card.rows] == list(_LONG.rows)
    places = [place for placed in card.rows for place in (placed.name, placed.value)]
    for place in places:
        assert card.contentsRect().contains(place)
    for one, other in combinations(places, 2):
        assert not one.intersects(other)
    high = card.height()
    card.show_section(Section("Gradient out", _LONG.rows[:2]))
    assert card.height() < high


@pytest.mark.parametrize("width", [240, 310, 600])
@pytest.mark.parametrize("row", _LONG.rows)
def test_that_a_row_is_painted_where_it_is_placed_and_nothing_is_cut_off(
    qtbot: QtBot, row: Row, width: int
) -> None:
    card, _ = _shown(qtbot, Section("", (row,)), width)
    empty, _ = _shown(qtbot, Section("", (Row("", ""),)), width)
    empty.setFixedHeight(card.height())
    inked = _inked(card.grab().toImage(), empty.grab().toImage())
    (placed,) = card.rows
    for text, place in ((row.name, placed.name), (row.value, placed.value)):
        columns = [x for x, y in inked if place.contains(x, y)]
        assert bool(columns) == bool(text.strip())
    # A letter may reach a pixel over its place.
    around = [placed.name.adjusted(-1, -1, 1, 1), placed.value.adjusted(-1, -1, 1, 1)]
    assert all(any(place.contains(x, y) for place in around) for x, y in inked)


def _inked(one: QImage, other: QImage) -> set[tuple[int, int]]:
    """Return where two images differ."""
    return {
        (x, y)
        for x in range(one.width())
        for y in range(one.height())
        if one.pixel(x, y) != other.pixel(x, y)
    }


def test_that_text_of_a_value_can_be_marked_where_the_mouse_is(qtbot: QtBot) -> None:
    card, _ = _shown(qtbot, _LONG)
    value = card.rows[1].value
    before = card.grab().toImage()
    QTest.mouseMove(card, value.center())
    label = card.pointed
    assert label.isVisible()
    assert label.geometry() == value
    assert label.text() == _NUMBER
    # The label stands where the text did, to a pixel.
    after = card.grab().toImage()
    nothing = QImage(after)
    nothing.fill(after.pixel(value.left(), value.top()))
    edges = [
        sorted({x for x, y in _inked(nothing, image) if value.contains(x, y)})
        for image in (before, after)
    ]
    assert abs(edges[0][0] - edges[1][0]) <= 1
    assert abs(edges[0][-1] - edges[1][-1]) <= 1
    start, end = QPoint(value.width() - 60, 8), QPoint(value.width() - 2, 8)
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(label, end)
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=end)
    assert label.selectedText()
    assert label.selectedText() in _NUMBER
    card.show_section(Section("Gradient out", (Row("one", "1"),)))
    assert label.isHidden()


def test_that_a_value_is_copied_and_its_tensor_opened_from_the_menu(qtbot: QtBot) -> None:
    tensor = TensorPlace("0", "value")
    rows = (Row("value", _NUMBER, tensor=tensor), Row("shape", "()"))
    card, wanted = _shown(qtbot, Section("Forward", rows))
    menus = [card.menu(index) for index in range(len(rows))]
    for menu in menus:
        for action in menu.actions():
            action.trigger()
    assert [[action.text() for action in menu.actions()] for menu in menus] == [
        ["Copy", "Show tensor"],
        ["Copy"],
    ]
    assert wanted == [tensor]
    assert QGuiApplication.clipboard().text() == "()"


def test_that_the_keyboard_copies_and_opens_each_row(qtbot: QtBot) -> None:
    tensor = TensorPlace("0", "value")
    rows = (Row("shape", "()"), Row("value", _NUMBER, tensor=tensor), Row("kind", "leaf"))
    card, wanted = _shown(qtbot, Section("Forward", rows))
    card.setFocus(Qt.FocusReason.TabFocusReason)
    parts = card.spoken_parts()
    assert parts is not None
    press_copy = partial(QTest.keyClick, card, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied, spoken = [], []
    for _ in range(4):
        press_copy()
        copied.append(QGuiApplication.clipboard().text())
        spoken.append(parts.current())
        QTest.keyClick(card, Qt.Key.Key_Return)
        QTest.keyClick(card, Qt.Key.Key_Down)
    assert copied == ["()", _NUMBER, "leaf", "leaf"]
    assert spoken == ["0", "1", "2", "2"]
    assert wanted == [tensor]
    for _ in range(3):
        QTest.keyClick(card, Qt.Key.Key_Up)
    assert card.chosen == 0


def test_that_the_menu_key_opens_the_menu_of_the_row_at_the_keyboard(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[list[str], QPoint]] = []

    def open_at(menu: QMenu, place: QPoint) -> None:
        opened.append(([action.text() for action in menu.actions()], place))

    # Without a screen Qt warns of each menu that is shown.
    monkeypatch.setattr(QMenu, "popup", open_at)
    rows = (Row("shape", "()"), Row("value", _NUMBER, tensor=TensorPlace("0", "value")))
    card, _ = _shown(qtbot, Section("Forward", rows))
    QTest.keyClick(card, Qt.Key.Key_Down)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, card.rect().center(), QPoint())
    QApplication.sendEvent(card, asked)
    beneath = card.mapToGlobal(card.rows[1].across.bottomLeft())
    assert opened == [(["Copy", "Show tensor"], beneath)]


def test_that_the_row_at_the_keyboard_is_seen_and_goes_with_the_rows(qtbot: QtBot) -> None:
    card, _ = _shown(qtbot, _LONG)
    without = card.grab().toImage()
    card.activateWindow()
    card.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(card.hasFocus)
    first = card.grab().toImage()
    QTest.keyClick(card, Qt.Key.Key_Down)
    assert len({bytes(each.constBits()) for each in (without, first, card.grab().toImage())}) == 3
    for _ in _LONG.rows:
        QTest.keyClick(card, Qt.Key.Key_Down)
    card.show_section(Section("Gradient out", (Row("one", "1"),)))
    assert card.chosen == 0
    card.grab()


def test_that_a_card_follows_the_theme_and_looks_alike_when_it_comes_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    try:
        use_style(qapp, LIGHT_THEME)
        card, _ = _shown(qtbot, _LONG)
        light = card.grab().toImage()
        use_style(qapp, DARK_THEME)
        assert card.grab().toImage() != light
        use_style(qapp, LIGHT_THEME)
        assert card.grab().toImage() == light
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)


def test_that_a_screen_reader_is_told_every_row(qtbot: QtBot) -> None:
    card, _ = _shown(qtbot, _LONG)
    assert card.accessibleName() == "Gradient out"
    assert card.accessibleDescription().splitlines() == [
        f"{row.name}: {row.value}" for row in _LONG.rows
    ]


def test_that_two_names_stand_beside_one_another_where_they_have_room(qtbot: QtBot) -> None:
    line = TitleLine()
    qtbot.addWidget(line)
    line.resize(300, 30)
    line.show()
    line.show_names("Mul", "MulBackward0")
    assert line.name.x() > line.title.geometry().right()
    one_line = line.height()
    line.show_names("linear_relu_stack.0.weight", "AccumulateGrad of a parameter")
    assert line.name.y() > line.title.y() + line.title.fontMetrics().ascent()
    assert line.height() > one_line
    for label in (line.title, line.name):
        assert line.rect().contains(label.geometry())


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
    fit = window.panels.widgets["fit"]
    assert isinstance(fit, FitPanel)
    # What the new curves are called is told a moment after they are drawn.
    qtbot.waitUntil(lambda: "slope" in fit.heading.text(), timeout=SOON_MS)
    _walk(window)
    layouts = _Layouts()
    for part in (window, *window.findChildren(QToolBar), *window.panels.docks.values()):
        part.installEventFilter(layouts)
    _walk(window)
    assert layouts.count == 0


def _beside_another(qtbot: QtBot, label: QLabel, least: int = 0) -> tuple[QWidget, SteadyLabel]:
    """Return a window of two lines, of which the first is that of `label`."""
    steady = SteadyLabel(label, least)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(steady)
    column.addWidget(QLabel("another"))
    column.addStretch(1)
    window.resize(200, 200)
    window.show()
    QApplication.processEvents()
    return window, steady


def test_that_a_line_beside_others_grows_and_does_not_shrink(qtbot: QtBot) -> None:
    _, label = _beside_another(qtbot, QLabel(), 50)
    label.show_text("a text that is wider than the fifty pixels that there are")
    wide = label.sizeHint().width()
    assert wide > 50
    label.show_text("short")
    assert label.sizeHint().width() == wide
    label.forget_width()
    assert label.sizeHint().width() == 50


def test_that_text_that_needs_no_more_room_lays_out_nothing(qtbot: QtBot) -> None:
    window, label = _beside_another(
        qtbot, QLabel("a text of several words that wrap", wordWrap=True)
    )
    layouts = _Layouts()
    window.installEventFilter(layouts)
    label.show_text("a text of other words that wrap")
    QApplication.processEvents()
    assert layouts.count == 0
    low = label.height()
    label.show_text("a text " * 20)
    QApplication.processEvents()
    assert layouts.count == 1
    assert label.height() > low

"""What can be done is seen: menus have arrows, nodes have tips, the focus is marked."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent, QIcon, QImage, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, ground, place_of, rested, stands, texts_of, typed

from gradviz.core.number_text import stored
from gradviz.ui.canvas.overlays import CanvasBar
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

#: The offscreen platform says so of every tool tip and menu.
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)


def image_of(widget: QWidget, part: QRect | None = None) -> QImage:
    return widget.grab(part or widget.rect()).toImage()


def is_seen(window: MainWindow, panel: str) -> bool:
    return window.panels.widgets[panel].seen


def rest(window: MainWindow, place: QPoint) -> None:
    """Leave the mouse where it is for a while: Qt asks for the tool tip then."""
    viewport = window.canvas.view.viewport()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024])
def test_that_a_button_with_a_menu_has_an_arrow(
    window: MainWindow, qtbot: QtBot, theme: str, width: int
) -> None:
    window.choose_theme(theme)
    window.resize(width, 720)
    typed(window, qtbot, "x^3")
    action(window, "gradviz.model.create_graph").trigger()
    qtbot.waitUntil(window.top.direction.isVisible, timeout=SOON_MS)
    buttons = [
        each
        for each in window.findChildren(QToolButton)
        if each.isVisible() and each.popupMode() == QToolButton.ToolButtonPopupMode.InstantPopup
    ]
    assert {window.top.device, window.top.export, window.top.direction} <= set(buttons)
    for button in buttons:
        button.setText("")
        button.setIcon(QIcon())
        end = QRect(button.width() - 22, 8, 16, button.height() - 16)
        with_arrow = image_of(button, end)
        colours = {with_arrow.pixel(x, y) for x in range(16) for y in range(end.height())}
        assert len(colours) > 1, button.accessibleName()


@popups
def test_that_the_tip_of_a_node_stays_while_the_mouse_rests_on_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.state.graph is not None
    place = place_of(window, window.state.graph.output)
    QTest.mouseMove(window.canvas.view.viewport(), ground(window))
    QTest.mouseMove(window.canvas.view.viewport(), place)
    qtbot.waitUntil(lambda: "SumBackward0" in QToolTip.text(), timeout=SOON_MS)
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=SOON_MS)
    rest(window, place)
    assert "SumBackward0" in QToolTip.text()
    QToolTip.hideText()


def test_that_a_tip_of_the_status_bar_leaves_the_state_of_the_engine_in_sight(
    window: MainWindow,
) -> None:
    status = window.statusBar()
    before = [text for text in texts_of(status, QLabel) if text]
    assert any("engine ready" in text for text in before)
    QApplication.sendEvent(window, QStatusTipEvent("Do one training step"))
    assert status.currentMessage() == "Do one training step"
    assert [text for text in texts_of(status, QLabel) if text] == [*before, "Do one training step"]
    QApplication.sendEvent(window, QStatusTipEvent(""))
    assert [text for text in texts_of(status, QLabel) if text] == before


def test_that_a_long_message_is_whole_on_hover_and_pushes_nothing_aside(
    window: MainWindow,
) -> None:
    window.resize(1024, 700)
    status, text = window.statusBar(), "Written to a file with a name of many letters " * 6
    places = [label.geometry() for label in status.findChildren(QLabel) if label.text()]
    status.showMessage(text, 50_000)
    assert [label.geometry() for label in status.findChildren(QLabel) if label.text()][
        : len(places)
    ] == places
    told = status.findChild(QLabel, "told")
    assert told is not None
    assert told.text().endswith("…")
    assert told.fontMetrics().horizontalAdvance(told.text()) <= told.width()
    assert told.toolTip() == text


def menu_entries(window: MainWindow, title: str) -> dict[str, QAction]:
    """Return the entries of one menu of the menu bar by their texts."""
    # PySide6 before 6.11.2 lets a menu go with its action.
    actions = window.menuBar().actions()
    menu = next(each.menu() for each in actions if each.text().replace("&", "") == title)
    assert isinstance(menu, QMenu)
    return {each.text(): each for each in menu.actions() if not each.isSeparator()}


@pytest.mark.parametrize(
    ("entry", "panel"),
    [
        ("Inspector", "inspector"),
        ("Tensor", "tensor"),
        ("Explain", "explain"),
        ("Source", "source"),
        ("Health", "health"),
        ("Why is this gradient None?", "missing"),
        ("Checks", "checks"),
        ("Changes", "changes"),
    ],
)
def test_that_the_inspect_menu_opens_each_panel_about_a_pass(
    window: MainWindow, qtbot: QtBot, entry: str, panel: str
) -> None:
    menu_entries(window, "Inspect")[entry].trigger()
    qtbot.waitUntil(partial(is_seen, window, panel), timeout=SOON_MS)


def bar_of(window: MainWindow) -> CanvasBar:
    bar = window.canvas.findChild(CanvasBar)
    assert bar is not None
    return bar


@pytest.mark.parametrize("width", [1440, 1280, 1024])
def test_that_the_panels_about_gradients_have_buttons_on_the_canvas(
    window: MainWindow, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 720)
    bar = bar_of(window)
    for place, panel in enumerate(("health", "checks", "missing", "changes")):
        if bar.more.isVisible():
            bar.more.menu().actions()[place].trigger()
        else:
            bar.panels[place].click()
        qtbot.waitUntil(partial(is_seen, window, panel), timeout=SOON_MS)
        assert window.canvas.rect().contains(bar.geometry())
        for button in bar.findChildren(QToolButton):
            assert not button.isVisible() or button.width() >= button.sizeHint().width()


def test_that_the_panels_are_in_one_menu_where_the_canvas_is_narrow(window: MainWindow) -> None:
    bar = bar_of(window)
    bar.fit_into(2000)
    assert all(button.isVisible() for button in bar.panels)
    assert not bar.more.isVisible()
    bar.fit_into(400)
    assert not any(button.isVisible() for button in bar.panels)
    assert bar.more.isVisible()
    assert bar.width() <= 400


def menu_at(window: MainWindow, place: QPoint, qtbot: QtBot) -> dict[str, QAction]:
    """Open the menu at a place of the graph's view with the right button; return its entries."""
    viewport = window.canvas.view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=SOON_MS)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {each.text(): each for each in menu.actions() if not each.isSeparator()}


@popups
def test_that_a_node_has_a_menu_that_is_about_it(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x + b")
    graph = window.state.graph
    assert graph is not None
    node = next(each for each in graph.nodes if each.op == "Mul")
    entries = menu_at(window, place_of(window, node.id), qtbot)
    assert window.state.selected == node.id
    wanted = {"Inspector", "Tensor", "Source", "Check this node", "Isolate this node"}
    assert wanted | {"Copy name", "Copy values"} <= set(entries)
    entries["Copy name"].trigger()
    assert QApplication.clipboard().text() == "MulBackward0"
    entries["Copy values"].trigger()
    copied = QApplication.clipboard().text().splitlines()
    assert node.value is not None
    assert node.value.norm is not None
    assert copied[2] == "(2000,) float32"
    assert f"norm {stored(node.value.norm)}" in copied[3]
    entries["Check this node"].trigger()
    qtbot.waitUntil(lambda: node.id in window.workbench.checks.found, timeout=SOON_MS)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


@popups
def test_that_the_ground_has_the_menu_of_the_graph(window: MainWindow, qtbot: QtBot) -> None:
    entries = menu_at(window, ground(window), qtbot)
    assert {"Fit", "Find node…", "Turn the graph"} <= set(entries)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def middle_colours(window: MainWindow, node: str) -> set[int]:
    """Return the colours of the pixels around the middle of a node."""
    view, place = window.canvas.view, place_of(window, node)
    image = image_of(view.viewport(), QRect(place - QPoint(20, 6), place + QPoint(20, 6)))
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_isolating_a_node_fades_all_that_is_on_no_way_through_it(
    window: MainWindow, qtbot: QtBot, theme: str
) -> None:
    window.choose_theme(theme)
    typed(window, qtbot, "a x + b x^2")
    graph = window.state.graph
    assert graph is not None
    ids = {node.op: node.id for node in graph.nodes}
    window.workbench.select(None)
    window.workbench.move_cursor(0)
    before = {op: middle_colours(window, ids[op]) for op in ("a", "b", "Sum")}
    window.workbench.select(ids["a"])
    action(window, "gradviz.inspect.isolate").trigger()
    window.workbench.select(None)
    after = {op: middle_colours(window, ids[op]) for op in before}
    assert {op for op in before if after[op] != before[op]} == {"b"}
    everything = action(window, "gradviz.inspect.show_all")
    buttons = bar_of(window).findChildren(QToolButton)
    assert everything in [each.defaultAction() for each in buttons if each.isVisible()]
    everything.trigger()
    assert {op: middle_colours(window, ids[op]) for op in before} == before
    assert not everything.isEnabled()


def test_that_another_graph_without_the_isolated_node_is_shown_in_full(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b x^2")
    assert window.state.graph is not None
    before = window.state.graph.node
    window.workbench.select(list(before)[-1])
    window.workbench.isolation.toggle("all")
    assert window.state.isolated is not None
    typed(window, qtbot, "c")
    assert list(before)[-1] not in window.state.graph.node
    assert window.state.isolated is None


def drawn_otherwise(window: MainWindow, widget: QWidget) -> int:
    """Return how many pixels of a focused widget are other ones without the focus."""
    part = QRect(widget.mapTo(window, QPoint()), widget.size()) & window.rect()
    with_focus = image_of(window, part)
    widget.clearFocus()
    without = image_of(window, part)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return int((pixels(with_focus) != pixels(without)).sum())


def pixels(image: QImage) -> npt.NDArray[np.uint32]:
    """Return the colours of an image as an array of shape (height, width)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())


def stops(window: MainWindow) -> Iterator[QWidget]:
    """Yield what Tab reaches from the expression field on, once around."""
    window.top.field.setFocus()
    reached: list[QWidget] = []
    for _ in range(150):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        yield focused
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)


#: Panels that are in front together, one on each side.
FRONTS = (
    ("models", "code", "optimizer", "health"),
    ("models", "console", "gradients", "checks"),
    ("models", "compare", "parameters", "missing"),
    ("models", "tensor", "loss", "changes"),
    ("models", "source", "loss", "explain"),
    ("models", "images", "loss", "inspector"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("front", FRONTS)
def test_that_the_focus_is_seen_at_every_stop(
    window: MainWindow, qtbot: QtBot, theme: str, front: tuple[str, ...]
) -> None:
    window.choose_theme(theme)
    typed(window, qtbot, "a + b x")
    window.workbench.move_cursor(2)
    for panel in front:
        window.show_panel(panel)
        qtbot.waitUntil(partial(is_seen, window, panel), timeout=SOON_MS)
    rested(window, qtbot)
    unseen = [
        f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}"
        for widget in stops(window)
        if drawn_otherwise(window, widget) < 16
    ]
    assert unseen == [], "\n".join(unseen)


def test_that_tab_passes_by_what_is_behind_another_tab(window: MainWindow) -> None:
    console = window.panels.widgets["console"]
    assert not console.seen
    for widget in stops(window):
        assert not console.isAncestorOf(widget)
        assert window.rect().contains(widget.mapTo(window, widget.rect().center()))


def test_that_the_focus_leaves_no_ring_behind(window: MainWindow) -> None:
    button = window.top.device
    window.canvas.view.setFocus()
    before = button.grab().toImage()
    button.setFocus()
    assert button.grab().toImage() != before
    window.canvas.view.setFocus()
    assert button.grab().toImage() == before


def test_that_the_palette_finds_the_ready_made_models(window: MainWindow, qtbot: QtBot) -> None:
    def choose_in_palette() -> None:
        palette = QApplication.activeModalWidget()
        assert isinstance(palette, Finder)
        QTest.keyClicks(palette.search, "control flow")
        QTest.keyClick(palette.search, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose_in_palette)
    window.show_palette()
    qtbot.waitUntil(lambda: stands(window, "dynamic"), timeout=SOON_MS)

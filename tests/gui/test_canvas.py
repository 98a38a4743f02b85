"""The graph under the mouse and the keys, and the layouts behind it."""

import threading
from collections.abc import Iterator
from functools import partial
from unittest.mock import patch

import pytest
from local_layouts import LocalLayouts
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from window_acts import (
    SOON_MS,
    action,
    click,
    ground,
    place_of,
    press,
    rested,
    shown,
    stands,
    texts_of,
    turn_wheel,
    typed,
)

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Placement
from gradviz.render.picture_cache import PictureCache
from gradviz.render.shapes import Shapes
from gradviz.ui.canvas.camera import FIT_SMALLEST
from gradviz.ui.canvas.drawing import Drawing
from gradviz.ui.main_window import MainWindow
from gradviz.ui.widgets.steady_label import SteadyLabel

pytestmark = pytest.mark.usefixtures("layouts")

#: The offscreen platform says so of every tool tip.
tool_tips = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def output(window: MainWindow) -> str:
    assert window.state.graph is not None
    return window.state.graph.output


def scene_at(window: MainWindow, place: QPoint) -> QPointF:
    return window.canvas.view.mapToScene(place)


def move(window: MainWindow, place: QPoint) -> None:
    QTest.mouseMove(window.canvas.view.viewport(), place)


def drag(window: MainWindow, start: QPoint, end: QPoint) -> None:
    viewport, left = window.canvas.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, left, pos=end)


def whole_graph_in_sight(window: MainWindow) -> bool:
    view, placement = window.canvas.view, window.canvas.placement
    assert placement is not None
    corners = (QPointF(0, 0), QPointF(placement.width, placement.height))
    inside = view.viewport().rect().adjusted(-1, -1, 1, 1)
    return all(inside.contains(view.mapFromScene(corner)) for corner in corners)


def fitted(window: MainWindow) -> bool:
    """Tell whether all is in sight, or its output at the smallest scale that can be read."""
    view = window.canvas.view
    inside = view.viewport().rect().contains(place_of(window, output(window)))
    return whole_graph_in_sight(window) or (view.scale_factor == FIT_SMALLEST and inside)


def middle_of(window: MainWindow) -> QPointF:
    """Return the point of the graph that is in the middle of the view."""
    view = window.canvas.view
    return view.mapToScene(view.viewport().rect().center())


def is_middle(window: MainWindow, point: QPointF) -> bool:
    view = window.canvas.view
    offset = view.mapFromScene(point) - view.viewport().rect().center()
    return bool(offset.manhattanLength() < 4)


def test_that_a_click_selects_and_a_click_on_the_ground_deselects(window: MainWindow) -> None:
    window.show_panel("inspector")
    click(window, place_of(window, output(window)))
    assert window.state.selected == output(window)
    inspector = window.panels.widgets["inspector"]
    assert "SumBackward0" in " ".join(texts_of(inspector, QLabel))
    click(window, ground(window))
    assert window.state.selected is None
    assert "SumBackward0" not in " ".join(texts_of(inspector, QLabel))


@tool_tips
def test_that_hovering_tells_the_essentials_and_no_gradient_before_its_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.go_to_turn()
    move(window, ground(window))
    move(window, place_of(window, output(window)))
    qtbot.waitUntil(lambda: "SumBackward0" in QToolTip.text(), timeout=SOON_MS)
    assert "float32 on cpu" in QToolTip.text()
    assert "gradient" not in QToolTip.text()
    move(window, ground(window))
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Right)
    move(window, place_of(window, output(window)))
    qtbot.waitUntil(lambda: "gradient 1" in QToolTip.text(), timeout=SOON_MS)
    QToolTip.hideText()


@tool_tips
def test_that_hovering_tells_no_value_before_the_forward_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    for cursor, told in ((window.state.first_cursor, "no value yet"), (-1, "<br>value ")):
        window.workbench.move_cursor(cursor)
        move(window, ground(window))
        move(window, place_of(window, output(window)))
        qtbot.waitUntil(partial(lambda text: text in QToolTip.text(), told), timeout=SOON_MS)
    QToolTip.hideText()


def test_that_the_wheel_zooms_around_the_mouse(window: MainWindow) -> None:
    view = window.canvas.view
    for place, turned in ((QPoint(120, 90), 120), (QPoint(500, 300), 360), (QPoint(60, 400), -240)):
        before, scale = scene_at(window, place), view.scale_factor
        turn_wheel(window, place, turned)
        moved = (scene_at(window, place) - before).manhattanLength() * view.scale_factor
        assert moved < 4
        assert (view.scale_factor > scale) == (turned > 0)


def test_that_the_zoom_has_bounds(window: MainWindow) -> None:
    for turned, bound in ((12_000, 8.0), (-12_000, 0.02)):
        for _ in range(3):
            turn_wheel(window, QPoint(300, 200), turned)
        assert window.canvas.view.scale_factor == pytest.approx(bound)


def test_that_a_drag_pans_by_as_much_as_the_mouse_moves_and_selects_nothing(
    window: MainWindow,
) -> None:
    before = place_of(window, output(window))
    drag(window, before, before + QPoint(-120, -60))
    moved = place_of(window, output(window)) - before
    assert (moved - QPoint(-120, -60)).manhattanLength() < 3
    assert window.state.selected is None


def test_that_a_graph_cannot_be_pushed_out_of_sight(window: MainWindow) -> None:
    for _ in range(5):
        drag(window, QPoint(10, 10), QPoint(800, 450))
    corner = window.canvas.view.mapFromScene(QPointF(0, 0))
    assert window.canvas.view.viewport().rect().contains(corner)


@pytest.mark.parametrize("how", ["space", "double click"])
def test_that_the_whole_graph_is_fitted_again(window: MainWindow, how: str) -> None:
    fitted, middle = window.canvas.view.scale_factor, middle_of(window)
    press(window, Qt.Key.Key_Return)
    for _ in range(4):
        press(window, Qt.Key.Key_Up, SHIFT)
    assert not whole_graph_in_sight(window)
    if how == "space":
        press(window, Qt.Key.Key_Space)
    else:
        viewport, left = window.canvas.view.viewport(), Qt.MouseButton.LeftButton
        QTest.mouseDClick(viewport, left, pos=ground(window))
    assert window.canvas.view.scale_factor == pytest.approx(fitted)
    assert whole_graph_in_sight(window)
    assert is_middle(window, middle)


def test_that_keys_zoom_in_steps_and_back_to_actual_size(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Return)
    before = window.canvas.view.scale_factor
    press(window, Qt.Key.Key_Up, SHIFT)
    assert window.canvas.view.scale_factor == pytest.approx(before * 1.25)
    press(window, Qt.Key.Key_Down, SHIFT)
    assert window.canvas.view.scale_factor == pytest.approx(before)
    press(window, Qt.Key.Key_Backspace, SHIFT)
    assert window.canvas.view.scale_factor == pytest.approx(1)


def test_that_zooming_by_keys_keeps_the_middle(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Return)
    middle = middle_of(window)
    for _ in range(3):
        press(window, Qt.Key.Key_Up, SHIFT)
        assert is_middle(window, middle)


def test_that_a_turned_graph_runs_from_left_to_right(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    assert window.canvas.placement is not None
    tall = window.canvas.placement.height > window.canvas.placement.width / 2
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: len(layouts.asked) == 2, timeout=SOON_MS)
    qtbot.waitUntil(lambda: place_of(window, output(window)).x() > 600, timeout=SOON_MS)
    assert tall
    assert layouts.asked[-1].direction == "LR"
    assert fitted(window)


def test_that_a_mirrored_graph_runs_upwards_and_a_turned_one_to_the_left(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_K, CTRL | Qt.KeyboardModifier.ShiftModifier)
    ways = [window.canvas.direction]
    qtbot.waitUntil(lambda: place_of(window, output(window)).y() < 100, timeout=SOON_MS)
    assert fitted(window)
    press(window, Qt.Key.Key_K, CTRL)
    ways.append(window.canvas.direction)
    qtbot.waitUntil(lambda: place_of(window, output(window)).x() < 200, timeout=SOON_MS)
    assert fitted(window)
    assert ways == ["BT", "RL"]


def test_that_turning_twice_ends_with_the_first_direction(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    before = window.canvas.placement
    layouts.holding = True
    window.canvas.turn_direction()
    qtbot.waitUntil(lambda: len(layouts.asked) == 2, timeout=SOON_MS)
    window.canvas.turn_direction()
    # The layout to the right comes too late.
    with qtbot.waitSignal(window.canvas.layouter.placed, timeout=SOON_MS):
        layouts.release()
    assert window.canvas.placement == before


def test_that_up_and_down_select_neighbours(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Up)
    assert window.state.selected == output(window)
    press(window, Qt.Key.Key_Up)
    graph = window.state.graph
    assert graph is not None
    assert window.state.selected == graph.edges_into[output(window)][0].source
    press(window, Qt.Key.Key_Down)
    assert window.state.selected == output(window)


def test_that_a_selected_node_is_brought_into_sight(window: MainWindow) -> None:
    drag(window, QPoint(10, 400), QPoint(10, 10))
    drag(window, QPoint(10, 400), QPoint(10, 10))
    assert window.state.graph is not None
    top = window.state.graph.nodes[-1].id
    window.workbench.select(top)
    assert window.canvas.view.viewport().rect().contains(place_of(window, top))


def test_that_the_graph_stays_fitted_until_the_user_zooms(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(cos(exp(sin(cos(x)))))")
    before = window.canvas.view.scale_factor
    window.resize(1440, 700)
    qtbot.waitUntil(lambda: window.canvas.view.scale_factor < before, timeout=SOON_MS)
    assert whole_graph_in_sight(window)
    window.canvas.zoom_in()
    zoomed = window.canvas.view.scale_factor
    window.resize(1440, 900)
    rested(window, qtbot)
    assert window.canvas.view.scale_factor == zoomed


def test_that_a_fitted_graph_is_never_too_small_to_be_read(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x + c x^2 + d x^3 + sin(e x) + cos(f x) + exp(g x)")
    window.resize(1024, 700)
    rested(window, qtbot)
    view = window.canvas.view
    assert view.scale_factor == FIT_SMALLEST
    assert not whole_graph_in_sight(window)
    assert view.viewport().rect().contains(place_of(window, output(window)))


def test_that_no_node_is_fitted_beneath_what_stands_over_the_graph(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "sin(x)")
    placement, view = window.canvas.placement, window.canvas.view
    assert placement is not None
    top = min(placement.centers, key=lambda node: placement.centers[node][1])
    part = QRect(0, 0, 40, 20)
    part.moveCenter(place_of(window, top))
    view.cover((part,))
    for node, (width, height) in placement.sizes.items():
        box = QRectF(0, 0, width, height)
        box.moveCenter(QPointF(*placement.centers[node]))
        assert not view.mapFromScene(box).boundingRect().intersects(part)
    assert whole_graph_in_sight(window)


def test_that_the_bar_and_what_is_read_out_are_kept_clear(window: MainWindow, qtbot: QtBot) -> None:
    with patch.object(window.canvas.view, "cover") as cover:
        typed(window, qtbot, "sin(x)")
        (parts,) = cover.call_args.args
    bar = window.canvas.findChild(QWidget, "canvas_bar")
    assert bar is not None
    assert parts == (bar.geometry(), window.canvas.readout.geometry())
    assert not parts[0].intersects(parts[1])


def test_that_another_graph_is_fitted_though_the_last_one_was_zoomed(
    window: MainWindow, qtbot: QtBot
) -> None:
    for _ in range(6):
        window.canvas.zoom_in()
    typed(window, qtbot, "x^2")
    placement = window.canvas.placement
    assert placement is not None
    assert whole_graph_in_sight(window)
    assert is_middle(window, QPointF(placement.width / 2, placement.height / 2))


def test_that_the_same_graph_in_another_direction_keeps_the_zoom(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    window.canvas.zoom_in()
    zoomed, before = window.canvas.view.scale_factor, window.canvas.placement
    window.canvas.turn_direction()
    qtbot.waitUntil(lambda: window.canvas.placement != before, timeout=SOON_MS)
    assert window.canvas.view.scale_factor == zoomed


def test_that_values_alone_ask_for_no_layout_and_another_graph_does(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    assert len(layouts.asked) == 1
    window.top.step.click()
    qtbot.waitUntil(lambda: window.state.trace.at_step == 1, timeout=SOON_MS)  # type: ignore[union-attr]
    window.workbench.choose_seed(7)
    qtbot.waitUntil(lambda: window.state.built.model.seed == 7, timeout=SOON_MS)  # type: ignore[union-attr]
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_End)
    assert len(layouts.asked) == 1
    typed(window, qtbot, "a + b x")
    assert len(layouts.asked) == 2


def test_that_a_failed_layout_says_so_and_the_last_picture_stays(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    before = window.canvas.placement
    layouts.failure = LayoutError("Graphviz gave up.")
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "a + b x")
    qtbot.waitUntil(window.notices.isVisible, timeout=SOON_MS)
    assert "Graphviz gave up." in window.notices.text.text()
    assert "Rebuild" in window.notices.text.text()
    assert window.canvas.placement is before
    layouts.failure = None
    asked = len(layouts.asked)
    window.workbench.train_one_step()
    qtbot.waitUntil(lambda: window.state.trace.at_step == 1, timeout=SOON_MS)  # type: ignore[union-attr]
    assert len(layouts.asked) == asked
    window.workbench.rebuild()
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    assert not window.notices.isVisible()


def test_that_a_first_layout_that_fails_leaves_a_word_in_its_place(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    window.canvas._drawing = Drawing()
    layouts.failure = LayoutError("Graphviz gave up.")
    window.workbench.rebuild()
    qtbot.waitUntil(window.notices.isVisible, timeout=SOON_MS)
    assert any("no picture" in text for text in texts_of(window.canvas, QLabel))


def test_that_a_long_layout_can_be_cancelled_after_half_a_second(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    before = window.canvas.placement
    cancel = next(b for b in window.canvas.findChildren(QPushButton) if b.text() == "Cancel")
    layouts.holding = True
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "a + b x")
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(layouts.asked) == 2, timeout=SOON_MS)
    assert not cancel.isVisible()
    qtbot.waitUntil(cancel.isVisible, timeout=700)
    assert any("Laying out" in text for text in texts_of(window.canvas, QLabel))
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.notices.isVisible, timeout=200)
    assert "cancelled" in window.notices.text.text()
    assert not cancel.isVisible()
    assert window.canvas.placement is before


def test_that_the_newest_graph_does_not_wait_for_an_outdated_layout(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    layouts.holding = True
    for text in ("a + b x", "c x^2", "sin(d x)"):
        window.top.field.selectAll()
        QTest.keyClicks(window.top.field, text)
        QTest.keyClick(window.top.field, Qt.Key.Key_Return)
        qtbot.waitUntil(partial(stands, window, text), timeout=SOON_MS)
    qtbot.waitUntil(lambda: len(layouts.asked) == 3, timeout=1000)
    layouts.release()
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    graph = window.state.graph
    assert graph is not None
    assert {box.id for box in layouts.asked[-1].boxes} == set(graph.node)
    assert not window.notices.isVisible()


@tool_tips
def test_that_a_mouse_that_leaves_hovers_nothing(window: MainWindow, qtbot: QtBot) -> None:
    view = window.canvas.view
    move(window, ground(window))
    with qtbot.waitSignal(view.node_hovered) as hovered:
        move(window, place_of(window, output(window)))
    assert hovered.args == [output(window)]
    with qtbot.waitSignal(view.node_hovered) as hovered:
        view.leaveEvent(QEvent(QEvent.Type.Leave))
    assert hovered.args == [None]


def test_that_a_late_layout_of_another_graph_is_not_shown(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    shown_nodes: list[int] = []

    def look() -> None:
        placement = window.canvas.placement
        shown_nodes.append(len(placement.centers) if placement else 0)

    window.canvas.layouter.placed.connect(look)
    before = len(window.canvas.placement.centers) if window.canvas.placement else 0
    layouts.holding = True
    window.workbench.type_text("a + b x")
    window.workbench.build_typed()
    qtbot.waitUntil(lambda: len(layouts.asked) == 2, timeout=SOON_MS)
    window.workbench.type_text("x^2")
    window.workbench.build_typed()
    qtbot.waitUntil(lambda: stands(window, "x^2"), timeout=SOON_MS)
    layouts.release()
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    # On a slow machine the outdated layout was given up before it could be late.
    assert shown_nodes in ([before, 2], [2])


def test_that_the_status_bar_tells_a_simpler_layout_and_forgets_it(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot
) -> None:
    layouts.reason = "time"
    typed(window, qtbot, "a + b x^2")
    assert "simpler layout: out of time" in texts_of(window.statusBar(), QLabel)
    told = [each.toolTip() for each in window.statusBar().findChildren(SteadyLabel)]
    assert any("a better plan was not done in time" in each for each in told)
    layouts.reason = ""
    typed(window, qtbot, "a + b x")
    assert not any("simpler" in each for each in texts_of(window.statusBar(), QLabel))


def test_that_the_shapes_of_a_placement_are_made_off_the_window_s_thread(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers: list[threading.Thread] = []
    make = Shapes.__init__

    def noting(shapes: Shapes, placement: Placement) -> None:
        makers.append(threading.current_thread())
        make(shapes, placement)

    monkeypatch.setattr(Shapes, "__init__", noting)
    typed(window, qtbot, "a + sin(b x) + c x^5")
    rested(window, qtbot)
    assert makers
    assert threading.main_thread() not in makers


def test_that_the_first_step_is_prepared_between_events(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def preparation(_: PictureCache) -> Iterator[None]:
        done.append("begun")
        yield
        done.append("ended")

    monkeypatch.setattr(PictureCache, "preparation", preparation)
    typed(window, qtbot, "a + sin(b x) + c x^5")
    qtbot.waitUntil(lambda: done[-2:] == ["begun", "ended"])


def test_that_the_walk_through_a_graph_too_large_to_be_fitted_stays_clear_of_the_bar(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    typed(window, qtbot, "sin(" * 20 + "a x" + ")" * 20)
    qtbot.waitUntil(lambda: shown(window))
    rested(window, qtbot)
    view = window.canvas.view
    for cursor in range(len(window.state.steps) + 1):
        window.workbench.move_cursor(cursor)
        rested(window, qtbot)
        node = window.state.current_node
        if node is not None:
            rect = view._rect_of(node)
            assert rect is not None
            corner = view.mapFromScene(rect.topLeft())
            # The bar of the canvas is as high.
            assert corner.y() >= 40, (cursor, node)


def test_that_the_node_of_the_walk_stays_in_sight_where_the_canvas_loses_room(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1024, 700)
    typed(window, qtbot, "sin(" * 20 + "a x" + ")" * 20)
    qtbot.waitUntil(lambda: shown(window))
    rested(window, qtbot)
    window.workbench.move_cursor(len(window.state.steps))
    rested(window, qtbot)
    view = window.canvas.view

    def top() -> int:
        node = window.state.current_node
        rect = None if node is None else view._rect_of(node)
        assert rect is not None
        return view.mapFromScene(rect.topLeft()).y()

    assert top() >= 40
    window.statusBar().setMinimumHeight(80)
    qtbot.waitUntil(lambda: window.statusBar().height() == 80)
    rested(window, qtbot)
    assert top() >= 40
    # Whoever asks for the whole graph sees it from its output on.
    action(window, "gradviz.view.fit").trigger()
    rested(window, qtbot)
    assert top() < 0

"""Walking the forward and the backward pass with keys, mouse and clock."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_acts import action, inspected

from gradviz.ui.main_window import MainWindow


@pytest.fixture
def walk(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return a window on the polynomial of the course, its graph holding the keyboard."""
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "5x^3 + 2x^2 + 4x + 8")
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.state.mode == "point" and bool(window.state.steps), timeout=5000)
    assert window.state.cursor == 0
    window.show_panel("inspector")
    return window


@pytest.fixture
def whole_walk(walk: MainWindow) -> MainWindow:
    """Return that window where the user has walks begin at the inputs."""
    action(walk, "gradviz.step.begin_at_inputs").trigger()
    assert walk.state.cursor == walk.state.first_cursor
    return walk


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_that_the_arrow_keys_walk_there_and_back(walk: MainWindow) -> None:
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert walk.state.cursor == 2
    press(Qt.Key.Key_Left)
    assert walk.state.cursor == 1
    press(Qt.Key.Key_End)
    assert walk.state.cursor == len(walk.state.steps)
    press(Qt.Key.Key_Home)
    assert walk.state.cursor == walk.state.first_cursor < 0


@pytest.mark.parametrize(
    ("end", "key"),
    [
        (Qt.Key.Key_End, Qt.Key.Key_Right),
        (Qt.Key.Key_Home, Qt.Key.Key_Left),
        (Qt.Key.Key_Home, Qt.Key.Key_PageDown),
        (Qt.Key.Key_Home, Qt.Key.Key_PageUp),
    ],
)
def test_that_a_key_with_nothing_to_do_leaves_the_picture_where_it_is(
    walk: MainWindow, end: Qt.Key, key: Qt.Key
) -> None:
    press(end)
    cursor, seen = walk.state.cursor, walk.canvas.view.in_sight
    press(key)
    assert walk.state.cursor == cursor
    assert walk.canvas.view.in_sight == seen
    assert walk.canvas.minimap.isHidden()


def test_that_a_walk_goes_forwards_from_the_inputs_to_the_output_and_back(
    whole_walk: MainWindow,
) -> None:
    state = whole_walk.state
    assert state.graph is not None
    assert state.trace is not None
    nodes: list[str] = []
    for _ in state.trace.forward:
        press(Qt.Key.Key_Right)
        assert state.cursor < 0
        nodes.append(state.current_node or "none")
    assert nodes[0] == next(node.id for node in state.graph.nodes if node.op == "x")
    assert nodes[-1] == state.graph.output
    assert sorted(nodes) == sorted(state.graph.node)
    press(Qt.Key.Key_Right)
    assert (state.cursor, state.current_node) == (0, None)
    press(Qt.Key.Key_Right)
    assert state.current_node == state.steps[0].node
    for _ in range(2):
        press(Qt.Key.Key_Left)
    assert (state.cursor, state.current_node) == (-1, state.graph.output)


def test_that_a_value_is_shown_from_its_forward_step_on(whole_walk: MainWindow) -> None:
    state = whole_walk.state
    assert state.graph is not None
    assert state.trace is not None
    for done in range(len(state.trace.forward) + 1):
        picture = whole_walk.canvas.picture()
        assert picture is not None
        come = set(state.trace.forward[:done])
        assert {key for key, view in picture.nodes.items() if view.state != "coming"} == come
        fed = {key for key, view in picture.edges.items() if view.state == "fed"}
        into = state.graph.edges_into[state.trace.forward[done - 1]] if done else ()
        assert fed == {edge.id for edge in into}
        press(Qt.Key.Key_Right)


def test_that_a_key_and_a_click_on_its_mark_go_to_the_turn(whole_walk: MainWindow) -> None:
    state, scrubber = whole_walk.state, whole_walk.timeline.scrubber
    for place in (state.first_cursor, len(state.steps)):
        whole_walk.workbench.move_cursor(place)
        QTest.keyClick(whole_walk.canvas.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
        assert state.cursor == 0
        whole_walk.workbench.move_cursor(place)
        mark = QPoint(round(scrubber.place_of(0)), scrubber.height() // 2)
        QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=mark)
        assert state.cursor == 0


def test_that_where_walks_begin_is_remembered(
    whole_walk: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    engine = LocalEngine()
    engine.start()
    again = MainWindow(engine, settings)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: bool(again.state.steps), timeout=5000)
    assert again.state.begins_at_inputs
    assert again.state.cursor == again.state.first_cursor < 0
    again.close()


def test_that_stepping_asks_nothing_of_the_engine(walk: MainWindow, engine: LocalEngine) -> None:
    engine.sent.clear()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        press(key)
    assert engine.sent == []


def test_that_nothing_is_told_of_a_gradient_before_its_step(walk: MainWindow) -> None:
    picture = walk.canvas.picture()
    assert picture is not None
    assert all(view.gradient == "" for view in picture.nodes.values())
    press(Qt.Key.Key_Right)
    picture = walk.canvas.picture()
    assert picture is not None
    now = walk.state.steps[0].node
    assert [key for key, view in picture.nodes.items() if view.state == "now"] == [now]


def test_that_the_contributions_to_x_add_up_to_72(walk: MainWindow) -> None:
    totals: list[float | None] = []
    for _ in walk.state.steps:
        press(Qt.Key.Key_Right)
        step = walk.state.current_step
        totals.extend(
            contribution.total.scalar for contribution in (step.contributions if step else ())
        )
    assert len(totals) == 3
    assert totals[-1] == 72


def test_that_the_inspector_follows_the_step_and_shows_the_sums(walk: MainWindow) -> None:
    press(Qt.Key.Key_End)
    texts = inspected(walk)
    assert "AccumulateGrad" in " ".join(texts)
    assert "ACCUMULATION" in texts
    assert "72" in texts


def test_that_a_click_on_a_dot_of_the_scrubber_goes_to_its_step(
    walk: MainWindow, qtbot: QtBot
) -> None:
    scrubber = walk.timeline.scrubber
    x = round(scrubber.place_of(3))
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(x, scrubber.height() // 2))
    assert walk.state.cursor == 3


def test_that_play_walks_to_the_end_and_stops(walk: MainWindow, qtbot: QtBot) -> None:
    walk.timeline.speed.setCurrentIndex(walk.timeline.speed.count() - 1)
    press(Qt.Key.Key_P)
    assert walk.timeline.playing
    qtbot.waitUntil(lambda: walk.state.cursor == len(walk.state.steps), timeout=5000)
    qtbot.waitUntil(lambda: not walk.timeline.playing, timeout=5000)


def test_that_play_stops_when_it_is_pressed_again(walk: MainWindow) -> None:
    press(Qt.Key.Key_P)
    press(Qt.Key.Key_P)
    assert not walk.timeline.playing
    assert walk.state.cursor == 0


def test_that_the_walk_stays_when_only_the_values_change(walk: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    walk.top.at.setValue(3)
    qtbot.waitUntil(lambda: "y = <b>173" in walk.canvas.readout.text(), timeout=5000)
    assert walk.state.cursor == 2


def test_that_another_graph_begins_the_walk_anew(walk: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_End)
    walk.top.field.setFocus()
    walk.top.field.selectAll()
    QTest.keyClicks(walk.top.field, "sin(x)")
    qtbot.waitUntil(lambda: len(walk.state.steps) == 2, timeout=5000)
    assert walk.state.cursor == 0


def test_that_arrow_keys_in_the_field_move_its_cursor_not_the_walk(walk: MainWindow) -> None:
    walk.top.field.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Right)
    assert walk.state.cursor == 0
    assert walk.top.field.textCursor().position() == 1


def test_that_space_on_a_focused_button_presses_it(walk: MainWindow, qtbot: QtBot) -> None:
    walk.canvas.zoom_in()
    zoom = walk.canvas.view.scale_factor
    button = walk.top.modes["point"]
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        press(Qt.Key.Key_Space)
    assert walk.canvas.view.scale_factor == zoom

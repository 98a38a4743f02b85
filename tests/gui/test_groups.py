"""Groups in the window: opened and closed by clicks and keys, walked through, and found."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from grouping_engine import GroupingEngine
from own_models import HEAD, model_of, written
from PySide6.QtCore import QPoint, QPointF, QRectF, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from window_acts import (
    SOON_MS,
    action,
    click,
    exported,
    inspected,
    place_of,
    press,
    rested,
)
from windows import opened

from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.placement import Placement
from gradviz.render.picture import GroupView, picture
from gradviz.ui.canvas import camera as camera_module
from gradviz.ui.canvas import view as view_module
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

CTRL = Qt.KeyboardModifier.ControlModifier
_PLUS, _MINUS, _ENTER = Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Return


@pytest.fixture
def grouped(settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window over a graph in two blocks within one network, all of them closed."""
    window = opened(GroupingEngine(), settings, qtbot)
    rested(window, qtbot)
    window.workbench.showing.close_all()
    at_rest(window, qtbot)
    yield window
    window.close()


def at_rest(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until what is to be shown is shown."""
    rested(window, qtbot)
    qtbot.waitUntil(lambda: stands(window), timeout=SOON_MS)
    rested(window, qtbot)


def stands(window: MainWindow) -> bool:
    graph, placement = window.state.graph, window.canvas.placement
    if graph is None or placement is None:
        return False
    return set(placement.centers) == set(window.state.shown.drawn(graph).node)


def placed(window: MainWindow) -> Placement:
    assert window.canvas.placement is not None
    return window.canvas.placement


def double_click(window: MainWindow, place: QPoint) -> None:
    viewport, left = window.canvas.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(viewport, left, pos=place)
    QTest.mouseDClick(viewport, left, pos=place)


def items(window: MainWindow) -> set[str]:
    assert window.state.graph is not None
    return set(window.state.shown.drawn(window.state.graph).node)


def operations(window: MainWindow) -> set[str]:
    assert window.state.graph is not None
    return {node.id for node in window.state.graph.nodes if node.kind != "leaf"}


def corner(window: MainWindow, item: str) -> QPoint:
    anchor = window.canvas.view.anchor_of(item)
    assert anchor is not None
    return anchor.place.toPoint()


def test_that_a_double_click_opens_a_group_where_it_is(grouped: MainWindow, qtbot: QtBot) -> None:
    assert items(grouped) == {"@net", grouped.state.graph.output}  # type: ignore[union-attr]
    before = corner(grouped, "@net")
    double_click(grouped, place_of(grouped, "@net"))
    at_rest(grouped, qtbot)
    assert {"@net.front", "@net.back"} < items(grouped)
    left, top, width, height = placed(grouped).frames["@net"]
    for inner in ("@net.front", "@net.back"):
        x, y = placed(grouped).centers[inner]
        assert left < x < left + width
        assert top < y < top + height
    assert (corner(grouped, "@net") - before).manhattanLength() <= 2


def test_that_opening_and_closing_gives_the_same_picture(grouped: MainWindow, qtbot: QtBot) -> None:
    first, where = placed(grouped), corner(grouped, "@net")
    grouped.canvas.view.setFocus()
    click(grouped, place_of(grouped, "@net"))
    press(grouped, _ENTER)
    at_rest(grouped, qtbot)
    assert placed(grouped) != first
    press(grouped, _ENTER)
    at_rest(grouped, qtbot)
    assert placed(grouped).centers == first.centers
    assert placed(grouped).curves == first.curves
    assert (corner(grouped, "@net") - where).manhattanLength() <= 2


def test_that_plus_opens_and_minus_closes(grouped: MainWindow, qtbot: QtBot) -> None:
    click(grouped, place_of(grouped, "@net"))
    press(grouped, _PLUS)
    at_rest(grouped, qtbot)
    click(grouped, place_of(grouped, "@net.back"))
    press(grouped, _PLUS)
    at_rest(grouped, qtbot)
    assert "@net.back" in placed(grouped).frames
    press(grouped, _MINUS)
    at_rest(grouped, qtbot)
    assert "@net.back" in placed(grouped).centers
    press(grouped, _MINUS)
    at_rest(grouped, qtbot)
    assert "@net" in placed(grouped).centers


def test_that_plus_and_enter_are_typed_where_there_is_a_field(
    grouped: MainWindow, qtbot: QtBot
) -> None:
    click(grouped, place_of(grouped, "@net"))
    grouped.top.field.setFocus()
    QTest.keyClicks(grouped.top.field, "+-")
    assert grouped.top.field.toPlainText().endswith("+-")
    assert "@net" in items(grouped)


def test_that_a_click_on_the_title_of_a_frame_chooses_it(grouped: MainWindow, qtbot: QtBot) -> None:
    grouped.workbench.showing.open("@net")
    at_rest(grouped, qtbot)
    title = corner(grouped, "@net") + QPoint(20, 12)
    click(grouped, title)
    assert grouped.state.shown.selected == "@net"
    double_click(grouped, title)
    at_rest(grouped, qtbot)
    assert "@net" in placed(grouped).centers


def test_that_going_into_a_group_leads_back_by_the_path(grouped: MainWindow, qtbot: QtBot) -> None:
    grouped.workbench.showing.open("@net")
    at_rest(grouped, qtbot)
    click(grouped, place_of(grouped, "@net.front"))
    press(grouped, _ENTER, CTRL)
    at_rest(grouped, qtbot)
    assert grouped.state.shown.showing.root == "net.front"
    crumbs = grouped.canvas.findChildren(QToolButton)
    back = next(each for each in crumbs if each.isVisible() and each.text() == "net")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    at_rest(grouped, qtbot)
    assert grouped.state.shown.showing.root == "net"
    action(grouped, "gradviz.view.leave_group").trigger()
    at_rest(grouped, qtbot)
    assert grouped.state.shown.showing.root == ""


def test_that_a_node_that_is_found_opens_all_that_hides_it(
    grouped: MainWindow, qtbot: QtBot
) -> None:
    graph = grouped.state.graph
    assert graph is not None
    leaf = next(node.id for node in graph.nodes if node.kind == "leaf")
    grouped.workbench.select(leaf)
    at_rest(grouped, qtbot)
    assert leaf in placed(grouped).centers
    assert grouped.state.inspected == leaf


def test_that_a_closed_group_counts_the_steps_within_it(grouped: MainWindow, qtbot: QtBot) -> None:
    action(grouped, "gradviz.step.forward").trigger()
    seen: list[GroupView] = []
    while grouped.state.cursor < len(grouped.state.steps):
        grouped.workbench.move_cursor(grouped.state.cursor + 1)
        shown = grouped.canvas.picture()
        assert shown is not None
        view = shown.nodes["@net"]
        assert isinstance(view, GroupView)
        seen.append(view)
    assert [view.taken for view in seen] == list(range(1, len(seen) + 1))
    assert {view.state for view in seen} == {"now"}
    assert seen[-1].taken == seen[-1].total


def test_that_a_step_over_leaves_a_group_and_a_step_into_opens_it(
    grouped: MainWindow, qtbot: QtBot
) -> None:
    grouped.workbench.showing.open("@net")
    at_rest(grouped, qtbot)
    state = grouped.state

    def now() -> str | None:
        assert state.graph is not None
        assert state.current_node is not None
        return state.shown.item_of(state.graph, state.current_node)

    for _ in range(2):
        action(grouped, "gradviz.step.over").trigger()
    first = now()
    assert first in ("@net.front", "@net.back")
    action(grouped, "gradviz.step.over").trigger()
    assert now() != first
    grouped.workbench.move_cursor(2)
    action(grouped, "gradviz.step.into").trigger()
    at_rest(grouped, qtbot)
    assert state.cursor == 2
    assert now() == state.current_node
    action(grouped, "gradviz.step.out").trigger()
    assert state.cursor > 3


def test_that_the_slider_opens_level_by_level(grouped: MainWindow, qtbot: QtBot) -> None:
    slider = grouped.canvas.depth_slider.slider
    assert (slider.minimum(), slider.maximum(), slider.value()) == (0, 2, 0)
    slider.setFocus()
    press(grouped, Qt.Key.Key_Right)
    at_rest(grouped, qtbot)
    assert {"@net.front", "@net.back"} < items(grouped)
    press(grouped, Qt.Key.Key_End)
    at_rest(grouped, qtbot)
    assert slider.value() == 2
    assert operations(grouped) <= items(grouped)


def test_that_a_file_shows_the_groups_as_the_window_does(
    grouped: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    grouped.workbench.showing.open("@net")
    at_rest(grouped, qtbot)
    grouped.exports.write_graph(tmp_path / "graph.svg")
    exported(grouped, qtbot)
    text = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    for name in ("net", "front", "back", "Block"):
        assert name in text
    assert "AccumulateGrad" not in text


def test_that_a_group_is_found_by_its_name(grouped: MainWindow, qtbot: QtBot) -> None:
    action(grouped, "gradviz.edit.find").trigger()
    bar = grouped.canvas.find_bar
    QTest.keyClicks(bar.field, "net.back")
    qtbot.waitUntil(lambda: bool(bar.count.text()), timeout=SOON_MS)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    grouped.show_panel("inspector")
    at_rest(grouped, qtbot)
    assert "@net.back" in placed(grouped).centers
    assert grouped.state.shown.selected == "@net.back"
    assert "Block" in inspected(grouped)


def test_that_the_inspector_tells_of_a_closed_group_what_has_been_reached(
    grouped: MainWindow, qtbot: QtBot
) -> None:
    grouped.show_panel("inspector")
    click(grouped, place_of(grouped, "@net"))
    rested(grouped, qtbot)
    assert "GRADIENT IN" not in [text.upper() for text in inspected(grouped)]
    grouped.workbench.move_cursor(1)
    click(grouped, place_of(grouped, "@net"))
    rested(grouped, qtbot)
    assert "GRADIENT IN" in [text.upper() for text in inspected(grouped)]
    assert "Network" in inspected(grouped)


def test_that_the_menu_of_a_group_has_what_can_be_done_with_it(
    grouped: MainWindow, qtbot: QtBot
) -> None:
    click(grouped, place_of(grouped, "@net"))
    entries = [each.objectName() for each in grouped.canvas.menu_of("@net").actions()]
    for name in ("open_group", "expand_within", "collapse_others", "enter_group"):
        assert f"gradviz.view.{name}" in entries
    action(grouped, "gradviz.view.expand_within").trigger()
    at_rest(grouped, qtbot)
    assert operations(grouped) <= items(grouped)
    leaf = next(node.id for node in grouped.state.graph.nodes)  # type: ignore[union-attr]
    grouped.workbench.select(leaf)
    action(grouped, "gradviz.view.close_all").trigger()
    at_rest(grouped, qtbot)
    assert "@net" in items(grouped)


def test_that_training_keeps_the_groups_as_they_are(grouped: MainWindow, qtbot: QtBot) -> None:
    grouped.workbench.showing.open("@net")
    at_rest(grouped, qtbot)
    before = placed(grouped)
    grouped.workbench.train_one_step()
    qtbot.waitUntil(lambda: grouped.state.progress.step == 1, timeout=SOON_MS)
    at_rest(grouped, qtbot)
    assert placed(grouped) is before
    assert "@net.back" in items(grouped)


_ENCODER = """
    class Small(nn.Module):
        def __init__(self):
            super().__init__()
            layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)
            self.encoder = nn.TransformerEncoder(layer, 5)
            self.head = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 1))

        def forward(self, x):
            return self.head(self.encoder(x)).mean()


    def example_inputs():
        return torch.randn(2, 3, 8)
"""


@pytest.fixture
def encoder(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """Show a user's own transformer with five equal layers, all of it closed."""
    path = written(tmp_path, HEAD + dedent(_ENCODER))
    window.workbench.choose_own(model_of(path))
    at_rest(window, qtbot)
    qtbot.waitUntil(lambda: len(window.state.graph.groups) > 10, timeout=SOON_MS)  # type: ignore[union-attr]
    at_rest(window, qtbot)
    return window


def test_that_closed_and_open_groups_of_a_real_model_show_the_same_gradients(
    encoder: MainWindow, qtbot: QtBot
) -> None:
    showing, state = encoder.workbench.showing, encoder.state
    encoder.workbench.go_to_end()
    showing.close_all()
    at_rest(encoder, qtbot)
    closed = encoder.canvas.picture()
    showing.expand_all()
    at_rest(encoder, qtbot)
    opened_ = encoder.canvas.picture()
    assert closed is not None
    assert opened_ is not None
    assert state.graph is not None
    true = picture(state.graph, state.trace, state.cursor)
    for shown in (closed, opened_):
        for key, view in shown.nodes.items():
            if not isinstance(view, GroupView):
                assert view == true.nodes[key]
    tops = {f"@{group.id}" for group in state.graph.groups if group.parent == NO_GROUP}
    norms = {key: view.leaving for key, view in closed.nodes.items() if isinstance(view, GroupView)}
    assert tops == norms.keys()
    assert {key: opened_.frames[key].leaving for key in norms} == norms


def test_that_equal_layers_are_a_fold_that_opens_and_is_paged_through(
    encoder: MainWindow, qtbot: QtBot
) -> None:
    showing = encoder.workbench.showing
    showing.close_all()
    showing.find("@encoder")
    showing.open("@encoder")
    at_rest(encoder, qtbot)
    fold = next(item for item in items(encoder) if item.startswith("⋮"))
    encoder.canvas.view.make_visible(fold)
    where = corner(encoder, fold)
    double_click(encoder, place_of(encoder, fold))
    at_rest(encoder, qtbot)
    assert (corner(encoder, "@encoder.layers.1") - where).manhattanLength() <= 2
    # The first layer is another one: its input needs no gradient.
    layers = [f"@encoder.layers.{number}" for number in range(1, 5)]
    assert set(layers) <= items(encoder)
    encoder.canvas.view.setFocus()
    showing.select(layers[0])
    press(encoder, _ENTER)
    at_rest(encoder, qtbot)
    before = corner(encoder, layers[0])
    press(encoder, Qt.Key.Key_PageDown)
    at_rest(encoder, qtbot)
    assert layers[1] in placed(encoder).frames
    assert layers[0] in placed(encoder).centers
    assert (corner(encoder, layers[1]) - before).manhattanLength() <= 2
    action(encoder, "gradviz.view.fold_equal_groups").trigger()
    at_rest(encoder, qtbot)
    assert fold in items(encoder)


def test_that_a_chosen_parameter_opens_the_layer_that_has_it(
    encoder: MainWindow, qtbot: QtBot
) -> None:
    encoder.workbench.showing.close_all()
    at_rest(encoder, qtbot)
    graph = encoder.state.graph
    assert graph is not None
    weight = next(node for node in graph.nodes if node.op.endswith("layers.1.linear1.weight"))
    encoder.workbench.select(weight.id)
    at_rest(encoder, qtbot)
    assert encoder.state.shown.item_of(graph, weight.id) in (
        weight.id,
        "@encoder.layers.1.linear1",
    )
    assert encoder.state.shown.frame_at(graph, "@encoder.layers.1.linear1") is not None


def test_that_what_is_found_is_in_sight_once_nothing_moves_any_more(
    encoder: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (camera_module, view_module):
        monkeypatch.setattr(module, "movement_is_wanted", lambda: True)
    canvas = encoder.canvas.view
    encoder.workbench.showing.close_all()
    at_rest(encoder, qtbot)
    for _ in range(4):
        encoder.canvas.zoom_in()
    encoder.workbench.showing.find("@encoder.layers.4.linear2")
    at_rest(encoder, qtbot)
    item = encoder.state.shown.selected
    assert item == "@encoder.layers.4.linear2"
    in_sight = canvas.viewport().rect().contains
    qtbot.waitUntil(lambda: in_sight(place_of(encoder, item)), timeout=SOON_MS)
    anchor = canvas.anchor_of(item)
    assert anchor is not None
    assert in_sight(anchor.place.toPoint())


def test_that_what_is_in_an_opened_group_comes_into_sight(
    encoder: MainWindow, qtbot: QtBot
) -> None:
    canvas = encoder.canvas.view
    encoder.workbench.showing.close_all()
    at_rest(encoder, qtbot)
    (box,) = (item for item in items(encoder) if item.startswith("@"))
    low = canvas.viewport().rect().bottom() - 50
    canvas.look_at(canvas.in_sight.center())
    canvas.verticalScrollBar().setValue(
        canvas.verticalScrollBar().value() + place_of(encoder, box).y() - low
    )
    before = corner(encoder, box)
    assert canvas.viewport().height() - before.y() < 100
    encoder.workbench.showing.open(box)
    at_rest(encoder, qtbot)
    left, top, width, height = placed(encoder).frames[box]
    seen = canvas.in_sight
    assert seen.contains(QPointF(left, top))
    assert seen.intersected(QRectF(left, top, width, height)).height() > 0.8 * min(
        height, seen.height() - 100
    )


def test_that_views_can_be_hidden_and_parameters_be_drawn(
    encoder: MainWindow, qtbot: QtBot
) -> None:
    state = encoder.state
    assert state.graph is not None
    encoder.workbench.showing.expand_all()
    at_rest(encoder, qtbot)
    everything = items(encoder)
    assert not any(state.graph.node[key].kind == "leaf" for key in everything)
    action(encoder, "gradviz.view.hide_views").trigger()
    at_rest(encoder, qtbot)
    assert items(encoder) < everything
    assert action(encoder, "gradviz.view.hide_views").isChecked()
    for cursor in (1, 40, len(state.steps)):
        encoder.workbench.move_cursor(cursor)
    action(encoder, "gradviz.view.draw_parameters").trigger()
    at_rest(encoder, qtbot)
    assert any(state.graph.node[key].kind == "leaf" for key in items(encoder))

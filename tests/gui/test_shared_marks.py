"""Parameters that are used at several places: their marks, lit together, and their sum."""

from pathlib import Path
from textwrap import dedent

import pytest
from own_models import HEAD, model_of, written
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, click, place_of, rested

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.inspector.accumulation_table import AccumulationCard

pytestmark = pytest.mark.usefixtures("layouts")
#: The offscreen platform says so of every tool tip.
tool_tips = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)

_TIED = """
    class Head(nn.Module):
        def __init__(self, weight):
            super().__init__()
            self.weight = weight

        def forward(self, x):
            return torch.tanh(x @ self.weight.t())


    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.embed = nn.Embedding(5, 3)
            self.body = nn.Sequential(nn.Linear(3, 3), nn.Tanh())
            self.head = Head(self.embed.weight)

        def forward(self, x):
            return self.head(self.body(self.embed(x))).sum()


    def example_inputs():
        return torch.tensor([0, 3])
"""


@pytest.fixture
def tied(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """Show a network whose head uses the weight of its embedding, in closed boxes."""
    path = written(tmp_path, HEAD + dedent(_TIED))
    window.workbench.choose_own(model_of(path, "Tied"))
    qtbot.waitUntil(lambda: is_placed(window, "embed"), timeout=SOON_MS)
    window.workbench.showing.draw_parameters(True)
    window.workbench.showing.show_depth(1)
    qtbot.waitUntil(lambda: placed(window, {"@embed", "@body", "@head"}), timeout=SOON_MS)
    rested(window, qtbot)
    return window


def is_placed(window: MainWindow, group: str) -> bool:
    graph = window.state.graph
    return graph is not None and group in graph.grouping.index


def placed(window: MainWindow, items: set[str]) -> bool:
    placement = window.canvas.placement
    return placement is not None and items <= placement.centers.keys()


def marks(window: MainWindow) -> dict[str, tuple[int, ...]]:
    shown = window.canvas.picture()
    assert shown is not None
    return dict(shown.shared)


def pixels_at(window: MainWindow, item: str) -> QImage:
    """Return how the lower left corner of a box looks, where its mark is."""
    placement = window.canvas.placement
    assert placement is not None
    (x, y), (width, height) = placement.centers[item], placement.sizes[item]
    corner = window.canvas.view.mapFromScene(QPointF(x - width / 2, y + height / 2))
    return window.canvas.view.viewport().grab(QRect(corner - QPoint(6, 6), QSize(24, 12))).toImage()


def hover(window: MainWindow, item: str) -> None:
    viewport, place = window.canvas.view.viewport(), QPointF(place_of(window, item))
    button = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), button, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(viewport, moved)


@tool_tips
def test_that_all_marks_of_a_shared_weight_are_lit_together(tied: MainWindow) -> None:
    graph = tied.state.graph
    assert graph is not None
    (leaf,) = graph.shared_leaves
    assert marks(tied) == {leaf: (1,), "@embed": (1,), "@head": (1,)}
    before = pixels_at(tied, "@embed")
    hover(tied, "@head")
    assert tied.canvas.view._item.linked == {leaf, "@embed", "@head"}
    assert pixels_at(tied, "@embed") != before
    assert "weight, used at 3 places" in QToolTip.text()
    hover(tied, "@body")
    assert not tied.canvas.view._item.linked
    assert pixels_at(tied, "@embed") == before


def test_that_a_parameter_that_is_not_drawn_is_marked_at_the_frame_that_has_it(
    tied: MainWindow, qtbot: QtBot
) -> None:
    tied.workbench.showing.draw_parameters(False)
    graph = tied.state.graph
    assert graph is not None
    (leaf,) = graph.shared_leaves
    qtbot.waitUntil(lambda: not placed(tied, {leaf}), timeout=SOON_MS)
    home = tied.state.shown.item_of(graph, leaf)
    assert marks(tied) == {home: (1,), "@embed": (1,), "@head": (1,)}


def test_that_the_one_parameter_is_reached_and_has_the_sum_of_its_uses(
    tied: MainWindow, qtbot: QtBot
) -> None:
    tied.show_panel("inspector")
    tied.workbench.go_to_end()
    shared = action(tied, "gradviz.inspect.shared_parameter")
    click(tied, place_of(tied, "@body"))
    assert not shared.isEnabled()
    click(tied, place_of(tied, "@head"))
    assert shared.isEnabled()
    shared.trigger()
    rested(tied, qtbot)
    graph, leaf = tied.state.graph, tied.state.selected
    assert graph is not None
    assert leaf in graph.shared_leaves
    qtbot.waitUntil(lambda: any(use for use in cards(tied)), timeout=SOON_MS)
    (text, rows) = cards(tied)[0]
    assert rows == 2
    assert text.startswith("All contributions have arrived: the sum is the gradient")


def cards(window: MainWindow) -> list[tuple[str, int]]:
    return [
        (card.summary.text(), card.table.model().rowCount())
        for card in window.findChildren(AccumulationCard)
        if card.isVisible()
    ]

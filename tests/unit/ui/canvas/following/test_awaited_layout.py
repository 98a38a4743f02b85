"""The one layout that the canvas waits for."""

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QObject, Signal
from sample_graphs import shared_graph, tutorial_graph

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Direction, FrameBox, Link, Placement
from gradviz.ui.canvas.drawing import Arrangement, Drawing, DrawnGraph
from gradviz.ui.canvas.following.awaited_layout import AwaitedLayout

PLACEMENT = Placement(plan="dot", width=1.0, height=1.0, centers={}, curves={}, sizes={})


class Layouts(QObject):
    """Stands in for the Layouter; a test answers."""

    placed = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def place(
        self,
        boxes: tuple[Box, ...],
        links: tuple[Link, ...],
        direction: Direction,
        frames: tuple[FrameBox, ...] | None = None,
        frame_of: Mapping[str, str] | None = None,
    ) -> int:
        self.asked += 1
        return self.asked


class Waiting:
    """The layouts, those who wait for one, and all that they were told."""

    def __init__(self) -> None:
        self.layouts = Layouts()
        self.awaited = AwaitedLayout(self.layouts, self.layouts)  # type: ignore[arg-type]
        self.placed: list[Arrangement] = []
        self.failed: list[LayoutError] = []
        self.awaited.placed.connect(lambda arrangement, _: self.placed.append(arrangement))
        self.awaited.failed.connect(self.failed.append)
        self.drawings = (Drawing(), Drawing())
        for drawing, graph in zip(self.drawings, (tutorial_graph(), shared_graph()), strict=True):
            drawing.take(DrawnGraph(graph))

    def want(self, which: int = 0) -> Arrangement:
        drawing = self.drawings[which]
        arrangement = drawing.arrangement("TB")
        self.awaited.want(arrangement, drawing.union_layout, grouped=False)
        return arrangement


@pytest.fixture
def waiting(qapp: object) -> Waiting:
    return Waiting()


def test_that_an_arrangement_is_asked_for_once(waiting: Waiting) -> None:
    arrangement = waiting.want()
    waiting.want()
    assert waiting.layouts.asked == 1
    assert waiting.awaited.waits
    waiting.layouts.placed.emit(1, PLACEMENT)
    assert waiting.placed == [arrangement]
    assert not waiting.awaited.waits


def test_that_the_answer_to_an_earlier_one_is_not_heard(waiting: Waiting) -> None:
    waiting.want(0)
    newer = waiting.want(1)
    waiting.layouts.placed.emit(1, PLACEMENT)
    waiting.layouts.failed.emit(1, LayoutError("It was outdated."))
    assert not waiting.placed
    assert not waiting.failed
    waiting.layouts.placed.emit(2, PLACEMENT)
    assert waiting.placed == [newer]


def test_that_no_answer_is_heard_after_a_stop(waiting: Waiting) -> None:
    waiting.want()
    waiting.awaited.stop()
    waiting.layouts.placed.emit(1, PLACEMENT)
    waiting.layouts.failed.emit(1, LayoutError("It was cancelled."))
    assert not waiting.placed
    assert not waiting.failed


def test_that_a_layout_that_failed_is_tried_again_only_on_demand(waiting: Waiting) -> None:
    waiting.want()
    waiting.layouts.failed.emit(1, LayoutError("Graphviz gave up."))
    assert len(waiting.failed) == 1
    waiting.want()
    assert waiting.layouts.asked == 1
    waiting.awaited.try_again()
    waiting.want()
    assert waiting.layouts.asked == 2

"""Boxes in frames: random nested groups, and the shapes of real models."""

import sys
import threading
from collections.abc import Sequence
from itertools import combinations
from typing import get_args

import pytest
from grouped_graphs import GraphMaker, beside, gpt2, lstm, residual, unet
from hypothesis import given
from hypothesis import strategies as st
from local_layouts import LocalLayouts
from random_groups import grouped_graphs, showings

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.placement import Box, Direction, Link, Placement
from gradviz.layout.client import LayoutClient
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.layout.framing import TITLE

Rectangle = tuple[float, float, float, float]


def boxes_of(graph: Graph) -> list[Box]:
    """Return a box for each node of an outline, as wide as its title."""
    return [Box(n.id, 60 + 8 * len(n.op), 44, leaf=n.kind == "leaf") for n in graph.nodes]


def placed(
    outline: Outline, direction: Direction = "TB", layout: CompoundLayout | None = None
) -> Placement:
    """Lay an outline out in this process."""
    layout = layout or CompoundLayout(LocalLayouts().place)
    links = [Link(edge.id, edge.source, edge.target) for edge in outline.graph.edges]
    boxes = boxes_of(outline.graph)
    return layout.place(boxes, links, frame_boxes(outline), outline.frame_of, direction)


def everything(graph: Graph) -> Showing:
    """Return all groups open."""
    return Showing(frozenset(group.id for group in graph.groups))


def rectangles(placement: Placement) -> dict[str, Rectangle]:
    """Return left, top, right and bottom of each box and frame."""
    found = {
        key: (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        for key, (x, y) in placement.centers.items()
        for w, h in [placement.sizes[key]]
    }
    return found | {key: (x, y, x + w, y + h) for key, (x, y, w, h) in placement.frames.items()}


def check(outline: Outline, placement: Placement) -> None:
    """Assert that nothing overlaps, all is inside, and each edge ends at its boxes."""
    around = {frame.id: frame.around for frame in outline.frames}
    inner = {**outline.frame_of, **around}
    assert set(placement.centers) == set(outline.frame_of)
    assert list(placement.frames) == [frame.id for frame in outline.frames]
    found = rectangles(placement)

    def frames(key: str) -> list[str]:
        above = [inner[key]] if inner[key] else []
        return above + frames(above[0]) if above else []

    for key, (left, top, right, bottom) in found.items():
        outer = found[inner[key]] if inner[key] else (0, 0, placement.width, placement.height)
        assert outer[0] <= left + 1
        assert outer[1] <= top + 1
        assert right <= outer[2] + 1
        assert bottom <= outer[3] + 1
        # The title of a frame is at its top, whichever way the edges run.
        assert not inner[key] or top >= outer[1] + TITLE
    for one, other in combinations(found, 2):
        if one not in frames(other) and other not in frames(one):
            assert not overlap(found[one], found[other])
    assert set(placement.curves) == {edge.id for edge in outline.graph.edges}
    for edge in outline.graph.edges:
        curve = placement.curves[edge.id]
        assert len(curve) % 3 == 1
        assert len(curve) >= 4
        if edge.id not in placement.ghosts:
            assert touches(curve[0], found[edge.source])
        assert touches(curve[-1], found[edge.target])


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Tell whether two rectangles have an area in common."""
    return (
        one[0] + 1 < other[2] and other[0] + 1 < one[2]
        and one[1] + 1 < other[3] and other[1] + 1 < one[3]
    )  # fmt: skip


def touches(point: tuple[float, float], box: Rectangle) -> bool:
    """Tell whether a point is on the border of a box."""
    x, y = point
    inside = box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2
    deep = box[0] + 2 < x < box[2] - 2 and box[1] + 2 < y < box[3] - 2
    return inside and not deep


@given(grouped_graphs(), st.data(), st.sampled_from(get_args(Direction)))
def test_that_frames_hold_their_boxes_and_nothing_overlaps(
    graph: Graph, data: st.DataObject, direction: Direction
) -> None:
    outline = outline_of(graph, data.draw(showings(graph)))
    check(outline, placed(outline, direction))


@given(grouped_graphs(), st.data())
def test_that_opening_and_closing_a_group_gives_an_equal_picture(
    graph: Graph, data: st.DataObject
) -> None:
    showing = data.draw(showings(graph))
    layout = CompoundLayout(LocalLayouts().place)
    before = placed(outline_of(graph, showing), layout=layout)
    placed(outline_of(graph, everything(graph)), layout=layout)
    assert placed(outline_of(graph, showing), layout=layout) == before


@pytest.mark.parametrize("direction", get_args(Direction))
@pytest.mark.parametrize("graph", [gpt2(2), unet(2), lstm(6)], ids=["gpt2", "unet", "lstm"])
def test_that_every_frame_of_a_model_holds_its_boxes(graph: Graph, direction: Direction) -> None:
    for parameters in (False, True):
        showing = Showing(everything(graph).opened, parameters=parameters)
        outline = outline_of(graph, showing)
        check(outline, placed(outline, direction))


@pytest.fixture
def layouts() -> LocalLayouts:
    """Return layouts in this process that are counted."""
    return LocalLayouts()


def test_that_equal_containers_are_laid_out_once(layouts: LocalLayouts) -> None:
    graph = lstm(200)
    layout = CompoundLayout(layouts.place)
    outline = outline_of(graph, everything(graph))
    placed(outline, layout=layout)
    # The first and the last step differ from the others, and so do the columns with them.
    assert len(layouts.asked) <= 14
    asked = len(layouts.asked)
    placed(outline, layout=layout)
    assert len(layouts.asked) == asked


def test_that_a_shared_leaf_is_drawn_once_in_each_frame_that_uses_it() -> None:
    graph = lstm(5)
    outline = outline_of(graph, Showing(everything(graph).opened, parameters=True))
    placement = placed(outline)
    assert len(placement.ghosts) == 4 * 4
    found = rectangles(placement)
    for link, (x, y) in placement.ghosts.items():
        (edge,) = (edge for edge in outline.graph.edges if edge.id == link)
        left, top, right, bottom = found[outline.frame_of[edge.target]]
        assert left < x < right
        assert top < y < bottom


def test_that_a_plan_that_is_no_better_is_of_one_group_alone(layouts: LocalLayouts) -> None:
    def place(
        boxes: Sequence[Box], links: Sequence[Link], direction: Direction, deadline_s: float
    ) -> Placement:
        layouts.reason = "time" if any(box.rank for box in boxes) else ""
        return layouts.place(boxes, links, direction, deadline_s)

    layout = CompoundLayout(place)
    graph = residual(1)
    outline = outline_of(graph, Showing(frozenset({"blocks.0"})))
    assert placed(outline, layout=layout).reason == "time"
    asked = len(layouts.asked)
    assert placed(outline, layout=layout).reason == "time"
    # What was made in haste is tried again, the rest is known.
    assert len(layouts.asked) == asked + 1


def test_that_cancel_ends_the_whole_picture(layouts: LocalLayouts) -> None:
    layouts.holding = True
    layout = CompoundLayout(layouts.place, layouts.cancel)
    timer = threading.Timer(0.1, layout.cancel)
    timer.start()
    graph = unet(2)
    with pytest.raises(LayoutError, match="cancelled"):
        placed(outline_of(graph, everything(graph)), layout=layout)
    timer.join()
    assert len(layouts.asked) == 1


def test_that_a_link_to_nowhere_is_refused() -> None:
    with pytest.raises(LayoutError, match="leads to a node"):
        CompoundLayout(LocalLayouts().place).place([Box("a", 1, 1)], [Link("l", "a", "b")])


def test_that_an_empty_frame_has_room_for_its_title() -> None:
    make = GraphMaker()
    with make.call("weights", "Weights"):
        leaf = make.leaf("w")
    with make.call("one", "F"):
        make.op("Exp", leaf)
    with make.call("two", "F"):
        make.op("Log", leaf)
    graph = make.graph()
    showing = Showing(everything(graph).opened, parameters=False)
    outline = outline_of(graph, showing)
    assert outline.item_of[leaf] == "@weights"
    check(outline, placed(outline))


def test_that_five_thousand_children_have_a_picture() -> None:
    graph = beside(5000)
    opened = frozenset({"experts"})
    outline = outline_of(graph, Showing(opened, unfolded=opened))
    check(outline, placed(outline))


#: A layout process that hangs as soon as a frame has ports.
_HANGING = """
import time
from gradviz.layout import __main__ as process
answer = process._answer
def hang(request):
    if any(box.rank for box in request.boxes):
        time.sleep(60)
    return answer(request)
process._answer = hang
process.main()
"""


def test_that_a_group_at_which_graphviz_hangs_gets_the_simpler_plan_and_the_rest_stays() -> None:
    client = LayoutClient([sys.executable, "-c", _HANGING])
    try:
        graph = residual(1)
        layout = CompoundLayout(client.place, client.cancel)
        outline = outline_of(graph, Showing(frozenset({"blocks.0"}), parameters=False))
        links = [Link(edge.id, edge.source, edge.target) for edge in outline.graph.edges]
        boxes, frames = boxes_of(outline.graph), frame_boxes(outline)
        placement = layout.place(boxes, links, frames, outline.frame_of, deadline_s=1.0)
        assert (placement.plan, placement.reason) == ("rows", "time")
        check(outline, placement)
        alone = layout.place(boxes, links, deadline_s=1.0)
        assert (alone.plan, alone.reason) == ("dot", "")
    finally:
        client.close()

"""Where the chips lie: beside their edge, over no node and over no other chip."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from sample_graphs import shared_graph, shared_trace

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.engine.runs.run import Run
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place
from gradviz.render.chips import chip_rects, local_rects
from gradviz.render.measure import boxes, links
from gradviz.render.picture import picture
from gradviz.render.shapes import Shapes

pytestmark = pytest.mark.usefixtures("qapp")


def placed(graph: Graph) -> Placement:
    return place(LayoutRequest(request=1, boxes=boxes(graph), links=links(graph)))


@pytest.mark.parametrize("text", ["5x^3 + 2x^2 + 4x + 8", "a sin(b x) + c", "sin(x) cos(x) + x^2"])
def test_that_a_chip_covers_no_node_and_no_other_chip(text: str) -> None:
    _, graph, trace = Run(Model(source=text)).record()
    shapes = Shapes(placed(graph))
    for cursor in range(1, len(trace.steps) + 1):
        shown = picture(graph, trace, cursor)
        rects = chip_rects(list(shown.edges.values()), shapes).values()
        assert not [1 for rect in rects for node in shapes.nodes.values() if rect.intersects(node)]
        assert not [1 for one, other in combinations(rects, 2) if one.intersects(other)]


def _area(rect: QRectF) -> float:
    return max(0.0, rect.width()) * max(0.0, rect.height())


@pytest.mark.parametrize("text", ["5x^3 + 2x^2 + 4x + 8", "sin(x) cos(x) + x^2"])
def test_that_local_derivatives_keep_their_places_clear_of_nodes_and_of_gradients(
    text: str,
) -> None:
    _, graph, trace = Run(Model(source=text)).record()
    shapes = Shapes(placed(graph))
    local = {edge.id: -0.5 * place for place, edge in enumerate(graph.edges)}
    fixed = local_rects(shapes, local)
    assert set(fixed) == set(local)
    for cursor in range(len(trace.steps) + 1):
        shown = picture(graph, trace, cursor, local)
        chips = chip_rects(list(shown.edges.values()), shapes, shown.local)
        assert local_rects(shapes, shown.local) == fixed
        nodes, beside = tuple(shapes.nodes.values()), tuple(fixed.values())
        assert not [1 for rect in beside for node in nodes if rect.intersects(node)]
        assert not [1 for one, other in combinations(beside, 2) if one.intersects(other)]
        for chip in chips.values():
            shared = sum(_area(chip.intersected(other)) for other in (*nodes, *beside))
            assert shared <= 0.1 * _area(chip)


def test_that_a_chip_is_shown_even_where_everything_is_taken() -> None:
    graph, trace = shared_graph(), shared_trace()
    placement = placed(graph)
    everywhere = dict.fromkeys(placement.sizes, (9000.0, 9000.0))
    crowded = Placement(
        plan="dot", width=placement.width, height=placement.height, sizes=everywhere,
        centers=placement.centers, curves=placement.curves,
    )  # fmt: skip
    shown = picture(graph, trace, len(trace.steps))
    wanted = {view.id for view in shown.edges.values() if view.chip}
    assert set(chip_rects(list(shown.edges.values()), Shapes(crowded))) == wanted

"""The painter, told by the pixels that it leaves."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from sample_graphs import chain, shared_graph, shared_trace, tutorial_graph, tutorial_trace

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.placement import Placement
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place
from gradviz.render.layers.dot_grid import paint_grid
from gradviz.render.layers.ground_layer import ground_parts
from gradviz.render.layers.sight import Sight
from gradviz.render.measure import boxes, links
from gradviz.render.painter import extent, paint
from gradviz.render.parts import LOOKED_UP_AT_ONCE
from gradviz.render.picture import EdgeView, NodeView, Picture, picture
from gradviz.render.style import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")


def placed(graph: Graph, plan: str = "dot") -> Placement:
    request = LayoutRequest(request=1, boxes=boxes(graph), links=links(graph))
    if plan != "dot":
        request = LayoutRequest(
            request=1, boxes=request.boxes, links=request.links, plan="split leaves"
        )
    return place(request)


def painted(
    width: float, height: float, act: Callable[[QPainter], None], theme: Theme = LIGHT
) -> QImage:
    image = QImage(round(width), round(height), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.canvas))
    painter = QPainter(image)
    act(painter)
    painter.end()
    return image


def tutorial(
    cursor: int = 5,
    theme: Theme = LIGHT,
    clip: QRectF | None = None,
    scale: float = 1.0,
    selected: str | None = None,
    hovered: str | None = None,
) -> QImage:
    graph, placement = tutorial_graph(), placed(tutorial_graph())
    shown = picture(graph, tutorial_trace(), cursor)
    area = extent(shown, placement)

    def act(painter: QPainter) -> None:
        painter.scale(scale, scale)
        paint(
            painter, graph, shown, placement, theme,
            clip=clip, scale=scale, selected=selected, hovered=hovered,
        )  # fmt: skip

    return painted(area.width() * scale, area.height() * scale, act, theme)


def colors(image: QImage, area: QRectF | None = None) -> dict[str, int]:
    rect = (area or QRectF(image.rect())).toAlignedRect().intersected(image.rect())
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    part = pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] & 0xFFFFFF
    values, counts = np.unique(part, return_counts=True)
    return {f"#{value:06X}": int(count) for value, count in zip(values, counts, strict=True)}


def around(key: str, margin: float = 4) -> QRectF:
    placement = placed(tutorial_graph())
    (x, y), (width, height) = placement.centers[key], placement.sizes[key]
    return QRectF(x - width / 2, y - height / 2, width, height).adjusted(
        -margin, -margin, margin, margin
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_each_kind_of_node_has_its_tint(theme: Theme) -> None:
    image = tutorial(0, theme)
    for key, kind in (("a", "leaf"), ("add1", "operation"), ("sum", "output")):
        shown = colors(image, around(key))
        assert shown.get(theme.kinds[kind].fill, 0) > 1000  # type: ignore[index]
        assert theme.kinds[kind].border in shown  # type: ignore[index]


def test_that_a_custom_function_is_violet() -> None:
    nodes = tuple(
        Node(id=node.id, op=node.op, name=node.name, kind="function")
        for node in shared_graph().nodes
    )
    graph = Graph(nodes=nodes, edges=shared_graph().edges, output="y")
    placement = placed(graph)
    image = painted(
        placement.width,
        placement.height,
        lambda painter: paint(painter, graph, picture(graph), placement, LIGHT),
    )
    assert colors(image)[LIGHT.kinds["function"].fill] > 4000


def test_that_the_current_node_and_its_chip_are_orange_and_the_done_ones_green() -> None:
    image = tutorial(5)
    assert colors(image, around("muld"))[LIGHT.now] > 200
    assert colors(image)[LIGHT.chip] > 500
    assert LIGHT.done in colors(image, around("sub"))
    assert not {LIGHT.now, LIGHT.done} & set(colors(image, around("b")))
    assert not {LIGHT.now, LIGHT.done, LIGHT.chip} & set(colors(tutorial(0)))


def test_that_only_what_meets_the_clip_is_painted() -> None:
    clip = around("b", 0)
    whole, part = tutorial(5), tutorial(5, clip=clip)
    assert colors(part, clip) == colors(whole, clip)
    assert LIGHT.now not in colors(part)
    assert set(colors(part, around("sum"))) == {LIGHT.canvas}


def test_that_text_too_small_to_read_is_left_out() -> None:
    graph, placement = tutorial_graph(), placed(tutorial_graph())
    renamed = msgspec.structs.replace(
        graph, nodes=tuple(msgspec.structs.replace(node, op="Other") for node in graph.nodes)
    )

    def image(named: Graph, scale: float) -> QImage:
        act = partial(_paint_scaled, graph=named, placement=placement, scale=scale)
        return painted(placement.width * scale, placement.height * scale, act)

    assert image(graph, 1.0) != image(renamed, 1.0)
    assert image(graph, 0.42) == image(renamed, 0.42)


def test_that_the_far_view_still_shows_where_the_gradient_is() -> None:
    shown = colors(tutorial(5, scale=0.3))
    assert shown.get(LIGHT.now_tint.fill, 0) > 100
    assert LIGHT.now in shown


def test_that_selected_and_hovered_nodes_get_a_ring() -> None:
    assert LIGHT.accent in colors(tutorial(0, selected="add2"), around("add2", 6))
    assert LIGHT.accent not in colors(tutorial(0, hovered="add2"))
    assert tutorial(0, hovered="add2") != tutorial(0)


def test_that_every_use_of_a_split_leaf_is_painted() -> None:
    graph = shared_graph()
    placement = placed(graph, "split leaves")
    image = painted(
        placement.width,
        placement.height,
        lambda painter: paint(painter, graph, picture(graph, shared_trace(), 2), placement, LIGHT),
    )
    width, height = placement.sizes["x"]
    for x, y in (placement.centers["x"], *placement.ghosts.values()):
        area = QRectF(x - width / 2, y - height / 2, width, height)
        assert colors(image, area)[LIGHT.kinds["leaf"].fill] > 1000


def test_that_a_picture_of_another_graph_than_the_placements_can_be_painted() -> None:
    graph, placement = shared_graph(), placed(tutorial_graph())
    image = painted(
        placement.width,
        placement.height,
        lambda painter: paint(painter, graph, picture(graph), placement, LIGHT),
    )
    assert set(colors(image)) == {LIGHT.canvas}


def test_that_the_extent_holds_every_chip() -> None:
    graph, placement = shared_graph(), placed(shared_graph())
    narrow = Placement(
        plan="dot",
        width=10,
        height=placement.height,
        centers=placement.centers,
        curves=placement.curves,
        sizes=placement.sizes,
    )
    chips = extent(picture(graph, shared_trace(), 4), narrow)
    assert chips.right() > max(placement.curves["x>lin"][0][0], placement.curves["x>sq"][0][0])
    assert extent(picture(graph), narrow) == QRectF(0, 0, 10, placement.height)


def test_that_the_grid_has_a_dot_at_every_24_pixels_unless_they_would_merge() -> None:
    area = QRectF(1, 1, 99, 99)
    image = painted(100, 100, lambda painter: paint_grid(painter, LIGHT, area, 1.0))
    assert image.pixelColor(24, 48).name().upper() == LIGHT.grid
    assert colors(image)[LIGHT.canvas] > 9_000
    empty = painted(100, 100, lambda painter: paint_grid(painter, LIGHT, area, 0.3))
    assert set(colors(empty)) == {LIGHT.canvas}


def _long_chain(count: int) -> tuple[Graph, Placement]:
    placed_boxes, placed_links = chain(count)
    placement = place(LayoutRequest(request=1, boxes=placed_boxes, links=placed_links, plan="rows"))
    nodes = tuple(
        Node(id=box.id, op="Mul", name="MulBackward0", kind="operation") for box in placed_boxes
    )
    edges = tuple(
        Edge(id=link.id, source=link.source, target=link.target, slot=0) for link in placed_links
    )
    return Graph(nodes=nodes, edges=edges, output=nodes[-1].id), placement


def test_that_a_long_chain_is_painted_at_any_scale() -> None:
    graph, placement = _long_chain(500)
    for scale in (0.01, 0.1, 0.39, 0.41, 1, 4):
        act = partial(_paint_scaled, graph=graph, placement=placement, scale=scale)
        assert len(colors(painted(200, 200, act))) > 1


def _paint_scaled(painter: QPainter, *, graph: Graph, placement: Placement, scale: float) -> None:
    painter.scale(scale, scale)
    paint(painter, graph, picture(graph), placement, LIGHT, scale=scale)


class _Counted(dict[str, Any]):
    """Views that count how often one is looked up."""

    looked_up = 0

    def __getitem__(self, key: str) -> Any:
        self.looked_up += 1
        return super().__getitem__(key)


@pytest.mark.parametrize("scale", [0.05, 1.0])
def test_that_no_part_of_a_painting_looks_through_all_of_a_large_graph(scale: float) -> None:
    graph, placement = _long_chain(4 * LOOKED_UP_AT_ONCE)
    nodes = _Counted({node.id: NodeView(node) for node in graph.nodes})
    edges = _Counted({edge.id: EdgeView(edge.id) for edge in graph.edges})
    parts = ground_parts(Sight.of(graph, Picture(nodes, edges), placement, None, scale), LIGHT)
    image, most, before = QImage(10, 10, QImage.Format.Format_RGB32), 0, 0
    painter = QPainter(image)
    for part in parts:
        part(painter)
        most = max(most, nodes.looked_up + edges.looked_up - before)
        before = nodes.looked_up + edges.looked_up
    painter.end()
    assert before == len(nodes) + len(edges)
    # The first of the nodes follow right after the last of the edges.
    assert most <= 2 * LOOKED_UP_AT_ONCE

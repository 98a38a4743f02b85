"""Graphviz's dot in this process: boxes and links in, centres and Bezier curves out."""

import msgspec
import pygraphviz

from gradviz.core.errors import LayoutError, words_of
from gradviz.core.graphs.placement import Box, Direction, Link, Placement, Plan, Point
from gradviz.core.language.saying import tr
from gradviz.layout.geometry import BOX_GAP, MARGIN, ROW_GAP, joined

#: Graphviz measures boxes in inches and positions in points; a point is our pixel.
_POINTS_PER_INCH = 72


class _PlacedNode(msgspec.Struct):
    #: The ranks of boxes that come first and last are objects too, without a place.
    name: str
    pos: str = ""


class _RoutedEdge(msgspec.Struct):
    id: str
    pos: str = ""


class _Answer(msgspec.Struct):
    bb: str
    objects: list[_PlacedNode] = []
    edges: list[_RoutedEdge] = []


def place_with_dot(
    boxes: tuple[Box, ...],
    links: tuple[Link, ...],
    direction: Direction = "TB",
    *,
    plan: Plan = "dot",
) -> Placement:
    """Lay the boxes out in layers and route the links.

    Raises:
        LayoutError: Graphviz refuses the graph.
    """
    sizes = {box.id: (box.width, box.height) for box in boxes}
    answer = _laid_out(_source(boxes, links, direction))
    left, bottom, right, top = (float(number) for number in answer.bb.split(","))

    def flipped(text: str) -> Point:
        x, y = text.split(",")
        return float(x) - left + MARGIN, top - float(y) + MARGIN

    # Every name that Graphviz sees was made here, so that no label can break its syntax.
    centers = {
        boxes[int(node.name[1:])].id: flipped(node.pos) for node in answer.objects if node.pos
    }
    curves = {
        link.id: joined(
            centers[link.source], sizes[link.source], centers[link.target], sizes[link.target],
            direction,
        )
        for link in links
    }  # fmt: skip
    for edge in answer.edges:
        points = tuple(flipped(point) for point in edge.pos.split(";")[0].split())
        if len(points) % 3 == 1 and len(points) > 1:
            curves[links[int(edge.id[1:])].id] = points
    return Placement(
        plan=plan,
        width=right - left + 2 * MARGIN,
        height=top - bottom + 2 * MARGIN,
        centers=centers,
        curves=curves,
        sizes=sizes,
        direction=direction,
    )


def _source(boxes: tuple[Box, ...], links: tuple[Link, ...], direction: Direction) -> str:
    """Return the graph in DOT: node n7 is `boxes[7]`, edge e3 is `links[3]`."""
    number = {box.id: index for index, box in enumerate(boxes)}
    gap, rows = BOX_GAP / _POINTS_PER_INCH, ROW_GAP / _POINTS_PER_INCH
    lines = [
        f"digraph {{ graph [rankdir={direction} nodesep={gap:.4f} ranksep={rows:.4f}]",
        'node [shape=box fixedsize=true label=""] edge [dir=none]',
    ]
    for index, box in enumerate(boxes):
        width, height = box.width / _POINTS_PER_INCH, box.height / _POINTS_PER_INCH
        lines.append(f"n{index} [width={width:.4f} height={height:.4f}]")
    for rank, name in (("first", "source"), ("last", "sink")):
        there = " ".join(f"n{index}" for index, box in enumerate(boxes) if box.rank == rank)
        if there:
            lines.append(f"{{ rank={name} {there} }}")
    # Links to what comes first or last give way, so that the others stay straight.
    yielding = {box.id for box in boxes if box.rank}
    for index, link in enumerate(links):
        weight = " weight=0" if link.source in yielding or link.target in yielding else ""
        lines.append(f"n{number[link.source]} -> n{number[link.target]} [id=e{index}{weight}]")
    return "\n".join([*lines, "}"])


def _laid_out(source: str) -> _Answer:
    graph = pygraphviz.AGraph(string=source)
    try:
        drawn = graph.draw(format="json0", prog="dot")
    except ValueError as error:
        message = tr("Graphviz cannot lay this graph out: {reason}", reason=words_of(error))
        raise LayoutError(message) from error
    finally:
        graph.close()
    return msgspec.json.decode(drawn, type=_Answer)

"""The one painter of graphs, for the screen and for every file."""

import math
from collections.abc import Collection, Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradviz.core.atlas import Marks
from gradviz.core.graph import Graph
from gradviz.core.placement import Placement
from gradviz.render import edge_painter, health_painter, marks_painter, node_painter
from gradviz.render.chips import chip_rects
from gradviz.render.picture import EdgeView, NodeView, Picture
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.shapes import Shapes, shapes_of
from gradviz.render.style import METRICS, Theme

#: "ground" is what stays while values change: edges, boxes, titles, ticks and rings; "values" are
#: the second lines and the chips.
Layer = Literal["ground", "values"]
ALL_LAYERS: tuple[Layer, ...] = ("ground", "values")
#: Below this scale no text could be read, so that nodes and edges are drawn as plain shapes.
COARSE_SCALE = 0.4
_NO_MARKS = Marks()


def paint(
    painter: QPainter,
    graph: Graph,
    picture: Picture,
    placement: Placement,
    theme: Theme,
    *,
    clip: QRectF | None = None,
    scale: float = 1.0,
    selected: str | None = None,
    hovered: str | None = None,
    layers: Collection[Layer] = ALL_LAYERS,
    marks: Marks = _NO_MARKS,
    shades: Shades = NO_SHADES,
) -> None:
    """Paint the graph in the placement's coordinates.

    Nodes and edges that `picture` or `placement` does not know are left out, so that a new
    graph can be painted before its placement is there. Only what meets `clip` is painted;
    `scale`, the pixels of the screen that a unit covers, tells how much detail makes sense.
    The nodes with the ids `selected` and `hovered` get a ring. A screen that keeps the ground
    as an image paints the `layers` one by one. `marks` shows what has changed in the graph,
    and `shades` how healthy it is.
    """
    shapes = shapes_of(placement)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edges = [
        view
        for key, view in picture.edges.items()
        if key in shapes.bounds and (clip is None or shapes.meets(key, clip))
    ]
    copies = _copies(graph, placement, shapes)
    nodes = [
        (picture.nodes[key], rect, ghost)
        for key, rect, ghost in copies
        if key in picture.nodes and (clip is None or clip.intersects(rect.adjusted(-6, -6, 6, 6)))
    ]
    if "ground" in layers:
        marks_painter.paint_beneath(painter, marks, shapes, theme)
        _paint_ground(painter, nodes, edges, shapes, theme, scale, shades)
        came = [rect for view, rect, _ in nodes if view.id in marks.came]
        marks_painter.paint_above(painter, came, marks, theme, scale)
        for view, rect, _ in nodes:
            if view.id in (selected, hovered):
                node_painter.paint_ring(painter, rect, theme, scale, selected=view.id == selected)
        signed = [(rect, view.id) for view, rect, _ in nodes if view.id in shades.verdicts]
        health_painter.paint_signs(
            painter, ((rect, shades.verdicts[key]) for rect, key in signed), theme, scale
        )
    if "values" in layers and scale >= COARSE_SCALE:
        for view, rect, _ in nodes:
            fill = shades.fills.get(view.id, "")
            node_painter.paint_values(painter, view, rect, theme, scale, fill=fill)
        edge_painter.paint_chips(painter, edges, shapes, theme, scale)
    painter.restore()


def ground_key(picture: Picture) -> object:
    """Return what the ground depends on beside the placement: how far the backward pass is."""
    return (
        tuple(view.state for view in picture.nodes.values()),
        tuple(view.state for view in picture.edges.values()),
    )


def _paint_ground(
    painter: QPainter,
    nodes: Sequence[tuple[NodeView, QRectF, bool]],
    edges: Sequence[EdgeView],
    shapes: Shapes,
    theme: Theme,
    scale: float,
    shades: Shades,
) -> None:
    if scale < COARSE_SCALE:
        edge_painter.paint_coarsely(painter, edges, shapes, theme, scale)
        node_painter.paint_coarsely(painter, nodes, theme, shades.fills)
        return
    edge_painter.paint_edges(painter, edges, shapes, theme)
    for view, rect, ghost in nodes:
        fill = shades.fills.get(view.id, "")
        node_painter.paint_node(painter, view, rect, theme, scale, ghost=ghost, fill=fill)


def extent(picture: Picture, placement: Placement) -> QRectF:
    """Return what the painting covers: the placement, and the chips that stand out of it."""
    area = QRectF(0, 0, placement.width, placement.height)
    shapes = shapes_of(placement)
    for chip in chip_rects(list(picture.edges.values()), shapes).values():
        area = area.united(chip.adjusted(-4, -4, 4, 4))
    return area


def paint_grid(painter: QPainter, theme: Theme, area: QRectF, scale: float) -> None:
    """Paint the dotted background over `area`; no dots where they would merge."""
    spacing = METRICS.grid
    if spacing * scale < 12:
        return
    pen = QPen(QColor(theme.grid), 2)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    columns = range(math.ceil(area.left() / spacing), math.floor(area.right() / spacing) + 1)
    rows = range(math.ceil(area.top() / spacing), math.floor(area.bottom() / spacing) + 1)
    painter.drawPoints([QPointF(x * spacing, y * spacing) for y in rows for x in columns])


def _copies(graph: Graph, placement: Placement, shapes: Shapes) -> list[tuple[str, QRectF, bool]]:
    """Return every drawn node: its id, its place, and whether it is a further copy."""
    copies = [(key, rect, False) for key, rect in shapes.nodes.items()]
    if placement.ghosts:
        for edge in graph.edges:
            center = placement.ghosts.get(edge.id)
            if center is not None and edge.source in shapes.nodes:
                rect = QRectF(shapes.nodes[edge.source])
                rect.moveCenter(QPointF(*center))
                copies.append((edge.source, rect, True))
    return copies

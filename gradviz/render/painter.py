"""The one painter of graphs, for the screen and for every file."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gradviz.core.graph import Graph
from gradviz.core.placement import Placement
from gradviz.render import edge_painter, node_painter
from gradviz.render.picture import Picture
from gradviz.render.shapes import Shapes, shapes_of
from gradviz.render.style import METRICS, Theme

#: Below this scale no text could be read, so that nodes and edges are drawn as plain shapes.
COARSE_SCALE = 0.4


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
) -> None:
    """Paint the graph in the placement's coordinates.

    Nodes and edges that `picture` or `placement` does not know are left out, so that a new
    graph can be painted before its placement is there. Only what meets `clip` is painted;
    `scale`, the pixels of the screen that a unit covers, tells how much detail makes sense.
    The nodes with the ids `selected` and `hovered` get a ring.
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
    if scale < COARSE_SCALE:
        edge_painter.paint_coarsely(painter, edges, shapes, theme, scale)
        node_painter.paint_coarsely(painter, nodes, theme)
    else:
        edge_painter.paint_edges(painter, edges, shapes, theme)
        for view, rect, ghost in nodes:
            node_painter.paint_node(painter, view, rect, theme, scale, ghost=ghost)
        edge_painter.paint_chips(painter, edges, shapes, theme, scale)
    for view, rect, _ in nodes:
        if view.id in (selected, hovered):
            node_painter.paint_ring(painter, rect, theme, scale, selected=view.id == selected)
    painter.restore()


def extent(picture: Picture, placement: Placement) -> QRectF:
    """Return what the painting covers: the placement, and the chips that stand out of it."""
    area = QRectF(0, 0, placement.width, placement.height)
    shapes = shapes_of(placement)
    for view in picture.edges.values():
        if view.chip and view.id in shapes.bounds:
            chip = edge_painter.chip_rect(view.chip, shapes.middle(view.id), shapes.uphill(view.id))
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

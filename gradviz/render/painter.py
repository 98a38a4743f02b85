"""The one painter of graphs, for the screen and for every file."""

from collections.abc import Collection, Sequence
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.render import node_painter
from gradviz.render.chips import chip_rects, local_rects
from gradviz.render.groups import shared_painter
from gradviz.render.layers.emphasis import Emphasis
from gradviz.render.layers.ground_layer import ground_parts
from gradviz.render.layers.ground_signs import paint_over_ground
from gradviz.render.layers.sight import Chosen, Drawn, Sight
from gradviz.render.layers.value_layer import value_parts
from gradviz.render.paint_progress import NO_PROGRESS, PaintProgress
from gradviz.render.parts import Part
from gradviz.render.picture import Picture
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.shapes import shapes_of
from gradviz.render.style import Theme
from gradviz.render.titles import short_titles

#: "ground" has the parts that stay while values change: edges, boxes, titles, ticks and rings;
#: "values" has the second lines and the chips.
Layer = Literal["ground", "values"]
ALL_LAYERS: tuple[Layer, ...] = ("ground", "values")
_NO_MARKS = Marks()


def paint(
    painter: QPainter,
    graph: Graph,
    picture: Picture,
    placement: Placement,
    theme: Theme,
    *,
    clip: QRectF | Sequence[QRectF] | None = None,
    scale: float = 1.0,
    selected: str | None = None,
    hovered: str | None = None,
    marked: Collection[str] = (),
    layers: Collection[Layer] = ALL_LAYERS,
    marks: Marks = _NO_MARKS,
    shades: Shades = NO_SHADES,
    isolated: Isolation | None = None,
    chosen: Chosen | None = None,
    progress: PaintProgress = NO_PROGRESS,
) -> None:
    """Paint the graph in the placement's coordinates.

    Nodes and edges that `picture` or `placement` does not know are left out, so that a new
    graph can be painted before its placement is there. Only the parts within a `clip` are painted;
    `scale`, the pixels of the screen that a unit covers, sets the amount of detail. The nodes
    with the ids `selected` and `hovered` get a ring, those of `marked` a broken one. A screen
    that keeps the ground as an image paints the `layers` one by one. `marks` has the changes of
    the graph, and `shades` its health. All but the `isolated` nodes and edges are painted faintly.
    Whoever paints a large graph group by group has `chosen` what is painted, and nothing is looked
    for in all of the picture.
    `progress` counts the parts of the painting.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    clips = [clip] if isinstance(clip, QRectF) else clip
    emphasis = Emphasis((selected, hovered), marked, marks, shades, isolated)
    sight = Sight.of(graph, picture, placement, clips, scale)
    parts: list[Part] = []
    if "ground" in layers:
        parts += ground_parts(sight, theme, emphasis, chosen)
    if "values" in layers and not sight.coarse:
        parts += value_parts(sight, theme, emphasis, chosen)
    progress.begin(len(parts))
    for part in progress.through(parts):
        part(painter)
    painter.restore()


def paint_one(
    painter: QPainter,
    drawn: Drawn,
    graph: Graph,
    picture: Picture,
    theme: Theme,
    marks: Marks = _NO_MARKS,
    shades: Shades = NO_SHADES,
) -> None:
    """Paint one node of `picture` with its values and signs, as `paint` has it at a scale of 1.

    A file in which each node is an element of its own is painted so.
    """
    view, rect, ghost = drawn
    titles, key = short_titles(graph), view.id
    title, fill = titles.get(view.title, view.title), shades.fills.get(key, "")
    node_painter.paint_node(painter, view, rect, theme, 1.0, title=title, ghost=ghost, fill=fill)
    if key in marks.came or key in marks.changed or key in shades.verdicts:
        own = Marks(came=marks.came & {key}, changed=marks.changed & {key})
        paint_over_ground(painter, (drawn,), theme, 1.0, Emphasis(marks=own, shades=shades))
    if key in picture.shared:
        shared_painter.paint_shared(painter, (drawn,), (), picture.shared, (), theme)
    node_painter.paint_values(painter, view, rect, theme, 1.0, fill=fill)


def extent(picture: Picture, placement: Placement) -> QRectF:
    """Return the area of the painting: the placement, and the chips that reach beyond it."""
    area = QRectF(0, 0, placement.width, placement.height)
    shapes = shapes_of(placement)
    beside = local_rects(shapes, picture.local)
    for chip in (*beside.values(), *chip_rects(picture.chips, shapes, picture.local).values()):
        area = area.united(chip.adjusted(-4, -4, 4, 4))
    return area

"""The one painter of graphs, for the screen and for every file."""

import math
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.render import edge_painter, health_painter, marks_painter, node_painter
from gradviz.render.chips import chip_rects
from gradviz.render.groups import bundle_painter, frame_painter, shared_painter
from gradviz.render.paint_progress import NO_PROGRESS, PaintProgress
from gradviz.render.parts import LOOKED_UP_AT_ONCE, Part, gathering, in_parts
from gradviz.render.picture import EdgeView, NodeView, Picture
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.shapes import OUTSIDE, Shapes, shapes_of
from gradviz.render.style import METRICS, Theme
from gradviz.render.titles import short_titles

#: "ground" has the parts that stay while values change: edges, boxes, titles, ticks and rings;
#: "values" has the second lines and the chips.
Layer = Literal["ground", "values"]
ALL_LAYERS: tuple[Layer, ...] = ("ground", "values")
#: The reach of all rings around a node: of the selection, and of an added node.
RING_REACH = 14.0
#: Below this scale no text could be read, so that nodes and edges are drawn as plain shapes.
COARSE_SCALE = 0.4
_NO_MARKS = Marks()
#: How much is seen of the nodes and edges that are not on the ways of an isolated node.
_FADED = 0.2
#: So many take some milliseconds.
_VALUES_AT_ONCE = 64
#: A dot of the grid in pixels of the device.
_DOT = 2
#: A node as it is drawn: its view, its place, and whether it is a further copy.
Drawn = tuple[NodeView, QRectF, bool]


class Chosen(NamedTuple):
    """The part of a picture that is to be painted, with the places of its nodes and frames."""

    nodes: Sequence[Drawn] = ()
    edges: Sequence[EdgeView] = ()
    frames: Sequence[frame_painter.Framed] = ()


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
    parts: list[Part] = []
    if "ground" in layers:
        parts += ground_parts(
            graph,
            picture,
            placement,
            theme,
            clips=clips,
            scale=scale,
            rings=(selected, hovered),
            marked=marked,
            marks=marks,
            shades=shades,
            isolated=isolated,
            chosen=chosen,
        )
    if "values" in layers and scale >= COARSE_SCALE:
        parts += _value_parts(
            graph, picture, placement, theme, clips, scale, shades, isolated, chosen
        )
    progress.begin(len(parts))
    for part in progress.through(parts):
        part(painter)
    painter.restore()


def ground_parts(
    graph: Graph,
    picture: Picture,
    placement: Placement,
    theme: Theme,
    *,
    clips: Sequence[QRectF] | None,
    scale: float,
    rings: tuple[str | None, str | None] = (None, None),
    marked: Collection[str] = (),
    marks: Marks = _NO_MARKS,
    shades: Shades = NO_SHADES,
    isolated: Isolation | None = None,
    linked: Collection[str] = (),
    chosen: Chosen | None = None,
) -> Iterator[Part]:
    """Yield the painting of the ground, as `paint` has it, in parts of some milliseconds each.

    The painters of the parts have antialiasing switched on. `rings` are the ids of the selected
    and the hovered node, and the marks of `linked` ones, which share a parameter, are lit.
    """
    shapes = shapes_of(placement)
    if chosen is None:
        edges_in: list[EdgeView] = []
        yield from gathering(edges_in, _edges_in(picture, shapes, clips, scale))
        nodes_in: list[Drawn] = []
        yield from gathering(nodes_in, _nodes_in(graph, picture, shapes, clips, scale))
        chosen = Chosen(nodes_in, edges_in, _frames_in(picture, shapes, clips, scale))
    yield from frame_painter.frame_parts(chosen.frames, theme)
    yield lambda painter: marks_painter.paint_beneath(painter, marks, shapes, theme)
    area = None if clips is None else _around(clips, outside_edges(scale))
    for opacity, nodes, edges in _by_opacity(chosen.nodes, chosen.edges, isolated):
        for part in _graph_parts(graph, nodes, edges, shapes, theme, shades, scale, area):
            yield part if opacity == 1.0 else partial(_painted_at, opacity, part)
    if shapes.frames:
        yield partial(
            _paint_over_frames,
            frames=chosen.frames,
            theme=theme,
            scale=scale,
            rings=rings,
            shades=shades,
        )
    signed = {*rings, *marked, *marks.came, *marks.changed, *shades.verdicts} - {None}
    yield partial(
        _paint_over_ground,
        nodes=[each for each in chosen.nodes if each[0].node.id in signed] if signed else (),
        theme=theme,
        scale=scale,
        rings=rings,
        marked=marked,
        marks=marks,
        shades=shades,
    )
    if picture.shared and scale >= COARSE_SCALE:
        yield partial(
            shared_painter.paint_shared,
            nodes=chosen.nodes,
            frames=chosen.frames,
            shared=picture.shared,
            linked=linked,
            theme=theme,
        )


def _graph_parts(
    graph: Graph,
    nodes: Sequence[Drawn],
    edges: Sequence[EdgeView],
    shapes: Shapes,
    theme: Theme,
    shades: Shades,
    scale: float,
    area: QRectF | None,
) -> Iterator[Part]:
    """Yield the painting of some edges, then of some nodes: blocks alone where it is small."""
    if scale < COARSE_SCALE:
        yield from edge_painter.coarse_parts(edges, shapes, theme, scale)
        yield from node_painter.coarse_parts(nodes, theme, shades.fills)
    else:
        yield from edge_painter.edge_parts(edges, shapes, theme, area)
        yield from node_painter.node_parts(nodes, theme, scale, shades.fills, short_titles(graph))


def _value_parts(
    graph: Graph,
    picture: Picture,
    placement: Placement,
    theme: Theme,
    clips: Sequence[QRectF] | None,
    scale: float,
    shades: Shades,
    isolated: Isolation | None,
    chosen: Chosen | None,
) -> Iterator[Part]:
    shapes = shapes_of(placement)
    if chosen is None:
        nodes: list[Drawn] = []
        yield from gathering(nodes, _nodes_in(graph, picture, shapes, clips, scale))
        chosen = Chosen(nodes, (), _frames_in(picture, shapes, clips, scale))
    if chosen.frames:
        yield partial(frame_painter.paint_titles, frames=chosen.frames, theme=theme, scale=scale)
    if picture.bundled:
        counts = [picture.edges[key] for key in picture.bundled if key in picture.edges]
        yield partial(
            bundle_painter.paint_counts, edges=counts, shapes=shapes, theme=theme, scale=scale
        )
    for opacity, some_nodes, chips in _by_opacity(chosen.nodes, picture.chips, isolated):
        values = (
            partial(_paint_values, nodes=some, theme=theme, scale=scale, shades=shades)
            for some in in_parts(some_nodes, _VALUES_AT_ONCE)
        )
        signs = partial(
            edge_painter.paint_chips, edges=chips, shapes=shapes, theme=theme, scale=scale
        )
        for part in (*values, signs):
            yield part if opacity == 1.0 else partial(_painted_at, opacity, part)


def _paint_values(
    painter: QPainter, nodes: Sequence[Drawn], theme: Theme, scale: float, shades: Shades
) -> None:
    for view, rect, _ in nodes:
        fill = shades.fills.get(view.id, "")
        node_painter.paint_values(painter, view, rect, theme, scale, fill=fill)


def _nodes_in(
    graph: Graph,
    picture: Picture,
    shapes: Shapes,
    clips: Sequence[QRectF] | None,
    scale: float,
) -> Iterator[list[Drawn]]:
    """Yield the nodes that may lie in one of `clips`, some at a time."""
    views = picture.nodes
    copies = shapes.copies_in(graph.edges, clips, outside_nodes(scale))
    for some in in_parts(copies, LOOKED_UP_AT_ONCE):
        yield [(views[key], rect, ghost) for key, rect, ghost in some if key in views]


def _edges_in(
    picture: Picture, shapes: Shapes, clips: Sequence[QRectF] | None, scale: float
) -> Iterator[list[EdgeView]]:
    """Yield the edges that may lie in one of `clips`, some at a time."""
    views = picture.edges
    for some in in_parts(shapes.edges_in(clips, outside_edges(scale)), LOOKED_UP_AT_ONCE):
        yield [views[key] for key in some if key in views]


def _frames_in(
    picture: Picture, shapes: Shapes, clips: Sequence[QRectF] | None, scale: float
) -> list[frame_painter.Framed]:
    """Return the frames of which anything may lie in one of `clips`, the outermost first."""
    return [
        (picture.frames[key], shapes.frames[key])
        for key in shapes.frames_in(clips, outside_nodes(scale))
        if key in picture.frames
    ]


def _around(clips: Sequence[QRectF], outside: float) -> QRectF:
    """Return the rectangle around all clips, and `outside` more on each side."""
    whole = QRectF()
    for clip in clips:
        whole |= clip
    return whole.adjusted(-outside, -outside, outside, outside)


def _paint_over_ground(
    painter: QPainter,
    nodes: Sequence[Drawn],
    theme: Theme,
    scale: float,
    rings: tuple[str | None, str | None],
    marked: Collection[str],
    marks: Marks,
    shades: Shades,
) -> None:
    """Paint the signs of changes, the rings and the verdicts."""
    came = [rect for view, rect, _ in nodes if view.id in marks.came] if marks.came else []
    marks_painter.paint_above(painter, came, marks, theme, scale)
    if scale >= COARSE_SCALE and marks.changed:
        changed = [rect for view, rect, _ in nodes if view.id in marks.changed]
        marks_painter.paint_changed(painter, changed, theme)
    ringed = {*rings, *marked}
    places = [(view.id, rect) for view, rect, _ in nodes if view.id in ringed]
    _paint_rings(painter, places, theme, scale, rings, marked)
    if shades.verdicts:
        signed = [(rect, view.id) for view, rect, _ in nodes if view.id in shades.verdicts]
        health_painter.paint_signs(
            painter, ((rect, shades.verdicts[key]) for rect, key in signed), theme, scale
        )


def _paint_over_frames(
    painter: QPainter,
    frames: Sequence[frame_painter.Framed],
    theme: Theme,
    scale: float,
    rings: tuple[str | None, str | None],
    shades: Shades,
) -> None:
    """Paint the names of open groups that are seen from afar, their rings and verdicts."""
    if scale < COARSE_SCALE:
        frame_painter.paint_far_titles(painter, frames, theme, scale)
    ringed = [(view.id, rect) for view, rect in frames if view.id in rings]
    _paint_rings(painter, ringed, theme, scale, rings, ())
    verdicts = shades.verdicts
    if verdicts:
        signed = ((rect, verdicts[view.id]) for view, rect in frames if view.id in verdicts)
        health_painter.paint_signs(painter, signed, theme, scale)


def _by_opacity(
    nodes: Sequence[Drawn], edges: Sequence[EdgeView], isolated: Isolation | None
) -> list[tuple[float, Sequence[Drawn], Sequence[EdgeView]]]:
    """Return the nodes and edges by the opacity that they are painted with, the faint ones first.

    They are all in one part where no node is isolated.
    """
    if isolated is None:
        return [(1.0, nodes, edges)]
    return [
        (
            opacity,
            [each for each in nodes if (each[0].id in isolated.nodes) == kept],
            [each for each in edges if (each.id in isolated.edges) == kept],
        )
        for kept, opacity in ((False, _FADED), (True, 1.0))
    ]


def _painted_at(opacity: float, part: Part, painter: QPainter) -> None:
    painter.setOpacity(opacity)
    part(painter)
    painter.setOpacity(1.0)


def _paint_rings(
    painter: QPainter,
    places: Sequence[tuple[str, QRectF]],
    theme: Theme,
    scale: float,
    chosen: tuple[str | None, str | None],
    marked: Collection[str],
) -> None:
    """Paint the rings of the `chosen` nodes (selected, hovered) and of the `marked` ones."""
    for key, rect in places:
        if key in chosen:
            node_painter.paint_ring(painter, rect, theme, scale, selected=key == chosen[0])
        if key in marked:
            node_painter.paint_broken_ring(painter, rect, theme, scale)


def outside_nodes(scale: float) -> float:
    """Return how far a node's border, ring or sign may reach over its rectangle."""
    return max(RING_REACH, health_painter.sign_radius(scale)) + 4 / min(scale, 1.0)


def outside_edges(scale: float) -> float:
    """Return how far an edge's line, head or halo may reach over its curve."""
    return OUTSIDE / min(scale / COARSE_SCALE, 1.0)


def extent(picture: Picture, placement: Placement) -> QRectF:
    """Return the area of the painting: the placement, and the chips that reach beyond it."""
    area = QRectF(0, 0, placement.width, placement.height)
    shapes = shapes_of(placement)
    for chip in chip_rects(picture.chips, shapes).values():
        area = area.united(chip.adjusted(-4, -4, 4, 4))
    return area


def paint_grid(painter: QPainter, theme: Theme, area: QRectF, scale: float) -> None:
    """Paint the dotted background over `area`; no dots where they would merge."""
    spacing = METRICS.grid
    if spacing * scale < 12:
        return
    # A dot whose middle is outside of the area may still reach into it.
    reach = 2 / scale
    area = area.adjusted(-reach, -reach, reach, reach)
    place, ratio = painter.worldTransform(), painter.device().devicePixelRatio()
    columns = _on_device(area.left(), area.right(), place.m11() * ratio, place.dx() * ratio)
    rows = _on_device(area.top(), area.bottom(), place.m22() * ratio, place.dy() * ratio)
    if not len(columns) or not len(rows):
        return
    row = _dots(columns - columns[0], QColor(theme.grid))
    row.setDevicePixelRatio(ratio)
    painter.save()
    painter.resetTransform()
    for top in rows.tolist():
        painter.drawImage(QPointF(int(columns[0]) / ratio, top / ratio), row)
    painter.restore()


def _on_device(first: float, last: float, scale: float, moved: float) -> npt.NDArray[np.int64]:
    """Return where the dots of the grid between two coordinates begin, in whole pixels."""
    numbers = np.arange(math.ceil(first / METRICS.grid), math.floor(last / METRICS.grid) + 1)
    return np.round(numbers * METRICS.grid * scale + moved).astype(np.int64) - _DOT // 2


def _dots(lefts: npt.NDArray[np.int64], color: QColor) -> QImage:
    """Return a row of dots that begin at `lefts`, in pixels.

    Thousands of dots that are painted one by one take longer than all else in a frame.
    """
    row = QImage(int(lefts[-1]) + _DOT, _DOT, QImage.Format.Format_ARGB32_Premultiplied)
    row.fill(Qt.GlobalColor.transparent)
    onto = QPainter(row)
    for left in lefts.tolist():
        onto.fillRect(left, 0, _DOT, _DOT, color)
    onto.end()
    return row

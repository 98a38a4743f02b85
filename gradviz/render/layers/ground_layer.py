"""The parts of a graph that stay while values change: edges, boxes, titles, ticks and rings."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QRectF

from gradviz.render import edge_painter, marks_painter, node_painter
from gradviz.render.groups import frame_painter, shared_painter
from gradviz.render.layers.emphasis import NO_EMPHASIS, Emphasis, at_opacity
from gradviz.render.layers.ground_signs import paint_over_frames, paint_over_ground
from gradviz.render.layers.sight import Chosen, Drawn, Sight
from gradviz.render.parts import Part, gathering
from gradviz.render.picture import EdgeView
from gradviz.render.style import Theme
from gradviz.render.titles import short_titles


def ground_parts(
    sight: Sight, theme: Theme, emphasis: Emphasis = NO_EMPHASIS, chosen: Chosen | None = None
) -> Iterator[Part]:
    """Yield the painting of the ground, as `paint` has it, in parts of some milliseconds each.

    The painters of the parts have antialiasing switched on.
    """
    if chosen is None:
        edges: list[EdgeView] = []
        yield from gathering(edges, sight.edges())
        nodes: list[Drawn] = []
        yield from gathering(nodes, sight.nodes())
        chosen = Chosen(nodes, edges, sight.frames())
    yield from frame_painter.frame_parts(chosen.frames, theme)
    yield partial(
        marks_painter.paint_beneath, marks=emphasis.marks, shapes=sight.shapes, theme=theme
    )
    area = sight.area
    for opacity, some_nodes, some_edges in emphasis.by_opacity(chosen.nodes, chosen.edges):
        for part in _graph_parts(sight, some_nodes, some_edges, theme, emphasis, area):
            yield at_opacity(opacity, part)
    yield from _parts_above(sight, chosen, theme, emphasis)


def _graph_parts(
    sight: Sight,
    nodes: Sequence[Drawn],
    edges: Sequence[EdgeView],
    theme: Theme,
    emphasis: Emphasis,
    area: QRectF | None,
) -> Iterator[Part]:
    """Yield the painting of some edges, then of some nodes: blocks alone where it is small."""
    fills, shapes, scale = emphasis.shades.fills, sight.shapes, sight.scale
    if sight.coarse:
        yield from edge_painter.coarse_parts(edges, shapes, theme, scale)
        yield from node_painter.coarse_parts(nodes, theme, fills)
    else:
        yield from edge_painter.edge_parts(edges, shapes, theme, area)
        yield from node_painter.node_parts(nodes, theme, scale, fills, short_titles(sight.graph))


def _parts_above(sight: Sight, chosen: Chosen, theme: Theme, emphasis: Emphasis) -> Iterator[Part]:
    """Yield the painting of all that lies over nodes and frames."""
    scale = sight.scale
    if sight.shapes.frames:
        yield partial(
            paint_over_frames, frames=chosen.frames, theme=theme, scale=scale, emphasis=emphasis
        )
    signed = emphasis.signed
    nodes = [each for each in chosen.nodes if each[0].node.id in signed] if signed else ()
    yield partial(paint_over_ground, nodes=nodes, theme=theme, scale=scale, emphasis=emphasis)
    shared = sight.picture.shared
    if shared and not sight.coarse:
        yield partial(
            shared_painter.paint_shared,
            nodes=chosen.nodes,
            frames=chosen.frames,
            shared=shared,
            linked=emphasis.linked,
            theme=theme,
        )

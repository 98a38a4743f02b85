"""The parts of a graph that change with its values: the second lines of boxes, and the chips."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtGui import QPainter

from gradviz.render import edge_painter, node_painter
from gradviz.render.groups import bundle_painter, frame_painter
from gradviz.render.layers.emphasis import NO_EMPHASIS, Emphasis, at_opacity
from gradviz.render.layers.sight import Chosen, Drawn, Sight
from gradviz.render.parts import Part, gathering, in_parts
from gradviz.render.shades import Shades
from gradviz.render.style import Theme

#: So many take some milliseconds.
_VALUES_AT_ONCE = 64


def value_parts(
    sight: Sight, theme: Theme, emphasis: Emphasis = NO_EMPHASIS, chosen: Chosen | None = None
) -> Iterator[Part]:
    """Yield the painting of the values, as `paint` has it, in parts of some milliseconds each."""
    picture, shapes, scale = sight.picture, sight.shapes, sight.scale
    if chosen is None:
        nodes: list[Drawn] = []
        yield from gathering(nodes, sight.nodes())
        chosen = Chosen(nodes, (), sight.frames())
    if chosen.frames:
        yield partial(frame_painter.paint_titles, frames=chosen.frames, theme=theme, scale=scale)
    if picture.bundled:
        counts = [picture.edges[key] for key in picture.bundled if key in picture.edges]
        yield partial(
            bundle_painter.paint_counts, edges=counts, shapes=shapes, theme=theme, scale=scale
        )
    carrying = picture.chips
    if picture.local:
        known = [view.id for view in picture.chips]
        carrying += tuple(
            picture.edges[key] for key in picture.local.keys() - known if key in picture.edges
        )
    for opacity, some_nodes, chips in emphasis.by_opacity(chosen.nodes, carrying):
        values = (
            partial(_paint_values, nodes=some, theme=theme, scale=scale, shades=emphasis.shades)
            for some in in_parts(some_nodes, _VALUES_AT_ONCE)
        )
        signs = partial(
            edge_painter.paint_chips,
            edges=chips,
            shapes=shapes,
            theme=theme,
            scale=scale,
            local=picture.local,
        )
        for part in (*values, signs):
            yield at_opacity(opacity, part)


def _paint_values(
    painter: QPainter, nodes: Sequence[Drawn], theme: Theme, scale: float, shades: Shades
) -> None:
    for view, rect, _ in nodes:
        fill = shades.fills.get(view.id, "")
        node_painter.paint_values(painter, view, rect, theme, scale, fill=fill)

"""The signs on nodes and frames that are painted already: of changes, rings, and verdicts."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gradviz.render import health_painter, marks_painter, node_painter
from gradviz.render.groups import frame_painter
from gradviz.render.layers.emphasis import Emphasis
from gradviz.render.layers.sight import COARSE_SCALE, Drawn
from gradviz.render.style import Theme


def paint_over_ground(
    painter: QPainter, nodes: Sequence[Drawn], theme: Theme, scale: float, emphasis: Emphasis
) -> None:
    """Paint the signs of changes, the rings and the verdicts."""
    marks, verdicts = emphasis.marks, emphasis.shades.verdicts
    came = [rect for view, rect, _ in nodes if view.id in marks.came] if marks.came else []
    marks_painter.paint_above(painter, came, marks, theme, scale)
    if scale >= COARSE_SCALE and marks.changed:
        changed = [rect for view, rect, _ in nodes if view.id in marks.changed]
        marks_painter.paint_changed(painter, changed, theme)
    ringed = {*emphasis.rings, *emphasis.marked}
    places = [(view.id, rect) for view, rect, _ in nodes if view.id in ringed]
    _paint_rings(painter, places, theme, scale, emphasis)
    if verdicts:
        signed = [(rect, verdicts[view.id]) for view, rect, _ in nodes if view.id in verdicts]
        health_painter.paint_signs(painter, signed, theme, scale)


def paint_over_frames(
    painter: QPainter,
    frames: Sequence[frame_painter.Framed],
    theme: Theme,
    scale: float,
    emphasis: Emphasis,
) -> None:
    """Paint the names of open groups that are seen from afar, their rings and verdicts."""
    if scale < COARSE_SCALE:
        frame_painter.paint_far_titles(painter, frames, theme, scale)
    chosen = Emphasis(rings=emphasis.rings)
    ringed = [(view.id, rect) for view, rect in frames if view.id in chosen.rings]
    _paint_rings(painter, ringed, theme, scale, chosen)
    verdicts = emphasis.shades.verdicts
    if verdicts:
        signed = ((rect, verdicts[view.id]) for view, rect in frames if view.id in verdicts)
        health_painter.paint_signs(painter, signed, theme, scale)


def _paint_rings(
    painter: QPainter,
    places: Sequence[tuple[str, QRectF]],
    theme: Theme,
    scale: float,
    emphasis: Emphasis,
) -> None:
    """Paint the rings of the selected and the hovered node, and of the marked ones."""
    selected, _ = emphasis.rings
    for key, rect in places:
        if key in emphasis.rings:
            node_painter.paint_ring(painter, rect, theme, scale, selected=key == selected)
        if key in emphasis.marked:
            node_painter.paint_broken_ring(painter, rect, theme, scale)

"""The rectangle that is drawn over the graph by dragging with Shift, and what lies in it."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtWidgets import QRubberBand, QWidget

from gradviz.core.graphs.placement import Placement
from gradviz.render.shapes import boxes_of, meeting, shapes_of


class RubberBand:
    """Follows the mouse from where it was pressed; it is shown once it has moved far enough."""

    def __init__(self, viewport: QWidget) -> None:
        self._shown = QRubberBand(QRubberBand.Shape.Rectangle, viewport)
        self._start: QPointF | None = None

    @property
    def begun(self) -> bool:
        """Tell whether the mouse was pressed for a rectangle."""
        return self._start is not None

    def begin(self, at: QPointF) -> None:
        """Begin a rectangle at a place of the view, in pixels."""
        self._start = at

    def move(self, to: QPointF, *, far: bool) -> None:
        """Draw the rectangle up to a place, if that is `far` enough or it is drawn already."""
        if self._start is not None and (far or self._shown.isVisible()):
            corners = QRectF(self._start, to).normalized()
            self._shown.setGeometry(corners.toAlignedRect())
            self._shown.show()

    def end(self) -> QRect | None:
        """Return the rectangle, None where none was drawn; nothing is drawn any more."""
        drawn = self._shown.geometry() if self._shown.isVisible() else None
        self._start = None
        self._shown.hide()
        self._shown.resize(QSize(0, 0))
        return drawn


def items_in(placement: Placement, area: QRectF) -> frozenset[str]:
    """Return the nodes and boxes of which any part lies in an area of the picture."""
    shapes = shapes_of(placement)
    inside = meeting(boxes_of([area]), shapes.node_boxes)[0]
    return frozenset(key for key, within in zip(shapes.nodes, inside, strict=True) if within)

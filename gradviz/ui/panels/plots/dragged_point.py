"""A point of a plot that the mouse moves; loads pyqtgraph, so it is imported with a plot."""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from gradviz.ui.widgets.theme import Theme

_PIXELS = 13


class DraggedPoint(pg.TargetItem):  # type: ignore[misc]
    """A dot; `moved` is called with its place, in the units of the axes, while it is dragged."""

    def __init__(self, moved: Callable[[float, float], None]) -> None:
        super().__init__(symbol="o", size=_PIXELS, movable=True)
        self._moved = moved
        self._placing = False
        self.setZValue(20)
        self.sigPositionChanged.connect(self._on_moved)

    @property
    def dragged(self) -> bool:
        """Tell whether the mouse holds it."""
        return bool(self.moving)

    def place(self, x: float, y: float) -> None:
        """Put it somewhere, unless the mouse holds it."""
        if not self.moving:
            self.put(x, y)

    def put(self, x: float, y: float) -> None:
        """Put it somewhere, also in the middle of a move."""
        self._placing = True
        self.setPos(QPointF(x, y))
        self._placing = False

    def allow(self, *, moves: bool, tip: str) -> None:
        """Let the mouse move it, or not; the tip says why."""
        self.movable = moves
        self.setCursor(Qt.CursorShape.OpenHandCursor if moves else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tip)

    def paint_in(self, theme: Theme, colour: str) -> None:
        """Take the colours of `theme`."""
        self.setPen(pg.mkPen(theme.look.panel, width=2))
        self.setBrush(pg.mkBrush(QColor(colour)))
        self.setHoverBrush(pg.mkBrush(QColor(theme.look.accent)))
        self.setHoverPen(pg.mkPen(theme.look.panel, width=2))

    def _on_moved(self) -> None:
        if not self._placing:
            place = self.pos()
            self._moved(float(place.x()), float(place.y()))

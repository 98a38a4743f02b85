"""The ring around the control that has the focus, where the control itself does not show it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

_OUTER, _INNER, _RADIUS = 2.0, 1.0, 6.0
#: These have a border of another colour, a cursor or a ring of their own.
_SHOW_IT = (QLineEdit, QAbstractSpinBox, QComboBox, QAbstractSlider, QMenu, QMenuBar)


class FocusRing:
    """Follows the focus: `move_to` is called with each control that gets it."""

    def __init__(self) -> None:
        self._ring: _Ring | None = None

    def move_to(self, control: QWidget | None) -> None:
        """Surround `control`; nothing for None, and for what shows the focus by itself."""
        # It goes with the control that it is in.
        if self._ring is not None and isValid(self._ring):
            self._ring.leave()
        wanted = control is not None and not control.isWindow() and not _shows_it(control)
        self._ring = _Ring(control) if control is not None and wanted else None


def _shows_it(control: QWidget) -> bool:
    if isinstance(control, QPlainTextEdit):
        return not control.isReadOnly()
    return isinstance(control, _SHOW_IT)


class _Ring(QWidget):
    """A line of the accent along the inner edge, and one of the ground within: seen on any fill."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._control = control
        control.installEventFilter(self)
        self._fit()
        self.raise_()
        self.show()

    def leave(self) -> None:
        """Go from the control."""
        # A control that is being deleted loses the focus first.
        if isValid(self._control):
            self._control.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._control and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # That of a control may have its own fill as a ground, on which a ring would not be seen.
        palette, whole = QGuiApplication.palette(), QRectF(self.rect())
        half = (_OUTER + _INNER) / 2
        for role, inset, width in (
            (QPalette.ColorRole.Base, _OUTER + _INNER / 2, _INNER),
            (QPalette.ColorRole.Highlight, _OUTER / 2, _OUTER),
        ):
            painter.setPen(QPen(palette.color(role), width))
            radius = max(1.0, _RADIUS - inset + half)
            painter.drawRoundedRect(whole.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()

    def _fit(self) -> None:
        """Cover the edge alone: what changes in the middle is painted without the ring."""
        self.setGeometry(self._control.rect())
        edge = round(_RADIUS)
        middle = self.rect().adjusted(edge, edge, -edge, -edge)
        self.setMask(QRegion(self.rect()) - QRegion(middle))

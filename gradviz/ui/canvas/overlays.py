"""The widgets over the graph: its small bar, the readout, hints and Cancel."""

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gradviz.render.shades import Legend
from gradviz.render.style import Theme as Look
from gradviz.ui.actions import edit_menu, view_menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.canvas.legend import LegendView
from gradviz.ui.widgets.naming import named

_MARGIN = 12
_HINT_SIZE = QSize(420, 60)
#: The readout is as wide as a multiple of this, so that a number in it does not move the graph.
_READOUT_STEP = 40


class Overlays(QObject):
    """Widgets of the canvas, each in its corner; `cancelled` when a layout is given up."""

    cancelled = Signal()

    def __init__(self, actions: ActionRegistry, canvas: QWidget, look: Look) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._bar = _bar(actions, canvas)
        self.readout = named(QLabel(canvas, textFormat=Qt.TextFormat.RichText), "readout")
        self.changes = named(QLabel(canvas, textFormat=Qt.TextFormat.RichText), "changes")
        self.legend = LegendView(look, canvas)
        self.hint = named(QLabel(canvas, wordWrap=True), "canvas_hint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel = QPushButton("Cancel", canvas)
        self.cancel.setToolTip("Give up this layout; the last picture stays")
        self.cancel.clicked.connect(self.cancelled)
        self._lasting = False
        for part in (self.readout, self.changes, self.hint, self.cancel):
            part.hide()

    def show_hint(self, text: str, *, cancellable: bool = False) -> None:
        """Show a text in the middle, in place of the graph, with Cancel if wished."""
        self.hint.setText(text)
        self.hint.show()
        self.cancel.setVisible(cancellable)
        self.place()

    def hide_hint(self) -> None:
        """Leave the middle to the graph."""
        self.hint.hide()
        self.cancel.hide()

    def show_readout(self, text: str) -> None:
        """Show rich text in the corner, nothing if it is empty."""
        if text != self.readout.text():
            self.readout.setText(text)
            self.readout.setVisible(bool(text))
            self.place()

    def show_changes(self, text: str, *, lasting: bool = False) -> None:
        """Show rich text about the changes of the graph, nothing if it is empty.

        The graph makes room for a `lasting` text.
        """
        self._lasting = lasting
        self.changes.setText(text)
        self.changes.setVisible(bool(text))
        self.place()

    def show_legend(self, legend: Legend | None) -> None:
        """Show the legend of the graph's colours, nothing if there is none."""
        self.legend.show_legend(legend)
        self.place()

    def place(self) -> None:
        """Put everything where it belongs in a canvas of this size."""
        canvas = self._canvas.rect()
        self._bar.adjustSize()
        self._bar.move(canvas.width() - self._bar.width() - _MARGIN, _MARGIN)
        self.readout.adjustSize()
        wide = -(-self.readout.width() // _READOUT_STEP) * _READOUT_STEP
        self.readout.resize(wide, self.readout.height())
        beside = 2 * _MARGIN + self.readout.width() <= self._bar.x()
        self.readout.move(_MARGIN, _MARGIN if beside else _MARGIN + self._bar.geometry().bottom())
        room = canvas.width() - 2 * _MARGIN
        self.changes.setWordWrap(False)
        width = self.changes.sizeHint().width()
        self.changes.setWordWrap(width > room)
        width = max(1, min(width, room))
        self.changes.resize(width, self._height_of_changes(width))
        self.changes.move(_MARGIN, canvas.height() - self.changes.height() - _MARGIN)
        size = self.legend.size()
        self.legend.move(
            canvas.width() - size.width() - _MARGIN, canvas.height() - size.height() - _MARGIN
        )
        hint = QRect(0, 0, min(_HINT_SIZE.width(), canvas.width()), _HINT_SIZE.height())
        hint.moveCenter(canvas.center())
        self.hint.setGeometry(hint)
        self.cancel.adjustSize()
        self.cancel.move(canvas.center().x() - self.cancel.width() // 2, hint.bottom() + 8)

    def _height_of_changes(self, width: int) -> int:
        """Return the height of the text; a label without wrapped lines knows none for a width."""
        label = self.changes
        return label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()

    def covered(self) -> tuple[QRect, ...]:
        """Return the parts of the canvas that are not free for the graph."""
        parts = [self._bar, self.readout, self.legend]
        if self._lasting:
            parts.append(self.changes)
        return tuple(part.geometry() for part in parts if not part.isHidden())


def _bar(actions: ActionRegistry, parent: QWidget) -> QWidget:
    bar = named(QWidget(parent), "canvas_bar")
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for action in (view_menu.FIT, edit_menu.FIND, view_menu.DIRECTION):
        button = QToolButton()
        button.setDefaultAction(actions[action])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(action.title)
        row.addWidget(button)
    return bar

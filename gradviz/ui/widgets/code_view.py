"""Lines of code with their numbers, the lines that made nodes, and one place that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.widgets.speech.spoken import Spoken
from gradviz.ui.widgets.theme import Theme

_TEXT_PIXELS = 12
_MARGIN = 6
_CHOSEN = "▸"


@dataclass(frozen=True)
class Spot:
    """A part of a line: its number from 1 on, and the slice of its characters."""

    line: int
    start: int
    end: int


class CodeView(QPlainTextEdit):
    """Code to read; a click on a line, or Enter, says which line and character it was.

    The gutter has the number of each line, and how many nodes it made.
    """

    #: The number of a line from 1 on, and the place of a character in it; -1 for the whole line.
    line_chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(_TEXT_PIXELS)
        self.setFont(font)
        self._theme = theme
        self._counts: Mapping[int, int] = {}
        self._chosen = 0
        self._spot: Spot | None = None
        self._lines: tuple[int, ...] = ()
        #: Whether the spot stays in sight while the view gets its size, until the user scrolls.
        self._following = False
        self._gutter = _Gutter(self)
        self.updateRequest.connect(self._on_update_requested)
        self.verticalScrollBar().actionTriggered.connect(self._stop_following)
        self._make_room()

    def show_code(self, text: str, counts: Mapping[int, int]) -> None:
        """Show `text`, with the number of nodes by the number of the line."""
        if text != self.toPlainText():
            self._spot, self._lines = None, ()
            self.setPlainText(text)
        self._counts = counts
        self._make_room()
        self._gutter.update()
        self._mark()

    def show_spot(self, spot: Spot | None) -> None:
        """Mark a part of a line, and bring it into sight."""
        if spot == self._spot:
            return
        self._spot = spot
        self._mark()
        if spot is not None:
            self._following = True
            self._bring_spot()

    def show_lines(self, lines: Sequence[int]) -> None:
        """Mark whole lines by their numbers beside the spot, and none that were marked before."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._mark()

    def _bring_spot(self) -> None:
        spot = self._spot
        if spot is not None and self._following:
            self.setTextCursor(self._cursor(spot.line, spot.start))
            self.ensureCursorVisible()
            if not self._in_sight(spot.line):
                self.centerCursor()

    def _in_sight(self, line: int) -> bool:
        """Tell whether a line is seen from its upper to its lower edge."""
        block = self.document().findBlockByNumber(line - 1)
        rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return rect.top() >= 0 and rect.bottom() <= self.viewport().height()

    def _stop_following(self) -> None:
        self._following = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._following = False
        super().wheelEvent(event)

    def show_chosen(self, line: int) -> None:
        """Mark the line whose nodes are marked in the graph; 0 for none."""
        if line != self._chosen:
            self._chosen = line
            self._gutter.update()
            self._mark()

    def use_theme(self, theme: Theme) -> None:
        """Mark in the colours of `theme`."""
        self._theme = theme
        self._mark()
        self._gutter.update()

    @property
    def gutter_width(self) -> int:
        """Return the room that numbers and counts need, in pixels."""
        letter = self.fontMetrics().horizontalAdvance("9")
        digits = len(str(max(1, self.blockCount())))
        counted = max((len(str(count)) for count in self._counts.values()), default=0)
        return letter * (digits + counted + 2) + 3 * _MARGIN

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Paint the numbers of the visible lines, and the number of nodes that each made."""
        look = self._theme.look
        painter.fillRect(area, QColor(look.canvas))
        width, height = self._gutter.width(), self.fontMetrics().height()
        right = Qt.AlignmentFlag.AlignRight
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        letter = self.fontMetrics().horizontalAdvance("9")
        numbers = letter * len(str(max(1, self.blockCount()))) + letter + _MARGIN
        while block.isValid() and top <= area.bottom():
            line = block.blockNumber() + 1
            made = self._counts.get(line, 0)
            painter.setPen(QColor(look.text if made else look.secondary))
            painter.drawText(QRect(0, round(top), numbers, height), right, str(line))
            if line == self._chosen:
                painter.setPen(QColor(look.accent))
                painter.drawText(QRect(1, round(top), letter, height), right, _CHOSEN)
            if made:
                painter.setPen(QColor(look.accent))
                painter.drawText(QRect(0, round(top), width - _MARGIN, height), right, f"●{made}")
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._choose(self.cursorForPosition(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            cursor = self.textCursor()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.line_chosen.emit(cursor.blockNumber() + 1, -1)
            else:
                self._choose(cursor)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()
        self._bring_spot()

    def choose_beside(self, height: float) -> None:
        """Choose the line beside which the gutter was clicked, whole."""
        cursor = self.cursorForPosition(QPoint(0, round(height)))
        self.line_chosen.emit(cursor.blockNumber() + 1, -1)

    def _choose(self, cursor: QTextCursor) -> None:
        self.line_chosen.emit(cursor.blockNumber() + 1, cursor.positionInBlock())

    def _cursor(self, line: int, column: int) -> QTextCursor:
        block = self.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(column, max(0, block.length() - 1)))
        return cursor

    def _mark(self) -> None:
        look = self._theme.look
        marks: list[QTextEdit.ExtraSelection] = []
        if self._chosen:
            marks.append(self._line_mark(self._chosen, QColor(look.accent), 0.10))
        marks += [self._line_mark(line, QColor(look.now), 0.12) for line in self._lines]
        spot = self._spot
        if spot is not None:
            marks.append(self._line_mark(spot.line, QColor(look.now), 0.12))
            if spot.end > spot.start:
                marks.append(self._part_mark(spot))
        self.setExtraSelections(marks)

    def _line_mark(self, line: int, color: QColor, strength: float) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        color.setAlphaF(strength)
        shape = QTextCharFormat()
        shape.setBackground(color)
        shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.format, mark.cursor = shape, self._cursor(line, 0)
        return mark

    def _part_mark(self, spot: Spot) -> QTextEdit.ExtraSelection:
        color = QColor(self._theme.look.now)
        mark = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        # A second sign beside the colour.
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        shape.setUnderlineColor(color)
        color.setAlphaF(0.30)
        shape.setBackground(color)
        cursor = self._cursor(spot.line, spot.start)
        end = self._cursor(spot.line, spot.end).position()
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.format, mark.cursor = shape, cursor
        return mark

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width, 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        area = self.contentsRect()
        self._gutter.setGeometry(area.left(), area.top(), self.gutter_width, area.height())

    def _on_update_requested(self, area: QRect, moved: int) -> None:
        if moved:
            self._gutter.scroll(0, moved)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())


class _Gutter(QWidget, Spoken):
    """The strip beside the lines."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view
        self.setAccessibleName(tr("How many nodes each line made"))
        self.setToolTip(tr("● how many nodes the line made; a click, or Shift+Enter, marks them"))

    def sizeHint(self) -> QSize:
        return QSize(self._view.gutter_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._view.font())
        self._view.paint_gutter(painter, event.rect())
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._view.choose_beside(event.position().y())

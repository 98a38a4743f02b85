"""A card of the inspector: rows that are painted by one widget.

A label for every name and every value has Qt lay out and paint dozens of widgets at each step,
which takes longer than a step may take to be seen.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from weakref import ref

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QScrollArea, QToolTip, QWidget

from gradviz.core.graphs.places import TensorPlace
from gradviz.core.language.saying import tr
from gradviz.ui.panels.inspector.node_facts import Row, Section
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.speech.readers import tell_chosen
from gradviz.ui.widgets.speech.spoken import Spoken, SpokenPart, SpokenParts

_MARGINS = QMargins(10, 8, 10, 10)
_GAP_ACROSS, _GAP_DOWN = 12, 3
#: Where a panel is too narrow for a number, it is cut and not the name.
_LEAST_NAME = 40
#: What the keys of the card move its chosen row by.
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FONT_EVENTS = (QEvent.Type.FontChange, QEvent.Type.StyleChange)
_NAME = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_VALUE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.TextFlag.TextWordWrap


class CardRows(SpokenParts):
    """The rows of a card as they are read aloud, each by its place in the card."""

    def __init__(self, card: "Card") -> None:
        self._card = ref(card)
        self._keys: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        card = self._card()
        count = len(card.rows) if card is not None else 0
        if count != len(self._keys):
            self._keys = tuple(map(str, range(count)))
        return self._keys

    def part(self, key: str) -> SpokenPart | None:
        card = self._card()
        if card is None or key not in self.keys():
            return None
        placed = card.rows[int(key)]
        chosen = key == self.current()
        return SpokenPart(placed.row.name, placed.row.value, "text", placed.across, chosen)

    def current(self) -> str | None:
        card = self._card()
        return str(card.chosen) if card is not None and card.rows else None


@dataclass(frozen=True)
class PlacedRow:
    """A row with the places of its name and its value.

    Attributes:
        starts: Where the baselines of name and value begin; None where the text is in more lines.
    """

    row: Row
    name: QRect
    value: QRect
    starts: tuple[QPoint | None, QPoint | None]

    @property
    def across(self) -> QRect:
        """Return the place of the whole row."""
        return self.name.united(self.value)


class _PointedValue(QLabel):
    """A label whose double-click is its card's too."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        event.ignore()


class Card(QFrame, Spoken):
    """A heading over rows of name and value.

    The value beneath the mouse is a label, so that text in it can be marked. Where a row is about
    a tensor, a double-click, Enter or its menu gives that to `wanted`.

    Attributes:
        section: The shown section.
        rows: Its rows with their places.
        chosen: The place of the row that the keyboard is at.
        pointed: The label over the value of the row beneath the mouse.
    """

    spoken_kind = "group"
    _spoken: CardRows | None = None

    def __init__(self, wanted: Callable[[TensorPlace], None]) -> None:
        super().__init__()
        self._wanted = wanted
        self._spoken = CardRows(self)
        self.section = Section("", ())
        self.rows: list[PlacedRow] = []
        self.chosen = 0
        # A click leaves the keyboard at the graph, where the arrows walk.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("card")
        # Its border is known only then, and rows are placed within it.
        self.ensurePolished()
        self.setMouseTracking(True)
        # Samples with the looks of the style sheet: they are read, and never shown.
        self._heading, self._name = self._sample("heading"), self._sample("name")
        self._value, self._now = self._sample("number"), self._sample("number", now=True)
        self._over: int | None = None
        self.pointed = named(_PointedValue(self), "number")
        self.pointed.setAlignment(_VALUE)
        self.pointed.setTextFormat(Qt.TextFormat.PlainText)
        self.pointed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pointed.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.pointed.hide()
        self._width = 0

    def show_section(self, section: Section) -> None:
        """Show `section`."""
        if section == self.section:
            # Rows with equal texts may be about different tensors.
            rows = zip(section.rows, self.rows, strict=True)
            self.rows = [replace(placed, row=row) for row, placed in rows]
            return
        self.section = section
        self.setAccessibleName(section.heading)
        self.setAccessibleDescription("\n".join(f"{r.name}: {r.value}" for r in section.rows))
        self._arrange()
        self.chosen = max(0, min(self.chosen, len(self.rows) - 1))
        self._point_at(self._over)
        self.update()

    def spoken_parts(self) -> CardRows | None:
        return self._spoken

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.contentsRect().marginsRemoved(_MARGINS)
        _use(painter, self._heading)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, self.section.heading.upper())
        seen = event.rect()
        rows = [(i, each) for i, each in enumerate(self.rows) if seen.intersects(each.across)]
        _use(painter, self._name)
        for _, placed in rows:
            _draw(painter, placed.name, placed.starts[0], placed.row.name, _NAME)
        for now, sample in ((False, self._value), (True, self._now)):
            _use(painter, sample)
            for index, placed in rows:
                if placed.row.now == now and index != self._over:
                    _draw(painter, placed.value, placed.starts[1], placed.row.value, _VALUE)
        if self.hasFocus() and self.rows:
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rows[self.chosen].across.adjusted(-4, -1, 3, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._width:
            self._arrange()
            self._point_at(self._over)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _FONT_EVENTS and self.section.rows:
            self._arrange()

    # The row at the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.rows:
            super().keyPressEvent(event)
        elif key in _MOVES:
            self._choose(max(0, min(self.chosen + _MOVES[key], len(self.rows) - 1)))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.rows[self.chosen].row.value)
        elif key not in _OPENING or not self._open(self.chosen):
            super().keyPressEvent(event)

    def _needs(self, event: QKeyEvent) -> bool:
        return Qt.Key(event.key()) in (*_MOVES, *_OPENING) or event.matches(
            QKeySequence.StandardKey.Copy
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._choose(self.chosen)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _choose(self, index: int) -> None:
        """Have the keyboard at a row, which is scrolled to and read aloud."""
        self.chosen = index
        self.update()
        area = _scrolled(self)
        content = area.widget() if area is not None else None
        if area is not None and content is not None and self.rows:
            place = self.rows[index].across
            centre = self.mapTo(content, place.center())
            area.ensureVisible(centre.x(), centre.y(), 0, place.height())
        tell_chosen(self)

    # The row beneath the mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self.pointed.hasSelectedText():
            self._point_at(self._row_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._point_at(self._row_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._open(self._row_at(event.position().toPoint())):
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.pointed.hasSelectedText():
            self._point_at(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._row_at(event.pos()), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.rows:
            index = self.chosen
            place = self.mapToGlobal(self.rows[index].across.bottomLeft())
        if index is not None:
            menu = self.menu(index)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    def menu(self, index: int) -> QMenu:
        """Return the menu of a row."""
        row = self.rows[index].row
        text = self.pointed.selectedText() or row.value
        menu = QMenu(self)
        menu.addAction(tr("Copy"), lambda: self._copy(text))
        if row.tensor is not None:
            menu.addAction(tr("Show tensor"), lambda: self._open(index))
        return menu

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._needs(event):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._row_at(event.pos())
            about = index is not None and self.rows[index].row.tensor is not None
            tip = tr("Double-click to show all values") if about else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def _row_at(self, point: QPoint) -> int | None:
        for index, placed in enumerate(self.rows):
            if placed.name.top() <= point.y() <= placed.name.bottom():
                return index
        return None

    def _point_at(self, index: int | None) -> None:
        """Have the value of the row at `index` be a label in which text can be marked."""
        if index is not None and index >= len(self.rows):
            index = None
        if index != self._over:
            self._over = index
            self.update()
        if index is None:
            self.pointed.hide()
            return
        placed = self.rows[index]
        if self.pointed.property("now") != placed.row.now:
            self.pointed.setProperty("now", placed.row.now)
            self.pointed.style().polish(self.pointed)
        if self.pointed.text() != placed.row.value:
            self.pointed.setText(placed.row.value)
        self.pointed.setWordWrap(placed.value.height() > self._line())
        self.pointed.setGeometry(placed.value)
        self.pointed.show()

    def _open(self, index: int | None) -> bool:
        """Ask for the tensor that a row is about; tell whether there is one."""
        tensor = self.rows[index].row.tensor if index is not None else None
        if tensor is not None:
            self._wanted(tensor)
        return tensor is not None

    # Places

    def _sample(self, name: str, *, now: bool = False) -> QLabel:
        label = named(QLabel(self), name)
        label.setProperty("now", now)
        label.hide()
        label.ensurePolished()
        return label

    def _line(self) -> int:
        return max(self._name.fontMetrics().height(), self._value.fontMetrics().height())

    def _arrange(self) -> None:
        """Place every row, and be as high as they are."""
        self._width = self.width()
        room = self.contentsRect().marginsRemoved(_MARGINS)
        top = room.top() + self._heading.fontMetrics().height()
        self.rows = []
        # Each step of the walk places dozens of rows: what they share is asked for once.
        names, line = self._name.fontMetrics(), self._line()
        metrics = {False: self._value.fontMetrics(), True: self._now.fontMetrics()}
        for row in self.section.rows:
            placed = _placed(row, top + _GAP_DOWN, room, (names, metrics[row.now]), line)
            self.rows.append(placed)
            top = placed.name.bottom() + 1
        self.setFixedHeight(top + self.height() - room.bottom() - 1)


def _scrolled(card: QWidget) -> QScrollArea | None:
    """Return the area that a card is scrolled in."""
    above = card.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _placed(
    row: Row, top: int, room: QRect, metrics: tuple[QFontMetrics, QFontMetrics], line: int
) -> PlacedRow:
    """Return a row placed at `top` within `room`; `line` is the height of a line of either text."""
    names, values = metrics
    wide, wide_value = names.horizontalAdvance(row.name), values.horizontalAdvance(row.value)
    left, height = wide, line
    if wide + _GAP_ACROSS + wide_value > room.width():
        # A number must be seen whole, a name can break.
        word = max(map(values.horizontalAdvance, row.value.split()), default=0)
        left = min(wide, room.width() - _GAP_ACROSS - word)
        # Where a value is one long word, such as the name of a module, both break.
        whole = max(map(names.horizontalAdvance, row.name.split()), default=0)
        left = max(left, min(whole, room.width() // 2))
    left = max(left, _LEAST_NAME)
    start = left + _GAP_ACROSS
    width = max(1, room.width() - start)
    if wide > left:
        height = max(height, _height(row.name, names, left))
    if wide_value > width:
        height = max(height, _height(row.value, values, width))
    name = QRect(room.left(), top, left, height)
    value = QRect(room.left() + start, top, width, height)
    starts = (
        None if wide > left else QPoint(name.left(), _baseline(name, names)),
        None
        if wide_value > width
        else QPoint(value.right() + 1 - wide_value, _baseline(value, values)),
    )
    return PlacedRow(row, name, value, starts)


def _use(painter: QPainter, sample: QLabel) -> None:
    painter.setFont(sample.font())
    painter.setPen(sample.palette().color(sample.foregroundRole()))


def _draw(
    painter: QPainter, place: QRect, start: QPoint | None, text: str, how: Qt.AlignmentFlag
) -> None:
    if start is None:
        painter.drawText(place, how | _wrapping(text, painter.fontMetrics(), place.width()), text)
    else:
        # At a point Qt takes less than half as long as within a rectangle.
        painter.drawText(start, text)


def _baseline(place: QRect, metrics: QFontMetrics) -> int:
    return place.top() + (place.height() - metrics.height()) // 2 + metrics.ascent()


def _height(text: str, metrics: QFontMetrics, width: int) -> int:
    """Return how high `text` is where it breaks at `width`."""
    wrapped = _wrapping(text, metrics, width)
    return metrics.boundingRect(QRect(0, 0, width, 0), wrapped, text).height()


def _wrapping(text: str, metrics: QFontMetrics, width: int) -> Qt.TextFlag:
    """Return how a text breaks: between words, and within them where one has no room."""
    widest = max(map(metrics.horizontalAdvance, text.split()), default=0)
    return _WRAPPED if widest <= width else Qt.TextFlag.TextWrapAnywhere

"""A card of the inspector: rows that are placed by hand, so that a step lays out little anew.

A grid of labels that wrap their words asks every one of them for its height at each change, which
takes longer than a step may take to be painted.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMargins, Qt
from PySide6.QtGui import QAction, QEnterEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gradviz.core.places import TensorPlace
from gradviz.ui.naming import named
from gradviz.ui.panels.inspection import Row, Section

_MARGINS = QMargins(10, 8, 10, 10)
_GAP_ACROSS, _GAP_DOWN = 12, 3
#: Where a panel is too narrow for a number, it is cut and not the name.
_LEAST_NAME = 40
_FONT_EVENTS = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class RowLabel(QLabel):
    """A name or a value; where it is about a tensor, a double-click or its menu opens that."""

    def __init__(self, wanted: Callable[[TensorPlace], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._place: TensorPlace | None = None
        self._action: QAction | None = None
        #: What Qt knows too; asking it takes longer.
        self._shown, self._breaks = "", False
        self._wide: int | None = None
        self._line = 0
        self.setTextFormat(Qt.TextFormat.PlainText)

    def aim(self, place: TensorPlace | None) -> None:
        """Stand for the tensor at `place`, or for none."""
        if place == self._place:
            return
        if (place is None) != (self._place is None):
            self._offer(offered=place is not None)
        self._place = place

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._place is None:
            super().mouseDoubleClickEvent(event)
        else:
            self._open()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _FONT_EVENTS:
            self._wide = None

    def show_text(self, text: str) -> None:
        """Show `text`; Qt works on every call, also where nothing changes."""
        if text != self._shown:
            self._shown, self._wide = text, None
            self.setText(text)

    def wide(self) -> int:
        """Return how wide the text is in one line."""
        if self._wide is None:
            # A character of another font may make a line higher.
            line = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self._shown)
            self._wide, self._line = line.width(), line.height()
        return self._wide

    def widest_word(self) -> int:
        """Return how wide the text must be where it breaks between words."""
        metrics = self.fontMetrics()
        one = Qt.TextFlag.TextSingleLine
        return max((metrics.size(one, word).width() for word in self._shown.split()), default=0)

    def fit(self, width: int) -> int:
        """Break the text where it is wider than `width`; return the height that it takes."""
        breaks = self.wide() > width
        if breaks != self._breaks:
            self._breaks = breaks
            self.setWordWrap(breaks)
        return self.heightForWidth(width) if breaks else self._line

    def _offer(self, *, offered: bool) -> None:
        if self._action is None:
            self._action = QAction("Show tensor", self)
            self._action.triggered.connect(self._open)
        policy = Qt.ContextMenuPolicy
        self.setToolTip("Double-click to show all values" if offered else "")
        self.setContextMenuPolicy(
            policy.ActionsContextMenu if offered else policy.DefaultContextMenu
        )
        if offered:
            self.addAction(self._action)
        else:
            self.removeAction(self._action)

    def _open(self) -> None:
        if self._place is not None:
            self._wanted(self._place)


class NameLabel(RowLabel):
    """The name of a row."""

    def __init__(self, wanted: Callable[[TensorPlace], None], parent: QWidget) -> None:
        super().__init__(wanted, parent)
        named(self, "name")
        self.ensurePolished()


class ValueLabel(RowLabel):
    """A value; the mouse can mark text in it, which is prepared only where the mouse is."""

    def __init__(self, wanted: Callable[[TensorPlace], None], parent: QWidget) -> None:
        super().__init__(wanted, parent)
        named(self, "number")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.ensurePolished()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasSelectedText():
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)


class Card(QFrame):
    """A heading over rows of name and value; labels are kept and filled again."""

    def __init__(self, wanted: Callable[[TensorPlace], None]) -> None:
        super().__init__()
        self._wanted = wanted
        self.setObjectName("card")
        self._heading = named(QLabel(self), "heading")
        self._rows: list[tuple[RowLabel, ValueLabel]] = []
        self._section = Section("", ())
        self._width = 0

    def show_section(self, section: Section) -> None:
        """Show `section`; only labels whose text differs are touched."""
        before, self._section = self._section, section
        set_text(self._heading, section.heading.upper())
        while len(self._rows) < len(section.rows):
            self._rows.append((NameLabel(self._wanted, self), ValueLabel(self._wanted, self)))
        for index, labels in enumerate(self._rows):
            used = index < len(section.rows)
            if used:
                _fill(labels, section.rows[index])
            for label in labels:
                # Qt works on every call, also where nothing changes.
                if label.isHidden() == used:
                    label.setVisible(used)
        if before != section:
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._width:
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _FONT_EVENTS:
            self._arrange()

    def _arrange(self) -> None:
        """Place every row that is shown, and be as high as they are."""
        self._width = self.width()
        room = self.contentsRect().marginsRemoved(_MARGINS)
        heading = self._heading.sizeHint().height()
        self._heading.setGeometry(room.left(), room.top(), room.width(), heading)
        rows = self._rows[: len(self._section.rows)]
        top = room.top() + heading
        for name, value in rows:
            top += _GAP_DOWN
            left = _width_of_name(name, value, room.width() - _GAP_ACROSS)
            start = left + _GAP_ACROSS
            width = max(1, room.width() - start)
            height = max(name.fit(left), value.fit(width))
            name.setGeometry(room.left(), top, left, height)
            value.setGeometry(room.left() + start, top, width, height)
            top += height
        self.setFixedHeight(top + self.height() - room.bottom() - 1)


def _width_of_name(name: RowLabel, value: ValueLabel, room: int) -> int:
    """Return what a name takes of `room`: a number must be seen whole, a name can break."""
    width = name.wide()
    if value.wide() > room - width:
        width = min(width, room - value.widest_word())
    return max(width, _LEAST_NAME)


def set_text(label: QLabel, text: str) -> None:
    """Give `label` a text; Qt works on every call, also where nothing changes."""
    if label.text() != text:
        label.setText(text)


def _fill(labels: tuple[RowLabel, ValueLabel], row: Row) -> None:
    name, value = labels
    name.show_text(row.name)
    value.show_text(row.value)
    if value.property("now") != row.now:
        value.setProperty("now", row.now)
        value.style().polish(value)
    for label in labels:
        label.aim(row.tensor)

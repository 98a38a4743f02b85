"""A list to search by typing: the nodes of the graph, or everything that can be done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.ui.dialogs.search_order import Entry, in_order
from gradviz.ui.widgets.naming import named

_SIZE: Final = QSize(620, 400)
#: The room around the list for its shadow.
_SHADOW: Final = 18
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1


class Finder(QDialog):
    """Type to narrow the list, arrows to move, Enter to choose; `chosen` is the choice's key."""

    def __init__(self, title: str, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(title)
        self.resize(_SIZE)
        self.chosen: str | None = None
        self._entries = tuple(entries)
        self._behind = QPixmap()
        self.search = named(QLineEdit(), title=title)
        self.search.setPlaceholderText(f"{title}: type a part of the name")
        self.list = named(QListWidget(), title="Found")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Row(self.list))
        self.nothing = named(QLabel(wordWrap=True), "empty")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.search.installEventFilter(self)
        self._narrow("")

    def showEvent(self, event: QShowEvent) -> None:
        """Come up in the middle of the window, with that behind the shadow.

        A screen without a compositor would show a translucent window black.
        """
        parent = self.parentWidget()
        if parent is not None:
            place = parent.rect().center() - self.rect().center()
            self.move(parent.mapToGlobal(place))
            self._behind = parent.grab(QRect(place, self.size()))
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, self._behind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            moves: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            move = moves.get(event.key())
            if move is not None:
                self._move(move)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        sheet = named(QFrame(), "popup")
        shadow = QGraphicsDropShadowEffect(sheet)
        shadow.setBlurRadius(_SHADOW)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 90))
        sheet.setGraphicsEffect(shadow)
        inside = QVBoxLayout(sheet)
        for widget in (self.search, self.list, self.nothing):
            inside.addWidget(widget, 0 if widget is self.search else 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        around.addWidget(sheet)

    def _narrow(self, text: str) -> None:
        found = in_order(text, self._entries)
        self.list.clear()
        for entry in found:
            item = QListWidgetItem(entry.title)
            item.setData(Qt.ItemDataRole.UserRole, entry.key)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title} {entry.beside}")
            item.setToolTip(entry.about)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if found else -1)
        self.list.setVisible(bool(found))
        self.nothing.setText(f"Nothing is called “{text.strip()[:40]}”. Type fewer letters.")
        self.nothing.setVisible(not found)

    def _move(self, by: int) -> None:
        place = self.list.currentRow() + by
        self.list.setCurrentRow(max(0, min(place, self.list.count() - 1)))

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen = item.data(Qt.ItemDataRole.UserRole)
            self.accept()


class _Row(QStyledItemDelegate):
    """Draws a title, its description behind it, and at the end the menu, keys and state."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        entry, option.text = index.data(_ENTRY), ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        colours, metrics = option.palette, option.fontMetrics
        room = option.rect.adjusted(10, 0, -10, 0)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        faint = colours.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(faint)
        painter.drawText(room, middle | right, entry.beside)
        room.setRight(room.right() - metrics.horizontalAdvance(entry.beside) - 16)
        shown = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, room.width())
        about = room.adjusted(metrics.horizontalAdvance(shown) + 12, 0, 0, 0)
        elided = metrics.elidedText(entry.about, Qt.TextElideMode.ElideRight, about.width())
        painter.drawText(about, middle, elided)
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        painter.drawText(room, middle, shown)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, option.fontMetrics.height() + 12)

"""A list to search by typing: the nodes of the graph, or everything that can be done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.language.saying import tr
from gradviz.ui.dialogs.search_order import Entry, in_order
from gradviz.ui.widgets.naming import named
from gradviz.ui.workspaces.window_places import remember_size

_SIZE: Final = QSize(620, 400)
#: The room around the list for its shadow.
_SHADOW: Final = 18
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_NO_INDEX: Final = QModelIndex()


class Finder(QDialog):
    """Type to narrow the list, arrows to move, Enter to choose; `chosen` is the choice's key.

    A graph has thousands of nodes: the list makes a row where it is seen, and no widget for any.
    """

    def __init__(self, title: str, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(title)
        self.resize(_SIZE)
        remember_size(self, "finder")
        self.chosen: str | None = None
        self._entries = tuple(entries)
        self._behind = QPixmap()
        self.search = named(QLineEdit(), title=title)
        self.search.setPlaceholderText(tr("{title}: type a part of the name", title=title))
        self._found = _Entries(self)
        self.list = named(QListView(), "found", title=tr("Found"))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setModel(self._found)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Row(self.list))
        self.nothing = named(QLabel(wordWrap=True), "empty")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.clicked.connect(self._choose)
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
        self._found.show(found)
        self._make_current(0)
        self.list.setVisible(bool(found))
        typed = text.strip()[:40]
        self.nothing.setText(tr("Nothing is called “{name}”. Type fewer letters.", name=typed))
        self.nothing.setVisible(not found)

    @property
    def listed(self) -> tuple[str, ...]:
        """Return the keys of the entries that are listed, in their order."""
        return tuple(entry.key for entry in self._found.entries)

    def _move(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        self._make_current(max(0, min(row, len(self._found.entries) - 1)))

    def _make_current(self, row: int) -> None:
        self.list.setCurrentIndex(self._found.index(row))

    def _choose(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._found.entries):
            self.chosen = self._found.entries[row].key
            self.accept()


class _Entries(QAbstractListModel):
    """The found entries: a row is made of one when it is seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """List other entries."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.ToolTipRole:
                return entry.about
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.title} {entry.beside}"
            case _:
                return entry if role == _ENTRY else None


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

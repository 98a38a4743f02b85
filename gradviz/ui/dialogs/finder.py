"""A list to search by typing: the nodes of the graph, or everything that can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.ui.widgets.naming import named


class Finder(QDialog):
    """Type to narrow the list, arrows to move, Enter to choose; `chosen` is the choice's key."""

    def __init__(
        self, title: str, entries: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(480, 360)
        self.chosen: str | None = None
        self.search = named(QLineEdit(placeholderText="Type a part of the name"), title=title)
        self.list = named(QListWidget(), title="Found")
        self.nothing = named(QLabel("Nothing has all these words. Type fewer of them."), "empty")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        for key, text in entries:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addWidget(self.nothing, 1)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.search.installEventFilter(self)
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            moves: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            move = moves.get(event.key())
            if move is not None:
                self._move(move)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = text.lower().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().lower() for word in words))
        rows = self._shown_rows()
        self.list.setCurrentRow(rows[0] if rows else -1)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _shown_rows(self) -> list[int]:
        rows = range(self.list.count())
        return [row for row in rows if not self.list.item(row).isHidden()]

    def _move(self, by: int) -> None:
        rows = self._shown_rows()
        if rows and self.list.currentRow() in rows:
            place = rows.index(self.list.currentRow()) + by
            self.list.setCurrentRow(rows[max(0, min(place, len(rows) - 1))])

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.chosen = item.data(Qt.ItemDataRole.UserRole)
            self.accept()

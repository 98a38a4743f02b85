"""A list to search by typing: the nodes of the graph, or everything that can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from gradviz.ui.widgets.naming import named


class Finder(QDialog):
    """Type to narrow the list, arrows to move, Enter to choose; `chosen` is the choice's key.

    A graph has thousands of nodes: the list makes a row where it is seen, and no widget for any.
    """

    def __init__(
        self, title: str, entries: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(480, 360)
        self.chosen: str | None = None
        self._entries = tuple(entries)
        self._lowered = tuple(text.lower() for _, text in entries)
        #: The places of the listed entries among all.
        self._listed: list[int] = []
        self._texts = QStringListModel(self)
        self.search = named(QLineEdit(placeholderText="Type a part of the name"), title=title)
        self.list = named(QListView(), "found", title="Found")
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setModel(self._texts)
        self.nothing = named(QLabel("Nothing has all these words. Type fewer of them."), "empty")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addWidget(self.nothing, 1)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.search.installEventFilter(self)
        self._narrow("")

    @property
    def listed(self) -> tuple[str, ...]:
        """Return the keys of the entries that have all the words."""
        return tuple(self._entries[place][0] for place in self._listed)

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
        self._listed = [
            place
            for place, lowered in enumerate(self._lowered)
            if all(word in lowered for word in words)
        ]
        self._texts.setStringList([self._entries[place][1] for place in self._listed])
        self._make_current(0)
        self.list.setVisible(bool(self._listed))
        self.nothing.setVisible(not self._listed)

    def _move(self, by: int) -> None:
        if self._listed:
            row = self.list.currentIndex().row() + by
            self._make_current(max(0, min(row, len(self._listed) - 1)))

    def _make_current(self, row: int) -> None:
        self.list.setCurrentIndex(self._texts.index(row))

    def _choose(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._listed):
            self.chosen = self._entries[self._listed[row]][0]
            self.accept()

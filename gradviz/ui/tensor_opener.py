"""A line about a tensor opens its values: by a double-click, or from its menu."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from gradviz.core.places import TensorPlace


class TensorOpener(QObject):
    """Belongs to one label; what the label is about may change."""

    def __init__(self, label: QLabel, wanted: Callable[[TensorPlace], None]) -> None:
        super().__init__(label)
        self._label, self._wanted = label, wanted
        self._place: TensorPlace | None = None
        self.action = QAction("Show tensor", label)
        self.action.triggered.connect(self._open)
        label.installEventFilter(self)

    def aim(self, place: TensorPlace | None) -> None:
        """Let the label stand for the tensor at `place`, or for none."""
        if place == self._place:
            return
        if (place is None) != (self._place is None):
            self._offer(offered=place is not None)
        self._place = place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick and self._place is not None:
            self._open()
            return True
        return super().eventFilter(watched, event)

    def _offer(self, *, offered: bool) -> None:
        label, policy = self._label, Qt.ContextMenuPolicy
        label.setToolTip("Double-click to show all values" if offered else "")
        label.setContextMenuPolicy(
            policy.ActionsContextMenu if offered else policy.DefaultContextMenu
        )
        if offered:
            label.addAction(self.action)
        else:
            label.removeAction(self.action)

    def _open(self) -> None:
        if self._place is not None:
            self._wanted(self._place)

"""The control that has the focus: its ring, and the keys that it needs for itself."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QTreeView,
    QWidget,
)

from gradviz.ui.widgets.focus_ring import FocusRing

#: Keys without a modifier that controls need for themselves while they have the focus.
_PLAIN_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Space,
        Qt.Key.Key_P,
    }
)
_CONTROLS = (QComboBox, QAbstractItemView, QAbstractSpinBox)


class FocusWatch(QObject):
    """Follows the focus of the application from control to control."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ring = FocusRing()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and event.key() in _PLAIN_KEYS and _keeps(watched, Qt.Key(event.key())):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Watch the focused control alone: a filter on everything would slow every event."""
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
        self._ring.move_to(new)


def _keeps(focused: QObject, key: Qt.Key) -> bool:
    """Tell whether a focused control needs this key for itself; text fields say so themselves."""
    if isinstance(focused, QAbstractButton):
        return key == Qt.Key.Key_Space
    if isinstance(focused, QTreeView):
        # They open and close its rows.
        return True
    return isinstance(focused, _CONTROLS) and key not in (Qt.Key.Key_Left, Qt.Key.Key_Right)

"""The keys of undo: a text field has them while there is typing to undo in it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from gradviz.ui.widgets.kept_typing import Typing


class UndoKeys(QObject):
    """Leaves Ctrl+Z to the window where there is no typing to undo in the field with the focus.

    Qt's fields take the key in any case: after a step of a number it would do nothing, and a text
    that another model has brought would be replaced by that of the model before.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            own = _is_typed_into(watched)
            if (undo and not (own and _can_undo(watched))) or (
                redo and not (own and _can_redo(watched))
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def _is_typed_into(field: QObject) -> bool:
    """Tell whether the user has typed and not yet pressed Enter; of most fields it is not known."""
    typing = field.findChild(Typing)
    return typing is None or typing.going_on


def _line_of(field: QObject) -> QObject:
    """Return the line in which a field, such as a number's box, is typed."""
    line = field.findChild(QLineEdit)
    return field if isinstance(field, QLineEdit) or line is None else line


def _can_undo(field: QObject) -> bool:
    line = _line_of(field)
    if isinstance(line, QLineEdit):
        return line.isUndoAvailable()
    return isinstance(line, QPlainTextEdit) and line.document().isUndoAvailable()


def _can_redo(field: QObject) -> bool:
    line = _line_of(field)
    if isinstance(line, QLineEdit):
        return line.isRedoAvailable()
    return isinstance(line, QPlainTextEdit) and line.document().isRedoAvailable()

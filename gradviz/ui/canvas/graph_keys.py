"""The keys of actions that count only while the graph has the focus."""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from gradviz.ui.actions.action import Action
from gradviz.ui.actions.registry import ActionRegistry

#: Signs that lie on other keys, or need Shift, on other keyboards.
_SIGNS = frozenset("+-*/")


class GraphKeys(QObject):
    """Runs the first enabled action of a key; one without any goes on to whom it is for."""

    def __init__(self, view: QWidget, actions: ActionRegistry, keyed: tuple[Action, ...]) -> None:
        super().__init__(view)
        self._actions: dict[str, list[QAction]] = {}
        for action in keyed:
            for key in action.keys:
                name = QKeySequence(key).toString()
                self._actions.setdefault(name, []).append(actions[action])
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() in kinds and isinstance(event, QKeyEvent):
            found = self._found(event)
            if found is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    found.trigger()
                return True
        return super().eventFilter(watched, event)

    def _found(self, event: QKeyEvent) -> QAction | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()
        if event.text() in _SIGNS:
            name = event.text()
        return next((each for each in self._actions.get(name, ()) if each.isEnabled()), None)

"""The title of the window: the session's file, the user's file, or the expression."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from gradviz.ui.controllers.sessions.session_files import SessionFiles
from gradviz.ui.state.window_state import State


class WindowTitle(QObject):
    """Follows the model and the session; an unsaved change has Qt's sign in the title."""

    def __init__(self, window: QMainWindow, state: State, session_files: SessionFiles) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._session_files = session_files
        state.model_built.connect(self._show)
        session_files.changed.connect(self._show)

    def _show(self) -> None:
        window, path = self._window, self._session_files.path
        if path is not None:
            # Qt puts the sign of a changed document in the place of [*].
            window.setWindowTitle(f"{path.name}[*] — gradviz")
            window.setWindowModified(self._session_files.modified)
            window.setWindowFilePath(str(path))
            return
        text = self._text()
        window.setWindowModified(False)
        window.setWindowTitle(f"{text} — gradviz" if text else "gradviz")

    def _text(self) -> str:
        """Return the name of the user's file, else the expression."""
        state = self._state
        model = state.built.model if state.built else state.model
        file = Path(model.source).name if model.trusted else ""
        return file or state.text.removeprefix("y =").strip()

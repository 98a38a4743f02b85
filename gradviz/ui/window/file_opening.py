"""Files that the window opens: named at the start, or dropped on it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from gradviz.core.choices.settings import Model
from gradviz.own.source import FILE_SUFFIXES, names_file
from gradviz.session_files.contents import SUFFIX, names_session
from gradviz.ui.controllers.own_models import OwnModels
from gradviz.ui.controllers.sessions.session_files import SessionFiles


class FileOpening(QObject):
    """Opens sessions and a user's own models, each by the controller of its kind."""

    def __init__(
        self,
        session_files: SessionFiles,
        own_models: OwnModels,
        *,
        attached: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session_files = session_files
        self._own_models = own_models
        self._attached = attached

    def open_named(self, text: str) -> bool:
        """Open the file that `text` names; tell whether it names one."""
        if names_session(text):
            self._session_files.open(Path(text.strip()))
            return True
        if names_file(text):
            self._own_models.open(Model(source=text))
            return True
        return False

    def drag_enter(self, event: QDragEnterEvent) -> None:
        """Accept a drag that carries a file which can be opened here."""
        path = _dropped_file(event.mimeData())
        # Without a model of its own it opens sessions and recordings alone, in other windows.
        if path and (names_session(path) or not self._attached):
            event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """Open the dropped file, soon."""
        path = _dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            # The program that the file was dragged from waits until this returns.
            QTimer.singleShot(0, self, lambda: self._open_dropped(path))

    def _open_dropped(self, path: str) -> None:
        if names_session(path):
            self._session_files.open(Path(path))
        else:
            self._own_models.open(Model(source=path))


def _dropped_file(data: QMimeData) -> str:
    """Return the path of the first session or model file that is dropped; empty without one."""
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.lower().endswith((*FILE_SUFFIXES, SUFFIX))), "")

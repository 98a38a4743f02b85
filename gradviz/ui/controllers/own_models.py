"""The user's own models in the window: opened, trusted, opened again, and not waited for."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gradviz.core.choices.settings import Model
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import tr
from gradviz.own.source import FILE_SUFFIXES, names_onnx, own_source, read_model_file
from gradviz.own.trust import TrustedFiles
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, State

if TYPE_CHECKING:
    from gradviz.own.siblings import ModelFiles
    from gradviz.ui.dialogs.open_model import OpenModelDialog

_RECENT: Final = "recent_models"
_MAXIMUM_RECENT: Final = 8


class OwnModels(QObject):
    """Asks before a file is run; the hashes of trusted files are kept beside the settings.

    Attributes:
        dialog: The dialog that is open, or None.
        menu: The files that were opened last.
    """

    #: The path of a file with a forward graph alone, which is not run and needs no trust.
    forward_wanted = Signal(str)

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        stop: Callable[[], None],
        settings: QSettings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._state = state
        self._workbench = workbench
        self._stop = stop
        self._settings = settings
        self._window = window
        self._trusted = TrustedFiles(Path(settings.fileName()).with_name("trusted_files"))
        self.dialog: OpenModelDialog | None = None
        self.menu = QMenu(tr("Recent models"), window)
        self._fill_menu()
        state.model_built.connect(self._on_model_built)
        state.noticed.connect(self._on_noticed)

    def ask_for_file(self) -> None:
        """Let the user choose a file with a model, and open it."""
        recent = self.recent()
        folder = str(Path(recent[0].source).parent) if recent else ""
        models, suffixes = tr("Models"), " ".join(f"*{suffix}" for suffix in FILE_SUFFIXES)
        # Qt reads the suffixes from the parentheses, which are the same in every language.
        kinds = f"{models} ({suffixes})"
        path, _ = QFileDialog.getOpenFileName(self._window, tr("Open model"), folder, kinds)
        if path:
            self.open(Model(source=path))

    def open(self, model: Model, untrusted: str = "") -> None:
        """Show the file of `model.source`, with the arguments and inputs of `model`.

        `untrusted` is the path of a file that it would import.
        """
        if self.dialog is not None:
            return
        try:
            source = own_source(model.source)
            if source is None:
                return
            if names_onnx(source.path):
                self._remember(Model(source=source.path))
                self.forward_wanted.emit(source.path)
                return
            files = self._read(source.path, untrusted)
        except GradvizError as error:
            self._workbench.report("model", error)
            return
        self._show(files, model)

    def _read(self, path: str, untrusted: str) -> "ModelFiles":
        """Read a file and what it imports, with the one that a run has asked for."""
        from gradviz.own.siblings import read_model_files

        late = self._trusted.found_late(read_model_file(path).path)
        asked = (Path(untrusted),) if untrusted else ()
        return read_model_files(path, (*late, *asked))

    def _show(self, files: "ModelFiles", model: Model) -> None:
        standings = self._trusted.standings(files.every)
        from gradviz.ui.dialogs.open_model import OpenModelDialog

        dialog = OpenModelDialog(files, standings, model, self._window)
        dialog.wanted.connect(self._build)
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def _build(self, model: Model) -> None:
        try:
            if self.dialog is not None:
                self._trusted.trust(self.dialog.files)
        except GradvizError as error:
            # It is trusted this time; the next time the dialog asks again.
            self._workbench.report("window", error)
        self._workbench.choose_own(model)

    def _on_model_built(self) -> None:
        built = self._state.built
        if built is None or built.run != self._workbench.newest_run:
            return
        if built.model.trusted:
            self._remember(built.model)
        if self.dialog is not None and self.dialog.waiting:
            self.dialog.accept()

    def _on_noticed(self, notice: Notice) -> None:
        if self.dialog is not None:
            if self.dialog.waiting and notice.serious:
                if notice.subject == "trust":
                    self._show_again(self.dialog, notice.untrusted)
                self.dialog.refuse(notice)
        elif notice.subject == "trust":
            # A file has been changed since it was trusted, or a run came upon another one.
            self.open(self._state.model, notice.untrusted)

    def _show_again(self, dialog: "OpenModelDialog", untrusted: str) -> None:
        """Show the files as they are now; where they cannot be read, the notice says enough."""
        with contextlib.suppress(GradvizError):
            files = self._read(str(dialog.files.file.path), untrusted)
            dialog.show_files(files, self._trusted.standings(files.every))

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    # The files opened before

    def recent(self) -> list[Model]:
        """Return the models that were opened last, the newest first."""
        kept = self._settings.value(_RECENT, [])
        texts = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        found = []
        for text in texts:
            try:
                found.append(msgspec.json.decode(text, type=Model))
            except (msgspec.MsgspecError, TypeError):
                # Another version wrote it, or someone else: it is not offered.
                continue
        return found

    def forget_recent(self) -> None:
        """Forget which models were opened."""
        self._settings.setValue(_RECENT, [])
        self._fill_menu()

    def _remember(self, model: Model) -> None:
        chosen = ("source", "arguments", "inputs", "output", "weights", "own_loss", "own_target")
        kept = Model(**{name: getattr(model, name) for name in chosen})
        others = [each for each in self.recent() if each.source != kept.source]
        texts = [msgspec.json.encode(each).decode() for each in (kept, *others)]
        self._settings.setValue(_RECENT, texts[:_MAXIMUM_RECENT])
        self._fill_menu()

    def _fill_menu(self) -> None:
        self.menu.clear()
        for model in self.recent():
            action = QAction(Path(model.source).name, self.menu)
            action.setToolTip(model.source)
            action.triggered.connect(lambda _=False, model=model: self.open(model))
            self.menu.addAction(action)
        self.menu.setEnabled(not self.menu.isEmpty())

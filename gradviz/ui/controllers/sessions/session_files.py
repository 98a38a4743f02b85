"""The sessions of the window in files: saved, opened, opened again, and not lost at the end."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from gradviz.core.choices.settings import Model
from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.own.source import OwnSource, own_source
from gradviz.session_files.contents import SUFFIX
from gradviz.ui.controllers.own_models import OwnModels
from gradviz.ui.controllers.sessions.file_job import FileJob
from gradviz.ui.controllers.sessions.own_file import ChangedElsewhereError, Stamp, save, stamp_of
from gradviz.ui.controllers.sessions.session_exchange import Gathered, Opened
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs.save_file import asked_path
from gradviz.ui.state.window_state import Notice, State

_RECENT: Final = "recent_sessions"
_FOLDER: Final = "session_folder"
_MAXIMUM_RECENT: Final = 8
_KIND: Final = marked("gradviz session")
_ROLES = QMessageBox.StandardButton
_SAVE, _DISCARD, _CANCEL = _ROLES.Save, _ROLES.Discard, _ROLES.Cancel


class SessionFiles(QObject):
    """Saves and opens; files are read and written in a thread of their own.

    Attributes:
        path: The file of the session; None for one that was never saved.
        question: The question that is open, or None.
        menu: The sessions and models that were opened last.
    """

    #: Another file, or the session differs from it, or does not differ any more.
    changed = Signal()
    #: The session was written to its file.
    saved = Signal()

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        own_models: OwnModels,
        settings: QSettings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._state = state
        self._workbench = workbench
        self._own_models = own_models
        self._settings = settings
        self._window = window
        self.path: Path | None = None
        self.question: QMessageBox | None = None
        self._stamp: Stamp | None = None
        self._modified = False
        #: What was last saved or opened; None before.
        self._kept: object = None
        self._taking: tuple[Path, Stamp | None] | None = None
        self._waiting: Opened | None = None
        #: Whether the recording for comparison of an opened session is still to come.
        self._awaits_kept = False
        self.menu = QMenu(tr("Recent"), window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill_menu)
        for signal in (state.choice_changed, state.training_changed, state.progressed):
            signal.connect(self._look)
        state.model_built.connect(self._look)
        state.catalogue_changed.connect(self._take_waiting)
        workbench.changes.kept_changed.connect(self._on_kept_changed)
        workbench.sessions.taken.connect(self._on_taken)

    @property
    def modified(self) -> bool:
        """Tell whether the session differs from its file."""
        return self._modified

    @property
    def worth_keeping(self) -> bool:
        """Tell whether something is lost if the window ends: of a file, or of a training."""
        if self.path is not None:
            return self._modified
        return self._state.progress.newest_step > 0

    # Saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the file of the session; ask for one where there is none."""
        if self.path is None:
            self.save_as(then)
        else:
            self._save(self.path, self._stamp, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and save there."""
        name = self.path.name if self.path is not None else f"session{SUFFIX}"
        path = asked_path(self._window, tr("Save session"), tr(_KIND), name, self._folder())
        if path is not None:
            # The dialog has asked before another file is replaced.
            self._save(path if path.suffix else path.with_suffix(SUFFIX), None, then)

    def _save(self, path: Path, expected: Stamp | None, then: Callable[[], object] | None) -> None:
        def write(gathered: Gathered) -> None:
            kept = self._content()

            def done(stamp: Stamp | None) -> None:
                self._take_file(path, stamp, kept)
                self._workbench.tell_exported()
                if gathered.problem:
                    notice = Notice("session", gathered.problem, serious=False)
                    self._state.noticed.emit(notice)
                self.saved.emit()
                if then is not None:
                    then()

            def failed(error: Exception) -> None:
                if isinstance(error, ChangedElsewhereError):
                    self._ask_to_replace(path, then)
                else:
                    self._workbench.on_written(error)

            FileJob(self, lambda: save(path, gathered.stored(), expected), done, failed)

        self._workbench.sessions.gather(write)

    def _ask_to_replace(self, path: Path, then: Callable[[], object] | None) -> None:
        def answer(button: QMessageBox.StandardButton) -> None:
            if button == _ROLES.Yes:
                self._save(path, None, then)
            elif button == _SAVE:
                self.save_as(then)

        box = self._asked(
            tr(
                "{file} has been changed by another window or program since it was opened here.",
                file=path.name,
            ),
            tr("Replace it by what this window shows, or save that under another name?"),
            _ROLES.Yes | _SAVE | _CANCEL,
            answer,
        )
        box.button(_ROLES.Yes).setText(tr("Replace"))
        box.button(_SAVE).setText(tr("Save as…"))
        box.setDefaultButton(_SAVE)

    # Opening

    def ask_for_file(self) -> None:
        """Let the user choose a session, and open it."""
        kind, title = tr(_KIND), tr("Open session")
        # Qt reads the suffix from the parentheses, which are the same in every language.
        kinds = f"{kind} (*{SUFFIX})"
        path, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), kinds)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Open a session; where the present one would be lost, ask first.

        A recording has a window of its own, as a session has whose window shows a recording.
        """
        from gradviz.session_files.recordings import holds_recording

        if self._state.attached or holds_recording(path):
            self._open_beside(path)
        elif self.worth_keeping:
            self._ask_to_keep(
                tr("before {file} is opened", file=path.name), lambda: self._read(path)
            )
        else:
            self._read(path)

    def _open_beside(self, path: Path) -> None:
        """Open a file in another window, which is a program of its own and may outlive this one."""
        from gradviz.ui.controllers.sessions.other_window import start_window

        path = path.expanduser().absolute()
        problem = start_window(path)
        if problem:
            told = tr(
                "A window for {file} could not be started: {problem}.",
                file=path.name,
                problem=problem,
            )
            hint = tr("Type gradviz {file}", file=path.name)
            self._state.noticed.emit(Notice("session", told, hint))
        elif not self._state.attached:
            self._remember(path)

    def _read(self, path: Path) -> None:
        path = path.expanduser().absolute()

        def work() -> tuple[Opened, Stamp | None, bool]:
            from gradviz.session_files.reading import read_session

            stamp = stamp_of(path)
            opened = Opened.of(read_session(path))
            return opened, stamp, _has_its_file(opened.session.model)

        def done(found: tuple[Opened, Stamp | None, bool]) -> None:
            opened, stamp, complete = found
            self._taking = path, stamp
            self._awaits_kept = bool(opened.kept)
            if complete:
                self._take(opened)
            else:
                self._ask_where_model_is(path, opened)

        def failed(error: Exception) -> None:
            if not isinstance(error, GradvizError):
                raise error
            self._state.noticed.emit(Notice("session", error.message, error.hint))
            if not path.exists():
                self._forget_recent(path)

        FileJob(self, work, done, failed)

    def _ask_where_model_is(self, path: Path, opened: Opened) -> None:
        """Say that the file of the model is gone, and let the user say where it is now."""
        source = own_source(opened.session.model.source)
        if source is None:
            return
        file, steps = Path(source.path), opened.session.steps_done

        def answer(button: QMessageBox.StandardButton) -> None:
            if button != _ROLES.Open:
                self._taking = None
                return
            title = tr("Where is {file}?", file=file.name)
            there, _ = QFileDialog.getOpenFileName(
                self._window, title, str(path.parent), "Python (*.py)"
            )
            if there:
                self._take(_with_file(opened, OwnSource(there, source.name).text))

        kept = tr("The session has its settings, and goes on once the file is found.")
        if steps:
            kept = tr_n(
                "The session has its settings with its {shown} trained steps, and goes on once the "
                "file is found.",
                "The session has its settings with its {shown} trained step, and goes on once the "
                "file is found.",
                steps,
                shown=counted(steps),
            )
        box = self._asked(
            tr("The file of the session's model is gone: {file}.", file=file),
            kept,
            _ROLES.Open | _CANCEL,
            answer,
        )
        box.button(_ROLES.Open).setText(tr("Find the file…"))

    def take(self, opened: Opened) -> None:
        """Take up a session that is in no file of the user's."""
        self._taking = None
        self.path = self._stamp = self._kept = None
        self._take(opened)
        self._look()
        self.changed.emit()

    def _take(self, opened: Opened) -> None:
        if self._state.catalogue is None:
            # Before the engine stands nothing can be built.
            self._waiting = opened
        else:
            self._workbench.sessions.take(opened)

    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._workbench.sessions.take(waiting)

    def _on_taken(self) -> None:
        taking, self._taking = self._taking, None
        if taking is not None:
            self._take_file(*taking, self._content())

    # The end

    def may_close(
        self, close: Callable[[], object], when: str = marked("before the window closes")
    ) -> bool:
        """Tell whether the session may be left now; else the user is asked, and `close` goes on.

        `when` says before what, and is translated here.
        """
        if not self.worth_keeping:
            return True
        if self.question is None:
            self._ask_to_keep(tr(when), close)
        return False

    def _ask_to_keep(self, when: str, then: Callable[[], object]) -> None:
        def answer(button: QMessageBox.StandardButton) -> None:
            if button == _SAVE:
                self.save(then)
            elif button == _DISCARD:
                then()

        if self.path is not None:
            asked = tr("Save {file} {when}?", file=self.path.name, when=when)
            lost = tr("What has changed since then is lost otherwise.")
        else:
            asked = tr("Save the trained model {when}?", when=when)
            lost = tr("Its training is lost otherwise.")
        box = self._asked(
            asked,
            lost,
            _SAVE | _DISCARD | _CANCEL,
            answer,
        )
        box.setDefaultButton(_SAVE)

    def _asked(
        self,
        text: str,
        more: str,
        buttons: QMessageBox.StandardButton,
        answer: Callable[[QMessageBox.StandardButton], None],
    ) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("gradviz")
        box.setText(text)
        box.setInformativeText(more)
        box.setStandardButtons(buttons)
        self.question = box

        def finished() -> None:
            self.question = None
            clicked = box.clickedButton()
            box.deleteLater()
            answer(box.standardButton(clicked) if clicked is not None else _CANCEL)

        box.finished.connect(finished)
        box.open()
        return box

    # The file, and whether the session differs from it

    def _take_file(self, path: Path, stamp: Stamp | None, kept: object) -> None:
        self.path, self._stamp, self._kept = path, stamp, kept
        self._settings.setValue(_FOLDER, str(path.parent))
        self._remember(path)
        self._look()
        self.changed.emit()

    def _on_kept_changed(self) -> None:
        if self._awaits_kept:
            self._awaits_kept = False
            self._kept = self._content()
        self._look()

    def _content(self) -> object:
        """Return what a session is, but for how it is shown."""
        state = self._state
        progress = state.progress
        trained = progress.newest_step, len(progress.branches)
        return state.text, state.model, state.training, trained, self._workbench.kept_title

    def _look(self) -> None:
        modified = self.path is not None and self._content() != self._kept
        if modified != self._modified:
            self._modified = modified
            self.changed.emit()

    # The files opened before

    def _folder(self) -> str:
        return str(self._settings.value(_FOLDER, str(Path.home())))

    def recent(self) -> list[Path]:
        """Return the sessions that were opened or saved last, the newest first."""
        kept: Any = self._settings.value(_RECENT, [])
        texts = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [Path(text) for text in texts if isinstance(text, str) and text]

    def _remember(self, path: Path) -> None:
        others = [each for each in self.recent() if each != path]
        self._settings.setValue(_RECENT, [str(each) for each in (path, *others)][:_MAXIMUM_RECENT])

    def _forget_recent(self, path: Path) -> None:
        kept = [str(each) for each in self.recent() if each != path]
        self._settings.setValue(_RECENT, kept)

    def _clear(self) -> None:
        self._settings.setValue(_RECENT, [])
        self._own_models.forget_recent()

    def _fill_menu(self) -> None:
        self.menu.clear()
        for path in self.recent():
            self._add(path.name, str(path), partial(self.open, path))
        models = self._own_models.recent()
        if models and not self.menu.isEmpty():
            self.menu.addSeparator()
        for model in models:
            name = Path(model.source).name
            self._add(name, model.source, partial(self._own_models.open, model))
        if self.menu.isEmpty():
            self.menu.addAction(tr("Nothing was opened yet")).setEnabled(False)
            return
        self.menu.addSeparator()
        self._add(tr("Clear recent"), tr("Forget these sessions and models"), self._clear)

    def _add(self, title: str, tip: str, run: Callable[[], None]) -> None:
        action = QAction(title.replace("&", "&&"), self.menu)
        action.setToolTip(tip)
        action.triggered.connect(lambda: run())
        self.menu.addAction(action)


def _has_its_file(model: Model) -> bool:
    """Tell whether a model is none of a user's own file, or the file is there."""
    if not model.trusted:
        return True
    source = own_source(model.source)
    return source is None or Path(source.path).expanduser().is_file()


def _with_file(opened: Opened, source: str) -> Opened:
    model = msgspec.structs.replace(opened.session.model, source=source)
    return opened._replace(session=msgspec.structs.replace(opened.session, model=model))

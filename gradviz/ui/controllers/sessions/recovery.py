"""The session of a window is kept while it is open; after a crash it is offered again."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QSettings, QTimer

from gradviz.core.errors import DataError, ExportError
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.export.atomic import replacing
from gradviz.session_files.contents import SUFFIX, SavedSession
from gradviz.ui.controllers.sessions.file_job import FileJob
from gradviz.ui.controllers.sessions.session_exchange import Gathered, Opened
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, State

#: How old the kept work may be.
KEPT_EVERY_MS = 10_000
#: Weights and memory that take more are not kept: to write them every few seconds takes too long.
_MOST_BYTES = 64 << 20
#: The actions that bring back what was open, and forget it.
RESTORE = "gradviz.file.restore"
DISCARD = "gradviz.file.discard"
#: So many windows can be open at once and have their work kept.
_MOST_WINDOWS = 64


class Recovery(QObject):
    """Keeps the session of this window in a file that a clean end removes.

    The file is beside the settings, each window has its own, and a lock says whose process still
    runs. A file without one is the session of a window that has crashed.
    """

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        take: Callable[[Opened], None],
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._take = take
        self._folder = Path(settings.fileName()).parent / "open"
        self._writing = threading.Lock()
        #: The session that was gathered last, as it is without the state of its training.
        self._kept: SavedSession | None = None
        #: The file that a crashed window left, and its lock, while it is on offer.
        self._left: Path | None = None
        self._left_lock: QLockFile | None = None
        self._found: Opened | None = None
        self._notice: Notice | None = None
        self._told = self._closed = self._gathering = False
        self._lock: QLockFile | None = None
        self._path: Path | None = None
        self._clock = QTimer(self, interval=KEPT_EVERY_MS)
        self._clock.timeout.connect(self.keep)

    def begin(self) -> None:
        """Offer what a crashed window had open, and keep from now on what is open in this one."""
        left = self._take_places()
        if left is not None:
            self._look_at(left)
        self._clock.start()
        self._state.model_built.connect(self.keep)
        self.keep()

    def keep(self) -> None:
        """Write what is open, unless it is there already."""
        if self._state.built is None or self._path is None or self._gathering:
            return
        if self._workbench.sessions.session() != self._kept:
            self._gathering = True
            self._workbench.sessions.gather(self._write, _MOST_BYTES)

    def restore(self) -> None:
        """Take up what was open when the window crashed, with its training."""
        found, self._found = self._found, None
        if found is not None:
            self._end_offer()
            self._take(found)

    def discard(self) -> None:
        """Forget what was open when the window crashed."""
        self._end_offer()

    def close(self) -> None:
        """Forget what is open: the window ends as the user wants it. What is on offer stays."""
        self._clock.stop()
        with self._writing:
            self._closed = True
            if self._path is not None:
                self._path.unlink(missing_ok=True)
        for lock in (self._lock, self._left_lock):
            if lock is not None:
                lock.unlock()

    def _take_places(self) -> Path | None:
        """Lock a free place, and return the newest one that a crashed window left, locked too."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            # Without the folder nothing can be kept: the settings are not kept either.
            return None
        left: list[tuple[float, Path, QLockFile]] = []
        for path, lock in self._free_places():
            if path.exists():
                left.append((path.stat().st_mtime, path, lock))
            else:
                self._lock, self._path = lock, path
        left.sort(key=lambda each: each[0])
        for _, _, lock in left[:-1]:
            # The next window offers it.
            lock.unlock()
        if not left:
            return None
        _, path, self._left_lock = left[-1]
        return path

    def _free_places(self) -> Iterator[tuple[Path, QLockFile]]:
        """Give the places of crashed windows, locked, and one that is new."""
        for number in range(_MOST_WINDOWS):
            path = self._folder / f"window{number}{SUFFIX}"
            if self._lock is not None and not path.exists():
                continue
            lock = QLockFile(str(path.with_suffix(".lock")))
            # A lock is out of date when its process has ended, however long that takes.
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                yield path, lock

    # The offer

    def _look_at(self, path: Path) -> None:
        """Read in a thread what a crashed window left, and offer it."""
        from gradviz.session_files.reading import read_session

        self._left = path
        FileJob(self, lambda: Opened.of(read_session(path)), self._on_read, self._on_unreadable)

    def _on_read(self, opened: Opened) -> None:
        self._found = opened
        self._state.left_open = opened.session
        self._offer()

    def _on_unreadable(self, error: Exception) -> None:
        if not isinstance(error, DataError):
            raise error
        # It was damaged with whatever ended the window.
        self._end_offer()

    def _offer(self) -> None:
        session = self._state.left_open
        if session is None or self._closed:
            return
        name = session.text.removeprefix("y =").strip() or Path(session.model.source).name
        if session.trained:
            steps = session.steps_done
            hint = tr_n(
                "Restore it as it was after {shown} steps.",
                "Restore it as it was after {shown} step.",
                steps,
                shown=counted(steps),
            )
        elif session.steps_done:
            hint = tr("Restore it with its settings; its training begins anew.")
        else:
            hint = tr("Restore it with its settings.")
        self._notice = Notice(
            "window",
            tr("gradviz ended without being closed, with {name} open.", name=name),
            hint,
            serious=False,
            action=RESTORE,
            offer=tr("Restore"),
            other_action=DISCARD,
            other_offer=tr("Discard"),
        )
        self._state.noticed.emit(self._notice)
        # The actions about it are there now.
        self._state.choice_changed.emit()

    def _end_offer(self) -> None:
        """Offer it no more, and remove it: it is taken up, or not wanted."""
        left, self._left = self._left, None
        if left is not None:
            left.unlink(missing_ok=True)
        if self._left_lock is not None:
            self._left_lock.unlock()
            self._left_lock = None
        self._state.left_open = None
        self._state.choice_changed.emit()
        if self._notice is not None:
            self._state.withdrawn.emit(self._notice)

    # Writing

    def _write(self, gathered: Gathered) -> None:
        from gradviz.session_files.writing import write_session

        path, self._kept = self._path, gathered.session

        def work() -> None:
            with self._writing:
                if path is not None and not self._closed:
                    stored = gathered.stored()
                    with replacing(path) as stream:
                        write_session(stream, *stored)

        FileJob(self, work, self._on_written, self._on_unwritten)

    def _on_written(self, _: None) -> None:
        self._gathering = False

    def _on_unwritten(self, error: Exception) -> None:
        self._gathering = False
        if not isinstance(error, ExportError):
            raise error
        if not self._told:
            self._told = True
            hint = tr(
                "After a crash it could not be offered again. Make room, or the folder writable."
            )
            self._state.noticed.emit(Notice("window", error.message, hint, serious=False))

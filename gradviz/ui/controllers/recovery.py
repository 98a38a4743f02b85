"""The work of a window is kept in a file while it is open; after a crash it is offered again."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile, QObject, QSettings, QTimer

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError
from gradviz.export.atomic import write_bytes
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, OpenWork, State
from gradviz.ui.widgets.background_work import Background

#: How old the kept work may be.
KEPT_EVERY_MS = 10_000
#: The action that brings back what was open.
RESTORE = "gradviz.file.restore"
#: So many windows can be open at once and have their work kept.
_MOST_WINDOWS = 64


class Recovery(QObject):
    """Keeps the model and the settings of this window in a file that a clean end removes.

    The file is beside the settings, each window has its own, and a lock says whose process still
    runs. A file without one is the work of a window that has crashed.
    """

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        open_file: Callable[[Model], None],
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._open_file = open_file
        self._folder = Path(settings.fileName()).parent / "open"
        self._writing = threading.Lock()
        self._kept: OpenWork | None = None
        self._notice: Notice | None = None
        self._told = False
        self._closed = False
        self._lock: QLockFile | None = None
        self._path: Path | None = None
        self._clock = QTimer(self, interval=KEPT_EVERY_MS)
        self._clock.timeout.connect(self.keep)

    def begin(self) -> None:
        """Offer what a crashed window had open, and keep from now on what is open in this one."""
        self._state.left_open = self._take_a_place()
        self._offer()
        self._clock.start()
        self._state.model_built.connect(self.keep)
        self.keep()

    def keep(self) -> None:
        """Write what is open, unless it is there already."""
        state = self._state
        if state.built is None or self._path is None:
            return
        work = OpenWork(text=state.text, model=state.model, training=state.training)
        if work != self._kept:
            self._kept = work
            path = self._path
            Background(lambda: self._write(path), self._on_written)

    def restore(self) -> None:
        """Build what was open when the window crashed, with its settings."""
        work = self._state.left_open
        if work is None:
            return
        self._end_offer()
        if work.model.trusted:
            # Whether the file is still trusted is for its dialog to say.
            self._open_file(work.model)
        else:
            self._workbench.take_work(work)

    def close(self) -> None:
        """Forget what is open: the window ends as the user wants it."""
        self._clock.stop()
        with self._writing:
            self._closed = True
            if self._path is not None:
                self._path.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.unlock()

    def _take_a_place(self) -> OpenWork | None:
        """Lock the first free place, and return the newest work that a crashed window left."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            # Without the folder nothing can be kept: the settings are not kept either.
            return None
        left: list[tuple[float, OpenWork]] = []
        for path, lock in self._free_places():
            work = _read(path)
            if work is not None:
                left.append((path.stat().st_mtime, work))
            if self._lock is None:
                self._lock, self._path = lock, path
            else:
                path.unlink(missing_ok=True)
                lock.unlock()
        return max(left, key=lambda each: each[0])[1] if left else None

    def _free_places(self) -> Iterator[tuple[Path, QLockFile]]:
        """Give the places of crashed windows, locked, and one that is new if there is need."""
        for number in range(_MOST_WINDOWS):
            path = self._folder / f"window{number}.json"
            if self._lock is not None and not path.exists():
                continue
            lock = QLockFile(str(path.with_suffix(".lock")))
            # A lock is out of date when its process has ended, however long that takes.
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                yield path, lock

    def _offer(self) -> None:
        work = self._state.left_open
        if work is None:
            return
        name = work.text.removeprefix("y =").strip() or Path(work.model.source).name
        self._notice = Notice(
            "window",
            f"gradviz ended without being closed, with {name} open.",
            "Restore it with its settings; its training begins anew.",
            serious=False,
            action=RESTORE,
            offer="Restore",
        )
        self._state.noticed.emit(self._notice)
        # The action that restores it is there now.
        self._state.choice_changed.emit()

    def _end_offer(self) -> None:
        self._state.left_open = None
        self._state.choice_changed.emit()
        if self._notice is not None:
            self._state.withdrawn.emit(self._notice)

    def _write(self, path: Path) -> None:
        """Write the newest work, whichever of several writes is the last to get its turn."""
        with self._writing:
            if not self._closed:
                write_bytes(path, msgspec.json.encode(self._kept))

    def _on_written(self, error: Exception | None) -> None:
        if isinstance(error, ExportError) and not self._told:
            self._told = True
            hint = "After a crash it could not be offered again. Make room, or the folder writable."
            self._state.noticed.emit(Notice("window", error.message, hint, serious=False))
        elif error is not None and not isinstance(error, ExportError):
            raise error


def _read(path: Path) -> OpenWork | None:
    """Return the work in a file; None where there is none, or another version wrote it."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=OpenWork)
    except (OSError, msgspec.MsgspecError):
        return None

"""Progress on standard error: after half a second a bar, where that is a terminal."""

import sys
import threading
from typing import TYPE_CHECKING, Final, Self

from gradviz.cli.terminal import give_way_to_output, is_quiet, visible

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: What is done sooner needs no bar.
PATIENCE_S: Final = 0.5


class ProgressBar:
    """A bar, or without a total a sign that something goes on; it leaves nothing behind.

    Within another bar it shows nothing. Lines that are printed take its place for a moment.
    """

    _active: "ProgressBar | None" = None

    def __init__(self, text: str, total: float | None = None) -> None:
        """Take the text beside the bar and, where that is known, how much is to be done."""
        self._text, self._done, self._total = text, 0.0, total
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._lock = threading.RLock()
        self._ended = False
        self._timer = threading.Timer(PATIENCE_S, self._begin)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Show the bar in half a second, where it can be seen."""
        seen = sys.stderr is not None and sys.stderr.isatty() and not is_quiet()
        if seen and ProgressBar._active is None:
            ProgressBar._active = self
            give_way_to_output(self._pause, self._resume)
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if ProgressBar._active is not self:
            return
        self._timer.cancel()
        with self._lock:
            self._ended = True
            if self._bar is not None:
                self._bar.stop()
        give_way_to_output(None, None)
        ProgressBar._active = None

    def show(self, done: float, total: float | None = None, text: str = "") -> None:
        """Tell how much is done, and where it changes the total and the text."""
        with self._lock:
            self._done, self._text = done, text or self._text
            self._total = self._total if total is None else total
            if self._bar is not None and self._task is not None:
                self._bar.update(
                    self._task,
                    completed=self._done,
                    total=self._total,
                    description=visible(self._text),
                )

    def _begin(self) -> None:
        """Make and show the bar, in the timer's thread: the other one may be importing torch."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TimeElapsedColumn(),
        )
        bar = Progress(
            *columns,
            console=Console(file=sys.stderr),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        with self._lock:
            if self._ended:
                return
            self._task = bar.add_task(visible(self._text), total=self._total)
            bar.update(self._task, completed=self._done)
            bar.start()
            self._bar = bar

    def _pause(self) -> None:
        self._lock.acquire()
        if self._bar is not None:
            self._bar.stop()

    def _resume(self) -> None:
        if self._bar is not None and not self._ended:
            self._bar.start()
        self._lock.release()

"""Work that takes longer than a frame and needs no window: done in a thread of its own."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Background(QObject):
    """Does `work` at once; nothing has to hold this object, and the program ends after it is done.

    `work` must share nothing that the window goes on to change.
    """

    #: The exception that the work raised, or None; it arrives in the window's thread.
    done = Signal(object)

    def __init__(self, work: Callable[[], None], done: Callable[[Exception | None], None]) -> None:
        super().__init__()
        self._work = work
        self.done.connect(done)
        threading.Thread(target=self._run, name="background").start()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - whoever asked for the work is told
            self.done.emit(error)
        else:
            self.done.emit(None)

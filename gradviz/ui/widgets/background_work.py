"""Work that takes longer than a frame: in a thread of its own, or in pieces between events."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

#: After this long at a time, the rest of the work is left for the next turn of the event loop.
_PIECE_S: Final = 0.008


class Background(QObject):
    """Does `work` at once; nothing has to hold this object, and the program ends after it is done.

    `work` must share nothing that the window goes on to change. Work and object are let go in the
    window's thread: with them widgets may go, which must not be destroyed in another thread.
    """

    #: The exception that the work raised, or None; it arrives in the window's thread.
    done = Signal(object)
    _ended = Signal()

    def __init__(self, work: Callable[[], None], done: Callable[[Exception | None], None]) -> None:
        super().__init__()
        self._work = work
        self.done.connect(done)
        # After `done`, whose call is in the queue by then.
        self._ended.connect(self._let_go, Qt.ConnectionType.QueuedConnection)
        _at_work.add(self)
        self._thread = threading.Thread(target=self._run, name="background")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - whoever asked for the work is told
            self.done.emit(error)
        else:
            self.done.emit(None)
        self._ended.emit()

    def _let_go(self) -> None:
        # It is at its last line, and has nothing in hand any more once it is joined.
        self._thread.join()
        _at_work.discard(self)


#: Those whose thread may still run: the last reference to one is that of the window's thread.
_at_work: Final[set[Background]] = set()


class Piecemeal(QObject):
    """Does work in the window's thread that needs the window, a few pieces between two events.

    The work is an iterator that stops after each piece, which should take some milliseconds.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[object] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Tell whether some of the work is left."""
        return self._timer.isActive()

    def begin(self, work: Iterator[object]) -> None:
        """Do this work from the next turn of the event loop on, and leave what was begun before."""
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Leave what was begun."""
        self._work = iter(())
        self._timer.stop()

    def _go_on(self) -> None:
        work, ends_at = self._work, time.perf_counter() + _PIECE_S
        for _ in work:
            if self._work is not work or time.perf_counter() >= ends_at:
                return
        if self._work is work:
            self.stop()

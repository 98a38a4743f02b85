"""Work in a thread of which the newest counts alone."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from gradviz.ui.widgets.background_work import Background

Result = TypeVar("Result")


class NewestWork(QObject, Generic[Result]):
    """Does one work at a time in a thread, and hands over its result in the window's.

    A work that is wanted meanwhile is done next; of several the last one alone. An older result
    than that of the newest work is not handed over.
    """

    def __init__(self, on_result: Callable[[Result], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_result = on_result
        self._next: Callable[[], Result] | None = None
        self._busy = False

    def want(self, work: Callable[[], Result]) -> None:
        """Do `work` once no other is being done; it shares nothing that the window changes."""
        self._next = work
        if not self._busy:
            self._begin()

    def forget(self) -> None:
        """Hand over nothing of what is being done."""
        self._next = None

    def _begin(self) -> None:
        work = self._next
        if work is None:
            return
        self._busy = True
        results: list[Result] = []

        def done(error: Exception | None) -> None:
            self._busy = False
            if not isValid(self):
                # The window was closed meanwhile.
                return
            if self._next is not work:
                self._begin()
            elif error is not None:
                raise error
            else:
                self._on_result(results[0])

        Background(lambda: results.append(work()), done)

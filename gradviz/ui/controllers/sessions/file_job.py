"""One reading or writing of a file in a thread, whose end is told in the window's thread."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from gradviz.ui.widgets.background_work import Background

Found = TypeVar("Found")


class FileJob(QObject, Generic[Found]):
    """Does `work` at once; then calls one of the other two, unless `owner` is no more."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Found],
        done: Callable[[Found], None],
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(owner)
        self._work = work
        self._done = done
        self._failed = failed
        self._found: list[Found] = []
        Background(self._run, self._on_done)

    def _run(self) -> None:
        self._found.append(self._work())

    def _on_done(self, error: Exception | None) -> None:
        self.deleteLater()
        if error is None:
            self._done(self._found.pop())
        else:
            self._failed(error)

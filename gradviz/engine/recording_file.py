"""A file of recorded passes, shown to a window by a presenter of its own."""

from collections.abc import Iterator
from pathlib import Path

from gradviz.core.errors import DataError
from gradviz.core.number_text import counted
from gradviz.engine.captured.stored_passes import shown_passes
from gradviz.engine.failures import failure
from gradviz.engine.presenter import OF_FILE, RUN, Presenter
from gradviz.protocol.events import Event
from gradviz.session_files.recordings import read_recording


class FilePresenter(Presenter):
    """Shows the passes of a file, the last of them first to be seen."""

    def __init__(self, path: Path) -> None:
        super().__init__(OF_FILE)
        self._path = path

    def shown(self) -> Iterator[Event]:
        """Read the file, and yield the events that show it, or that it cannot be read."""
        try:
            stored = read_recording(self._path)
            passes = shown_passes(stored)
        except DataError as error:
            yield failure(RUN, error)
            return
        left_out = stored.left_out
        if left_out:
            told = f"{OF_FILE.told} without {counted(left_out)} of its tensors"
            self._origin = OF_FILE._replace(told=told)
        yield from self.present(stored.recording.name, passes)

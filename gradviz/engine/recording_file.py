"""A file of recorded passes, shown to a window by a presenter of its own."""

from collections.abc import Iterator
from pathlib import Path

from gradviz.core.errors import DataError
from gradviz.core.language.saying import tr
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
        #: How many tensors of the passes were left out of the file.
        self._left_out = 0

    def shown(self) -> Iterator[Event]:
        """Read the file, and yield the events that show it, or that it cannot be read."""
        try:
            stored = read_recording(self._path)
            passes = shown_passes(stored)
        except DataError as error:
            yield failure(RUN, error)
            return
        self._left_out = stored.left_out
        yield from self.present(stored.recording.name, passes)

    def _output_told(self) -> str:
        if not self._left_out:
            return super()._output_told()
        return tr(
            "{name}, a recording in a file without {left_out} of its tensors",
            name=self._name,
            left_out=counted(self._left_out),
        )

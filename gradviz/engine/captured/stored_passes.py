"""Recorded passes as a file of their own, which a window opens without the program they are of."""

from collections.abc import Sequence
from typing import Final

from gradviz.engine.captured.kept_pass import Shown
from gradviz.engine.recording.stored_recording import TensorsRead, TensorsTaken, recording_of
from gradviz.session_files.recordings import SavedPass, SavedRecording, StoredRecording

#: The tensors of a file take at most so many megabytes; of others the summaries are there.
FILE_MB: Final = 1024


def stored_passes(name: str, passes: Sequence[Shown], megabytes: int = FILE_MB) -> StoredRecording:
    """Return passes as they are kept in a file; those tensors are left out that do not fit."""
    taken = TensorsTaken(megabytes)
    saved = tuple(
        SavedPass(
            title=each.title,
            output=each.output,
            step=each.step,
            graph=each.recording.graph,
            trace=each.recording.trace,
            missing=each.missing,
            places=taken.places_of(each.recording.tensors),
        )
        for each in passes
    )
    return StoredRecording(SavedRecording(name=name, passes=saved), taken.content())


def shown_passes(stored: StoredRecording) -> tuple[Shown, ...]:
    """Return the passes of a file; raises DataError where it is damaged."""
    tensors = TensorsRead(stored.tensors)
    return tuple(
        Shown(recording_of(each, tensors), each.title, each.output, each.step, each.missing)
        for each in stored.recording.passes
    )

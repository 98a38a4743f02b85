"""Recorded passes in a file: a zip of their graphs and traces as MessagePack, and their tensors.

Text would not do: JSON has no NaN. The file holds data alone, as a session's does.
"""

import io
import zipfile
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, TypeAlias

import msgspec

from gradviz import __version__
from gradviz.core.errors import DataError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.protocol.questions import MissingGradients
from gradviz.session_files.zip_members import (
    TENSORS_NAME,
    content_of,
    members_of,
    opened_archive,
)

#: The member that tells a file of recordings from a session.
RECORDING_NAME: Final = "recording.msgpack"
#: The version of its structure.
RECORDING_SCHEMA: Final = 1
#: More than the graph and the trace of any pass take.
_MAXIMUM_BYTES: Final = 2**30

#: The numbers of tensors by name, and those of a node's gradients in their order.
ByName: TypeAlias = dict[str, int]
InOrder: TypeAlias = dict[str, tuple[int | None, ...]]


class TensorPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """Where the tensors of a pass are: their numbers, by the ids of nodes.

    A tensor that is at several places is in the file once.

    Attributes:
        tensors: What each number stands for, as the engine packs a tensor.
        values, saved, grad_outputs, grad_inputs, gradients: As in a recording.
        left_out: How many tensors are not in the file, as it would be too large, or as the file
            cannot hold their kind.
    """

    tensors: list[Any] = []
    values: ByName = {}
    saved: dict[str, ByName] = {}
    grad_outputs: InOrder = {}
    grad_inputs: InOrder = {}
    gradients: ByName = {}
    left_out: int = 0


class SavedPass(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded pass.

    Attributes:
        title: A few words that tell it from others.
        output: The value that it started from; nan where that is not one number.
        step: The step of its program at which it was recorded.
        missing: The wanted gradients that it has not given; None where that is not known.
    """

    title: str
    output: float
    step: int = 0
    graph: Graph
    trace: Trace
    missing: MissingGradients | None = None
    places: TensorPlaces = TensorPlaces()


class SavedRecording(msgspec.Struct, frozen=True, kw_only=True):
    """The passes of a file, under the name of what they are of."""

    schema: int = RECORDING_SCHEMA
    written_by: str = ""
    name: str
    passes: tuple[SavedPass, ...]


class StoredRecording(NamedTuple):
    """Passes as they are in a file, with their tensors as safetensors' bytes."""

    recording: SavedRecording
    tensors: bytes

    @property
    def left_out(self) -> int:
        """Return the number of tensors that are not in the file."""
        return sum(each.places.left_out for each in self.recording.passes)


class _Head(msgspec.Struct, frozen=True):
    schema: int


def holds_recording(path: Path) -> bool:
    """Tell whether a file holds recorded passes, and no session; False where it is neither."""
    try:
        with zipfile.ZipFile(path) as archive:
            return RECORDING_NAME in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def write_recording(stream: IO[bytes], stored: StoredRecording) -> None:
    """Write passes and their tensors as an archive; the same passes give the same bytes."""
    told = msgspec.structs.replace(stored.recording, written_by=f"gradviz {__version__}")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(RECORDING_NAME), msgspec.msgpack.encode(told))
        archive.writestr(zipfile.ZipInfo(TENSORS_NAME), stored.tensors)


def read_recording(path: Path) -> StoredRecording:
    """Read a file of recorded passes.

    Raises:
        DataError: there is no such file, it is none of recordings, it is damaged, or a newer
            program wrote it.
    """
    with opened_archive(path, "recording") as archive:
        return _read(archive)


def recording_in(content: bytes) -> StoredRecording:
    """Return what the bytes of such a file hold; raises DataError as `read_recording` does."""
    with opened_archive(io.BytesIO(content), "recording") as archive:
        return _read(archive)


def _read(archive: zipfile.ZipFile) -> StoredRecording:
    names = members_of(archive)
    if RECORDING_NAME not in names:
        raise ValueError(tr("its archive has no {name}", name=RECORDING_NAME))
    content = content_of(archive, RECORDING_NAME, _MAXIMUM_BYTES)
    if msgspec.msgpack.decode(content, type=_Head).schema > RECORDING_SCHEMA:
        raise DataError(
            tr(
                "This recording was written by a newer version of gradviz, whose recordings this "
                "one does not know."
            ),
            tr("Update gradviz to open it."),
        )
    recording = msgspec.msgpack.decode(content, type=SavedRecording)
    if not recording.passes:
        raise ValueError(tr("it has no pass"))
    tensors = content_of(archive, TENSORS_NAME) if TENSORS_NAME in names else b""
    return StoredRecording(recording, tensors)

"""Writing a session file into a stream; to put it in the place of another is for the caller."""

import zipfile
from typing import IO

import msgspec

from gradviz import __version__
from gradviz.session_files.contents import SCHEMA, SavedSession
from gradviz.session_files.reading import JSON_NAME, KEPT_NAME
from gradviz.session_files.zip_members import TENSORS_NAME


def write_session(
    stream: IO[bytes], session: SavedSession, tensors: bytes = b"", kept: bytes = b""
) -> None:
    """Write a session and its tensors, which are safetensors' bytes, as an archive.

    `kept` is the recording kept for comparison, as the bytes of a file of recordings.

    The same session gives the same bytes.
    """
    told = msgspec.structs.replace(session, schema=SCHEMA, written_by=f"gradviz {__version__}")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        # Without a date the member has that of 1980.
        archive.writestr(zipfile.ZipInfo(JSON_NAME), msgspec.json.encode(told))
        if tensors:
            archive.writestr(zipfile.ZipInfo(TENSORS_NAME), tensors)
        if kept:
            archive.writestr(zipfile.ZipInfo(KEPT_NAME), kept)

"""Reading a session file, whoever wrote it: what its archive holds is checked before it is used."""

from pathlib import Path
from typing import Final

from gradviz.core.errors import DataError
from gradviz.core.language.saying import tr
from gradviz.session_files.contents import StoredSession
from gradviz.session_files.migration import NewerSchemaError, session_of
from gradviz.session_files.recordings import RECORDING_NAME
from gradviz.session_files.zip_members import TENSORS_NAME, content_of, members_of, opened_archive

#: The member that has the session.
JSON_NAME: Final = "session.json"
#: The member that has the recording that is kept for comparison, as a file of its own.
KEPT_NAME: Final = "kept.gviz"
#: More than any session has; what is larger is not read.
MAXIMUM_JSON_BYTES: Final = 64 * 2**20


def read_session(path: Path) -> StoredSession:
    """Read a session file.

    Raises:
        DataError: there is no such file, it is no session, it is damaged, or a newer program wrote
            it.
    """
    with opened_archive(path, "session") as archive:
        names = members_of(archive)
        if RECORDING_NAME in names:
            raise DataError(
                tr("{file} holds a recorded pass, and no session.", file=path.name),
                tr("Open it in the window: {command}", command=f"gradviz {path.name}"),
            )
        if JSON_NAME not in names:
            raise ValueError(tr("its archive has no {name}", name=JSON_NAME))
        try:
            session = session_of(content_of(archive, JSON_NAME, MAXIMUM_JSON_BYTES))
        except NewerSchemaError as error:
            raise DataError(
                tr(
                    "{file} was written by a newer version of gradviz, whose sessions this one "
                    "does not know.",
                    file=path.name,
                ),
                tr("Update gradviz to open it."),
            ) from error
        if session.trained and TENSORS_NAME not in names:
            raise ValueError(tr("its archive has no {name}", name=TENSORS_NAME))
        tensors, kept = (
            content_of(archive, name) if name in names else b""
            for name in (TENSORS_NAME, KEPT_NAME)
        )
        if session.trained and not tensors:
            raise ValueError(tr("its archive has no {name}", name=TENSORS_NAME))
    return StoredSession(session, tensors, kept)

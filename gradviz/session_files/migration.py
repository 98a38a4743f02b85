"""Older versions of a session's JSON, made into the present one step by step."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from gradviz.core.language.saying import tr
from gradviz.session_files.contents import SCHEMA, SavedSession

_Fields = dict[str, Any]


class NewerSchemaError(Exception):
    """The file was written by a newer program."""


class _Head(msgspec.Struct, frozen=True):
    """The part of the JSON that every version has; the first had no number."""

    schema: int = 0


def session_of(content: bytes) -> SavedSession:
    """Return the session in a JSON text of any version that is known.

    Raises:
        NewerSchemaError: it is of a version that is not known yet.
        ValueError: it is no session.
    """
    schema = msgspec.json.decode(content, type=_Head).schema
    if schema > SCHEMA:
        raise NewerSchemaError
    if schema == SCHEMA:
        return msgspec.json.decode(content, type=SavedSession)
    fields: _Fields = msgspec.json.decode(content, type=dict[str, Any])
    while schema < SCHEMA:
        if schema not in _STEPS:
            raise ValueError(tr("there is no version {number}", number=schema))
        fields = _STEPS[schema](fields)
        schema = fields["schema"]
    return msgspec.json.decode(msgspec.json.encode(fields), type=SavedSession)


def _from_0(fields: _Fields) -> _Fields:
    """Version 0 held text, model and training alone: what was offered again after a crash."""
    kept: _Fields = {name: fields[name] for name in ("text", "model", "training") if name in fields}
    return {"schema": 1, **kept}


#: For each older version the function that makes the next one of it.
_STEPS: Final[Mapping[int, Callable[[_Fields], _Fields]]] = {0: _from_0}

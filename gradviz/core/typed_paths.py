"""Paths as they are typed."""

from pathlib import Path


def typed_path(text: str) -> Path:
    """Return the path that is meant by `text`, where `~` and `~name` are a user's folder.

    As in a shell, a user that does not exist leaves the text as it is: then there is no such file,
    which whoever opens it says.
    """
    try:
        return Path(text).expanduser()
    except (RuntimeError, ValueError):
        return Path(text)

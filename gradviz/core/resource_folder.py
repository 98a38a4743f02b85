"""The folder of the data files of the program."""

from pathlib import Path

import gradviz


def resources() -> Path:
    """Return the folder of data: in the installed package, or beside it in a checkout."""
    package = Path(gradviz.__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"

"""Imports without PySide's look into the source of each module.

PySide reads the source of every module that is imported after it, to find out whether its name is
in it: a module that uses PySide may switch features of it. That takes a tenth of the time until
the window is shown. Nothing here switches one, so that the answer is known.
"""

import sys
from collections.abc import MutableMapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

import PySide6.QtCore  # noqa: F401 - the table is made with it

#: PySide's own module with the table of what it has found in each module, and that table.
_SCANS: Final = "shibokensupport.feature"
_TABLE: Final = "pyside_feature_dict"
#: What PySide finds in a module that uses it and switches nothing.
_NOTHING_SWITCHED: Final = 0


class _Answers:
    """Finds no module, and writes the answer about each that is looked for into the table."""

    def __init__(self, table: MutableMapping[str, int]) -> None:
        self._table = table

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        self._table.setdefault(name, _NOTHING_SWITCHED)
        return None


def leave_sources_unread() -> None:
    """Let the modules that are imported from now on be so without PySide reading their sources.

    The table is none of PySide's public names: where it is not there, nothing is changed.
    """
    table = getattr(sys.modules.get(_SCANS), _TABLE, None)
    if isinstance(table, dict) and not any(isinstance(each, _Answers) for each in sys.meta_path):
        for name in tuple(sys.modules):
            table.setdefault(name, _NOTHING_SWITCHED)
        sys.meta_path.insert(0, _Answers(table))

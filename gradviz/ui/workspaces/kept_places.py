"""The places of the panels as the user has left them, for each workspace, over restarts."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from PySide6.QtCore import QByteArray, QSettings

#: Changes when the places of a workspace do, so that those who kept older ones see the new ones.
_LAYOUT_VERSION = 1
_CHOSEN = "workspace"


@dataclass(frozen=True)
class KeptPlaces:
    """The state of the docks, as Qt writes it, and the width of window whose sizes it has."""

    state: QByteArray
    sized_for: int


class PlacesMemory:
    """Keeps places by workspace and folding in the settings."""

    def __init__(self, settings: QSettings, panels: Iterable[str]) -> None:
        self._settings = settings
        #: Of the panels too, so that an arrangement without a new one is not half applied.
        self.version = crc32(f"{_LAYOUT_VERSION} {sorted(panels)}".encode()) & 0x7FFFFFFF

    @property
    def chosen(self) -> str:
        """Return the id of the workspace that was chosen last; empty before the first choice."""
        return str(self._settings.value(_CHOSEN, ""))

    def choose(self, workspace: str) -> None:
        """Keep the id of the chosen workspace."""
        self._settings.setValue(_CHOSEN, workspace)

    def keep(self, workspace: str, folding: int, places: KeptPlaces) -> None:
        """Keep the places of one workspace."""
        self._settings.setValue(_key(workspace, folding, "state"), places.state)
        self._settings.setValue(_key(workspace, folding, "sized_for"), places.sized_for)

    def kept(self, workspace: str, folding: int) -> KeptPlaces | None:
        """Return the places of one workspace, None where none were kept."""
        state = self._settings.value(_key(workspace, folding, "state"))
        sized_for = str(self._settings.value(_key(workspace, folding, "sized_for"), ""))
        if isinstance(state, bytes):
            state = QByteArray(state)
        if not isinstance(state, QByteArray):
            return None
        return KeptPlaces(state, int(sized_for) if sized_for.isdecimal() else 0)

    def forget(self, workspace: str) -> None:
        """Forget the places of one workspace, of every folding."""
        self._settings.remove(f"workspaces/{workspace}")


def _key(workspace: str, folding: int, name: str) -> str:
    return f"workspaces/{workspace}/{folding}/{name}"

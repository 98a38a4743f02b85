"""Arranges the docks of a window as a workspace has them, or as the user has left them there."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow, QToolBar

from gradviz.ui.workspaces.kept_places import KeptPlaces, PlacesMemory
from gradviz.ui.workspaces.placing import Docks, put, resize, size
from gradviz.ui.workspaces.workspace import PanelArrangement, PanelRow, Workspace, completed

_Standing = tuple[bool, bool]


class Arranger:
    """Holds one workspace at a time, in the arrangement for the width of the window.

    Attributes:
        workspace: The workspace that is shown.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Docks,
        rows: Sequence[PanelRow],
        memory: PlacesMemory,
        workspace: Workspace,
    ) -> None:
        self._window = window
        self._docks = docks
        self._rows = rows
        self._memory = memory
        self.workspace = workspace
        self._arrangement = workspace.arrangement_for(window.width())
        #: Of each panel whether it was closed and whether it floated, when it was arranged.
        self._arranged: dict[str, _Standing] = {}

    @property
    def fronts(self) -> tuple[str, ...]:
        """Return the panels that are in front at their first places."""
        places = self._arrangement.places
        return tuple(place.opened[0] for place in places if place.opened)

    def enter(self, workspace: Workspace) -> None:
        """Show a workspace, and keep the places of the panels in that before."""
        self.keep()
        self.workspace = workspace
        self._memory.choose(workspace.id)
        self.arrange()

    def arrange(self) -> None:
        """Put every panel where the user has left it in this workspace, at first to its place."""
        arrangement = self.workspace.arrangement_for(self._window.width())
        self._arrangement = arrangement
        kept = self._kept(arrangement)
        if kept is None or not self._restored(kept):
            self._put(arrangement)
        self._arranged = self._standing()

    def reset(self) -> None:
        """Put every panel of this workspace back to its first place."""
        self._memory.forget(self.workspace.id)
        self._arrangement = self.workspace.arrangement_for(self._window.width())
        self._put(self._arrangement)
        self._arranged = self._standing()

    def would_adapt(self) -> bool:
        """Tell whether there is another arrangement for the width that the window has now."""
        return self.workspace.arrangement_for(self._window.width()) is not self._arrangement

    def adapt(self) -> None:
        """Fold or unfold the sides, or size them, as the window's width asks for.

        Panels that the user has closed stay closed, those that were opened stay open, and floating
        ones go on floating.
        """
        before, after = self._arrangement, self.workspace.arrangement_for(self._window.width())
        if self.workspace.folding(before) == self.workspace.folding(after):
            resize(self._window, self._docks, before, after)
            self._arrangement = after
            return
        standing = self._standing()
        first = self._kept(after) is None
        changed = {
            name: (stands, self._docks[name].geometry())
            for name, stands in standing.items()
            if first or stands != self._arranged.get(name)
        }
        self.keep()
        self.arrange()
        for name, ((closed, floats), geometry) in changed.items():
            self._docks[name].setFloating(floats)
            if floats:
                self._docks[name].setGeometry(geometry)
            self._docks[name].setHidden(closed)
        self._arranged = self._standing()

    def keep(self) -> None:
        """Keep where the panels are now."""
        places = KeptPlaces(
            self._window.saveState(self._memory.version), self._arrangement.from_width
        )
        folding = self.workspace.folding(self._arrangement)
        self._memory.keep(self.workspace.id, folding, places)

    def _standing(self) -> dict[str, _Standing]:
        return {name: (dock.isHidden(), dock.isFloating()) for name, dock in self._docks.items()}

    def _kept(self, arrangement: PanelArrangement) -> KeptPlaces | None:
        return self._memory.kept(self.workspace.id, self.workspace.folding(arrangement))

    def _put(self, arrangement: PanelArrangement) -> None:
        whole = completed(arrangement, self._rows)
        put(self._window, self._docks, whole.places)
        size(self._window, self._docks, whole)

    def _restored(self, kept: KeptPlaces) -> bool:
        """Put the panels where they were; tell whether that was possible."""
        # Which bars are seen is no part of a workspace.
        bars = {bar: bar.isHidden() for bar in self._window.findChildren(QToolBar)}
        # Else Qt leaves the bars of the tabs that were seen before.
        for dock in self._docks.values():
            self._window.removeDockWidget(dock)
        restored = self._window.restoreState(kept.state, self._memory.version)
        for bar, hidden in bars.items():
            bar.setHidden(hidden)
        if restored:
            before = self.workspace.arrangement_for(kept.sized_for)
            resize(self._window, self._docks, before, self._arrangement)
        return restored

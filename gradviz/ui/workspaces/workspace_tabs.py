"""The tabs of the workspaces, beside the menus."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabBar

from gradviz.ui import workspaces
from gradviz.ui.widgets.naming import named

_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class WorkspaceTabs(QTabBar):
    """One tab for each workspace; a click or the arrow keys choose one."""

    #: Carries the id of the workspace.
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "workspaces", title="Workspaces")
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(False)
        self.setExpanding(False)
        self._ids = [each.id for each in workspaces.WORKSPACES]
        for place, workspace in enumerate(workspaces.WORKSPACES):
            self.addTab(workspace.title)
            self.setTabToolTip(place, f"{workspace.tip} ({workspace.shortcut})")
            self.setAccessibleTabName(place, f"{workspace.title} workspace")
        self.currentChanged.connect(lambda place: self.chosen.emit(self._ids[place]))

    def show_chosen(self, name: str) -> None:
        """Mark the tab of a workspace."""
        if name in self._ids:
            self.setCurrentIndex(self._ids.index(name))

    def event(self, event: QEvent) -> bool:
        # With the focus on the tabs these keys go from tab to tab, and not through the graph.
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

"""The tabs of the workspaces, beside the menus."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabBar

from gradviz.core.language.saying import tr
from gradviz.ui import workspaces
from gradviz.ui.widgets.naming import named

_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class WorkspaceTabs(QTabBar):
    """One tab for each workspace; a click or the arrow keys choose one."""

    #: Carries the id of the workspace.
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "workspaces", title=tr("Workspaces"))
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(False)
        self.setExpanding(False)
        self._ids = [each.id for each in workspaces.WORKSPACES]
        for _ in workspaces.WORKSPACES:
            self.addTab("")
        self.say_again()
        self.currentChanged.connect(lambda place: self.chosen.emit(self._ids[place]))

    def show_chosen(self, name: str) -> None:
        """Mark the tab of a workspace."""
        if name in self._ids:
            self.setCurrentIndex(self._ids.index(name))

    def say_again(self) -> None:
        """Name the tabs in the language that is spoken."""
        for place, workspace in enumerate(workspaces.WORKSPACES):
            keys = workspace.shortcut
            self.setTabText(place, tr(workspace.title))
            self.setTabToolTip(place, tr("{tip} ({keys})", tip=tr(workspace.tip), keys=keys))
            self.setAccessibleTabName(place, tr(workspace.full_title))

    def event(self, event: QEvent) -> bool:
        # With the focus on the tabs these keys go from tab to tab, and not through the graph.
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

"""The menus of the window, made of the table of actions, with the tabs of the workspaces."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from gradviz.core.language.saying import tr
from gradviz.ui import actions
from gradviz.ui.actions import file_menu, model_menu, view_menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.workspaces.workspace_tabs import WorkspaceTabs


class MainMenus(QObject):
    """Fills the menu bar of `window`; the menu of ready-made models follows the catalogue."""

    def __init__(
        self, window: QMainWindow, state: State, workbench: Workbench, made: ActionRegistry
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._workbench = workbench
        self._made = made
        self._models = QMenu(tr("Ready-made models"), window)
        state.catalogue_changed.connect(self._show_models)

    def fill(self, *, panels: Iterable[QAction], files: QMenu, sessions: QMenu) -> None:
        """Make all menus, with the actions of the panels and the menus of the latest files."""
        bar = self._window.menuBar()
        bar.setAccessibleName(tr("Menus"))
        for title, entries in actions.MENUS:
            menu = bar.addMenu(tr(title))
            menu.setToolTipsVisible(True)
            for action in entries:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self._made[action])
            if entries is view_menu.ACTIONS:
                menu.addSeparator()
                menu.addActions(list(panels))
            if entries is model_menu.ACTIONS:
                menu.insertMenu(menu.actions()[0], self._models)
                menu.insertMenu(menu.actions()[2], files)
            if entries is file_menu.ACTIONS:
                menu.insertMenu(menu.actions()[1], sessions)
        self._show_tabs()

    def _show_tabs(self) -> None:
        """Show the tabs of the workspaces at the end of the menus."""
        tabs, state, bar = WorkspaceTabs(), self._state, self._window.menuBar()
        tabs.show_chosen(state.workspace)
        tabs.chosen.connect(self._workbench.choose_workspace)
        state.language_changed.connect(tabs.say_again)
        state.workspace_changed.connect(lambda: tabs.show_chosen(state.workspace))
        if bar.isNativeMenuBar():
            # The menus are not in the window.
            self._window.statusBar().addPermanentWidget(tabs)
        else:
            corner = Qt.Corner.TopRightCorner
            bar.setCornerWidget(tabs, corner)
            # Qt leaves a corner where it was when its width changes.
            state.language_changed.connect(lambda: bar.setCornerWidget(tabs, corner))

    def _show_models(self) -> None:
        self._models.clear()
        for entry in self._state.catalogue.models if self._state.catalogue else ():
            action = self._models.addAction(tr(entry.title))
            action.setToolTip(tr(entry.summary))
            action.triggered.connect(
                lambda _=False, name=entry.name: self._workbench.choose_model(name)
            )

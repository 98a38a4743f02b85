"""The palette: everything that can be done or shown, found by its name."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from gradviz.ui import actions
from gradviz.ui.actions.found_actions import found_actions, found_models, model_of, state_of
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs.search_order import Entry
from gradviz.ui.panel_docks import PanelDocks
from gradviz.ui.state.window_state import State


class Palette:
    """Lets the user pick an action to run, a panel to show or a ready-made model to build."""

    def __init__(
        self,
        window: QWidget,
        state: State,
        workbench: Workbench,
        made: ActionRegistry,
        panels: PanelDocks,
    ) -> None:
        self._window = window
        self._state = state
        self._workbench = workbench
        self._made = made
        self._panels = panels

    def show(self) -> None:
        """Open the palette, and wait for the user."""
        from gradviz.ui.dialogs.finder import Finder

        entries = found_actions(actions.MENUS, self._made)
        models = found_models(self._state.catalogue)
        finder = Finder("Find action", [*entries, *self._found_panels(), *models], self._window)
        finder.exec()
        chosen = finder.chosen
        if chosen in self._panels.widgets:
            self._panels.widgets[chosen].come_to_front()
        elif chosen is not None and chosen in {model.key for model in models}:
            self._workbench.choose_model(model_of(chosen))
        elif chosen is not None:
            self._made.trigger(chosen)

    def _found_panels(self) -> Iterator[Entry]:
        for name, dock in self._panels.docks.items():
            shown = dock.toggleViewAction()
            tip = "Bring the panel to the front"
            yield Entry(name, f"Show {shown.text()}", tip, "View", state=state_of(shown))

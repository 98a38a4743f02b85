"""The palette: everything that can be done or shown, found by its name."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QWidget

from gradviz.core.language.saying import marked, tr
from gradviz.ui import actions
from gradviz.ui.actions.found_actions import (
    found_actions,
    found_models,
    model_of,
    state_of,
    with_english,
)
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs.search_order import Entry
from gradviz.ui.panel_docks import PanelDocks
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import without_mnemonic

#: The menu that shows and hides the panels.
_VIEW: Final = marked("&View")


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
        finder = Finder(tr("Find action"), [*entries, *self._found_panels(), *models], self._window)
        finder.exec()
        chosen = finder.chosen
        if chosen in self._panels.widgets:
            self._panels.widgets[chosen].come_to_front()
        elif chosen is not None and chosen in {model.key for model in models}:
            self._workbench.choose_model(model_of(chosen))
        elif chosen is not None:
            self._made.trigger(chosen)

    def _found_panels(self) -> Iterator[Entry]:
        """Yield a row for each panel, which is found by its English title too."""
        for row in self._panels.rows:
            shown = self._panels.docks[row.id].toggleViewAction()
            title, tip = tr("Show {panel}", panel=tr(row.title)), tr("Bring the panel to the front")
            about = with_english(tip, title, f"Show {row.title}")
            yield Entry(row.id, title, about, without_mnemonic(tr(_VIEW)), state=state_of(shown))

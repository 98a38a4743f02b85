"""The speed of training beside its button: what is chosen, and a menu to choose another."""

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gradviz.core.language.saying import marked, tr
from gradviz.ui.actions.pace_actions import ACTIONS, narrow_pace_text, pace_text
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named

_TIP = marked(
    "How many steps a second training does, so that each can be seen; its results are the same"
)


class PaceButton(QToolButton):
    """Shows the chosen pace; seen while the model can be trained."""

    def __init__(
        self, state: State, actions: ActionRegistry, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, "pace", title=tr("Speed of training"), tip=tr(_TIP))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._state = state
        self._narrow = False
        menu = QMenu(self)
        for action in ACTIONS:
            menu.addAction(actions[action])
        self.setMenu(menu)
        state.pace_changed.connect(self._show)
        state.model_built.connect(self._show)
        state.language_changed.connect(self._show)
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Show the number alone where there is little room."""
        self._narrow = narrow
        self._show()

    def _show(self) -> None:
        pace = self._state.pace
        text = pace_text(pace)
        self.setText(narrow_pace_text(pace) if self._narrow else text)
        self.setAccessibleDescription(text)
        # Before there is a model its room is kept, as most can be trained.
        self.setVisible(self._state.trainable or self._state.built is None)

"""The declared actions as QActions, enabled and disabled as the state changes."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from gradviz.core.language.saying import marked, tr
from gradviz.ui.actions import all_actions, file_menu, model_menu, train_menu
from gradviz.ui.actions.action import Action, ActionContext
from gradviz.ui.widgets.icons import Icons

#: What the window cannot do where another program holds the tensors.
_BUILDING: Final = frozenset(
    action.id
    for action in (
        *model_menu.ACTIONS,
        *train_menu.ACTIONS,
        file_menu.RESTORE,
        file_menu.SAVE_SESSION,
        file_menu.SAVE_SESSION_AS,
    )
    if action is not None
)
ATTACHED: Final = marked(
    "Not here: another program has recorded this graph, and builds and trains its model itself."
)


class ActionRegistry(QObject):
    """Makes each QAction once; menus, toolbar, timeline and palette all show the same ones."""

    def __init__(self, window: ActionContext, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._actions = all_actions()
        self._icons = icons
        self._made = {action.id: self._make(action) for action in self._actions}
        state = window.state
        for signal in (
            state.engine_changed,
            state.model_built,
            state.recorded,
            state.cursor_moved,
            state.training_changed,
            state.pace_changed,
            state.minimap_changed,
            state.workspace_changed,
            state.building_changed,
            state.choice_changed,
            state.comparison.changed,
            state.selection_changed,
            state.isolation_changed,
            state.way_begun,
            state.picked_changed,
            state.checks_changed,
            state.history_changed,
            state.presenting_changed,
            state.shown.changed,
            state.lesson.changed,
            state.language_changed,
        ):
            signal.connect(self._enable)
        # A step count changes with every frame, but only the first one enables anything.
        state.progressed.connect(self._enable)
        self._enable()

    def __getitem__(self, action: Action) -> QAction:
        return self._made[action.id]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._made.values())

    def trigger(self, identifier: str) -> None:
        """Run the action of this id, as a click on it would."""
        self._made[identifier].trigger()

    def refresh_icons(self) -> None:
        """Draw the icons anew in the colours of the theme."""
        for action in self._actions:
            if action.icon:
                self._made[action.id].setIcon(self._icons[action.icon])

    def _make(self, action: Action) -> QAction:
        made = QAction(self)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(text) for text in action.shortcuts])
        self._say(action, made)
        made.setCheckable(action.checked_when is not None)
        if action.icon:
            made.setIcon(self._icons[action.icon])
        made.triggered.connect(lambda: action.run(self._window))
        return made

    def _say(self, action: Action, made: QAction) -> None:
        """Write title and tips in the language that is spoken."""
        refused = self._refused(action)
        made.setText(tr(action.title))
        made.setToolTip(tr(ATTACHED) if refused else _tip(action, made))
        made.setStatusTip(tr(ATTACHED if refused else action.tip))
        made.setIconText(tr(action.short) or tr(action.title).rstrip("…"))

    def say_again(self) -> Iterator[None]:
        """Write titles and tips in the language that is spoken now; stop after each action."""
        for action in self._actions:
            self._say(action, self._made[action.id])
            yield
        self._enable()

    def _refused(self, action: Action) -> bool:
        """Tell whether an action needs a model of gradviz's own where there is none."""
        return self._window.state.attached and action.id in _BUILDING

    def _enable(self) -> None:
        state = self._window.state
        refused = _BUILDING if state.attached else frozenset()
        for action in self._actions:
            made = self._made[action.id]
            made.setEnabled(action.id not in refused and action.enabled_when(state))
            if action.checked_when is not None:
                made.setChecked(action.checked_when(state))
            if action.title_when is not None:
                made.setText(action.title_when(state))


def _tip(action: Action, made: QAction) -> str:
    text = tr(action.tip or action.title)
    first = made.shortcut() if action.shortcuts else QKeySequence(next(iter(action.keys), ""))
    key = first.toString(QKeySequence.SequenceFormat.NativeText)
    return tr("{tip} ({keys})", tip=text, keys=key) if key else text

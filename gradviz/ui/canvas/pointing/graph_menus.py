"""The menus of the graph itself and of a node in it."""

from PySide6.QtWidgets import QMenu, QWidget

from gradviz.ui.actions import edit_menu, groups_actions, isolation_actions, view_menu
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.item_actions import actions_on, menu_with
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.state.window_state import State

#: The menu of the graph itself.
_OF_THE_GRAPH = (view_menu.FIT, view_menu.DIRECTION, edit_menu.FIND, isolation_actions.SHOW_ALL)
_OF_ALL_GROUPS = (groups_actions.EXPAND_ALL, groups_actions.CLOSE_ALL, groups_actions.LEAVE)


class GraphMenus:
    """Makes the menus that open over the canvas."""

    def __init__(self, canvas: QWidget, state: State, actions: ActionRegistry) -> None:
        self._canvas = canvas
        self._state = state
        self._actions = actions

    def menu_of(self, item: str | None) -> QMenu:
        """Return the menu of a node, box or frame that is selected; None: that of the graph."""
        return menu_with(self._actions_on(item), self._actions, self._canvas)

    def _actions_on(self, item: str | None) -> tuple[Action | None, ...]:
        graph = self._state.graph
        if item is None or graph is None:
            grouped = graph is not None and bool(graph.groups)
            return (*_OF_THE_GRAPH, SEPARATOR, *_OF_ALL_GROUPS) if grouped else _OF_THE_GRAPH
        return actions_on(self._state, item)

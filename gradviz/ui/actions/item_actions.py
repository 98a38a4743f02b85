"""The menu of a node or group, on the canvas and wherever else it is shown."""

from PySide6.QtWidgets import QMenu, QWidget

from gradviz.ui.actions import groups_actions, inspect_menu, isolation_actions
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.state.window_state import State


def actions_on(state: State, item: str) -> tuple[Action | None, ...]:
    """Return the actions on a node, box or frame that is chosen."""
    graph = state.graph
    if graph is not None and state.shown.is_group(graph, item):
        more = (inspect_menu.NODE, SEPARATOR, *isolation_actions.ACTIONS)
        return (*groups_actions.OF_A_GROUP, SEPARATOR, *more)
    inside = graph is not None and state.shown.frame_at(graph, item) is not None
    around = (SEPARATOR, groups_actions.CLOSE, groups_actions.COLLAPSE_OTHERS)
    return (*inspect_menu.OF_A_NODE, *(around if inside else ()))


def menu_with(actions: tuple[Action | None, ...], made: ActionRegistry, parent: QWidget) -> QMenu:
    """Return a menu of actions; None among them is a line."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(made[action])
    return menu

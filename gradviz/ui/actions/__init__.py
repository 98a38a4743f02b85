"""All actions of a user, one module for each menu, in one list."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions import (
    edit_menu,
    file_menu,
    help_menu,
    inspect_menu,
    model_menu,
    step_menu,
    train_menu,
    view_menu,
)
from gradviz.ui.actions.action import Action, Menu

MENUS: tuple[Menu, ...] = (
    (marked("&File"), file_menu.ACTIONS),
    (marked("&Edit"), edit_menu.ACTIONS),
    (marked("&View"), view_menu.ACTIONS),
    (marked("&Model"), model_menu.ACTIONS),
    (marked("&Step"), step_menu.ACTIONS),
    (marked("&Inspect"), inspect_menu.ACTIONS),
    (marked("&Train"), train_menu.ACTIONS),
    (marked("&Help"), help_menu.ACTIONS),
)


def all_actions() -> tuple[Action, ...]:
    """Return the actions of all menus, in their order."""
    return tuple(action for _, actions in MENUS for action in actions if action is not None)

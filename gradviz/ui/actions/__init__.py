"""All actions of a user, one module for each menu, in one list."""

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
    ("File", file_menu.ACTIONS),
    ("Edit", edit_menu.ACTIONS),
    ("View", view_menu.ACTIONS),
    ("Model", model_menu.ACTIONS),
    ("Step", step_menu.ACTIONS),
    ("Inspect", inspect_menu.ACTIONS),
    ("Train", train_menu.ACTIONS),
    ("Help", help_menu.ACTIONS),
)


def all_actions() -> tuple[Action, ...]:
    """Return the actions of all menus, in their order."""
    return tuple(action for _, actions in MENUS for action in actions if action is not None)

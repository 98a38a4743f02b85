"""All actions of a user, one module for each menu, in one list."""

from gradviz.ui.actions import edit, file, model, step, train, view
from gradviz.ui.actions import help as help_menu
from gradviz.ui.actions.action import Action, Menu

MENUS: tuple[Menu, ...] = (
    ("File", file.ACTIONS),
    ("Edit", edit.ACTIONS),
    ("View", view.ACTIONS),
    ("Model", model.ACTIONS),
    ("Step", step.ACTIONS),
    ("Train", train.ACTIONS),
    ("Help", help_menu.ACTIONS),
)


def all_actions() -> tuple[Action, ...]:
    """Return the actions of all menus, in their order."""
    return tuple(action for _, actions in MENUS for action in actions if action is not None)

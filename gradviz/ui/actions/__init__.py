"""Everything a user can do, one module for each menu, in one list."""

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

ALL: tuple[Action, ...] = tuple(
    action for _, actions in MENUS for action in actions if action is not None
)

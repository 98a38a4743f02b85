"""The table of shortcuts, made from the same list as the menus."""

from PySide6.QtGui import QKeySequence

from gradviz.ui.actions import MENUS, all_actions
from gradviz.ui.dialogs.about import shortcuts_table


def test_that_every_action_with_a_shortcut_is_in_the_table_once() -> None:
    table = shortcuts_table(MENUS)
    for action in all_actions():
        row = f"<td>{action.title.rstrip('…')}&nbsp;"
        assert table.count(row) == bool(action.shortcuts or action.keys), action.id


def test_that_every_menu_with_shortcuts_has_its_heading() -> None:
    table = shortcuts_table(MENUS)
    for title, actions in MENUS:
        has_keys = any(
            action is not None and (action.shortcuts or action.keys) for action in actions
        )
        assert (f"<b>{title}</b>" in table) == has_keys


def test_that_every_shortcut_is_one_that_qt_knows() -> None:
    for action in all_actions():
        for text in (*action.shortcuts, *action.keys):
            assert QKeySequence(text).toString() != "", (action.id, text)

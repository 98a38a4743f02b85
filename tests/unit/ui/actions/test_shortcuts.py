"""The table of shortcuts, made from the same list as the menus."""

import pytest
from PySide6.QtGui import QKeySequence

from gradviz.core.language.saying import ENGLISH, Translations, use
from gradviz.ui.actions import MENUS, all_actions
from gradviz.ui.dialogs.about import shortcuts_table
from gradviz.ui.widgets.naming import without_mnemonic


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
        assert (f"<b>{without_mnemonic(title)}</b>" in table) == has_keys


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("&File", "File"),
        ("Ex&port", "Export"),
        ("文件(&F)", "文件"),
        ("Save && close", "Save & close"),
    ],
)
def test_that_the_key_of_a_menu_is_not_in_its_heading(title: str, shown: str) -> None:
    assert without_mnemonic(title) == shown


def test_that_the_table_is_in_the_language_that_is_spoken() -> None:
    use(Translations("zh_CN", {"&Help": "帮助(&H)", "Lessons…": "课程…"}))
    try:
        table = shortcuts_table(MENUS)
    finally:
        use(Translations(ENGLISH))
    assert "<b>帮助</b>" in table
    assert "<td>课程&nbsp;" in table


def test_that_every_shortcut_is_one_that_qt_knows() -> None:
    for action in all_actions():
        for text in (*action.shortcuts, *action.keys):
            assert QKeySequence(text).toString() != "", (action.id, text)

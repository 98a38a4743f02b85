"""The rows of the palette: what can be done now, with its menu, keys and state; the models."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from gradviz.core.choices.catalogue import Catalogue
from gradviz.core.language.saying import ENGLISH, spoken_language, tr
from gradviz.ui.actions.action import Menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.dialogs.search_order import Entry
from gradviz.ui.widgets.naming import without_mnemonic

#: Before the name of a model in the key of its row, so that no model has the key of an action.
_MODEL: Final = "model "


def found_actions(menus: Iterable[Menu], made: ActionRegistry) -> Iterator[Entry]:
    """Yield a row for each enabled action of the menus, in their order.

    It is found by its English title too.
    """
    for menu, actions in menus:
        for action in actions:
            if action is not None and made[action].isEnabled():
                # Train, for one, is Pause while it runs.
                title = made[action].text()
                yield Entry(
                    action.id,
                    title,
                    with_english(tr(action.tip) if action.tip else "", title, action.title),
                    without_mnemonic(tr(menu)),
                    made[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                    state_of(made[action]),
                )


def state_of(action: QAction) -> str:
    """Return whether an action that can be on or off is on; empty for any other."""
    if not action.isCheckable():
        return ""
    return tr("on") if action.isChecked() else tr("off")


def with_english(about: str, title: str, english: str) -> str:
    """Return a description, with the English title behind it where another language is spoken."""
    if spoken_language() == ENGLISH or english == title:
        return about
    return f"{about} · {english}" if about else english


def found_models(catalogue: Catalogue | None) -> tuple[Entry, ...]:
    """Return a row for each ready-made model."""
    models = catalogue.models if catalogue else ()
    return tuple(
        Entry(
            _MODEL + each.name,
            tr(each.title),
            with_english(tr(each.summary), tr(each.title), each.title),
            tr("Models"),
        )
        for each in models
    )


def model_of(key: str) -> str:
    """Return the name of the model whose row has this key."""
    return key.removeprefix(_MODEL)

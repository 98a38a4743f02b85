"""The speeds of training as actions, so that a person can see the curve bend step by step."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import trainable

#: The most steps a second that can be chosen; 0 is as many as can be.
PACES = (1.0, 10.0, 100.0, 1000.0, 0.0)


_FULL: Final = marked("Train at full speed")
_MANY: Final = marked("Train at {shown} steps a second")
_ONE: Final = "Train at {shown} step a second"


def pace_text(pace: float) -> str:
    """Return a pace in a few letters: `10 steps/s`, or `full speed`."""
    if not pace:
        return tr("full speed")
    return tr_n("{shown} steps/s", "{shown} step/s", round(pace), shown=counted(round(pace)))


def narrow_pace_text(pace: float) -> str:
    """Return a pace in fewer letters yet: `10/s`, or `full`."""
    if not pace:
        return tr("full")
    return tr_n("{shown}/s", "{shown} step/s", round(pace), shown=counted(round(pace)))


def _title(pace: float) -> str:
    """Return the title of the action in the language that is spoken."""
    if not pace:
        return tr(_FULL)
    return tr_n(_MANY, _ONE, round(pace), shown=counted(round(pace)))


def _at(pace: float) -> Action:
    said = _FULL if not pace else _ONE if pace == 1 else _MANY
    return Action(
        id=f"gradviz.train.pace_{pace:.0f}" if pace else "gradviz.train.pace_full",
        title=said.format(shown=counted(round(pace))),
        tip=marked("How fast training goes, also while it runs; its results are the same"),
        enabled_when=trainable,
        title_when=lambda _: _title(pace),
        checked_when=lambda state: state.pace == pace,
        run=lambda window: window.choices.choose_pace(pace),
    )


AT_PACES: Mapping[float, Action] = MappingProxyType({pace: _at(pace) for pace in PACES})
ACTIONS = tuple(AT_PACES.values())

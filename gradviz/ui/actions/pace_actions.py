"""The speeds of training as actions, so that a person can see the curve bend step by step."""

from collections.abc import Mapping
from types import MappingProxyType

from gradviz.core.number_text import counted
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import trainable

#: The most steps a second that can be chosen; 0 is as many as can be.
PACES = (1.0, 10.0, 100.0, 1000.0, 0.0)


def pace_text(pace: float) -> str:
    """Return a pace in a few letters: `10 steps/s`, or `full speed`."""
    return f"{counted(round(pace))} step{'' if pace == 1 else 's'}/s" if pace else "full speed"


def _at(pace: float) -> Action:
    speed = (
        f"{counted(round(pace))} step{'' if pace == 1 else 's'} a second" if pace else "full speed"
    )
    return Action(
        id=f"gradviz.train.pace_{pace:.0f}" if pace else "gradviz.train.pace_full",
        title=f"Train at {speed}",
        tip="How fast training goes, also while it runs; its results are the same",
        enabled_when=trainable,
        checked_when=lambda state: state.pace == pace,
        run=lambda window: window.choose_pace(pace),
    )


AT_PACES: Mapping[float, Action] = MappingProxyType({pace: _at(pace) for pace in PACES})
ACTIONS = tuple(AT_PACES.values())

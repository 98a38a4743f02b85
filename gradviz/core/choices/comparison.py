"""Runs that are trained side by side: the candidates, and the state of each of them."""

from typing import Final, Literal, TypeAlias

import msgspec

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import tr, tr_n

FEWEST: Final = 2
MOST: Final = 8

#: "failed" is a run whose own code raised an error.
CandidateState: TypeAlias = Literal["running", "finished", "diverged", "failed"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One run to compare: its title, its model and its training."""

    title: str
    model: Model
    training: Training


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one of the compared runs after `step` steps.

    Attributes:
        equation: The model with its numbers.
        learning_rate: That of the next step.
        message: The error that ended the run; empty where there was none.
        entries: Shape (n,): the numbers of the model, as `ModelBuilt.entries` names them.
    """

    state: CandidateState
    step: int
    equation: str
    learning_rate: float
    message: str = ""
    entries: Array | None = None


def checked_candidates(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return `candidates`, or raise SettingError unless there are two to eight."""
    if not FEWEST <= len(candidates) <= MOST:
        raise SettingError(
            tr_n(
                "{count} runs cannot be compared.",
                "{count} run cannot be compared.",
                len(candidates),
            ),
            tr(
                "Take {fewest} to {most}, each with its own setting.",
                fewest=FEWEST,
                most=MOST,
            ),
        )
    return candidates

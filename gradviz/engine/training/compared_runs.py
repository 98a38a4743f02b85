"""Several runs trained side by side: in turn, in equal numbers of steps."""

import math
import time
from typing import Final

import msgspec
import numpy as np

from gradviz.core.choices.comparison import Candidate, CandidateState, Standing, checked_candidates
from gradviz.core.errors import GradvizError, SettingError
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import sentences, tr
from gradviz.engine.failures import failure
from gradviz.engine.runs.run import Run, as_array
from gradviz.engine.training.reports import divergence, first_not_finite
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.events import RunComparisonFrame

#: The history of all compared runs together, in bytes: only the way back to finite weights is
#: needed of it.
_BUDGET: Final = 16 * 2**20
#: From one round to the next the number of steps grows by this factor at most.
_GROWTH: Final = 4
#: The part of the time of a frame that is for the steps; the rest is for telling of them.
_SHARE: Final = 0.8


class _Entrant:
    """One of the compared runs, and the losses that have not been reported yet."""

    def __init__(self, candidate: Candidate, budget: int) -> None:
        model = msgspec.structs.replace(candidate.model, mode="fit")
        self.run = Run(model)
        # A pass before the training, as every run has it that is trained alone.
        self.run.record()
        self.trainer = Trainer(self.run, budget)
        self.trainer.start(candidate.training)
        self.trainer.prepare()
        self.losses: list[float] = []
        self.state: CandidateState = "finished" if self.trainer.finished else "running"
        self.message = ""

    @property
    def standing(self) -> Standing:
        """Return the state of the run."""
        return Standing(
            state=self.state,
            step=self.trainer.step,
            equation=self.run.model.equation(),
            learning_rate=self.trainer.learning_rate,
            message=self.message,
            entries=as_array(self.run.entry_values()) if self.run.entries else None,
        )

    def advance(self, to_step: int, deadline: float) -> bool:
        """Train up to `to_step` or until the deadline; tell whether nothing is left to do."""
        try:
            self._train(to_step, deadline)
        except Exception as error:  # noqa: BLE001 - one run's failure is told, the others go on
            told = failure(0, error)
            self.state, self.message = "failed", sentences([told.message, told.hint])
        return self.state != "running" or self.trainer.step >= to_step

    def _train(self, to_step: int, deadline: float) -> None:
        trainer = self.trainer
        steps = min(to_step, trainer.training.steps) - trainer.step
        done = trainer.advance(max(0.0, deadline - time.perf_counter()), steps=steps)
        self.losses += done.losses
        if done.diverged:
            bad_step = trainer.step
            found = first_not_finite(self.run, self.run.recording(bad_step)[1])
            if done.fault is None:
                trainer.return_to_finite()
            self.losses = self.losses[: max(0, len(self.losses) - (bad_step - trainer.step))]
            self.message = divergence(done, bad_step, trainer, found)
            self.state = "diverged"
        elif trainer.finished:
            self.state = "finished"


class RunComparison:
    """Two to eight runs; those that still run have done equally many steps at every report.

    Each is trained as it would be alone: the same losses, bit for bit. A run that diverges, or
    whose own code fails, stands still with its message while the others go on.
    """

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        """Build every run.

        Raises:
            SettingError: there are too few or too many, or one of them cannot be built.
        """
        checked_candidates(candidates)
        budget = _BUDGET // len(candidates)
        self._entrants = [
            _entrant(number, candidate, budget)
            for number, candidate in enumerate(candidates, start=1)
        ]
        self._goal = 0
        self._round_steps = 1
        self._round_s = 0.0

    @property
    def finished(self) -> bool:
        """Tell whether no run goes on any more."""
        return all(entrant.state != "running" for entrant in self._entrants)

    def advance(self, budget_s: float) -> bool:
        """Train for about `budget_s`; tell whether all runs are side by side again.

        Where a step takes longer than that, each call does one run's step.
        """
        started = time.perf_counter()
        deadline = started + budget_s
        if not self._behind():
            self._goal += self._round_steps
        for entrant in self._behind():
            if not entrant.advance(self._goal, deadline) or time.perf_counter() >= deadline:
                break
        self._round_s += time.perf_counter() - started
        complete = not self._behind()
        if complete:
            self._fit_round_to(budget_s)
        return complete

    def frame(self, number: int) -> RunComparisonFrame:
        """Report the losses and standings of run `number`'s comparison since the last report."""
        losses = tuple(
            Array.of(np.array(entrant.losses, dtype=np.float64)) for entrant in self._entrants
        )
        for entrant in self._entrants:
            entrant.losses.clear()
        standings = tuple(entrant.standing for entrant in self._entrants)
        return RunComparisonFrame(
            run=number,
            step=max(standing.step for standing in standings),
            losses=losses,
            standings=standings,
        )

    def _behind(self) -> list[_Entrant]:
        return [
            entrant
            for entrant in self._entrants
            if entrant.state == "running" and entrant.trainer.step < self._goal
        ]

    def _fit_round_to(self, budget_s: float) -> None:
        """Choose how many steps fit into the next round, from how long this one took."""
        fitting = self._round_steps * _SHARE * budget_s / max(self._round_s, 1e-9)
        self._round_steps = max(1, math.floor(min(fitting, _GROWTH * self._round_steps)))
        self._round_s = 0.0


def _entrant(number: int, candidate: Candidate, budget: int) -> _Entrant:
    try:
        return _Entrant(candidate, budget)
    except GradvizError as error:
        message = tr(
            "Run {number} ({title}): {message}",
            number=number,
            title=candidate.title,
            message=error.message,
        )
        raise SettingError(message, error.hint) from error

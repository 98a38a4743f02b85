"""The loop of a training: steps until a deadline, or until one cannot be done."""

import math
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from gradviz.engine.training.finiteness import Fault, spoilt_parameter
from gradviz.engine.training.history import Moment
from gradviz.engine.training.looks import Looks
from gradviz.engine.training.standing_model import StandingModel


class Slice(NamedTuple):
    """The losses of one slice of training.

    `losses` are those before each of its steps. `bad_loss` is the loss, not finite, before the
    step that could not be done, and `fault` tells of a step that could not be done though its loss
    is finite; both are None where all went well.
    """

    losses: list[float]
    bad_loss: float | None
    fault: Fault | None = None

    @property
    def diverged(self) -> bool:
        """Tell whether a step could not be done."""
        return self.bad_loss is not None or self.fault is not None


class StepLoop:
    """Does steps of the standing model; `begin` gets the moment before the first of a slice."""

    def __init__(
        self, standing: StandingModel, looks: Looks, begin: Callable[[Moment], None]
    ) -> None:
        self._standing = standing
        self._looks = looks
        self._begin = begin

    # An overflow ends in a loss that is not finite, which is reported; NumPy need not warn.
    @np.errstate(over="ignore", invalid="ignore")
    def train(self, count: int, deadline: float, *, keep: bool = True) -> Slice:
        """Do up to `count` steps: the tutorial's loop, with its loss read at every step.

        The steps are not counted by the standing model. Without `keep` they are repeated ones,
        whose moments are known.
        """
        model, first_step = self._standing.run.model, self._standing.step
        clock, isfinite = time.perf_counter, math.isfinite
        stepper = self._standing.stepper
        halves, schedule = stepper.halves_of_steps(), stepper.schedule
        optimizer = stepper.optimizer
        losses: list[float] = []
        looks = stepper.watching = self._looks.always or (keep and self._looks.due(clock()))
        stepper.spoilt = ""
        while len(losses) < count:
            model.at_step = first_step + len(losses)
            value = self._next_loss(halves)
            if not isfinite(value):
                return Slice(losses, value)
            if keep and not losses:
                self._begin(self._standing.moment())
            if schedule is not None:
                optimizer.learning_rate = schedule.rate(model.at_step)
            next(halves)
            if looks:
                fault = self._fault_of_step(value)
                if fault is not None:
                    return Slice(losses, None, fault)
                looks = stepper.watching = self._looks.always
                self._looks.looked = first_step if keep else self._looks.looked
            if schedule is not None:
                schedule.follow(value)
            losses.append(value)
            if clock() >= deadline:
                break
        return Slice(losses, None)

    def _next_loss(self, halves: Iterator[float]) -> float:
        """Return the loss of the next step; not a number where the step before made it fail."""
        try:
            return next(halves)
        except Exception:
            # A parameter that is not finite makes some operations fail.
            if not spoilt_parameter(self._standing.run.model.parameters):
                raise
            return math.nan

    def _fault_of_step(self, loss: float) -> Fault | None:
        """Return the fault of the step that was just done, as far as it was looked at."""
        stepper = self._standing.stepper
        if stepper.spoilt:
            return Fault("gradient", stepper.spoilt, loss)
        if not self._looks.always:
            return None
        spoilt = spoilt_parameter(self._standing.run.model.parameters)
        return Fault("parameter", spoilt, loss) if spoilt else None

"""Visits of a training to its earlier steps, and to the pass that failed."""

import time

from gradviz.core.choices.settings import Training
from gradviz.core.errors import SettingError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.language.saying import tr
from gradviz.engine.data.targets import Data, ForgottenData
from gradviz.engine.training.history import FailedPass, Moment, SettingChange
from gradviz.engine.training.repetition import Repetition
from gradviz.engine.training.standing_model import StandingModel


class Visits:
    """Leads the standing model away from the newest step and back.

    A visit leaves the newest step as it is, until training goes on from the visited one.

    Attributes:
        newest: The newest moment while another one is visited, else None.
        explained: The last step's updates, as `travel` or `explain` has found them.
    """

    def __init__(self, standing: StandingModel, repetition: Repetition) -> None:
        self.newest: Moment | None = None
        self.explained: OptimizerStep | None = None
        self._standing = standing
        self._repetition = repetition
        self._failed: FailedPass | None = None
        self._unsaved: list[SettingChange] = []
        self._destination = 0

    @property
    def newest_step(self) -> int:
        """Return how many steps are done in all, also while an earlier one is visited."""
        return self._standing.step if self.newest is None else self.newest.step

    @property
    def failed_step(self) -> int | None:
        """Return the step after the newest whose loss is not finite, where it can be visited."""
        return None if self._failed is None else self._failed.moment.step

    @property
    def at_failed(self) -> bool:
        """Tell whether the pass that failed is visited, from which no training goes on."""
        return self.newest is not None and self._standing.step > self.newest.step

    def visit(self, step: int) -> None:
        """Set off for the moment after `step` steps; `travel` arrives.

        Raises:
            SettingError: there is no such step.
        """
        newest, failed = self.newest_step, self._failed
        if failed is not None and step == failed.moment.step:
            left = self.newest or self._standing.moment()
            self._standing.load(failed.moment)
            self._begin(left, step)
            self.explained = failed.explained
            return
        if not 0 <= step <= newest:
            raise SettingError(
                tr("There is no step {step}.", step=step),
                tr("Choose one from 0 to {last}.", last=newest),
            )
        self.explained = None
        if step == newest:
            self.return_to_newest()
            self._destination = step
        else:
            left = self.newest or self._standing.moment()
            self._repetition.load_nearest(max(0, step - 1))
            self._begin(left, step)

    def travel(self, budget_s: float) -> bool:
        """Compute the steps to the visited one again; tell whether it is reached."""
        if self.newest is None:
            self.explain()
            return True
        if self.at_failed:
            return True
        try:
            deadline = time.perf_counter() + budget_s
            arrived = self._repetition.repeat(self._destination - 1, deadline)
            if arrived and self._destination:
                self.explained = self._repetition.explained_step()
        except Exception:
            self.return_to_newest()
            raise
        return arrived

    def return_to_newest(self) -> None:
        """End a visit: the weights and the memory are the newest again, with the latest settings.

        Settings changed while an earlier step was visited count from the newest step on.
        """
        if self.newest is None:
            return
        changes = list(self._unsaved)
        self._standing.load(self.newest)
        self.newest = None
        self._unsaved.clear()
        for change in changes:
            self._standing.set(change.settings)
            self.note(change.settings)

    def stay(self) -> None:
        """Let the training go on from the step that is visited."""
        if self.newest is None:
            return
        self.newest = None
        self._repetition.forget_from_here()
        changes = list(self._unsaved)
        self._unsaved.clear()
        for change in changes:
            self.note(change.settings)

    def note(self, settings: Training | float | Data | ForgottenData) -> None:
        """Note that other settings count from this step on."""
        change = SettingChange(self._standing.step, settings)
        if self.newest is not None:
            self._unsaved.append(change)
        else:
            self._repetition.history.note(change)
            self._standing.applied = self._repetition.history.changes

    def keep_failed(self) -> None:
        """Keep the weights of now, whose loss is not finite, to be visited after a return."""
        if self._standing.step:
            explained = self.explain()
            self._failed = FailedPass(self._standing.moment(), explained)

    def forget_failed(self) -> None:
        """Let go of the pass that failed."""
        self._failed = None

    def explain(self) -> OptimizerStep | None:
        """Compute the last step again, and return its updates; None before the first."""
        present = self._standing.moment()
        self.explained = None
        if present.step:
            self._repetition.go_to(present.step - 1)
            self.explained = self._repetition.explained_step()
            self._standing.load(present)
        return self.explained

    def _begin(self, left: Moment, destination: int) -> None:
        self.newest, self._destination = left, destination
        self._unsaved.clear()

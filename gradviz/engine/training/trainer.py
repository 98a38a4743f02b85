"""Training in slices of time: every loss, an exact stop where it is not finite, a way back."""

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Final

import msgspec
import numpy as np
import torch

from gradviz.core.choices.settings import Model, Training, checked_learning_rate
from gradviz.core.errors import SettingError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.language.saying import tr
from gradviz.engine.data.targets import Data
from gradviz.engine.runs.run import Run
from gradviz.engine.training.finiteness import Fault
from gradviz.engine.training.history import BUDGET, History, StoredTraining
from gradviz.engine.training.looks import Looks
from gradviz.engine.training.repetition import Repetition
from gradviz.engine.training.standing_model import StandingModel
from gradviz.engine.training.step_loop import Slice
from gradviz.engine.training.visits import Visits

#: A moment is kept at least so often, so that going back never repeats more than that.
SLICE_S: Final = 1 / 60


class Trainer:
    """Trains the model of a run in mode "fit"; `step` counts the steps done in all.

    Each slice begins with a moment from which its steps can be repeated: that costs nothing while
    all is well, and gives the same weights, bit for bit where the device computes reproducibly.
    So the weights that gave the last finite loss are found, and those of any step. A visit to an
    earlier step leaves the newest as it is, until training goes on from there.

    Gradients and parameters are looked at once in a slice: where one is not finite, the steps since
    the last look are repeated, each with a look, and training stands still before the first of them
    that cannot be done.
    """

    def __init__(self, run: Run, history_bytes: int = BUDGET) -> None:
        if run.target is None:
            raise SettingError(
                tr("There is nothing to train in the gradient at a point."),
                tr("Switch to fit.")
                if "fit" in run.modes
                else tr("A fit needs a parameter, as a is in a x, and y is its target."),
            )
        self._run = run
        self._standing = StandingModel(run)
        self._stepper = self._standing.stepper
        self._looks = Looks(self._standing)
        self._repetition = Repetition(self._standing, self._looks, history_bytes)
        self._visits = Visits(self._standing, self._repetition)
        self._seconds, self._timed_steps = 0.0, 0

    @property
    def step(self) -> int:
        """Return after how many steps the model stands."""
        return self._standing.step

    @property
    def finished(self) -> bool:
        """Tell whether all steps are done."""
        return self.step >= self.training.steps

    @property
    def steps_per_second(self) -> float:
        """Return the speed since training last started; 0 before the first step."""
        return self._timed_steps / self._seconds if self._seconds else 0.0

    @property
    def learning_rate(self) -> float:
        """Return the learning rate as it was set; a scheduler starts from it."""
        return self._stepper.rate

    @property
    def next_rate(self) -> float:
        """Return the learning rate of the next step."""
        return self._stepper.rate_at(self.step)

    @property
    def training(self) -> Training:
        """Return the settings."""
        return self._stepper.training

    def buffers(self, parameter: str) -> Mapping[str, Any]:
        """Return the optimizer's state for a parameter, by name, without a copy."""
        return self._stepper.optimizer.buffers(list(self._run.model.parameters).index(parameter))

    @property
    def newest_step(self) -> int:
        """Return how many steps are done in all, also while an earlier one is visited."""
        return self._visits.newest_step

    @property
    def visiting(self) -> bool:
        """Tell whether an earlier step than the newest is visited."""
        return self._visits.newest is not None

    @property
    def failed_step(self) -> int | None:
        """Return the step after the newest whose loss is not finite, where it can be visited."""
        return self._visits.failed_step

    @property
    def at_failed(self) -> bool:
        """Tell whether the pass that failed is visited, from which no training goes on."""
        return self._visits.at_failed

    @property
    def explained(self) -> OptimizerStep | None:
        """Return the last step's updates, as `travel` or `explain` has found them."""
        return self._visits.explained

    @property
    def history(self) -> History:
        """Return the losses, moments and changes that are kept of the training."""
        return self._repetition.history

    @property
    def future(self) -> int:
        """Return how often steps were forgotten, after which others may follow."""
        return self._repetition.future

    def prepare(self) -> None:
        """Make the optimizer and ask for its state once, so that the first step is not delayed."""
        self._stepper.optimizer.state()

    def start(self, training: Training) -> None:
        """Go on from the weights as they are; another optimizer starts without memory.

        Raises:
            SettingError: a number, the optimizer or an option is none that can be used.
        """
        self.change(training)
        self._seconds, self._timed_steps = 0.0, 0

    def change(self, training: Training) -> None:
        """Take other settings between two steps; raises SettingError as `start` does.

        Options change without losing the optimizer's memory, and so does the loss, which is
        that of the run from here on.
        """
        before = (msgspec.structs.replace(self.training, steps=training.steps), self.learning_rate)
        if training.loss != self.training.loss:
            self._stepper.check_loss(training)
        self._stepper.apply(training)
        if before != (training, training.learning_rate):
            self._visits.note(training)

    def change_learning_rate(self, learning_rate: float) -> None:
        """Go on with another learning rate; raises SettingError unless it is above 0."""
        self._stepper.take_rate(checked_learning_rate(learning_rate))
        self._visits.note(learning_rate)

    def change_data(self, settings: Model) -> None:
        """Go on from the same weights, fitted to the data of `settings`.

        Raises:
            FieldError: the target, the noise, the range, the points or the file cannot be used.
        """
        data = self._run.data_of(settings)
        if self._run.data is None or data.settings != self._run.data.settings:
            field = "data_file" if data.settings.data_file.strip() else "target"
            self._stepper.check_target(data.y, field)
            self._take_data(data)

    def first_predictions(self) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Return y_pred of the initial weights for the x of now, and over the grid if there is one.

        They are of shape (points,) and (grid points,).
        """
        standing, memory = self._standing, self._run.model.memory()
        present = standing.copied()
        standing.fill(self.history.nearest(0).parameters)
        found = self._run.prediction(), self._run.grid_prediction()
        standing.fill(present)
        self._run.model.recall(memory)
        return found

    def reset(self) -> None:
        """Return to the initial weights, bit for bit, and to step 0."""
        self.return_to_newest()
        initial = self.history.nearest(0)._replace(
            training=self.training,
            learning_rate=self.learning_rate,
            loss=self._run.loss,
            data=self._run.data,
            changes=0,
        )
        self._standing.load(initial)
        self._repetition.begin(initial)
        self._begin_anew()

    def stored(self) -> StoredTraining:
        """Return the training as it is, also while an earlier step is visited."""
        newest = self._visits.newest or self._standing.moment()
        history = self.history
        earlier = [each for each in history.moments if each.step < newest.step]
        moments = [*earlier, newest] if newest.step else [history.moments[0]]
        kept, stride = history.losses.kept()
        return StoredTraining(moments, list(history.changes_from(0)), kept, stride)

    def take(self, stored: StoredTraining) -> None:
        """Go on from another training of the same model."""
        self.return_to_newest()
        self._standing.load(stored.moments[-1])
        self._repetition.take(stored)
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Forget all that was found on the way here."""
        self._visits.forget_failed()
        self._visits.explained = None
        self._looks.begin(self.step)
        self._seconds, self._timed_steps = 0.0, 0

    def advance(self, budget_s: float, steps: int | None = None) -> Slice:
        """Train until the budget is spent, but at most `steps`, or to the end of the training.

        Where an earlier step is visited, the steps after it are forgotten; the pass that failed is
        left for the last finite weights.
        """
        if self.at_failed:
            self.return_to_newest()
        if steps is None:
            steps = self.training.steps - self.step
        if steps > 0:
            self._visits.forget_failed()
            self._visits.stay()
        started = time.perf_counter()
        losses: list[float] = []
        while True:
            soon = min(started + budget_s, time.perf_counter() + SLICE_S)
            try:
                done = self._repetition.train(steps - len(losses), soon)
            except SettingError:
                # The loss does not take the output any more: the steps of this slice are undone.
                self._repetition.undo_slice()
                raise
            reached = self._standing.step = self.step + len(done.losses)
            self.history.losses.extend(done.losses)
            losses += done.losses
            if self._is_suspect(done, last=len(losses) >= steps):
                fault = self._first_fault(done)
                # Where an earlier step cannot be done, the later loss is a consequence.
                done = Slice([], None if fault is not None else done.bad_loss, fault)
                losses = losses[: max(0, len(losses) - (reached - self.step))]
            ended = time.perf_counter()
            if done.diverged or len(losses) >= steps or ended >= started + budget_s:
                break
        self._seconds += ended - started
        self._timed_steps += len(losses)
        return Slice(losses, done.bad_loss, done.fault)

    def _is_suspect(self, done: Slice, *, last: bool) -> bool:
        """Tell whether a step of a slice cannot have been done rightly; look if it is time to."""
        return done.diverged or self._looks.finds_a_spoilt_parameter(last=last)

    def _first_fault(self, done: Slice) -> Fault | None:
        """Find the first step since the last sound one that cannot be done, and stand before it.

        Where none is found, all is as it was, and the fault is that of the slice itself.
        """
        stop, found = self._repetition.first_fault()
        fault = found or done.fault
        if fault is not None:
            self._return_to(stop)
        return fault

    def keep_failed(self) -> None:
        """Keep the weights of now, whose loss is not finite, to be visited after a return."""
        self._visits.keep_failed()

    def return_to_finite(self) -> None:
        """Return to the weights that gave the last finite loss; without one, to the initial."""
        self._return_to(max(0, self.step - 1))

    def _return_to(self, step: int) -> None:
        """Return to the weights of an earlier step, with the settings of now."""
        training, loss, data = self.training, self._run.loss, self._run.data
        settings = msgspec.structs.replace(training, learning_rate=self.learning_rate)
        self._repetition.go_to(step)
        self._repetition.forget_from_here()
        self._stepper.apply(settings)
        self._visits.note(settings)
        self._stepper.training, self._run.loss = training, loss
        if data is not None and data is not self._run.data:
            self._take_data(data)

    def visit(self, step: int) -> None:
        """Set off for the moment after `step` steps; `travel` arrives.

        The step after the newest is that of the pass that failed, where one did.

        Raises:
            SettingError: there is no such step.
        """
        self._visits.visit(step)

    def travel(self, budget_s: float) -> bool:
        """Compute the steps to the visited one again; tell whether it is reached."""
        return self._visits.travel(budget_s)

    def standing_at(self, step: int) -> AbstractContextManager[None]:
        """Let the model be that of the moment after `step` steps within this context.

        Afterwards all is as it was, also in the middle of a training or of a visit.

        Raises:
            SettingError: there is no such step.
            ModelError: the device does not compute the same twice.
        """
        if not 0 <= step <= self.newest_step:
            raise SettingError(
                tr("There is no step {step}.", step=step),
                tr("Choose one from 0 to {last}.", last=self.newest_step),
            )
        return self._repetition.standing_at(step)

    def return_to_newest(self) -> None:
        """End a visit: the weights and the memory are the newest again, with the latest settings.

        Settings changed while an earlier step was visited count from the newest step on.
        """
        self._visits.return_to_newest()

    def loss_now(self) -> float:
        """Return the loss that the next step begins with; the model is left as it is."""
        model = self._run.model
        memory = model.memory()
        model.at_step = self.step
        with torch.no_grad(), np.errstate(over="ignore", invalid="ignore"):
            value = self._stepper.loss().item()
        model.recall(memory)
        return value

    def explain(self) -> OptimizerStep | None:
        """Compute the last step again, and return its updates; None before the first."""
        return self._visits.explain()

    def _take_data(self, data: Data) -> None:
        self._run.take(data)
        self._visits.note(data)

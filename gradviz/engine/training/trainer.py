"""Training in slices of time: every loss, an exact stop where it is not finite, a way back."""

import math
import time
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import torch

from gradviz.core.choices.settings import Model, Training, checked_learning_rate
from gradviz.core.errors import ModelError, SettingError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.engine.data.targets import Data, ForgottenData
from gradviz.engine.runs.run import Run
from gradviz.engine.training.explained_step import explained_step
from gradviz.engine.training.finiteness import SHARE, Fault, spoilt_parameter
from gradviz.engine.training.history import BUDGET, FailedPass, History, Moment, SettingChange
from gradviz.engine.training.stepper import Stepper

#: A moment is kept at least so often, so that going back never repeats more than that.
SLICE_S: Final = 1 / 60


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
                "There is nothing to train in the gradient at a point.",
                "Switch to fit."
                if "fit" in run.modes
                else "A fit needs a parameter, as a is in a x, and y is its target.",
            )
        self.step = 0
        self._run = run
        self._stepper = Stepper(run)
        self._parameters = list(run.model.parameters.values())
        self._history = History(self._first(), history_bytes)
        self._slice: Moment | None = None
        self._applied = 0
        self._newest: Moment | None = None
        self._failed: FailedPass | None = None
        self._unsaved: list[SettingChange] = []
        self._destination = 0
        self._explained: OptimizerStep | None = None
        self._seconds, self._timed_steps = 0.0, 0
        #: The last step at which gradients were looked at, and the last one that was found sound.
        self._looked = self._sound = 0
        self._next_look = 0.0
        self._looks_always = False
        self._fault: Fault | None = None

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
        return self.step if self._newest is None else self._newest.step

    @property
    def visiting(self) -> bool:
        """Tell whether an earlier step than the newest is visited."""
        return self._newest is not None

    @property
    def failed_step(self) -> int | None:
        """Return the step after the newest whose loss is not finite, where it can be visited."""
        return None if self._failed is None else self._failed.moment.step

    @property
    def at_failed(self) -> bool:
        """Tell whether the pass that failed is visited, from which no training goes on."""
        return self._newest is not None and self.step > self._newest.step

    @property
    def explained(self) -> OptimizerStep | None:
        """Return the last step's updates, as `travel` or `explain` has found them."""
        return self._explained

    @property
    def history(self) -> History:
        """Return the losses, moments and changes that are kept of the training."""
        return self._history

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
            self._note(training)

    def change_learning_rate(self, learning_rate: float) -> None:
        """Go on with another learning rate; raises SettingError unless it is above 0."""
        self._stepper.take_rate(checked_learning_rate(learning_rate))
        self._note(learning_rate)

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
        present, memory = self._copied(), self._run.model.memory()
        self._fill(self._history.nearest(0).parameters)
        found = self._run.prediction(), self._run.grid_prediction()
        self._fill(present)
        self._run.model.recall(memory)
        return found

    def reset(self) -> None:
        """Return to the initial weights, bit for bit, and to step 0."""
        self.return_to_newest()
        initial = self._history.nearest(0)._replace(
            training=self.training,
            learning_rate=self.learning_rate,
            loss=self._run.loss,
            data=self._run.data,
            changes=0,
        )
        self._load(initial)
        self._history.begin(initial)
        self._slice = None
        self._failed = None
        self._sound = self._looked = 0
        self._explained = None
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
            self._failed = None
            self._leave_the_future()
        started = time.perf_counter()
        losses: list[float] = []
        while True:
            soon = min(started + budget_s, time.perf_counter() + SLICE_S)
            try:
                done = self._train(steps - len(losses), soon)
            except SettingError:
                # The loss does not take the output any more: the steps of this slice are undone.
                if self._slice is not None and self._slice.step == self.step:
                    self._load(self._slice)
                raise
            reached = self.step = self.step + len(done.losses)
            self._history.losses.extend(done.losses)
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

    def keep_failed(self) -> None:
        """Keep the weights of now, whose loss is not finite, to be visited after a return."""
        if self.step:
            explained = self.explain()
            self._failed = FailedPass(self._moment(), explained)

    def return_to_finite(self) -> None:
        """Return to the weights that gave the last finite loss; without one, to the initial."""
        self._return_to(max(0, self.step - 1))

    def _return_to(self, step: int) -> None:
        """Return to the weights of an earlier step, with the settings of now."""
        training, loss, data = self.training, self._run.loss, self._run.data
        settings = msgspec.structs.replace(training, learning_rate=self.learning_rate)
        self._go_to(step)
        self._forget_from_here()
        self._stepper.apply(settings)
        self._note(settings)
        self._stepper.training, self._run.loss = training, loss
        if data is not None and data is not self._run.data:
            self._take_data(data)

    def visit(self, step: int) -> None:
        """Set off for the moment after `step` steps; `travel` arrives.

        The step after the newest is that of the pass that failed, where one did.

        Raises:
            SettingError: there is no such step.
        """
        newest, failed = self.newest_step, self._failed
        if failed is not None and step == failed.moment.step:
            left = self._newest or self._moment()
            self._load(failed.moment)
            self._newest, self._destination = left, step
            self._unsaved.clear()
            self._explained = failed.explained
            return
        if not 0 <= step <= newest:
            raise SettingError(f"There is no step {step}.", f"Choose one from 0 to {newest}.")
        self._explained = None
        if step == newest:
            self.return_to_newest()
        else:
            left = self._newest or self._moment()
            self._load(self._nearest(max(0, step - 1)))
            self._newest = left
            self._unsaved.clear()
        self._destination = step

    def travel(self, budget_s: float) -> bool:
        """Compute the steps to the visited one again; tell whether it is reached."""
        if not self.visiting:
            self.explain()
            return True
        if self.at_failed:
            return True
        try:
            arrived = self._replay(self._destination - 1, time.perf_counter() + budget_s)
            if arrived and self._destination:
                self._explained = self._step_explained()
        except Exception:
            self.return_to_newest()
            raise
        return arrived

    def return_to_newest(self) -> None:
        """End a visit: the weights and the memory are the newest again, with the latest settings.

        Settings changed while an earlier step was visited count from the newest step on.
        """
        if self._newest is None:
            return
        changes = list(self._unsaved)
        self._load(self._newest)
        self._newest = None
        self._unsaved.clear()
        for change in changes:
            self._set(change.settings)
            self._note(change.settings)

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
        present = self._moment()
        self._explained = None
        if present.step:
            self._go_to(present.step - 1)
            self._explained = self._step_explained()
            self._load(present)
        return self._explained

    def _go_to(self, step: int) -> None:
        self._load(self._nearest(step))
        self._replay(step, math.inf)

    def _nearest(self, step: int) -> Moment:
        kept = self._history.nearest(step)
        recent = self._slice
        return recent if recent is not None and kept.step < recent.step <= step else kept

    def _replay(self, step: int, deadline: float) -> bool:
        """Go on as training did then, also with the settings of then; tell whether all is done."""
        self._change_again()
        while self.step < step:
            coming = self._history.changes_from(self._applied)
            stop = min(step, coming[0].step) if coming else step
            done = self._train(stop - self.step, deadline, keep=False)
            self.step += len(done.losses)
            if done.bad_loss is not None:
                raise ModelError(
                    f"Step {self.step} could not be computed again: its loss is {done.bad_loss}.",
                    "The device does not compute the same twice.",
                )
            if done.fault is not None:
                self._fault = done.fault
                break
            self._change_again()
            if time.perf_counter() >= deadline:
                break
        return self.step >= step

    def _change_again(self) -> None:
        """Take the settings that were changed at this step then."""
        for change in self._history.changes_from(self._applied):
            if change.step > self.step:
                break
            self._set(change.settings)
            self._applied += 1

    @np.errstate(over="ignore", invalid="ignore")
    def _step_explained(self) -> OptimizerStep:
        """Do the next step, as it was done then, and return its updates."""
        model = self._run.model
        before, memory, rate = self._copied(), model.memory(), self.next_rate
        model.at_step = self.step
        loss = self._stepper.loss()
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [None if p.grad is None else p.grad.clone() for p in self._parameters]
        for parameter in self._parameters:
            parameter.grad = None
        # The step itself begins again with the random numbers and running means of that pass.
        model.recall(memory)
        self._replay(self.step + 1, math.inf)
        return explained_step(
            self.training.optimizer,
            self._stepper.optimizer,
            model.parameters,
            before,
            gradients,
            learning_rate=rate,
            loss=loss.item(),
        )

    def _take_data(self, data: Data) -> None:
        self._run.take(data)
        self._note(data)

    def _take_again(self, data: Data | ForgottenData) -> None:
        """Let the model be fitted to the data of an earlier step."""
        if isinstance(data, ForgottenData):
            data = data.again(self._run.data_of)
        self._run.take(data)

    def _set(self, settings: Training | float | Data | ForgottenData) -> None:
        if isinstance(settings, Training):
            self._stepper.apply(settings)
        elif isinstance(settings, Data | ForgottenData):
            self._take_again(settings)
        else:
            self._stepper.take_rate(settings)

    def _note(self, settings: Training | float | Data | ForgottenData) -> None:
        change = SettingChange(self.step, settings)
        if self.visiting:
            self._unsaved.append(change)
        else:
            self._history.note(change)
            self._applied = self._history.changes

    def _leave_the_future(self) -> None:
        """Let the training go on from the step that is visited."""
        if self._newest is None:
            return
        self._newest = None
        self._forget_from_here()
        changes = list(self._unsaved)
        self._unsaved.clear()
        for change in changes:
            self._note(change.settings)

    def _forget_from_here(self) -> None:
        self._history.cut(self.step, self._applied)
        self._sound, self._looked = min(self._sound, self.step), min(self._looked, self.step)
        recent = self._slice
        if recent is not None and (recent.step > self.step or recent.changes > self._applied):
            self._slice = None

    def _is_suspect(self, done: Slice, *, last: bool) -> bool:
        """Tell whether a step of a slice cannot have been done rightly; look if it is time to."""
        if done.diverged:
            return True
        began = time.perf_counter()
        if not last and began < self._next_look:
            return False
        spoilt = spoilt_parameter(self._run.model.parameters)
        ended = time.perf_counter()
        # The gradients take about as long to look at.
        self._next_look = ended + 2 * (ended - began) / SHARE
        if not spoilt:
            self._sound = self._looked
        return bool(spoilt)

    def _first_fault(self, done: Slice) -> Fault | None:
        """Repeat the steps since the last sound one with a look at each; stand before a bad one.

        Where none is found, all is as it was, and the fault is that of the slice itself.
        """
        present, self._fault = self._moment(), None
        self._go_to(self._sound)
        self._looks_always = True
        try:
            self._replay(present.step, math.inf)
        finally:
            self._looks_always = False
        stop, fault = self.step, self._fault or done.fault
        self._load(present)
        if fault is not None:
            self._return_to(stop)
        return fault

    # An overflow ends in a loss that is not finite, which is reported; NumPy need not warn.
    @np.errstate(over="ignore", invalid="ignore")
    def _train(self, count: int, deadline: float, *, keep: bool = True) -> Slice:
        """Do up to `count` steps: the tutorial's loop, with its loss read at every step."""
        model, first_step = self._run.model, self.step
        clock, isfinite = time.perf_counter, math.isfinite
        stepper = self._stepper
        halves, schedule = stepper.halves_of_steps(), stepper.schedule
        optimizer = stepper.optimizer
        losses: list[float] = []
        looks = stepper.watching = self._looks_always or (keep and clock() >= self._next_look)
        stepper.spoilt = ""
        while len(losses) < count:
            model.at_step = first_step + len(losses)
            value = self._next_loss(halves)
            if not isfinite(value):
                return Slice(losses, value)
            if keep and not losses:
                self._slice = self._moment()
                self._history.keep(self._slice)
            if schedule is not None:
                optimizer.learning_rate = schedule.rate(model.at_step)
            next(halves)
            if looks:
                fault = self._fault_of_step(value)
                if fault is not None:
                    return Slice(losses, None, fault)
                looks = stepper.watching = self._looks_always
                self._looked = first_step if keep else self._looked
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
            if not spoilt_parameter(self._run.model.parameters):
                raise
            return math.nan

    def _fault_of_step(self, loss: float) -> Fault | None:
        """Return the fault of the step that was just done, as far as it was looked at."""
        if self._stepper.spoilt:
            return Fault("gradient", self._stepper.spoilt, loss)
        if not self._looks_always:
            return None
        spoilt = spoilt_parameter(self._run.model.parameters)
        return Fault("parameter", spoilt, loss) if spoilt else None

    def _moment(self) -> Moment:
        return Moment(
            step=self.step,
            parameters=self._copied(),
            training=self.training,
            memory=self._stepper.memory(),
            learning_rate=self.learning_rate,
            loss=self._run.loss,
            data=self._run.data,
            model=self._run.model.memory(),
            changes=self._applied,
        )

    def _first(self) -> Moment:
        return Moment(
            step=0,
            parameters=self._copied(),
            training=self.training,
            memory=None,
            learning_rate=self.training.learning_rate,
            loss=self._run.loss,
            data=self._run.data,
            model=self._run.model.memory(),
        )

    def _copied(self) -> list[torch.Tensor]:
        return [parameter.detach().clone() for parameter in self._parameters]

    def _fill(self, values: list[torch.Tensor]) -> None:
        with torch.no_grad():
            for parameter, value in zip(self._parameters, values, strict=True):
                parameter.copy_(value)
                parameter.grad = None

    def _load(self, moment: Moment) -> None:
        # The one thing that can fail comes first, so that it leaves all as it was.
        if moment.data is not None:
            self._take_again(moment.data)
        self._fill(moment.parameters)
        self._stepper.return_to(moment.training, moment.memory, moment.learning_rate)
        self._run.loss = moment.loss
        self._run.model.recall(moment.model)
        self.step = moment.step
        self._applied = moment.changes

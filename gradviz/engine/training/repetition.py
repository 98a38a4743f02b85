"""Steps of a training computed again: from the nearest moment on, with the settings of then."""

import contextlib
import math
import time
from collections.abc import Iterator

import numpy as np

from gradviz.core.errors import ModelError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.language.saying import tr
from gradviz.engine.training.explained_step import explained_step
from gradviz.engine.training.finiteness import Fault
from gradviz.engine.training.history import History, Moment, StoredTraining
from gradviz.engine.training.looks import Looks
from gradviz.engine.training.standing_model import StandingModel
from gradviz.engine.training.step_loop import Slice, StepLoop


class Repetition:
    """Keeps moments of a training, and leads the standing model to any step.

    Attributes:
        history: The losses, moments and changes that are kept.
        future: How often steps were forgotten, after which others may follow.
    """

    def __init__(self, standing: StandingModel, looks: Looks, history_bytes: int) -> None:
        self.history = History(standing.first(), history_bytes)
        self.future = 0
        self._standing = standing
        self._looks = looks
        self._loop = StepLoop(standing, looks, self._keep)
        #: The moment before the slice that was trained last.
        self._slice: Moment | None = None
        #: The moment that was stood at last: the next one asked for is mostly the one after it.
        self._stood: Moment | None = None
        self._fault: Fault | None = None

    def begin(self, first: Moment) -> None:
        """Forget everything, and begin with `first` at step 0."""
        self.history.begin(first)
        self._slice = self._stood = None
        self.future += 1

    def take(self, stored: StoredTraining) -> None:
        """Go on with the history of another training, at whose newest moment the model stands."""
        newest = stored.moments[-1].step
        self.history.take(stored.moments, stored.changes, stored.losses, stored.stride, newest)
        self._slice = None

    def forget_from_here(self) -> None:
        """Forget the steps and changes after the standing model."""
        standing = self._standing
        self.history.cut(standing.step, standing.applied)
        self._stood = None
        self.future += 1
        self._looks.forget_after(standing.step)
        recent = self._slice
        if recent is not None and (
            recent.step > standing.step or recent.changes > standing.applied
        ):
            self._slice = None

    def train(self, count: int, deadline: float) -> Slice:
        """Do up to `count` new steps, which the standing model is still to count."""
        return self._loop.train(count, deadline)

    def undo_slice(self) -> None:
        """Return to where the last slice began, if it began at this step."""
        if self._slice is not None and self._slice.step == self._standing.step:
            self._standing.load(self._slice)

    def load_nearest(self, step: int) -> None:
        """Stand at the last moment that is kept at or before `step`."""
        self._standing.load(self._nearest(step))

    def go_to(self, step: int) -> None:
        """Stand at the moment after `step` steps; raises ModelError as `repeat` does."""
        self.load_nearest(step)
        self.repeat(step)

    def repeat(self, step: int, deadline: float = math.inf) -> bool:
        """Go on as training did then, also with the settings of then; tell whether all is done.

        Raises:
            ModelError: the device does not compute the same twice.
        """
        standing = self._standing
        self._change_again()
        while standing.step < step:
            coming = self.history.changes_from(standing.applied)
            stop = min(step, coming[0].step) if coming else step
            done = self._loop.train(stop - standing.step, deadline, keep=False)
            standing.step += len(done.losses)
            if done.bad_loss is not None:
                raise ModelError(
                    tr(
                        "Step {step} could not be computed again: its loss is {loss}.",
                        step=standing.step,
                        loss=done.bad_loss,
                    ),
                    tr("The device does not compute the same twice."),
                )
            if done.fault is not None:
                self._fault = done.fault
                break
            self._change_again()
            if time.perf_counter() >= deadline:
                break
        return standing.step >= step

    def first_fault(self) -> tuple[int, Fault | None]:
        """Repeat the steps since the last sound one with a look at each.

        Return the step before which a fault was found, or the present one, and the fault. All is
        left as it was.
        """
        standing = self._standing
        present, self._fault = standing.moment(), None
        self.go_to(self._looks.sound)
        self._looks.always = True
        try:
            self.repeat(present.step)
        finally:
            self._looks.always = False
        stop = standing.step
        standing.load(present)
        return stop, self._fault

    @contextlib.contextmanager
    def standing_at(self, step: int) -> Iterator[None]:
        """Stand at the moment after `step` steps within this context."""
        standing = self._standing
        present, model = standing.moment(), standing.run.model
        try:
            standing.load(self._nearest_of_all(step))
            self.repeat(step)
            self._stood = standing.moment()
            model.at_step = step
            yield
        finally:
            standing.load(present)

    @np.errstate(over="ignore", invalid="ignore")
    def explained_step(self) -> OptimizerStep:
        """Do the next step, as it was done then, and return its updates."""
        standing, model = self._standing, self._standing.run.model
        stepper = standing.stepper
        before, memory = standing.copied(), model.memory()
        rate = stepper.rate_at(standing.step)
        model.at_step = standing.step
        loss = stepper.loss()
        loss.backward()  # type: ignore[no-untyped-call]
        gradients = [None if p.grad is None else p.grad.clone() for p in standing.parameters]
        for parameter in standing.parameters:
            parameter.grad = None
        # The step itself begins again with the random numbers and running means of that pass.
        model.recall(memory)
        self.repeat(standing.step + 1)
        return explained_step(
            standing.training.optimizer,
            stepper.optimizer,
            model.parameters,
            before,
            gradients,
            learning_rate=rate,
            loss=loss.item(),
        )

    def _keep(self, moment: Moment) -> None:
        """Keep the moment before the first step of a slice."""
        self._slice = moment
        self.history.keep(moment)

    def _nearest(self, step: int) -> Moment:
        kept = self.history.nearest(step)
        recent = self._slice
        return recent if recent is not None and kept.step < recent.step <= step else kept

    def _nearest_of_all(self, step: int) -> Moment:
        kept, stood = self._nearest(step), self._stood
        return stood if stood is not None and kept.step < stood.step <= step else kept

    def _change_again(self) -> None:
        """Take the settings that were changed at this step then."""
        standing = self._standing
        for change in self.history.changes_from(standing.applied):
            if change.step > standing.step:
                break
            standing.set(change.settings)
            standing.applied += 1

"""The settings of a training at work: its optimizer, its loss, and its learning rate."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import torch

from gradviz.core.choices.options import checked_options
from gradviz.core.choices.settings import Training, checked_learning_rate, checked_steps
from gradviz.engine.optim.losses import loss_row
from gradviz.engine.optim.optimizers import Optimizer, made, optimizer_row
from gradviz.engine.optim.schedulers import Schedule, schedule_of
from gradviz.engine.recording.backward import start_of
from gradviz.engine.runs.run import Run
from gradviz.engine.training.finiteness import spoilt_gradient


class StepMemory(NamedTuple):
    """The state of the optimizer, and that of a schedule which follows the loss."""

    optimizer: Any
    schedule: Any


class Stepper:
    """Does the steps of a run, one half after the other.

    Attributes:
        training: The settings.
        rate: The learning rate as it was set last; a scheduler starts from it.
        watching: Whether a step looks at its gradients, and is not done where one is not finite.
        spoilt: The parameter whose gradient was not finite when a step looked; empty if none was.
    """

    def __init__(self, run: Run) -> None:
        self.training = run.model.training
        self.rate = self.training.learning_rate
        self.watching = False
        self.spoilt = ""
        self._run = run
        self._parameters = list(run.model.parameters.values())
        self._schedule: Schedule | None = None

    @cached_property
    def optimizer(self) -> Optimizer:
        """Return the optimizer, with its memory."""
        return self._made(self.training)

    @property
    def schedule(self) -> Schedule | None:
        """Return the rates of the steps; None where the rate is the same for all."""
        self._schedule = self._scheduled(self.training, self.rate)
        return self._schedule

    def rate_at(self, step: int) -> float:
        """Return the learning rate of the step that follows on `step` steps."""
        schedule = self.schedule
        return self.rate if schedule is None else schedule.rate(step)

    def apply(self, training: Training) -> None:
        """Take other settings; options and the loss change without losing the memory.

        Raises:
            SettingError: a number, the optimizer, the scheduler or an option cannot be used.
        """
        model = self._run.model
        loss = model.with_backward(loss_row(training.loss or model.loss, model.target))
        checked_steps(training.steps)
        rate = checked_learning_rate(training.learning_rate)
        schedule = self._scheduled(training, rate)
        if training.optimizer != self.training.optimizer:
            self.optimizer = self._made(training)
        elif training.options != self.training.options:
            entry = optimizer_row(training.optimizer).entry
            self.optimizer.change(checked_options(entry.options, training.options))
        self.take_rate(rate)
        self._run.loss = loss
        self.training = training
        self._schedule = schedule

    def take_rate(self, rate: float) -> None:
        """Go on with another learning rate, or a schedule that starts from it."""
        if rate != self.rate:
            self._schedule = None
        self.rate = self.optimizer.learning_rate = rate

    def return_to(self, training: Training, memory: object, rate: float) -> None:
        """Return to the settings and the memory of an earlier moment; None begins without any."""
        if memory is None or training.optimizer != self.training.optimizer:
            self.optimizer = self._made(training)
        self.training = training
        self.take_rate(rate)
        if not isinstance(memory, StepMemory):
            # Before the first step, a schedule that follows the loss has followed none.
            self._schedule = None
            return
        self.optimizer.restore(memory.optimizer)
        self.optimizer.learning_rate = rate
        schedule = self.schedule
        if schedule is not None:
            schedule.recall(memory.schedule)

    def memory(self) -> StepMemory:
        """Return a copy of all that the next steps follow from besides model and settings."""
        schedule = self.schedule
        return StepMemory(self.optimizer.state(), None if schedule is None else schedule.memory())

    def halves_of_steps(self) -> Iterator[float]:
        """Yield each step's loss; asked once more, do its backward and its update."""
        x, target = self._data()
        own = self._run.model.own_halves_of_steps(x, target, self.optimizer)
        return self._halves_with_autograd(x, target) if own is None else own

    def _halves_with_autograd(self, x: torch.Tensor, target: torch.Tensor) -> Iterator[float]:
        forward, loss_of = self._run.model.forward_at(x), self._run.loss
        update = self.optimizer.step
        start: torch.Tensor | None = None
        while True:
            loss = loss_of(forward(), target)
            value = loss.item()
            yield value
            if start is None:
                start = start_of(loss)
            self._run.backward(loss, start)
            if self.watching and self._is_spoilt():
                yield value
                continue
            update()
            yield value

    def _is_spoilt(self) -> bool:
        """Look at the gradients, and clear them where one is not finite."""
        self.spoilt = spoilt_gradient(self._run.model.parameters)
        if self.spoilt:
            for parameter in self._parameters:
                parameter.grad = None
        return bool(self.spoilt)

    def loss(self) -> torch.Tensor:
        """Return the loss of the model as it is, shape ()."""
        x, target = self._data()
        return self._run.loss(self._run.model.forward(x), target)

    def _data(self) -> tuple[torch.Tensor, torch.Tensor]:
        if self._run.target is None:
            raise AssertionError("what is trained has a target")
        return self._run.x, self._run.target

    def check_target(self, y: torch.Tensor, field: str) -> None:
        """Raise FieldError for another target that the loss does not take."""
        model = self._run.model
        loss_row(self.training.loss or model.loss, model.target).check_target(y, field)

    def check_loss(self, training: Training) -> None:
        """Raise SettingError where the loss does not take the target, or the present output."""
        model = self._run.model
        row = loss_row(training.loss or model.loss, model.target)
        # A model that is trained with another loss alone says so first.
        model.with_backward(row)
        if row.targets is not None:
            row.check_target(self._data()[1])
        if row.outputs is not None:
            row.check_output(self._run.prediction())

    def _scheduled(self, training: Training, rate: float) -> Schedule | None:
        if not training.scheduler:
            return None
        settings = training.scheduler, training.scheduler_options, rate, training.composition
        if self._schedule is not None and self._schedule.settings == settings:
            return self._schedule
        return schedule_of(*settings)

    def _made(self, training: Training) -> Optimizer:
        return made(
            training.optimizer,
            self._parameters,
            training.learning_rate,
            training.options,
            self._evaluate,
        )

    def _evaluate(self) -> torch.Tensor:
        loss = self.loss()
        self._run.backward(loss, start_of(loss))
        return loss

"""Training in slices of time: every loss, an exact stop where it is not finite, a way back."""

import math
import time
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import torch

from gradviz.core.errors import SettingError
from gradviz.core.options import checked_options
from gradviz.core.settings import Training, checked_learning_rate, checked_steps
from gradviz.engine.losses import Loss, loss_named
from gradviz.engine.optimizers import DESCENT, Optimizer, made, optimizer_row
from gradviz.engine.run import Run


class Slice(NamedTuple):
    """What one slice of training did.

    `losses` are those before each of its steps. `bad_loss` is the loss, not finite, before the
    step that could not be done; None where all went well.
    """

    losses: list[float]
    bad_loss: float | None


class _State(NamedTuple):
    """Everything that the next steps follow from."""

    step: int
    parameters: list[torch.Tensor]
    optimizer: Optimizer
    memory: Any
    learning_rate: float
    loss: Loss


class Trainer:
    """Trains the model of a run in mode "fit"; `step` counts the steps done in all.

    Where the loss is not finite, the weights that gave the last finite loss are found by going
    back to where a slice began and repeating its steps: that costs nothing while all is well,
    and gives the same weights, bit for bit where the device computes reproducibly.
    """

    def __init__(self, run: Run) -> None:
        if run.target is None:
            raise SettingError(
                "There is nothing to train in the gradient at a point.", "Switch to fit."
            )
        self.step = 0
        self.training = run.model.training
        self._run = run
        self._target = run.target
        self._parameters = list(run.model.parameters.values())
        self._initial = self._copied()
        self._good: _State | None = None
        self._seconds = 0.0
        self._timed_steps = 0

    @property
    def finished(self) -> bool:
        """Tell whether all steps are done."""
        return self.step >= self.training.steps

    @property
    def steps_per_second(self) -> float:
        """Return the speed since training last started; 0 before the first step."""
        return self._timed_steps / self._seconds if self._seconds else 0.0

    @cached_property
    def _optimizer(self) -> Optimizer:
        return self._made(self.training)

    @property
    def learning_rate(self) -> float:
        """Return the learning rate of the next step."""
        return self._optimizer.learning_rate

    def prepare(self) -> None:
        """Do beforehand what would delay the first step."""
        self._optimizer.state()

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
        model = self._run.model
        loss = model.with_backward(loss_named(training.loss or model.loss))
        checked_steps(training.steps)
        checked_learning_rate(training.learning_rate)
        if training.optimizer != self.training.optimizer:
            self._optimizer = self._made(training)
        elif training.options != self.training.options:
            entry = optimizer_row(training.optimizer).entry
            self._optimizer.change(checked_options(entry.options, training.options))
        self._optimizer.learning_rate = training.learning_rate
        self._run.loss = loss
        self.training = training

    def change_learning_rate(self, learning_rate: float) -> None:
        """Go on with another learning rate; raises SettingError unless it is above 0."""
        self._optimizer.learning_rate = checked_learning_rate(learning_rate)

    def reset(self) -> None:
        """Return to the initial weights, bit for bit, and to step 0."""
        self._load(self._initial)
        learning_rate = self.learning_rate
        self._optimizer = self._made(self.training)
        self._optimizer.learning_rate = learning_rate
        self.step = 0
        self._good = None
        self._seconds, self._timed_steps = 0.0, 0

    def advance(self, budget_s: float, steps: int | None = None) -> Slice:
        """Train until the budget is spent, but at most `steps`, or to the end of the training."""
        if steps is None:
            steps = self.training.steps - self.step
        started = time.perf_counter()
        done = self._train(steps, started + budget_s)
        self._seconds += time.perf_counter() - started
        self._timed_steps += len(done.losses)
        self.step += len(done.losses)
        return done

    def return_to_finite(self) -> None:
        """Return to the weights that gave the last finite loss; without one, to the initial."""
        good, bad_step = self._good, self.step
        if good is None:
            self._load(self._initial)
            self.step = 0
            return
        chosen, learning_rate, loss = self._optimizer, self.learning_rate, self._run.loss
        self._load(good.parameters)
        self._optimizer = good.optimizer
        self._optimizer.restore(good.memory)
        self._optimizer.learning_rate = good.learning_rate
        self._run.loss = good.loss
        self.step = good.step
        self.step += len(self._train(bad_step - 1 - good.step, math.inf).losses)
        self._optimizer = chosen
        self._run.loss = loss
        self._optimizer.change(self.training.options)
        self._optimizer.learning_rate = learning_rate

    # Numbers that overflow end in a loss that is not finite, which is told; NumPy needs not warn.
    @np.errstate(over="ignore", invalid="ignore")
    def _train(self, count: int, deadline: float) -> Slice:
        """Do up to `count` steps: the tutorial's loop, with its loss read at every step."""
        model, first_step = self._run.model, self.step
        forward, loss_of, update = model.forward, self._run.loss, self._optimizer.step
        x, target = self._run.x, self._target
        clock, isfinite = time.perf_counter, math.isfinite
        losses: list[float] = []
        while len(losses) < count:
            model.at_step = first_step + len(losses)
            loss = loss_of(forward(x), target)
            value = loss.item()
            if not isfinite(value):
                return Slice(losses, value)
            if not losses:
                self._good = self._state()
            loss.backward()  # type: ignore[no-untyped-call]
            update()
            losses.append(value)
            if clock() >= deadline:
                break
        return Slice(losses, None)

    def _made(self, training: Training) -> Optimizer:
        if training.optimizer == DESCENT:
            checked_options((), training.options)
            return self._run.model.descent(training.learning_rate)
        return made(
            training.optimizer,
            self._parameters,
            training.learning_rate,
            training.options,
            self._evaluate,
        )

    def _evaluate(self) -> torch.Tensor:
        loss = self._run.loss(self._run.model.forward(self._run.x), self._target)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    def _state(self) -> _State:
        optimizer = self._optimizer
        return _State(
            self.step,
            self._copied(),
            optimizer,
            optimizer.state(),
            optimizer.learning_rate,
            self._run.loss,
        )

    def _copied(self) -> list[torch.Tensor]:
        return [parameter.detach().clone() for parameter in self._parameters]

    def _load(self, values: list[torch.Tensor]) -> None:
        with torch.no_grad():
            for parameter, value in zip(self._parameters, values, strict=True):
                parameter.copy_(value)
                parameter.grad = None

"""The optimizers: one row for each, and what training asks of them."""

import copy
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, Protocol

import torch

from gradviz.core.catalogue import OptimizerEntry
from gradviz.core.errors import SettingError


class Optimizer(Protocol):
    """Changes the parameters by their gradients; `learning_rate` may change between steps."""

    learning_rate: float

    def step(self) -> None:
        """Update the parameters and clear their gradients."""

    def state(self) -> Any:
        """Return a copy of what it remembers between steps."""

    def restore(self, state: Any) -> None:
        """Return to what `state` gave."""


class Descent:
    """Gradient descent as the tutorial writes it out: p -= learning_rate * p.grad."""

    def __init__(self, parameters: Sequence[torch.Tensor], learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self._parameters = tuple(parameters)
        # Entered at every step: making it anew each time would cost half a percent of training.
        self._no_grad = torch.no_grad()

    def step(self) -> None:
        """Update the parameters and clear their gradients."""
        learning_rate = self.learning_rate
        with self._no_grad:
            for parameter in self._parameters:
                gradient = parameter.grad
                if gradient is not None:
                    parameter -= learning_rate * gradient
                    parameter.grad = None

    def state(self) -> None:
        """Return nothing: it has no memory."""

    def restore(self, state: None) -> None:
        """Restore nothing."""


class TorchOptimizer:
    """An optimizer of torch.optim."""

    def __init__(self, optimizer: torch.optim.Optimizer) -> None:
        self._optimizer = optimizer

    @property
    def learning_rate(self) -> float:
        """Return the learning rate of all parameters."""
        return float(self._optimizer.param_groups[0]["lr"])

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = value

    def step(self) -> None:
        """Update the parameters and clear their gradients."""
        self._optimizer.step()
        self._optimizer.zero_grad()

    def state(self) -> Any:
        """Return a copy of its buffers and settings."""
        return copy.deepcopy(self._optimizer.state_dict())

    def restore(self, state: Any) -> None:
        """Return to what `state` gave."""
        self._optimizer.load_state_dict(state)


class OptimizerRow(NamedTuple):
    """One optimizer: how the catalogue shows it, and how it is made."""

    entry: OptimizerEntry
    make: Callable[[Sequence[torch.Tensor], float], Optimizer]


def _sgd(parameters: Sequence[torch.Tensor], learning_rate: float) -> Optimizer:
    return TorchOptimizer(torch.optim.SGD(list(parameters), lr=learning_rate))


OPTIMIZERS: Final[tuple[OptimizerRow, ...]] = (
    OptimizerRow(OptimizerEntry(name="descent", title="SGD, written out"), Descent),
    OptimizerRow(OptimizerEntry(name="sgd", title="torch.optim.SGD"), _sgd),
)


def made(name: str, parameters: Sequence[torch.Tensor], learning_rate: float) -> Optimizer:
    """Return the optimizer of that name; raises SettingError when there is none."""
    for row in OPTIMIZERS:
        if row.entry.name == name:
            return row.make(parameters, learning_rate)
    names = ", ".join(row.entry.name for row in OPTIMIZERS)
    raise SettingError(f"There is no optimizer {name!r}.", f"Choose one of: {names}.")

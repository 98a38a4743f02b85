"""What every model has: parameters by name, a forward pass, and its equation."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import torch

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.errors import SettingError
from gradviz.engine.data.targets import data_of
from gradviz.engine.optim.losses import CROSS_ENTROPY, Loss, loss_named
from gradviz.engine.optim.optimizers import Descent, Optimizer


class TrainableModel(ABC):
    """A model whose parameters are drawn, on its device, and can be trained.

    Attributes:
        training: The optimizer and learning rate that suit it, to start from.
        loss: A name of the losses' table.
        parameters: The tensors to train, by name, in the order in which they were drawn.
        plotted: Whether y_pred is a curve over x, both of shape (points,).
        at_step: The step of the training that the next forward pass belongs to, set before it.
    """

    training: Training
    loss: str = "squared errors"
    parameters: Mapping[str, torch.Tensor]
    plotted: bool = True
    at_step: int = 0

    @abstractmethod
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return y_pred for `x` (any shape), with its graph."""

    def forward_at(self, x: torch.Tensor) -> Callable[[], torch.Tensor]:
        """Return the forward pass for this one `x`, to be run at many steps.

        What depends on `x` alone may be computed here, once: it has no part in the graph.
        """
        return partial(self.forward, x)

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return x and the target at each, both of shape (points,).

        Raises:
            FieldError: what is set for them cannot be used.
        """
        return data_of(settings, device)

    def use_dtype(self, dtype: torch.dtype) -> None:
        """Go on in another precision; called before there is any graph."""
        for parameter in self.parameters.values():
            parameter.data = parameter.data.to(dtype)

    def suit(self, x: torch.Tensor) -> None:  # noqa: B027 - the ready-made ones are tuned
        """Choose the training that suits the parameters and `x`, of shape (points,)."""

    def elements(self) -> dict[str, torch.Tensor]:
        """Return what training finds, by the names of `numbers`: views of shape (), to fill."""
        return {name: p.detach().view(()) for name, p in self.parameters.items() if p.numel() == 1}

    def shape_steps(self) -> tuple[int, ...]:
        """Return steps whose graphs are of other shapes than the first, each shape once."""
        return ()

    def with_backward(self, loss: Loss) -> Loss:
        """Return `loss` so that its backward reaches the parameters; autograd does it by itself.

        Raises:
            SettingError: the model cannot be trained with that loss.
        """
        if loss is loss_named(CROSS_ENTROPY):
            raise SettingError(
                "Cross-entropy is for classes, and this model gives numbers.",
                "Choose a loss of the list, or the model classifier.",
            )
        return loss

    def descent(self, learning_rate: float) -> Optimizer:
        """Return gradient descent as the tutorial writes it out."""
        return Descent(list(self.parameters.values()), learning_rate)

    def named_inputs(self) -> Mapping[str, torch.Tensor]:
        """Return further tensors that forward takes, by name; x is not among them."""
        return {}

    def asked_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return all whose gradient a user may miss, by name: what is not trained is among it."""
        return {**self.named_inputs(), **self.parameters}

    def memory(self) -> Any:
        """Return a copy of what the next steps follow from besides the parameters.

        Running means and a generator of random numbers are of this kind; most models have none.
        """
        return None

    def recall(self, memory: Any) -> None:  # noqa: B027 - most models have nothing to return to
        """Return to what `memory` gave."""

    def own_parts(self) -> OwnParts | None:
        """Return what was found in a file of the user's; None for every other model."""
        return None

    def numbers(self) -> dict[str, float]:
        """Return what training finds, by the names that the equation has for it."""
        return numbers(self.parameters)

    @abstractmethod
    def equation(self) -> str:
        """Return the model with its numbers in all their digits, as the tutorial prints it."""


class NamedModel(TrainableModel):
    """A ready-made model: `Class(device)` draws its parameters from torch's generator.

    Attributes:
        entry: How the catalogue shows it.
    """

    entry: ModelEntry

    @abstractmethod
    def __init__(self, device: torch.device) -> None:
        """Draw the parameters; the caller has seeded the generator."""

    @classmethod
    def made(cls, device: torch.device, settings: Model) -> "NamedModel":
        """Return the model with what it needs of the settings; most need the device alone."""
        return cls(device)


def drawn(device: torch.device) -> torch.Tensor:
    """Return a scalar parameter from a standard normal distribution.

    It is drawn on the CPU: the same seed gives the same model on every device.
    """
    return torch.randn(()).to(device).requires_grad_()


def numbers(parameters: Mapping[str, torch.Tensor]) -> dict[str, float]:
    """Return the values of the parameters of one element."""
    return {name: p.item() for name, p in parameters.items() if p.numel() == 1}

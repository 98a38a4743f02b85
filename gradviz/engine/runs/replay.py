"""Repetition of a recorded pass: the means that the owner of a recording gives to questions."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

import torch
from torch import nn

from gradviz.core.landscapes.entries import ModelNumber

if TYPE_CHECKING:
    # A pass of the user's own process is recorded without any of these.
    from gradviz.engine.data.program import Wrap
    from gradviz.engine.models.base import HandWritten
    from gradviz.engine.optim.losses import Loss
    from gradviz.expression import Tree


class Replay(Protocol):
    """The means to run a recorded pass again; some owners of a recording have none.

    Everything it runs leaves the model as it was.
    """

    @property
    def source(self) -> str:
        """Return the source of the model, as it was chosen."""

    @property
    def module(self) -> nn.Module | None:
        """Return the module that computes the output; None where functions alone do."""

    @property
    def tree(self) -> "Tree | None":
        """Return the typed expression; None of a model in Python."""

    @property
    def by_hand(self) -> "HandWritten | None":
        """Return the backward pass that is written by hand; None where autograd has it."""

    @property
    def parameters(self) -> Mapping[str, torch.Tensor]:
        """Return the tensors to train, by name."""

    @property
    def inputs(self) -> Mapping[str, torch.Tensor]:
        """Return the further inputs of the model, by name; x is not among them."""

    @property
    def leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the tensors that gradients are taken of, by name."""

    @property
    def unregistered_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the leaves that no parameters() has, so that training leaves them alone."""

    @property
    def expected_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return every tensor whose gradient a user may miss, by name, the inputs last."""

    @property
    def x(self) -> torch.Tensor:
        """Return x, of shape (points,), or () at a point."""

    @property
    def target(self) -> torch.Tensor | None:
        """Return the target, of shape (points,); None at a point."""

    @property
    def loss(self) -> "Loss":
        """Return the loss between output and target."""

    def output(self) -> torch.Tensor:
        """Run the forward pass of this moment; return the output or the loss, with its graph."""

    def entry(self, name: str) -> ModelNumber | None:
        """Return the number with this name that the output is a function of; None without one."""

    def entry_values(self) -> torch.Tensor:
        """Return the numbers that are told of the model, shape (entries,), in float64."""

    def spread(self, instead: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
        """Return y_pred with other tensors in the place of some numbers, by the names they have.

        They may be of any shapes that go together. None stands for a pass that cannot be run so.
        """

    def repeated(self, at_step: int) -> AbstractContextManager[torch.Tensor]:
        """Run the forward pass of `at_step` as it was recorded.

        Within the context is the tensor that the recorded backward pass started from.
        """

    def undisturbed(self, at_step: int) -> AbstractContextManager[None]:
        """Let the model run within the context as at a step, with the same random numbers."""

    def wrapped(self, wrap: "Wrap") -> AbstractContextManager[None]:
        """Put `wrap` around each operation that has a place in a typed expression."""

"""The interface of every model: its parameters, its forward pass, its equation, its abilities."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Final, NamedTuple, Protocol

import torch
from torch import nn

from gradviz.core.choices.catalogue import ModelEntry, Target
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.errors import SettingError
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import marked, tr
from gradviz.engine.data.image_data import ImageData
from gradviz.engine.data.program import Wrap
from gradviz.engine.data.targets import data_of
from gradviz.engine.optim.losses import Loss, LossRow
from gradviz.engine.optim.optimizers import Optimizer
from gradviz.engine.recording.backward_failures import BackwardError
from gradviz.engine.recording.recording import Recording
from gradviz.expression import Tree


class HandWritten(Protocol):
    """A backward pass that is written by hand: its recording, and all that a check of it needs.

    Its nodes are y_pred and the parameters, by these names. x, y and y_pred are of shape (points,).
    """

    @property
    def parameters(self) -> Mapping[str, torch.Tensor]:
        """Return the parameters by name, of shape () each."""

    def recording(self, x: torch.Tensor, y: torch.Tensor, at_step: int) -> tuple[float, Recording]:
        """Return the loss, the forward as a graph, and the backward with its checks."""

    def predicted(self, x: torch.Tensor) -> torch.Tensor:
        """Return y_pred for `x`, without a graph."""

    def loss_number(self, y_pred: torch.Tensor, y: torch.Tensor) -> float:
        """Return the loss as a number."""

    def of_autograd(self, x: torch.Tensor, y: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Return autograd's gradients of the same loss, by name."""

    def rounding(self, name: str, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the sum of the sizes of all terms of the gradient of `name`, in float64.

        Rounding moves the gradient in proportion to that, cancel as the terms may.
        """


class Guesses(NamedTuple):
    """The result of a test: probabilities of shape (images, classes), and how many are right."""

    probabilities: torch.Tensor
    correct: int
    tested: int


class ImageClassifier(Protocol):
    """A model that tells the class of an image, and can be tested."""

    @property
    def images(self) -> ImageData:
        """Return the images that it learns from, and those of its test."""

    def guesses(self, most: int | None = None) -> Guesses:
        """Return the guesses for the first `most` test images, or for all."""


class PlanePoints(NamedTuple):
    """The points of a plane that are learnt, and those that are held out.

    `x` and `held_x` have the shape (points, 2), `y` and `held_y` (points,): the class of each.
    """

    name: str
    classes: int
    x: torch.Tensor
    y: torch.Tensor
    held_x: torch.Tensor
    held_y: torch.Tensor


class PlaneGuesses(NamedTuple):
    """The surface, shape (n, n, classes), rows upwards; how many points are told rightly."""

    surface: Array
    learnt: int
    held: int


class PlaneClassifier(Protocol):
    """A model that tells the class of a point of a plane."""

    points: PlanePoints

    @property
    def reach(self) -> float:
        """Return how far the surface goes from 0 in each direction."""

    def guesses(self) -> PlaneGuesses:
        """Return the probabilities over the surface, and how many points are told rightly."""


class TrainableModel(ABC):
    """A model whose parameters are drawn, on its device, and can be trained.

    Attributes:
        training: The optimizer and learning rate that suit it, to start from.
        parameters: The tensors to train, by name, in the order in which they were drawn.
        plotted: Whether y_pred is a curve over x, both of shape (points,).
        at_step: The step of the training that the next forward pass belongs to, set before it.
        module: The module that computes it; None where functions alone do.
        takes_dtype: Whether it is computed in the precision of the settings, as curves are.
        calls: Whether modules, or functions of the user's, run in its forward pass.
    """

    training: Training
    parameters: Mapping[str, torch.Tensor]
    plotted: bool = True
    takes_dtype: bool = False
    at_step: int = 0
    module: nn.Module | None = None
    calls: bool = True

    @property
    def loss(self) -> str:
        """Return its own loss, a name of the losses' table."""
        return "squared errors"

    @property
    def target(self) -> Target:
        """Return the kind of its target."""
        return "values"

    @property
    def tree(self) -> Tree | None:
        """Return its typed expression, which sympy can differentiate; None for one in Python."""
        return None

    @property
    def result(self) -> str:
        """Return the letter of its output where it has several inputs, f; else nothing."""
        return ""

    @property
    def over(self) -> tuple[str, ...]:
        """Return the names of the numbers that it is a function of at a point, x among others."""
        return ("x",)

    @property
    def by_hand(self) -> HandWritten | None:
        """Return its pass that is written by hand, without PyTorch's graph; None with autograd."""
        return None

    @property
    def image_classifier(self) -> ImageClassifier | None:
        """Return its test on images; None where it learns from numbers."""
        return None

    @property
    def plane_classifier(self) -> PlaneClassifier | None:
        """Return its test on points of a plane; None where it takes other inputs."""
        return None

    @abstractmethod
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return y_pred for `x` (any shape), with its graph."""

    def forward_at(self, x: torch.Tensor) -> Callable[[], torch.Tensor]:
        """Return the forward pass for this one `x`, to be run at many steps.

        Terms that depend on `x` alone may be computed here, once: they have no part in the graph.
        """
        return partial(self.forward, x)

    def predicted(self, x: torch.Tensor) -> torch.Tensor:
        """Return y_pred for `x` as it is shown: without what only training does."""
        return self.forward(x)

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
        """Return y_pred with other tensors in the place of some numbers, by the names they have.

        They may be of any shapes that go together with that of `x`, as the result then is. None
        stands for a model that is not made of operations on each number by itself.
        """
        return None

    def curve(self, line: torch.Tensor) -> torch.Tensor:
        """Return y where the first of the inputs is each of `line`, of its shape; no graph."""
        with torch.no_grad():
            return self.forward(line).expand(line.shape)

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return x and the target at each, both of shape (points,).

        Raises:
            FieldError: a setting of theirs cannot be used.
        """
        return data_of(settings, device)

    def use_dtype(self, dtype: torch.dtype) -> None:
        """Go on in another precision; called before there is any graph."""
        for parameter in self.parameters.values():
            parameter.data = parameter.data.to(dtype)

    def suit(self, x: torch.Tensor) -> None:  # noqa: B027 - the ready-made ones are tuned
        """Choose the training that suits the parameters and `x`, of shape (points,)."""

    def elements(self) -> dict[str, torch.Tensor]:
        """Return the numbers that training finds, by name: views of shape (), to fill."""
        return {name: p.detach().view(()) for name, p in self.parameters.items() if p.numel() == 1}

    def shape_steps(self) -> tuple[int, ...]:
        """Return steps whose graphs are of other shapes than the first, each shape once."""
        return ()

    def check_order(self, order: int, source: str) -> None:  # noqa: B027 - most allow every order
        """Raise ModelError where the output of `source` cannot be differentiated `order` times."""

    def notes(self, x: torch.Tensor) -> tuple[str, ...]:
        """Return sentences on numbers that the model has no meaning for at `x`, if any."""
        return ()

    def wrapped(self, wrap: Wrap) -> AbstractContextManager[None]:
        """Run with `wrap` around each operation that has a place in a typed expression."""
        return nullcontext()

    def with_backward(self, loss: LossRow) -> Loss:
        """Return the loss with a backward that reaches the parameters; autograd does it by itself.

        Raises:
            SettingError: the model cannot be trained with that loss.
        """
        title = tr(loss.entry.title)
        if loss.entry.target != self.target:
            raise SettingError(
                tr(_OTHER_TARGET[self.target], loss=f"{title[0].upper()}{title[1:]}"),
                tr("Choose a loss of the list, or the model classifier."),
            )
        return loss.function

    def own_halves_of_steps(
        self, x: torch.Tensor, y: torch.Tensor, optimizer: Optimizer
    ) -> Iterator[float] | None:
        """Return each step's loss twice, before and after its backward and its update.

        It is None where the model leaves the steps to autograd and the optimizer, as most do.
        """
        return None

    def named_inputs(self) -> Mapping[str, torch.Tensor]:
        """Return further tensors that forward takes, by name; x is not among them."""
        return {}

    def unregistered_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the leaves that a module holds without training them, by name."""
        return {}

    def replacing_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the parameters that forward has put in the place of trained ones, by name."""
        return {}

    def explained(self, error: BackwardError) -> BackwardError:
        """Return the failure of a backward pass, with the lines behind it where there are any."""
        return error

    def asked_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return all tensors whose gradient a user may miss, by name, the untrained ones too."""
        return {**self.named_inputs(), **self.parameters}

    def memory(self) -> Any:
        """Return a copy of all that the next steps follow from besides the parameters.

        Running means and a generator of random numbers are of this kind; most models have none.
        """
        return None

    def recall(self, memory: Any) -> None:  # noqa: B027 - most models have nothing to return to
        """Return to the state that `memory` gave."""

    def portable(self, memory: Any) -> Any:
        """Return what `memory` gave in plain data, to be kept in a file.

        Plain data are numbers, texts, tensors and None, in dicts, lists and tuples.
        """
        return memory

    def of_portable(self, plain: Any) -> Any:
        """Return the memory that `plain` was made of; raises ValueError where it was of none."""
        return plain

    def own_parts(self) -> OwnParts | None:
        """Return the findings in a file of the user's; None for every other model."""
        return None

    def numbers(self) -> dict[str, float]:
        """Return the numbers that training finds, by the names that the equation has for them."""
        return numbers(self.parameters)

    @abstractmethod
    def equation(self) -> str:
        """Return the model with its numbers in all their digits, as the tutorial prints it."""


#: Why a loss for the other kind of target cannot be used, by the kind of the model's target.
_OTHER_TARGET: Final[Mapping[Target, str]] = {
    "values": marked("{loss} is for classes, and this model gives numbers."),
    "classes": marked("{loss} is for values, and this model gives classes."),
}


class NamedModel(TrainableModel):
    """A ready-made model: `Class(device)` draws its parameters from torch's generator.

    Attributes:
        entry: Its row in the catalogue, with its part of a script.
    """

    entry: ModelEntry

    @abstractmethod
    def __init__(self, device: torch.device) -> None:
        """Draw the parameters; the caller has seeded the generator."""

    @property
    def loss(self) -> str:
        """Return its own loss, as the catalogue says it."""
        return self.entry.loss

    @property
    def target(self) -> Target:
        """Return the kind of its target, as the catalogue says it."""
        return self.entry.target

    @classmethod
    def made(cls, device: torch.device, settings: Model) -> "NamedModel":
        """Return the model for these settings; most need the device alone."""
        return cls(device)


def drawn(device: torch.device) -> torch.Tensor:
    """Return a scalar parameter from a standard normal distribution.

    It is drawn on the CPU: the same seed gives the same model on every device.
    """
    return torch.randn(()).to(device).requires_grad_()


def numbers(parameters: Mapping[str, torch.Tensor]) -> dict[str, float]:
    """Return the values of the parameters of one element."""
    return {name: p.item() for name, p in parameters.items() if p.numel() == 1}

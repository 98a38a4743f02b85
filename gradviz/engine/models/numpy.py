"""The tutorial's warm-up: the polynomial and its gradients in NumPy, in double precision."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import torch

from gradviz.core.catalogue import ModelEntry
from gradviz.core.errors import DeviceError
from gradviz.engine.models.by_hand import Gradients, HandWrittenPolynomial
from gradviz.engine.optimizers import Descent, Optimizer

Numbers = npt.NDArray[np.float64]
_WORD = 1 << 32


class NumpyModel(HandWrittenPolynomial):
    """The polynomial trained as in "Warm-up: numpy".

    The tensors that it takes and gives are those of NumPy's own arrays: nothing is copied, and
    nothing is computed by torch.

    https://docs.pytorch.org/tutorials/beginner/examples_tensor/polynomial_numpy.html
    """

    entry = ModelEntry(
        name="numpy",
        title="Warm-up: NumPy",
        summary="y = a + b x + c x^2 + d x^3 in NumPy; the gradients are written by hand.",
        expression="a + b x + c x^2 + d x^3",
    )

    def __init__(self, device: torch.device) -> None:
        """Draw the parameters from NumPy's generator, with the seed of torch's.

        Raises:
            DeviceError: the device is not the CPU.
        """
        if device.type != "cpu":
            raise DeviceError(
                f"NumPy does not compute on {device}.", "Choose cpu, or the model tensors."
            )
        generator = np.random.RandomState(_numpy_seed(torch.initial_seed()))
        super().__init__(*(_scalar(generator.randn()) for _ in range(4)))
        self._values = _arrays(self.parameters.values())
        #: Where the gradients of the parameters lie, shape () each.
        self._gradients = tuple(torch.zeros_like(each) for each in self.parameters.values())
        self._gradient_arrays = _arrays(self._gradients)

    def data(self, points: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return x and sin(x) as NumPy computes them, in double precision."""
        x = np.linspace(-math.pi, math.pi, points)
        return torch.from_numpy(x).to(device), torch.from_numpy(np.sin(x)).to(device)

    def predicted(self, x: torch.Tensor) -> torch.Tensor:
        """Return the polynomial at `x`."""
        a, b, c, d = (value[()] for value in self._values)
        array = x.numpy()
        return torch.from_numpy(a + b * array + c * array**2 + d * array**3)

    def loss_value(self, y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the sum of squared errors, shape ()."""
        return _scalar(self.loss_number(y_pred, y))

    def loss_number(self, y_pred: torch.Tensor, y: torch.Tensor) -> float:
        """Return the sum of squared errors as a number."""
        return float(np.square(y_pred.numpy() - y.numpy()).sum())

    def gradients(self, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor) -> Gradients:
        """Return the gradients of the loss, as the tutorial writes them."""
        grad_y_pred, *of_parameters = _backward(x.numpy(), y_pred.numpy(), y.numpy())
        return Gradients(torch.from_numpy(grad_y_pred), *(_scalar(each) for each in of_parameters))

    def leave_gradients(self, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        """Give each parameter its gradient, in memory that NumPy and torch share."""
        _, *found = _backward(x.numpy(), y_pred.numpy(), y.numpy())
        for array, value in zip(self._gradient_arrays, found, strict=True):
            array[()] = value
        self._a.grad, self._b.grad, self._c.grad, self._d.grad = self._gradients

    def descent(self, learning_rate: float) -> Optimizer:
        """Return gradient descent in NumPy."""
        return _DescentInNumpy(self._values, self._gradient_arrays, learning_rate)


class _DescentInNumpy(Descent):
    """The tutorial's update, on the numbers that NumPy and torch share."""

    def __init__(
        self, values: Sequence[Numbers], gradients: Sequence[Numbers], learning_rate: float
    ) -> None:
        super().__init__((), learning_rate)
        self._values = values
        self._gradients = gradients

    def step(self) -> None:
        """Update the parameters."""
        learning_rate = self.learning_rate
        for value, gradient in zip(self._values, self._gradients, strict=True):
            value[()] = value[()] - learning_rate * gradient[()]


def _backward(
    x: Numbers, y_pred: Numbers, y: Numbers
) -> tuple[Numbers, float, float, float, float]:
    """Return the gradients of y_pred, a, b, c and d, as the tutorial computes them."""
    grad_y_pred = 2.0 * (y_pred - y)
    grad_a = grad_y_pred.sum()
    grad_b = (grad_y_pred * x).sum()
    grad_c = (grad_y_pred * x**2).sum()
    grad_d = (grad_y_pred * x**3).sum()
    return grad_y_pred, grad_a, grad_b, grad_c, grad_d


def _arrays(tensors: Iterable[torch.Tensor]) -> tuple[Numbers, ...]:
    """Return the tensors' own memory, to read and to write."""
    return tuple(tensor.numpy() for tensor in tensors)


def _scalar(value: float) -> torch.Tensor:
    return torch.scalar_tensor(value, dtype=torch.float64)


def _numpy_seed(seed: int) -> int | list[int]:
    """Return the seed itself where NumPy takes it, else its two words."""
    return seed if seed < _WORD else [seed % _WORD, seed // _WORD]

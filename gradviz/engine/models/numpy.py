"""The tutorial's warm-up: the polynomial and its gradients in NumPy, in double precision."""

from collections.abc import Iterator

import msgspec
import numpy as np
import torch

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model
from gradviz.core.errors import DeviceError
from gradviz.core.language.saying import marked, tr
from gradviz.engine.data.targets import columns_of, is_sine, target_at, with_noise
from gradviz.engine.models.by_hand import BACKWARD, Gradients, HandWrittenPolynomial
from gradviz.engine.optim.optimizers import Descent

_WORD = 1 << 32


class NumpyModel(HandWrittenPolynomial):
    """The polynomial trained as in "Warm-up: numpy".

    The tensors that it takes and gives are those of NumPy's own arrays: nothing is copied, and
    nothing is computed by torch.

    https://docs.pytorch.org/tutorials/beginner/examples_tensor/polynomial_numpy.html
    """

    entry = ModelEntry(
        name="numpy",
        title=marked("Warm-up: NumPy"),
        summary=marked("y = a + b x + c x^2 + d x^3 in NumPy; the gradients are written by hand."),
        expression="a + b x + c x^2 + d x^3",
        script=ModelScript(
            loop="by hand",
            library="numpy",
            make=tuple(f"{name} = np.random.randn()" for name in "abcd"),
            y_pred="a + b * x + c * x ** 2 + d * x ** 3",
            parameters=tuple("abcd"),
            result="y = {a} + {b} x + {c} x^2 + {d} x^3",
            loss="np.square(y_pred - y).sum()",
            backward=BACKWARD,
        ),
    )

    def __init__(self, device: torch.device) -> None:
        """Draw the parameters from NumPy's generator, with the seed of torch's.

        Raises:
            DeviceError: the device is not the CPU.
        """
        if device.type != "cpu":
            raise DeviceError(
                tr("NumPy does not compute on {device}.", device=str(device)),
                tr("Choose cpu, or the model tensors."),
            )
        generator = np.random.RandomState(_numpy_seed(torch.initial_seed()))
        super().__init__(*(_scalar(generator.randn()) for _ in range(4)))
        # The tensors' own memory, to read and to write as NumPy does.
        self._values = tuple(each.numpy() for each in self.parameters.values())

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return x and sin(x) as NumPy computes them, in double precision.

        Any other target is PyTorch's.
        """
        settings = msgspec.structs.replace(settings, dtype="float64")
        if settings.data_file.strip():
            return columns_of(settings, device)
        array = np.linspace(settings.low, settings.high, settings.points)
        x = torch.from_numpy(array)
        sine = is_sine(settings.target)
        y = torch.from_numpy(np.sin(array)) if sine else target_at(settings, x)
        return x, with_noise(settings, y)

    def use_dtype(self, dtype: torch.dtype) -> None:
        """Stay in double precision, as NumPy is."""

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
        array = x.numpy()
        grad_y_pred = 2.0 * (y_pred.numpy() - y.numpy())
        return Gradients(
            y_pred=torch.from_numpy(grad_y_pred),
            a=_scalar(grad_y_pred.sum()),
            b=_scalar((grad_y_pred * array).sum()),
            c=_scalar((grad_y_pred * array**2).sum()),
            d=_scalar((grad_y_pred * array**3).sum()),
        )

    def halves_of_steps(
        self, x: torch.Tensor, y: torch.Tensor, descent: Descent
    ) -> Iterator[float]:
        """Yield each step's loss; asked once more, do the rest of the step."""
        x_, y_ = x.numpy(), y.numpy()
        a_, b_, c_, d_ = self._values
        x2, x3 = x_**2, x_**3
        while True:
            a, b, c, d = a_[()], b_[()], c_[()], d_[()]
            y_pred = a + b * x_ + c * x2 + d * x3
            loss = float(np.square(y_pred - y_).sum())
            yield loss
            grad_y_pred = 2.0 * (y_pred - y_)
            grad_a = grad_y_pred.sum()
            grad_b = (grad_y_pred * x_).sum()
            grad_c = (grad_y_pred * x2).sum()
            grad_d = (grad_y_pred * x3).sum()
            learning_rate = descent.learning_rate
            a_[()] = a - learning_rate * grad_a
            b_[()] = b - learning_rate * grad_b
            c_[()] = c - learning_rate * grad_c
            d_[()] = d - learning_rate * grad_d
            yield loss


def _scalar(value: float) -> torch.Tensor:
    return torch.scalar_tensor(value, dtype=torch.float64)


def _numpy_seed(seed: int) -> int | list[int]:
    """Return the seed itself where NumPy takes it, else its two words."""
    return seed if seed < _WORD else [seed % _WORD, seed // _WORD]

"""The tutorial's polynomial with tensors, and the backward written by hand."""

from collections.abc import Iterator

import torch

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.language.saying import marked
from gradviz.engine.models.by_hand import BACKWARD, Gradients, HandWrittenPolynomial
from gradviz.engine.optim.optimizers import Descent


class TensorsModel(HandWrittenPolynomial):
    """The polynomial trained as in "PyTorch: Tensors".

    https://docs.pytorch.org/tutorials/beginner/examples_tensor/polynomial_tensor.html
    """

    entry = ModelEntry(
        name="tensors",
        title=marked("Tensors, by hand"),
        summary=marked(
            "y = a + b x + c x^2 + d x^3 with tensors; the gradients are written by hand."
        ),
        expression="a + b x + c x^2 + d x^3",
        script=ModelScript(
            loop="by hand",
            make=(
                "# Drawn on the CPU, so that a seed gives the same weights on every device.",
                *(f"{name} = torch.randn(()).to(device)" for name in "abcd"),
            ),
            y_pred="a + b * x + c * x ** 2 + d * x ** 3",
            parameters=tuple("abcd"),
            result="y = {a.item()} + {b.item()} x + {c.item()} x^2 + {d.item()} x^3",
            loss="(y_pred - y).pow(2).sum()",
            backward=BACKWARD,
        ),
    )

    def __init__(self, device: torch.device) -> None:
        # Drawn on the CPU: the same seed gives the same model on every device.
        super().__init__(*(torch.randn(()).to(device) for _ in range(4)))

    def predicted(self, x: torch.Tensor) -> torch.Tensor:
        """Return the polynomial at `x`."""
        a, b, c, d = self._a, self._b, self._c, self._d
        return a + b * x + c * x**2 + d * x**3

    def loss_value(self, y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the sum of squared errors, shape ()."""
        return (y_pred - y).pow(2).sum()

    def gradients(self, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor) -> Gradients:
        """Return the gradients of the loss, as the tutorial writes them."""
        grad_y_pred = 2.0 * (y_pred - y)
        return Gradients(
            y_pred=grad_y_pred,
            a=grad_y_pred.sum(),
            b=(grad_y_pred * x).sum(),
            c=(grad_y_pred * x**2).sum(),
            d=(grad_y_pred * x**3).sum(),
        )

    def halves_of_steps(
        self, x: torch.Tensor, y: torch.Tensor, descent: Descent
    ) -> Iterator[float]:
        """Yield each step's loss; asked once more, do the rest of the step."""
        a, b, c, d = self._a, self._b, self._c, self._d
        x2, x3 = x**2, x**3
        while True:
            y_pred = a + b * x + c * x2 + d * x3
            loss: float = (y_pred - y).pow(2).sum().item()
            yield loss
            grad_y_pred = 2.0 * (y_pred - y)
            grad_a = grad_y_pred.sum()
            grad_b = (grad_y_pred * x).sum()
            grad_c = (grad_y_pred * x2).sum()
            grad_d = (grad_y_pred * x3).sum()
            learning_rate = descent.learning_rate
            a -= learning_rate * grad_a
            b -= learning_rate * grad_b
            c -= learning_rate * grad_c
            d -= learning_rate * grad_d
            yield loss

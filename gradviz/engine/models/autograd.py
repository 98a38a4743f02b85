"""The tutorial's polynomial of degree three, written with tensors and autograd."""

from collections.abc import Callable, Mapping

import torch

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import marked
from gradviz.engine.models.base import NamedModel, drawn


class AutogradPolynomial(NamedModel):
    """y = a + b x + c x^2 + d x^3, as in "PyTorch: Tensors and autograd".

    https://docs.pytorch.org/tutorials/beginner/examples_autograd/polynomial_autograd.html
    """

    entry = ModelEntry(
        name="autograd",
        title=marked("Tensors and autograd"),
        summary=marked("y = a + b x + c x^2 + d x^3; PyTorch finds the gradients."),
        expression="a + b x + c x^2 + d x^3",
        modes=("fit", "point"),
        script=ModelScript(
            make=(
                "# Drawn on the CPU, so that a seed gives the same weights on every device.",
                *(f"{name} = torch.randn(()).to(device).requires_grad_()" for name in "abcd"),
            ),
            y_pred="a + b * x + c * x ** 2 + d * x ** 3",
            parameters=tuple("abcd"),
            result="y = {a.item()} + {b.item()} x + {c.item()} x^2 + {d.item()} x^3",
        ),
    )
    calls = False
    training = Training(optimizer="descent", learning_rate=1e-6)

    def __init__(self, device: torch.device) -> None:
        self.a, self.b, self.c, self.d = (drawn(device) for _ in range(4))
        self.parameters = {"a": self.a, "b": self.b, "c": self.c, "d": self.d}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the polynomial at `x` (any shape)."""
        return self.a + self.b * x + self.c * x**2 + self.d * x**3

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Return the polynomial with other coefficients, in the shape of all of them."""
        a, b, c, d = (instead.get(name, each) for name, each in self.parameters.items())
        return a + b * x + c * x**2 + d * x**3

    def forward_at(self, x: torch.Tensor) -> Callable[[], torch.Tensor]:
        """Return the polynomial at this one `x`, whose powers are computed once."""
        a, b, c, d = self.a, self.b, self.c, self.d
        x2, x3 = x**2, x**3
        return lambda: a + b * x + c * x2 + d * x3

    def equation(self) -> str:
        """Return `y = a + b x + c x^2 + d x^3` with its numbers."""
        a, b, c, d = (p.item() for p in self.parameters.values())
        return f"y = {a} + {b} x + {c} x^2 + {d} x^3"

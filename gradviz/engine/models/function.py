"""The tutorial's model with a derivative written by hand: a Legendre polynomial."""

from collections.abc import Mapping

import torch

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import marked
from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.engine.models.base import NamedModel

_STARTS = (0.0, -1.0, 0.0, 0.3)


class LegendreModel(NamedModel):
    """y = a + b P3(c + d x), as in "PyTorch: Defining New autograd Functions".

    https://docs.pytorch.org/tutorials/beginner/examples_autograd/polynomial_custom_function.html
    """

    entry = ModelEntry(
        name="function",
        title=marked("Your own autograd Function"),
        summary=marked("y = a + b P3(c + d x); the derivative of P3 is written by hand."),
        expression="a + b P3(c + d x)",
        modes=("fit", "point"),
        script=ModelScript(
            functions=("P3",),
            make=tuple(
                f"{name} = torch.full((), {start}, device=device, requires_grad=True)"
                for name, start in zip("abcd", _STARTS, strict=True)
            ),
            y_pred="a + b * P3(c + d * x)",
            parameters=tuple("abcd"),
            result="y = {a.item()} + {b.item()} * P3({c.item()} + {d.item()} x)",
            random=False,
        ),
    )
    calls = False
    training = Training(optimizer="descent", learning_rate=5e-6)

    def __init__(self, device: torch.device) -> None:
        self.a, self.b, self.c, self.d = (
            torch.full((), start, device=device, requires_grad=True) for start in _STARTS
        )
        self.parameters = {"a": self.a, "b": self.b, "c": self.c, "d": self.d}

    def use_dtype(self, dtype: torch.dtype) -> None:
        """Go on in another precision, with the starting points as that has them."""
        super().use_dtype(dtype)
        for parameter, start in zip(self.parameters.values(), _STARTS, strict=True):
            parameter.data.fill_(start)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the model at `x` (any shape)."""
        return self.a + self.b * legendre_p3(self.c + self.d * x)

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Return the model with other parameters, in the shape of all of them."""
        a, b, c, d = (instead.get(name, each) for name, each in self.parameters.items())
        return a + b * legendre_p3(c + d * x)

    def equation(self) -> str:
        """Return `y = a + b * P3(c + d x)` with its numbers."""
        a, b, c, d = (p.item() for p in self.parameters.values())
        return f"y = {a} + {b} * P3({c} + {d} x)"

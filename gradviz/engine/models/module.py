"""The tutorial's polynomial of degree three as a module with a loss and an optimizer of torch."""

from collections.abc import Callable, Mapping
from typing import Final

import torch
from torch import nn

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import marked
from gradviz.engine.models.base import NamedModel

_DEFINITION: Final = '''\
class Polynomial3(torch.nn.Module):
    """The polynomial of degree three with four scalar parameters."""

    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))

    def forward(self, x):
        return self.a + self.b * x + self.c * x ** 2 + self.d * x ** 3'''


class Polynomial3(nn.Module):
    """a + b x + c x^2 + d x^3 with four scalar parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))
        self.c = nn.Parameter(torch.randn(()))
        self.d = nn.Parameter(torch.randn(()))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the polynomial at `x` (any shape)."""
        return self.a + self.b * x + self.c * x**2 + self.d * x**3


class ModuleModel(NamedModel):
    """Polynomial3, trained as in "PyTorch: Custom nn Modules".

    https://docs.pytorch.org/tutorials/beginner/examples_nn/polynomial_module.html
    """

    entry = ModelEntry(
        name="module",
        title=marked("Custom nn.Module"),
        summary=marked("The same polynomial as a module, with MSELoss and torch.optim.SGD."),
        expression="a + b x + c x^2 + d x^3",
        modes=("fit", "point"),
        loss="MSELoss, sum",
        script=ModelScript(
            definition=_DEFINITION,
            make=("model = Polynomial3().to(device)",),
            y_pred="model(x)",
            parameters=tuple(f"model.{name}" for name in "abcd"),
            result="y = {model.a.item()} + {model.b.item()} x + {model.c.item()} x^2"
            " + {model.d.item()} x^3",
            is_module=True,
        ),
    )
    module: Polynomial3
    training = Training(optimizer="sgd", learning_rate=1e-6)

    def __init__(self, device: torch.device) -> None:
        self.module = Polynomial3().to(device)
        self.parameters = dict(self.module.named_parameters())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the module's output for `x` (any shape)."""
        result: torch.Tensor = self.module(x)
        return result

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Return the polynomial with other coefficients, in the shape of all of them."""
        a, b, c, d = (instead.get(name, each) for name, each in self.parameters.items())
        return a + b * x + c * x**2 + d * x**3

    def forward_at(self, x: torch.Tensor) -> Callable[[], torch.Tensor]:
        """Return the polynomial at this one `x`, whose powers are computed once."""
        a, b, c, d = self.parameters.values()
        x2, x3 = x**2, x**3
        return lambda: a + b * x + c * x2 + d * x3

    def equation(self) -> str:
        """Return `y = a + b x + c x^2 + d x^3` with its numbers."""
        a, b, c, d = (p.item() for p in self.parameters.values())
        return f"y = {a} + {b} x + {c} x^2 + {d} x^3"

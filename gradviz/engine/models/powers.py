"""A linear layer on x, x^2 and x^3, the model of the tutorials of torch.nn and torch.optim."""

from collections.abc import Mapping
from typing import Final

import torch
from torch import nn

from gradviz.core.choices.model_script import ModelScript
from gradviz.engine.models.base import NamedModel

_WEIGHTS: Final = tuple(
    f"{{model[0].weight[:, {index}].item()}} {power}"
    for index, power in enumerate(("x", "x^2", "x^3"))
)
#: The layer's own loss, and its part of a script.
LOSS: Final = "MSELoss, sum"
SCRIPT: Final = ModelScript(
    make=(
        "# A linear layer has a weight for each of x, x^2 and x^3, and the bias.",
        "model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1)).to(device)",
    ),
    data=(
        "p = torch.tensor([1, 2, 3], device=device)",
        "xx = x.unsqueeze(-1).pow(p)",
    ),
    y_pred="model(xx)",
    parameters=("model[0].weight", "model[0].bias"),
    elements={
        "a": "model[0].bias",
        **{name: f"model[0].weight[0, {index}]" for index, name in enumerate("bcd")},
    },
    result=f"y = {{model[0].bias.item()}} + {' + '.join(_WEIGHTS)}",
    is_module=True,
)


class PowersModel(NamedModel):
    """nn.Sequential(nn.Linear(3, 1), nn.Flatten(0, 1)) on x, x^2 and x^3, trained with MSELoss.

    The layer's bias is the a of the equation, and its weights are b, c and d.
    """

    module: nn.Sequential

    def __init__(self, device: torch.device) -> None:
        # Drawn on the CPU: the same seed gives the same model on every device.
        self.linear = nn.Linear(3, 1)
        self.module = nn.Sequential(self.linear, nn.Flatten(0, 1)).to(device)
        self.parameters = {"weight": self.linear.weight, "bias": self.linear.bias}
        self._exponents = torch.tensor([1, 2, 3], device=device)
        self._x: torch.Tensor | None = None
        self._powers = torch.empty(0, device=device)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the network's output for `x` of shape (points,)."""
        # The tutorials raise x to its powers once, before they train; every step uses the same x.
        if x is not self._x:
            self._x, self._powers = x, x.unsqueeze(-1).pow(self._exponents)
        result: torch.Tensor = self.module(self._powers)
        return result

    def numbers(self) -> dict[str, float]:
        """Return a, the bias, and b, c, d, the weights of x, x^2 and x^3."""
        values = (self.linear.bias.item(), *self.linear.weight.flatten().tolist())
        return dict(zip("abcd", values, strict=True))

    def elements(self) -> dict[str, torch.Tensor]:
        """Return views of a, b, c and d, shape () each."""
        weights = self.linear.weight.detach().view(-1)
        views = (self.linear.bias.detach().view(()), *weights.unbind())
        return dict(zip("abcd", views, strict=True))

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
        """Return a + b x + c x^2 + d x^3 with other numbers, in the shape of all of them."""
        elements = self.elements()
        if not instead.keys() <= elements.keys():
            return None
        a, b, c, d = (instead.get(name, each) for name, each in elements.items())
        return a + b * x + c * x**2 + d * x**3

    def equation(self) -> str:
        """Return `y = a + b x + c x^2 + d x^3` with its numbers."""
        a, b, c, d = self.numbers().values()
        return f"y = {a} + {b} x + {c} x^2 + {d} x^3"

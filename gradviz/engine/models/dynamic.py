"""The tutorial's strange model: its graph is another one in different steps."""

import random
from collections.abc import Callable
from typing import Final

import torch
from torch import nn

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import marked
from gradviz.engine.models.base import NamedModel

#: Among so many steps every choice is all but certain to occur.
_FORESEEN = 100
_DEFINITION: Final = '''\
class DynamicNet(torch.nn.Module):
    """A polynomial of degree three, and e x^4 and e x^5 with the same e where chance says so."""

    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))
        self.e = torch.nn.Parameter(torch.randn(()))

    def forward(self, x):
        y = self.a + self.b * x + self.c * x ** 2 + self.d * x ** 3
        for exp in range(4, random.randint(4, 6)):
            y = y + self.e * x ** exp
        return y'''


class DynamicNet(nn.Module):
    """A polynomial of degree three, and e x^4 and e x^5 with the same e where `order` says so."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))
        self.c = nn.Parameter(torch.randn(()))
        self.d = nn.Parameter(torch.randn(()))
        self.e = nn.Parameter(torch.randn(()))

    def forward(self, x: torch.Tensor, order: int) -> torch.Tensor:
        """Return the model at `x` (any shape); e is used for each power from 4 to below `order`."""
        y = self.a + self.b * x + self.c * x**2 + self.d * x**3
        for exponent in range(4, order):
            y = y + self.e * x**exponent
        return y


class DynamicModel(NamedModel):
    """DynamicNet, trained as in "PyTorch: Control Flow + Weight Sharing".

    Each step of the training has its own choice from Python's generator, seeded as torch's is.
    A choice belongs to its step: whatever is recorded or drawn in between changes none.

    https://docs.pytorch.org/tutorials/beginner/examples_nn/dynamic_net.html
    """

    entry = ModelEntry(
        name="dynamic",
        title=marked("Control flow + sharing"),
        summary=marked(
            "By chance, the same e is the weight of x^4 and x^5, of x^4 alone, or of nothing."
        ),
        loss="MSELoss, sum",
        script=ModelScript(
            definition=_DEFINITION,
            make=("model = DynamicNet().to(device)",),
            y_pred="model(x)",
            parameters=tuple(f"model.{name}" for name in "abcde"),
            result="y = {model.a.item()} + {model.b.item()} x + {model.c.item()} x^2"
            " + {model.d.item()} x^3 + {model.e.item()} x^4 ? + {model.e.item()} x^5 ?",
            is_module=True,
            by_chance=True,
        ),
    )
    module: DynamicNet
    training = Training(
        optimizer="sgd", learning_rate=1e-8, steps=30_000, options={"momentum": 0.9}
    )

    def __init__(self, device: torch.device) -> None:
        self.module = DynamicNet().to(device)
        self.parameters = dict(self.module.named_parameters())
        self._random = random.Random(torch.initial_seed())  # noqa: S311 - as the tutorial draws
        self._orders = bytearray()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the module's output for `x` (any shape), with the choice of `at_step`."""
        result: torch.Tensor = self.module(x, self._order(self.at_step))
        return result

    def forward_at(self, x: torch.Tensor) -> Callable[[], torch.Tensor]:
        """Return the model at this one `x`, whose powers are computed once."""
        a, b, c, d, e = self.parameters.values()
        x2, x3, *higher = (x**exponent for exponent in range(2, 6))

        def forward() -> torch.Tensor:
            y = a + b * x + c * x2 + d * x3
            for power in higher[: self._order(self.at_step) - 4]:
                y = y + e * power
            return y

        return forward

    def shape_steps(self) -> tuple[int, ...]:
        """Return the first step of each choice that is not the first step's."""
        first = {self._order(step): step for step in reversed(range(_FORESEEN))}
        return tuple(sorted(step for step in first.values() if step))

    def equation(self) -> str:
        """Return `y = a + b x + c x^2 + d x^3 + e x^4 ? + e x^5 ?` with its numbers."""
        a, b, c, d, e = (p.item() for p in self.parameters.values())
        return f"y = {a} + {b} x + {c} x^2 + {d} x^3 + {e} x^4 ? + {e} x^5 ?"

    def _order(self, step: int) -> int:
        while len(self._orders) <= step:
            self._orders.append(self._random.randint(4, 6))
        return self._orders[step]

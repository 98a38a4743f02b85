"""A network that a user has typed, as nn.Sequential."""

from typing import Any, Final

import torch
from torch import nn

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import FieldError, ModelError
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.models.base import TrainableModel
from gradviz.engine.own.buffers import Buffers
from gradviz.engine.own.chance import Chance
from gradviz.expression.networks import Network, TypedLayer
from gradviz.expression.typed_models import network_modes

#: The numbers that the outputs of all layers may have together, for all points.
_MOST_NUMBERS: Final = 200_000_000


class NetworkModel(TrainableModel):
    """Layers of the table, one after the other, from x to y.

    The random numbers of a layer are drawn anew from seed and step, and running means are as they
    were when the same step is run again: looking at a step changes nothing. Predictions are made
    as after a training, with `eval()`.
    """

    training = Training(optimizer="adam", learning_rate=1e-2)
    module: nn.Sequential

    def __init__(self, network: Network, device: torch.device, seed: int) -> None:
        """Draw the parameters; the caller has seeded torch's generator."""
        # Drawn on the CPU: the same seed gives the same model on every device.
        self.module = nn.Sequential(*map(made, network.layers)).to(device)
        self.parameters = dict(self.module.named_parameters())
        self.network = network
        self._chance = Chance(seed, device) if network.random else None
        self._buffers = Buffers(self.module)

    @property
    def modes(self) -> tuple[Mode, ...]:
        """Return its modes, the one that suits it best first."""
        return network_modes(self.network)

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return x and the target at each, both of shape (points,)."""
        x, y = super().data(settings, device)
        self.check_points(len(x))
        return x, y

    def check_points(self, points: int) -> None:
        """Raise FieldError where all layers give too many numbers for so many points."""
        widths = sum(map(_numbers, self.network.shapes))
        if widths * points > _MOST_NUMBERS:
            raise FieldError(
                tr_n(
                    "The layers would give {numbers} numbers for {points} points.",
                    "The layers would give {numbers} numbers for {points} point.",
                    points,
                    numbers=counted(widths * points),
                    points=counted(points),
                ),
                tr_n(
                    "Use at most {points} points, or narrower layers.",
                    "Use at most {points} point, or narrower layers.",
                    _MOST_NUMBERS // widths,
                    points=counted(_MOST_NUMBERS // widths),
                ),
                field="points",
            )

    def use_dtype(self, dtype: torch.dtype) -> None:
        """Go on in another precision."""
        self.module.to(dtype)
        self._buffers = Buffers(self.module)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return y for `x` (any shape), as in training."""
        self._buffers.restore(self.at_step)
        if self._chance is not None:
            self._chance.draw_anew(self.at_step)
        return self._output(x)

    def predicted(self, x: torch.Tensor) -> torch.Tensor:
        """Return y for `x` (any shape), without chance, and with the running means."""
        self.module.eval()
        try:
            return self._output(x)
        finally:
            self.module.train()

    def curve(self, line: torch.Tensor) -> torch.Tensor:
        """Return y at each of `line`, of its shape; no graph."""
        with torch.no_grad():
            return self.predicted(line)

    def memory(self) -> Any:
        """Return a copy of the running means, with those of before the step in hand."""
        return self._buffers.memory()

    def recall(self, memory: Any) -> None:
        """Return to the state that `memory` gave."""
        self._buffers.recall(memory)

    def portable(self, memory: Any) -> Any:
        """Return a memory in plain data."""
        return self._buffers.portable(memory)

    def of_portable(self, plain: Any) -> Any:
        """Return the memory that `plain` was made of; raises ValueError where it was of none."""
        return self._buffers.of_portable(plain)

    def numbers(self) -> dict[str, float]:
        """Return the parameters by name where each is one number; of others none stands alone."""
        found = super().numbers()
        return found if len(found) == len(self.parameters) else {}

    def equation(self) -> str:
        """Return the layers, and how many parameters they have."""
        return tr_n(
            "y = {network}, with {shown} parameters",
            "y = {network}, with {shown} parameter",
            self.network.count,
            network=self.network.text,
            shown=counted(self.network.count),
        )

    def _output(self, x: torch.Tensor) -> torch.Tensor:
        # Each x is a point with one feature.
        result: torch.Tensor = self.module(x.reshape(-1, 1)).reshape(x.shape)
        return result


def made(layer: TypedLayer) -> nn.Module:
    """Return the module of a layer; its class is one of the table."""
    kind: type[nn.Module] = getattr(nn, layer.row.name)
    try:
        return kind(**layer.arguments)
    except (RuntimeError, ValueError, TypeError, MemoryError) as error:
        raise ModelError(
            tr(
                "{layer} cannot be made: {error}.",
                layer=layer.text,
                error=str(error).splitlines()[0],
            ),
            tr("Use other arguments."),
        ) from error


def _numbers(shape: tuple[int, ...]) -> int:
    return int(torch.Size(shape).numel())

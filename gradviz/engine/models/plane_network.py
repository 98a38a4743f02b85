"""A typed network of two inputs, which tells classes of points apart."""

from typing import Final

import torch

from gradviz.core.choices.catalogue import Target
from gradviz.core.choices.drawn_points import PLANES, drawn
from gradviz.core.choices.plane_targets import HELD_OUT, checked_plane
from gradviz.core.choices.settings import Model
from gradviz.core.errors import FieldError
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import listed, tr
from gradviz.engine.data.targets import dtype_of
from gradviz.engine.models.base import PlaneClassifier, PlaneGuesses, PlanePoints
from gradviz.engine.models.typed_network import NetworkModel

#: The surface has so many points in either direction.
SURFACE: Final = 64
#: More than the farthest point.
_ROOM: Final = 1.12
#: Their outputs are probabilities already.
_PROBABILITIES: Final = ("Sigmoid", "Hardsigmoid", "Softmax")


class PlaneNetworkModel(NetworkModel):
    """Layers of the table, from the two coordinates of a point to its class.

    With one output that is the logit, or the probability, of the second class; with several there
    is one for each class.
    """

    plotted = False
    takes_dtype = True

    @property
    def loss(self) -> str:
        """Return the loss that goes with its last layer."""
        return self.network.loss

    @property
    def target(self) -> Target:
        """Return the kind of its target: numbers 0 and 1 with one output, else classes."""
        return self.network.target

    @property
    def plane_classifier(self) -> PlaneClassifier:
        """Return the model itself."""
        return self

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the points, shape (points, 2), and the class of each, shape (points,).

        Raises:
            FieldError: the target or the number of points cannot be used.
        """
        if settings.data_file.strip():
            raise FieldError(
                tr("A file has one x for each point, and the network takes two numbers."),
                tr("Leave out the file, and choose one of {targets}.", targets=listed(PLANES)),
                field="data_file",
            )
        name = checked_plane(settings.target)
        self._check_classes(name)
        self.check_points(settings.points)
        held = max(1, int(HELD_OUT * settings.points))
        # Held-out points come from another sequence of random numbers of the same seed.
        learnt = self._tensors(settings, device, settings.points, [settings.seed])
        unseen = self._tensors(settings, device, held, [settings.seed, 1])
        self.points = PlanePoints(name, PLANES[name].classes, *learnt, *unseen)
        self._reach = _ROOM * max(float(each.abs().max()) for each in (learnt[0], unseen[0]))
        line = torch.linspace(-self._reach, self._reach, SURFACE, device=device)
        across, up = torch.meshgrid(line, line, indexing="xy")
        self._grid = torch.stack((across, up), dim=-1).reshape(-1, 2).to(dtype_of(settings))
        return learnt

    @property
    def reach(self) -> float:
        """Return how far the surface goes from 0 in each direction."""
        return self._reach

    def guesses(self) -> PlaneGuesses:
        """Return the probabilities over the surface, and how many points are told rightly."""
        points = self.points
        with torch.no_grad():
            surface = self._probabilities(self._grid).reshape(SURFACE, SURFACE, -1)
            learnt = self._right(points.x, points.y)
            held = self._right(points.held_x, points.held_y)
        shown = surface.to(torch.float32).cpu().numpy()
        return PlaneGuesses(Array.of(shown), learnt, held)

    def _output(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.module(x)
        return result.reshape(-1) if self.network.outputs == 1 else result

    def _right(self, x: torch.Tensor, y: torch.Tensor) -> int:
        return int((self._probabilities(x).argmax(1) == y).sum().item())

    def _probabilities(self, x: torch.Tensor) -> torch.Tensor:
        """Return the probability of each class, shape (points, classes)."""
        output = self.predicted(x)
        given = self.network.layers[-1].row.name in _PROBABILITIES
        if output.dim() == 1:
            second = output if given else output.sigmoid()
            return torch.stack((1 - second, second), dim=1)
        return output if given else output.softmax(1)

    def _tensors(
        self, settings: Model, device: torch.device, count: int, seed: list[int]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        points, labels = drawn(checked_plane(settings.target), count, settings.noise, seed)
        dtype = dtype_of(settings)
        y = torch.from_numpy(labels).to(device)
        return torch.from_numpy(points).to(device, dtype), (
            y.to(dtype) if self.target == "values" else y
        )

    def _check_classes(self, name: str) -> None:
        classes, outputs = PLANES[name].classes, max(2, self.network.outputs)
        if classes > outputs:
            raise FieldError(
                tr(
                    "The target {target} has {classes} classes, and the network tells {outputs} "
                    "apart.",
                    target=name,
                    classes=classes,
                    outputs=outputs,
                ),
                tr(
                    "Let its last layer have {classes} outputs, or choose another target.",
                    classes=classes,
                ),
                field="target",
            )

"""Points with two coordinates, in classes that a network of two inputs learns to tell apart."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_Labels = npt.NDArray[np.int64]
#: Returns both coordinates of points of these classes, from −1 to 1.
_Draw = Callable[["np.random.Generator", _Labels], tuple[_Floats, _Floats]]


class PlaneRow(NamedTuple):
    """One target: its title, how many classes it has, and what draws its points."""

    title: str
    classes: int
    draw: _Draw


def _on_circle(radius: _Floats, angle: _Floats) -> tuple[_Floats, _Floats]:
    return radius * np.cos(angle), radius * np.sin(angle)


def _rings(rng: "np.random.Generator", labels: _Labels) -> tuple[_Floats, _Floats]:
    radius = np.where(labels == 0, 0.35, 0.85) + rng.uniform(-0.1, 0.1, len(labels))
    return _on_circle(radius, rng.uniform(0.0, 2 * np.pi, len(labels)))


def _spirals(rng: "np.random.Generator", labels: _Labels) -> tuple[_Floats, _Floats]:
    along = rng.uniform(0.0, 1.0, len(labels))
    return _on_circle(0.08 + 0.87 * along, 3.5 * np.pi * along + np.pi * labels)


def _moons(rng: "np.random.Generator", labels: _Labels) -> tuple[_Floats, _Floats]:
    x, y = _on_circle(np.ones(len(labels)), rng.uniform(0.0, np.pi, len(labels)))
    first = labels == 0
    return np.where(first, x - 0.5, 0.5 - x) / 1.6, np.where(first, y - 0.25, 0.25 - y) / 1.6


def _xor(rng: "np.random.Generator", labels: _Labels) -> tuple[_Floats, _Floats]:
    x, y = rng.uniform(0.06, 0.95, (2, len(labels)))
    side = rng.choice([-1.0, 1.0], len(labels))
    return side * x, np.where(labels == 0, side, -side) * y


def _arms(rng: "np.random.Generator", labels: _Labels) -> tuple[_Floats, _Floats]:
    along = rng.uniform(0.0, 1.0, len(labels))
    return _on_circle(0.1 + 0.85 * along, 1.6 * np.pi * along + 2 * np.pi * labels / 3)


#: The targets by the names that are typed; a new one is a row here.
PLANES: Final[Mapping[str, PlaneRow]] = {
    "rings": PlaneRow("Rings", 2, _rings),
    "spirals": PlaneRow("Spirals", 2, _spirals),
    "moons": PlaneRow("Moons", 2, _moons),
    "xor": PlaneRow("XOR", 2, _xor),
    "arms": PlaneRow("Three arms", 3, _arms),
}


def drawn(
    name: str, count: int, noise: float, seed: int | Sequence[int]
) -> tuple[_Floats, _Labels]:
    """Return points of shape (count, 2) and their classes, shape (count,), from a seed.

    Every class comes equally often; `noise` is the standard deviation of either coordinate.
    """
    rng = np.random.default_rng(seed)
    row = PLANES[name]
    labels = rng.permutation(np.arange(count) % row.classes)
    points = np.stack(row.draw(rng, labels), axis=1)
    return points + noise * rng.normal(0.0, 1.0, points.shape), labels

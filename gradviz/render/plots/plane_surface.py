"""The surface of a network of two inputs as an image: a colour for each class, and their border."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from gradviz.core.graphs.tensors import Floats

SurfacePixels = npt.NDArray[np.uint8]
#: For each place at which the network was evaluated there are so many pixels in each direction.
_FINER: Final = 3
#: How much of a class's colour is over the ground.
_STRENGTH: Final = 0.42


def surface_pixels(
    probabilities: Floats, colours: Sequence[str], ground: str, border: str
) -> SurfacePixels:
    """Return an image of shape (m, m, 3), rows upwards, of probabilities of (n, n, classes)."""
    finer = _finer(probabilities.shape[0])
    fine = np.matmul(finer, np.tensordot(finer, probabilities, (1, 0)))
    # A network may have more outputs than the target has classes.
    inks = _inks(*(colours[each % len(colours)] for each in range(fine.shape[2])))
    paint = fine @ (_STRENGTH * inks) + (1 - _STRENGTH) * _inks(ground)
    paint[_borders(fine.argmax(2))] = _inks(border)
    pixels: SurfacePixels = np.nan_to_num(paint, copy=False).clip(0, 255).astype(np.uint8)
    return pixels


def _borders(classes: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Tell for each pixel whether another class begins to the right of it or above it."""
    found = np.zeros(classes.shape, dtype=bool)
    found[:, :-1] |= classes[:, :-1] != classes[:, 1:]
    found[:-1] |= classes[:-1] != classes[1:]
    return found


@cache
def _finer(count: int) -> Floats:
    """Return the matrix of shape (m, count) that interpolates between `count` places."""
    places = np.linspace(0.0, count - 1.0, count * _FINER)
    return np.maximum(0.0, 1.0 - np.abs(places[:, None] - np.arange(count))).astype(np.float32)


def _inks(*colours: str) -> Floats:
    """Return colours as an array of shape (colours, 3)."""
    found = [QColor(colour) for colour in colours]
    return np.array([(each.red(), each.green(), each.blue()) for each in found], dtype=np.float32)

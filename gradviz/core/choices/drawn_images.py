"""Small images of ten shapes that are drawn here, where there are no photographs to learn from."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
_Floats = npt.NDArray[np.float64]
#: How far each pixel is to the right of and beneath the shape's middle, in radii of the shape.
_Shape = Callable[[_Floats, _Floats], npt.NDArray[np.bool_]]

SIZE: Final = 28
#: Half the width of a line, in radii.
_LINE: Final = 0.22
_NOISE: Final = 16.0

#: The ten classes in the order of their labels.
SHAPES: Final[Mapping[str, _Shape]] = {
    "disc": lambda x, y: x**2 + y**2 < 0.9,
    "ring": lambda x, y: np.abs(np.hypot(x, y) - 0.75) < _LINE,
    "square": lambda x, y: np.maximum(np.abs(x), np.abs(y)) < 0.8,
    "frame": lambda x, y: np.abs(np.maximum(np.abs(x), np.abs(y)) - 0.75) < _LINE,
    "triangle": lambda x, y: (y < 0.8) & (np.abs(x) < (y + 0.9) / 1.8),
    "plus": lambda x, y: (
        (np.minimum(np.abs(x), np.abs(y)) < _LINE) & (np.maximum(np.abs(x), np.abs(y)) < 0.95)
    ),
    "cross": lambda x, y: (
        (np.abs(np.abs(x) - np.abs(y)) < 1.4 * _LINE) & (np.maximum(np.abs(x), np.abs(y)) < 0.85)
    ),
    "bar across": lambda x, y: (np.abs(y) < 1.2 * _LINE) & (np.abs(x) < 1),
    "bar upright": lambda x, y: (np.abs(x) < 1.2 * _LINE) & (np.abs(y) < 1),
    "two dots": lambda x, y: (np.abs(x) - 0.6) ** 2 + y**2 < 0.12,
}


def drawn(count: int, seed: int) -> tuple[Bytes, Bytes]:
    """Return images of shape (count, 28, 28) and their labels, shape (count,), from a seed.

    Every class comes equally often. Place, size, brightness and grain differ from image to image.
    """
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(count) % len(SHAPES)).astype(np.uint8)
    radius = random.uniform(9.0, 12.0, count)
    middle = SIZE / 2 - 0.5 + random.uniform(-1.0, 1.0, (2, count))
    bright = random.uniform(200.0, 255.0, count)
    pixels = np.arange(SIZE, dtype=np.float64)
    x = ((pixels[None, :] - middle[0][:, None]) / radius[:, None])[:, None, :]
    y = ((pixels[None, :] - middle[1][:, None]) / radius[:, None])[:, :, None]
    images = np.zeros((count, SIZE, SIZE))
    for label, shape in enumerate(SHAPES.values()):
        of_it = labels == label
        images[of_it] = shape(*np.broadcast_arrays(x[of_it], y[of_it]))
    images *= bright[:, None, None]
    images += np.abs(random.normal(0.0, _NOISE, images.shape))
    return images.clip(0, 255).astype(np.uint8), labels

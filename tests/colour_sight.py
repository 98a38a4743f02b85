"""Colours as people see them who lack one kind of cone, and how far two of them are apart."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Sight = Literal["full", "deuteranopia", "protanopia"]
_Numbers = npt.NDArray[np.float64]
#: Machado, Oliveira and Fernandes 2009, for the full severity, in linear RGB.
_MATRICES: Final[dict[Sight, _Numbers]] = {
    "full": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
_TO_XYZ: Final = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.072175],
        [0.0193339, 0.119192, 0.9503041],
    ]
)
_WHITE: Final = _TO_XYZ @ np.ones(3)


def linear(colour: str) -> _Numbers:
    """Return the linear red, green and blue of `#RRGGBB`, from 0 to 1."""
    parts = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def seen(colour: str, sight: Sight) -> _Numbers:
    """Return lightness, a and b of CIELAB of a colour as it is seen."""
    x = _TO_XYZ @ np.clip(_MATRICES[sight] @ linear(colour), 0, 1) / _WHITE
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, sight: Sight) -> float:
    """Return how far two colours are apart as they are seen: 2 is just to be told side by side."""
    return float(np.linalg.norm(seen(one, sight) - seen(other, sight)))

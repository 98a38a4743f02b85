"""The image of a surface: each class in its colour, and a border between them."""

import numpy as np
from PySide6.QtGui import QColor

from gradviz.render.plots.plane_surface import surface_pixels

_COLOURS = ("#0000ff", "#ff0000")


def test_that_each_place_has_the_colour_of_its_class_and_classes_have_a_border() -> None:
    right = np.repeat(np.linspace(0.0, 1.0, 16, dtype=np.float32)[None], 16, axis=0)
    pixels = surface_pixels(np.stack((1 - right, right), 2), _COLOURS, "#ffffff", "#000000")
    side = pixels.shape[0]
    assert pixels.shape == (side, side, 3)
    assert side > 16
    left, far = pixels[0, 0].astype(int), pixels[0, -1].astype(int)
    assert left[2] > left[0] + 50
    assert far[0] > far[2] + 50
    black = (pixels == 0).all(2)
    assert black[side // 2].sum() == 1
    assert abs(int(black[side // 2].argmax()) - side / 2) < 3


def test_that_numbers_that_are_none_and_many_classes_are_drawn() -> None:
    probabilities = np.full((8, 8, 5), np.nan, dtype=np.float32)
    assert surface_pixels(probabilities, _COLOURS, "#ffffff", QColor("black").name()).shape[2] == 3

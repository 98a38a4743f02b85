"""A container that is much too wide, as rows that are broken."""

from math import sqrt

from gradviz.core.graphs.shown.cuts import LONGEST
from gradviz.core.graphs.shown.readable import CANVAS
from gradviz.layout.container import Contents, DrawnContainer, drawn_in_rows
from gradviz.layout.geometry import BOX_GAP, ROW_GAP


def is_too_wide(contents: Contents, found: DrawnContainer) -> bool:
    """Tell whether a container is wider than the canvas, and more than three times its height."""
    left, top, right, bottom = found.extent
    width, height = _turned((right - left, bottom - top), contents)
    return width > max(CANVAS[contents.along], LONGEST * height)


def in_short_rows(contents: Contents, found: DrawnContainer) -> DrawnContainer | None:
    """Return a container in rows with sides between 1:3 and 3:1; None where it is not too wide.

    Links that pass a broken row may run behind its boxes.
    """
    if contents.kind == "column" or not is_too_wide(contents, found):
        return None
    sizes = [_turned((item.width, item.height), contents) for item in contents.items]
    area = sum((along + BOX_GAP) * (across + ROW_GAP) for along, across in sizes)
    width, height = _turned(CANVAS, contents)
    return drawn_in_rows(contents, max(width, sqrt(area * width / height)))


def _turned(pair: tuple[float, float], contents: Contents) -> tuple[float, float]:
    return pair if contents.along == 0 else (pair[1], pair[0])

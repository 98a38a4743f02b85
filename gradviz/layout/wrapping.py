"""A container that is much too wide, as rows that are broken."""

from math import sqrt

from gradviz.core.graphs.shown.cuts import LONGEST
from gradviz.core.graphs.shown.readable import CANVAS
from gradviz.layout.container import Contents, Drawn, drawn_in_rows
from gradviz.layout.geometry import BOX_GAP, ROW_GAP


def in_short_rows(contents: Contents, found: Drawn) -> Drawn | None:
    """Return a container in rows with sides between 1:3 and 3:1; None where it is not too wide.

    Links that pass a broken row may run behind its boxes.
    """
    left, top, right, bottom = found.extent
    width, height = (right - left, bottom - top)[:: 1 if contents.along == 0 else -1]
    canvas = CANVAS[contents.along]
    if width <= max(canvas, LONGEST * height) or contents.kind == "column":
        return None
    sizes = [(item.width, item.height)[:: 1 if contents.along == 0 else -1]
             for item in contents.items]  # fmt: skip
    area = sum((along + BOX_GAP) * (across + ROW_GAP) for along, across in sizes)
    canvas_shape = CANVAS[0] / CANVAS[1] if contents.along == 0 else CANVAS[1] / CANVAS[0]
    return drawn_in_rows(contents, max(canvas, sqrt(area * canvas_shape)))

"""The contour lines of values over a grid, and the scale on which they are equally far apart."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from gradviz.core.graphs.tensors import Floats

#: Lines of a map.
LINES: Final = 12
#: From this ratio of the largest to the smallest value on, the scale is logarithmic.
_WIDE: Final = 30.0


@dataclass(frozen=True)
class Relief:
    """Values over a grid, made ready to be drawn.

    Attributes:
        heights: Shape (rows, columns): from 0, the lowest value, to 1; NaN where there is none.
        lines: Shape (n, 2, 2): a start and an end, each as x and y, of each piece of a line.
        lowest, highest: The finite values lie between them; NaN where there are none.
        logarithmic: Whether equal steps of height are equal ratios of the values.
        missing: The number of places without a finite value.
    """

    heights: Floats
    lines: Floats
    lowest: float
    highest: float
    logarithmic: bool
    missing: int


def relief_of(x: Floats, y: Floats, values: Floats) -> Relief:
    """Return the relief of `values`, of shape (rows, columns), over y and x."""
    values = np.where(np.isfinite(values), values, np.nan).astype(np.float64)
    finite = values[np.isfinite(values)]
    missing = values.size - finite.size
    if not finite.size:
        return Relief(np.full(values.shape, np.nan), _NO_LINES, math.nan, math.nan, False, missing)
    lowest, highest = float(finite.min()), float(finite.max())
    logarithmic = lowest > 0 and highest / lowest > _WIDE
    scaled = np.log(values) if logarithmic else values
    low, high = (math.log(lowest), math.log(highest)) if logarithmic else (lowest, highest)
    # Halved, the difference of the largest numbers is one too.
    span = high / 2 - low / 2
    heights = (scaled / 2 - low / 2) / span if span > 0 else np.where(np.isnan(scaled), scaled, 0.0)
    levels = (np.arange(LINES) + 0.5) / LINES
    lines = contour_lines(x, y, heights, levels) if span > 0 else _NO_LINES
    return Relief(heights, lines, lowest, highest, logarithmic, missing)


_NO_LINES: Final[Floats] = np.empty((0, 2, 2))
#: The sides of a cell: its first and its second corner, of the four that go around it.
_SIDES: Final = ((0, 1), (1, 2), (2, 3), (3, 0))


def contour_lines(x: Floats, y: Floats, heights: Floats, levels: Floats) -> Floats:
    """Return the pieces of the lines at `levels`, shape (n, 2, 2), by marching squares.

    Each piece crosses one cell of the grid, straight from side to side; a cell with a corner that
    is not finite has none. A saddle is cut as the mean of its corners says.
    """
    if min(heights.shape) < 2:
        return _NO_LINES
    corners = np.stack(
        [heights[:-1, :-1], heights[:-1, 1:], heights[1:, 1:], heights[1:, :-1]]
    ).reshape(4, -1)
    across, up = np.meshgrid(np.arange(len(x) - 1), np.arange(len(y) - 1))
    columns, rows = across.ravel(), up.ravel()
    low, high = corners.min(axis=0), corners.max(axis=0)
    pieces: list[Floats] = []
    for level in levels:
        # A comparison with NaN is false.
        crossed = np.flatnonzero((low < level) & (high >= level))
        if crossed.size:
            pieces.append(
                _pieces(x, y, corners[:, crossed], columns[crossed], rows[crossed], level)
            )
    return np.concatenate(pieces) if pieces else _NO_LINES


def _pieces(
    x: Floats,
    y: Floats,
    corners: Floats,
    columns: np.ndarray[tuple[int], np.dtype[np.int64]],
    rows: np.ndarray[tuple[int], np.dtype[np.int64]],
    level: float,
) -> Floats:
    above = corners >= level
    xs = np.stack([x[columns], x[columns + 1], x[columns + 1], x[columns]])
    ys = np.stack([y[rows], y[rows], y[rows + 1], y[rows + 1]])
    places = np.empty((4, len(columns), 2))
    crossed = np.empty((4, len(columns)), np.bool_)
    for side, (one, other) in enumerate(_SIDES):
        crossed[side] = above[one] != above[other]
        # Beside a crossing, a difference may be too small to divide by.
        difference = np.where(crossed[side], corners[other] - corners[one], 1)
        part = np.where(crossed[side], (level - corners[one]) / difference, 0)
        places[side, :, 0] = xs[one] + part * (xs[other] - xs[one])
        places[side, :, 1] = ys[one] + part * (ys[other] - ys[one])
    twice = crossed.sum(axis=0) == 2
    first = crossed.argmax(axis=0)
    last = 3 - crossed[::-1].argmax(axis=0)
    cells = np.flatnonzero(twice)
    simple = np.stack([places[first[cells], cells], places[last[cells], cells]], axis=1)
    saddles = np.flatnonzero(crossed.all(axis=0))
    if not saddles.size:
        return simple
    # The corner 0 and the mean on the same side of the level: the lines cut off corners 1 and 3.
    joined = above[0, saddles] == (corners[:, saddles].mean(axis=0) >= level)
    cut = places[:, saddles]
    cut_off = [np.stack([cut[one], cut[two]], axis=1) for one, two in ((0, 1), (2, 3))]
    others = [np.stack([cut[one], cut[two]], axis=1) for one, two in ((3, 0), (1, 2))]
    pairs = zip(cut_off, others, strict=True)
    both = [np.where(joined[:, None, None], one, two) for one, two in pairs]
    return np.concatenate([simple, *both])

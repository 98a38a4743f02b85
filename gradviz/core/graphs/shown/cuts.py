"""Where a long column of rows is cut, so that its parts side by side fit a canvas best."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import sqrt
from typing import Final, NamedTuple

from gradviz.core.graphs.shown.readable import CANVAS, LEAST_SCALE

#: Between two columns, and above and below all of them where there are several.
GUTTER: Final = 44.0
CHANNEL: Final = 26.0
#: The sides of a picture are within 1 to this.
LONGEST: Final = 3.0


class Band(NamedTuple):
    """A row: its height with the gap below it, and its width."""

    height: float
    width: float


def fitting_cuts(bands: Sequence[Band]) -> tuple[int, ...]:
    """Return the first row of each column with which the canvas shows all at the largest scale.

    Rows that fit as they are, with labels that can be read, stay one column.
    """
    heights = [0.0, *accumulate(band.height for band in bands)]
    if not bands or _scale(*_size(bands, heights, (0,))) >= LEAST_SCALE:
        return (0,)
    return max(_candidates(bands, heights), key=lambda cut: _scale(*_size(bands, heights, cut)))


def bounded_cuts(bands: Sequence[Band]) -> tuple[int, ...]:
    """Return the first row of each column with which the sides are between 1:3 and 3:1."""
    heights = [0.0, *accumulate(band.height for band in bands)]
    for cut in [(0,), *_candidates(bands, heights)] if bands else [(0,)]:
        width, height = _size(bands, heights, cut)
        if height <= LONGEST * width:
            return cut
    return (0,)


def size_of(bands: Sequence[Band], cuts: tuple[int, ...]) -> tuple[float, float]:
    """Return about how wide and high rows are when they are cut so."""
    return _size(bands, [0.0, *accumulate(band.height for band in bands)], cuts)


def _candidates(bands: Sequence[Band], heights: Sequence[float]) -> list[tuple[int, ...]]:
    """Return ways to cut, with ever more columns."""
    width = max(band.width for band in bands)
    usual = sqrt(CANVAS[0] / CANVAS[1] * heights[-1] / (width + GUTTER))
    least, most = max(1, int(usual / 3)), min(len(bands), int(3 * usual) + 2)
    step = max(1, (most - least) // 40)
    found = (_cut(heights, heights[-1] / count) for count in range(least, most + 1, step))
    return list(dict.fromkeys(found)) or [(0,)]


def _cut(heights: Sequence[float], wanted: float) -> tuple[int, ...]:
    """Return the columns of about this height that rows fill one after another."""
    tallest = max(after - before for before, after in pairwise(heights))
    limit = max(wanted, tallest) + 1e-6
    cuts = [0]
    while (following := bisect_right(heights, heights[cuts[-1]] + limit) - 1) < len(heights) - 1:
        cuts.append(max(following, cuts[-1] + 1))
    return tuple(cuts)


def _size(
    bands: Sequence[Band], heights: Sequence[float], cuts: tuple[int, ...]
) -> tuple[float, float]:
    ends = (*cuts[1:], len(bands))
    widths = [
        max((band.width for band in bands[start:end]), default=0.0)
        for start, end in zip(cuts, ends, strict=True)
    ]
    tallest = max(heights[end] - heights[start] for start, end in zip(cuts, ends, strict=True))
    several = len(cuts) > 1
    return sum(widths) + GUTTER * (len(cuts) - 1), tallest + (2 * CHANNEL if several else 0.0)


def _scale(width: float, height: float) -> float:
    return min(CANVAS[0] / max(width, 1.0), CANVAS[1] / max(height, 1.0))

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
#: How closely the height of columns is found, and how much higher one may be by rounding.
_HALVINGS, _SLACK = 12, 1e-6
#: Around the whole picture, at both sides.
MARGINS: Final = 48.0
#: The room that a frame takes with its title, and the picture around it.
_BORDERS: Final = MARGINS + 56.0
#: The sides of a picture are within 1 to this.
LONGEST: Final = 3.0


class Band(NamedTuple):
    """A row: its height with the gap below it, and its width."""

    height: float
    width: float


def fitting_cuts(bands: Sequence[Band], *, across: bool = False) -> tuple[int, ...]:
    """Return the first row of each column with which the canvas shows all at the largest scale.

    Rows that fit as they are, with labels that can be read, stay one column.

    Args:
        bands: The rows.
        across: Whether rows follow one another to the right.
    """
    if not bands or _fit(bands, (0,), across=across) >= LEAST_SCALE:
        return (0,)
    return max(_candidates(bands), key=lambda cuts: _fit(bands, cuts, across=across))


def bounded_cuts(bands: Sequence[Band], *, across: bool = False) -> tuple[int, ...]:
    """Return the first row of each column with which the sides are between 1:3 and 3:1.

    Rows that are no longer than the canvas stay one column, and those of which not even the length
    can be read at once are cut as the whole canvas is.
    """
    longest = CANVAS[0 if across else 1] / LEAST_SCALE - _BORDERS
    if bands and size_of(bands, (0,))[1] > longest:
        return max(_candidates(bands), key=lambda cuts: _fit(bands, cuts, across=across))
    if bands and size_of(bands, (0,))[1] > CANVAS[0 if across else 1]:
        for cuts in [(0,), *_candidates(bands)]:
            width, height = size_of(bands, cuts)
            if height <= LONGEST * width:
                return cuts
    return (0,)


def cuts_into(bands: Sequence[Band], count: int) -> tuple[int, ...]:
    """Return the first row of each of at most so many columns, as low as they can be."""
    return _cut([0.0, *accumulate(band.height for band in bands)], max(1, count))


def size_of(bands: Sequence[Band], cuts: tuple[int, ...]) -> tuple[float, float]:
    """Return about how wide and high rows are when they are cut so."""
    ends = (*cuts[1:], len(bands))
    widths, heights = [], []
    for start, end in zip(cuts, ends, strict=True):
        column = bands[start:end]
        widths.append(max((band.width for band in column), default=0.0))
        heights.append(sum(band.height for band in column))
    channels = 2 * CHANNEL if len(cuts) > 1 else 0.0
    return sum(widths) + GUTTER * (len(cuts) - 1), max(heights) + channels


def _candidates(bands: Sequence[Band]) -> list[tuple[int, ...]]:
    """Return ways to cut, with ever more columns."""
    heights = [0.0, *accumulate(band.height for band in bands)]
    width = max(band.width for band in bands)
    usual = sqrt(CANVAS[0] / CANVAS[1] * heights[-1] / (width + GUTTER))
    least, most = max(2, int(usual / 3)), min(len(bands), int(2 * usual) + 3)
    step = max(1, (most - least) // 20)
    found = (_cut(heights, count) for count in range(least, most + 1, step))
    return list(dict.fromkeys(found)) or [(0,)]


def _cut(heights: Sequence[float], count: int) -> tuple[int, ...]:
    """Return at most so many columns, of which the highest is as low as it can be."""
    low = max(max(after - before for before, after in pairwise(heights)), heights[-1] / count)
    high = heights[-1]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if len(_filled(heights, middle)) <= count:
            high = middle
        else:
            low = middle
    return _filled(heights, high)


def _filled(heights: Sequence[float], limit: float) -> tuple[int, ...]:
    """Return the columns that rows fill one after another up to a height."""
    cuts = [0]
    while (following := bisect_right(heights, heights[cuts[-1]] + limit + _SLACK) - 1) + 1 < len(
        heights
    ):
        cuts.append(max(following, cuts[-1] + 1))
    return tuple(cuts)


def _fit(bands: Sequence[Band], cuts: tuple[int, ...], *, across: bool) -> float:
    """Return the scale at which rows that are cut so fit the canvas."""
    width, height = size_of(bands, cuts)
    x, y = (height, width) if across else (width, height)
    return min(CANVAS[0] / (x + MARGINS), CANVAS[1] / (y + MARGINS))

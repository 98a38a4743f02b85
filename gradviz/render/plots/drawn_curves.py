"""Curves as they are drawn: few enough points for a frame, broken at poles, in a robust range."""

from typing import Literal

import numpy as np

from gradviz.core.graphs.tensors import Floats
from gradviz.protocol.events import ModelBuilt

#: How the height of a curve is shown: "auto" chooses one of the others.
AxisScale = Literal["auto", "linear", "log"]
SCALES: tuple[AxisScale, ...] = ("auto", "linear", "log")
#: The width of every line, in pixels.
WIDTH = 2
#: The size of the dot of a data point, in pixels, and how many dots are drawn at most.
DOT, _MOST_DOTS = 5, 1000
#: A curve is drawn through the smallest and the largest value of so many pieces of it.
_PIECES = 300
#: Of more losses than this every second, third, … is looked at, and their peaks are drawn.
_MAXIMUM_POINTS = 30_000
#: Automatically an axis is logarithmic where its values span so much.
_SPAN = 100.0
#: Where neighbours are nowhere so far apart, as a part of the height, there is no pole.
_STEEP = 0.05
#: The part of the values that is beyond each end of a robust range, in per cent, ...
_TAIL = 5
#: ... and how much higher the whole must be for that range to be used, and with how much room.
_OUTLYING, _ROOM = 4.0, 0.5


def is_logarithmic(scale: AxisScale, lowest: float, highest: float) -> bool:
    """Tell whether values from `lowest` to `highest` are shown on a logarithmic axis.

    One chosen automatically is where all are above 0 and span more than two powers of ten.
    """
    if scale == "auto":
        return lowest > 0 and highest > _SPAN * lowest
    return scale == "log"


def is_dotted(built: ModelBuilt) -> bool:
    """Tell whether the data are points, and not the values of a function at dense x."""
    return built.grid is not None or built.model.noise > 0 or bool(built.model.data_file)


def few_dots(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return at most about 1000 of the points, evenly chosen."""
    stride = -(-len(x) // _MOST_DOTS)
    return x[::stride], y[::stride]


def few(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return at most about 600 points of a curve of shape (n,), peaks and gaps among them.

    The first and the last point stay.
    """
    size = -(-len(y) // _PIECES)
    if size <= 2:
        return x, y
    whole = len(y) // size * size
    pieces = y[:whole].reshape(-1, size)
    known = np.isfinite(pieces)
    starts = np.arange(0, whole, size)
    kept = [
        starts + np.where(known, pieces, np.inf).argmin(axis=1),
        starts + np.where(known, pieces, -np.inf).argmax(axis=1),
        np.arange(whole, len(y)),
        np.array([0, len(y) - 1]),
        _gaps(y),
    ]
    places = np.unique(np.concatenate(kept))
    return x[places], y[places]


def thinned(losses: Floats, *, logarithmic: bool = True) -> tuple[Floats, Floats]:
    """Return step numbers and losses of shape (n,), at most about _MAXIMUM_POINTS of them.

    The last loss is always among them; a logarithmic axis has no place for one not above 0.
    """
    stride = max(1, len(losses) // _MAXIMUM_POINTS)
    steps = np.arange(0, len(losses), stride, dtype=np.float64)
    if len(losses) and steps[-1] != len(losses) - 1:
        steps = np.append(steps, len(losses) - 1)
    shown = losses[steps.astype(int)]
    return steps, np.where(shown > 0, shown, np.nan) if logarithmic else shown


def _gaps(y: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the place at which each run of values that are not finite begins."""
    known = np.isfinite(y)
    return np.flatnonzero(~known & np.append(True, known[:-1]))


def whole_range(y: Floats) -> tuple[float, float] | None:
    """Return the lowest and highest finite value; None where none is finite."""
    finite = y[np.isfinite(y)]
    return (float(finite.min()), float(finite.max())) if len(finite) else None


def robust_range(y: Floats) -> tuple[float, float] | None:
    """Return the lowest and highest value that are shown; None where none is finite.

    A pole, whose few values are much larger than all others, does not count.
    """
    whole = whole_range(y)
    if whole is None:
        return None
    low, high = whole
    tails = np.percentile(y[np.isfinite(y)], (_TAIL, 100 - _TAIL))
    inner = float(tails[1] - tails[0])
    if inner > 0 and high - low > _OUTLYING * inner:
        return max(low, float(tails[0]) - _ROOM * inner), min(high, float(tails[1]) + _ROOM * inner)
    return low, high


def broken_at_poles(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the curve with a gap where it leaves the picture at one end and returns at the other.

    At a pole its size grows towards the gap from both sides; that of a steep line does not.
    """
    whole = whole_range(y)
    if whole is None or len(y) < 4:
        return x, y
    with np.errstate(invalid="ignore", over="ignore"):
        steepest = float(np.fmax.reduce(np.abs(np.diff(y)), initial=0.0))
    # Most curves are smooth, and end here: this is done for every frame.
    shown = robust_range(y) if not steepest < _STEEP * (whole[1] - whole[0]) else None
    if shown is None:
        return x, y
    with np.errstate(invalid="ignore", over="ignore"):
        from_middle = y - (shown[0] + shown[1]) / 2
        left, right = from_middle[1:-2], from_middle[2:-1]
        grows = (abs(left) > abs(from_middle[:-3])) & (abs(right) > abs(from_middle[3:]))
        across = (left < 0) != (right < 0)
        far = abs(right - left) > shown[1] - shown[0]
    places = np.flatnonzero(grows & across & far) + 2
    return np.insert(x, places, x[places]), np.insert(y, places, np.nan)


def nice_range(low: float, high: float) -> tuple[float, float]:
    """Return the range of a linear axis in steps of 1, 2 and 5 times a power of ten.

    Zero is shown unless the values are far from it. Such a range moves seldom while they change.
    """
    if low >= 0 and low < 0.5 * high:
        low = 0.0
    if high - low < abs(high) * 1e-6:
        # One value, but for rounding: steps that its numbers tell apart.
        low, high = low - abs(high) / 10, high + abs(high) / 10
    unit = unit_below(max(high - low, 1e-30) / 4)
    bottom, top = unit * np.floor(low / unit), unit * np.ceil(high / unit)
    return float(bottom), float(top if top > bottom else bottom + unit)


def unit_below(value: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not above `value` > 0."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(
        max(step * power for step in (1.0, 2.0, 5.0) if step * power <= value * (1 + 1e-9))
    )


def log_range(low: float, high: float) -> tuple[float, float]:
    """Return the exponents of the powers of ten around values above 0, at least one apart."""
    bottom, top = float(np.floor(np.log10(low))), float(np.ceil(np.log10(high)))
    return bottom, top if top > bottom else bottom + 1

"""Central finite differences: a slope with an honest bound of its own error."""

import math
from collections.abc import Callable, Generator, Iterator
from typing import Final, NamedTuple, TypeAlias

import torch

from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted

#: Relative steps, the largest first: each is a tenth of the one before.
STEPS: Final = (1e-4, 1e-5, 1e-6)
SEED: Final = 0

_EPS: Final = torch.finfo(torch.float64).eps
#: So many times the difference between two steps bounds the error.
_SAFETY: Final = 4.0
#: A slope is this exact at best, relative to itself.
_FLOOR: Final = 1e-10
#: Left and right slopes that come together by less than this from step to step do not meet.
_MEETING: Final = 0.5
#: Two slopes that differ by no more than this, relative to their size, need no third one.
_SETTLED: Final = 1e-8
#: Rounding of a difference, in units of the numbers that differ.
_ROUNDING: Final = 16.0

#: A computation in slices: it yields nothing between two of them, while other work runs.
SlopeTask: TypeAlias = Generator[None, None, "Slope"]
#: The output after a move by so much of a direction, and how large the numbers are it is made of.
Moved: TypeAlias = Callable[[float], tuple[float, float]]


class Slope(NamedTuple):
    """A slope found by differences.

    Attributes:
        value: The central difference.
        error: How far it may be from the slope, by the step and by rounding in double precision.
        step: Relative to the size of the moved value.
        left, right: The slopes to either side, from the smallest step.
        kink: Whether these two do not meet.
    """

    value: float
    error: float
    step: float
    left: float
    right: float
    kink: bool

    @property
    def finite(self) -> bool:
        """Tell whether there is a slope."""
        return math.isfinite(self.value) and math.isfinite(self.error)


class Direction(NamedTuple):
    """How a tensor is moved: by this much for a relative step of one; of the tensor's shape."""

    move: torch.Tensor
    told: str


class _Row(NamedTuple):
    """The slopes of one step: the central one, those to either side, and the rounding in it."""

    step: float
    value: float
    left: float
    right: float
    noise: float

    @property
    def gap(self) -> float:
        """Return how far the slopes to either side are apart."""
        return abs(self.right - self.left)


def slope(moved: Moved, at_rest: float) -> SlopeTask:
    """Return the slope of `moved` at 0, from central differences with two or three steps.

    The truncation falls with the square of the step, and rounding grows with its inverse: of two
    neighbouring steps that differ least the smaller one counts, and their difference, four
    times, is its error.
    """
    rows: list[_Row] = []
    for step in STEPS:
        rows.append((yield from _row(moved, at_rest, step)))
        if len(rows) > 1 and _is_settled(*rows[-2:]):
            break
    before, last = rows[-2:]
    error = abs(before.value - last.value)
    if len(rows) > 2 and abs(rows[0].value - before.value) <= error:
        error = abs(rows[0].value - before.value)
        last = before
    return Slope(
        value=last.value,
        error=_SAFETY * error + last.noise + _FLOOR * abs(last.value),
        step=last.step,
        left=rows[-1].left,
        right=rows[-1].right,
        kink=_is_kink(rows),
    )


def _row(moved: Moved, at_rest: float, step: float) -> Generator[None, None, _Row]:
    forth, size = moved(step)
    yield
    back, other = moved(-step)
    yield
    return _Row(
        step=step,
        value=(forth - back) / (2 * step),
        left=(at_rest - back) / step,
        right=(forth - at_rest) / step,
        noise=_ROUNDING * _EPS * max(size, other, abs(at_rest)) / step,
    )


def _is_settled(before: _Row, last: _Row) -> bool:
    """Tell whether another step would tell no more: a smooth function, and little rounding."""
    near = abs(before.value - last.value) <= _SETTLED * abs(last.value)
    return near and last.gap <= _MEETING * before.gap + _SETTLED * abs(last.value)


def _is_kink(rows: list[_Row]) -> bool:
    """Tell whether the slopes to the left and right stay apart as the step becomes smaller.

    Where a function is smooth they come together with the step; where it is flat, the gap that
    rounding leaves between them grows as the step shrinks.
    """
    if len(rows) < len(STEPS):
        return False
    first, second, third = (row.gap for row in rows)
    clear = max(8 * rows[-1].noise, 1e-6 * max(abs(rows[-1].left), abs(rows[-1].right)))
    stays = _MEETING * second < third < second / _MEETING
    return third > clear and stays and first > _MEETING * third


class Sample(NamedTuple):
    """How much of a tensor is moved.

    Attributes:
        each: Up to so many elements, each is moved by itself.
        directions: Of a larger tensor so many directions are drawn, which move every element, ...
        elements: ... and so many single elements.
    """

    each: int
    directions: int
    elements: int


#: Of a leaf, and of a value between: there are many more of these.
LEAF: Final = Sample(12, 4, 2)
BETWEEN: Final = Sample(6, 2, 1)


def directions(value: torch.Tensor, sample: Sample, seed: int = SEED) -> Iterator[Direction]:
    """Yield how a tensor of any shape, in double precision, is moved to check its gradient."""
    if value.numel() == 0:
        return
    sizes = sizes_of(value)
    if value.numel() <= sample.each:
        for index in range(value.numel()):
            yield Direction(_single(sizes, index), tr("element {index}", index=index))
        return
    generator = torch.Generator().manual_seed(seed)
    for number in range(sample.directions):
        signs = torch.randint(0, 2, value.shape, generator=generator).to(sizes) * 2 - 1
        yield Direction(signs * sizes, tr("direction {number}", number=number + 1))
    chosen = torch.randperm(value.numel(), generator=generator)[: sample.elements]
    for index in sorted(chosen.tolist()):
        yield Direction(_single(sizes, index), tr("element {index}", index=index))


def how(count: int, sample: Sample, step: float) -> str:
    """Say how a tensor of `count` elements is moved by the relative step `step`."""
    if count <= sample.each:
        return tr_n(
            "In float64, each of {count} elements moved by {step:.0e} of the size to either side.",
            "In float64, the one element moved by {step:.0e} of the size to either side.",
            count,
            step=step,
        )
    return tr_n(
        "In float64, {directions} random directions that move all {all} elements, and {count} "
        "random elements (seed {seed}), moved by {step:.0e} of the size to either side.",
        "In float64, {directions} random directions that move all {all} elements, and {count} "
        "random element (seed {seed}), moved by {step:.0e} of the size to either side.",
        sample.elements,
        directions=sample.directions,
        all=counted(count),
        seed=SEED,
        step=step,
    )


def sizes_of(value: torch.Tensor) -> torch.Tensor:
    """Return for each element how large a relative step of one is; never 0."""
    # In place, since a value can take gigabytes.
    finite = value.nan_to_num(0.0, 0.0, 0.0).abs_()
    typical = float(torch.linalg.vector_norm(finite)) / math.sqrt(max(1, finite.numel()))
    return finite.clamp_min_(0.1 * typical if typical > 0 else 1.0)


def _single(sizes: torch.Tensor, index: int) -> torch.Tensor:
    move = torch.zeros_like(sizes).reshape(-1)
    move[index] = sizes.reshape(-1)[index]
    return move.reshape(sizes.shape)

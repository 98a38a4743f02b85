"""Central finite differences: a slope with an honest bound of its own error."""

import math
from collections.abc import Callable, Generator, Iterator
from typing import Final, NamedTuple, TypeAlias

import torch

#: Relative steps, the largest first: each is a tenth of the one before.
STEPS: Final = (1e-4, 1e-5, 1e-6)
#: Up to so many elements, each is moved by itself.
EACH: Final = 12
#: Of a larger tensor so many directions are drawn, each of which moves every element, ...
DIRECTIONS: Final = 4
#: ... and so many single elements.
ELEMENTS: Final = 2
SEED: Final = 0

_EPS: Final = torch.finfo(torch.float64).eps
#: So many times the difference between two steps bounds the error.
_SAFETY: Final = 4.0
#: A slope is this exact at best, relative to itself.
_FLOOR: Final = 1e-10
#: Left and right slopes that come together by less than this from step to step do not meet.
_MEETING: Final = 0.5
#: Rounding of a difference, in units of the numbers that differ.
_ROUNDING: Final = 16.0

#: A part of a computation: what is yielded says nothing but that others may have a turn.
Pieces: TypeAlias = Generator[None, None, "Slope"]
#: The output after a move by so much of a direction, and how large the numbers are it is made of.
Moved: TypeAlias = Callable[[float], tuple[float, float]]


class Slope(NamedTuple):
    """A slope found by differences.

    Attributes:
        value: The central difference.
        error: How far it may be from the slope, by the step and by rounding in double precision.
        step: Relative to the size of what was moved.
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


def slope(moved: Moved, at_rest: float) -> Pieces:
    """Return the slope of `moved` at 0, from central differences with three steps.

    The truncation falls with the square of the step, and rounding grows with its inverse: of two
    neighbouring steps that differ least the smaller one counts, and their difference, four
    times, is its error.
    """
    rows: list[tuple[float, float, float, float]] = []
    for step in STEPS:
        forth, size = moved(step)
        yield
        back, other = moved(-step)
        yield
        noise = _ROUNDING * _EPS * max(size, other, abs(at_rest)) / step
        right, left = (forth - at_rest) / step, (at_rest - back) / step
        rows.append(((forth - back) / (2 * step), noise, left, right))
    first, second, third = rows
    coarse, fine = abs(first[0] - second[0]), abs(second[0] - third[0])
    chosen, error, step = (second, coarse, STEPS[1]) if coarse <= fine else (third, fine, STEPS[2])
    value, noise, left, right = chosen
    return Slope(
        value=value,
        error=_SAFETY * error + noise + _FLOOR * abs(value),
        step=step,
        left=third[2],
        right=third[3],
        kink=_is_kink(second, third),
    )


def _is_kink(
    second: tuple[float, float, float, float], third: tuple[float, float, float, float]
) -> bool:
    """Tell whether the slopes to the left and right stay apart as the step becomes smaller."""
    gap, smaller = abs(second[3] - second[2]), abs(third[3] - third[2])
    clear = max(8 * third[1], 1e-6 * max(abs(third[2]), abs(third[3])))
    return smaller > clear and smaller > _MEETING * gap


def directions(value: torch.Tensor, seed: int = SEED) -> Iterator[Direction]:
    """Yield how a tensor of any shape, in double precision, is moved to check its gradient."""
    if value.numel() == 0:
        return
    sizes = _sizes(value)
    if value.numel() <= EACH:
        for index in range(value.numel()):
            yield Direction(_single(sizes, index), f"element {index}")
        return
    generator = torch.Generator().manual_seed(seed)
    for number in range(DIRECTIONS):
        signs = torch.randint(0, 2, value.shape, generator=generator).to(sizes) * 2 - 1
        yield Direction(signs * sizes, f"direction {number + 1}")
    chosen = torch.randperm(value.numel(), generator=generator)[:ELEMENTS]
    for index in sorted(chosen.tolist()):
        yield Direction(_single(sizes, index), f"element {index}")


def how(count: int) -> str:
    """Say how a tensor of `count` elements is moved."""
    if count <= EACH:
        return "the one element" if count == 1 else f"each of {count} elements"
    return (
        f"{DIRECTIONS} random directions that move all {count:,} elements, and {ELEMENTS} random "
        f"elements (seed {SEED})"
    )


def _sizes(value: torch.Tensor) -> torch.Tensor:
    """Return for each element how large a relative step of one is; never 0."""
    finite = value.nan_to_num(0.0, 0.0, 0.0).abs()
    typical = float(finite.square().mean().sqrt())
    return finite.clamp_min(0.1 * typical if typical > 0 else 1.0)


def _single(sizes: torch.Tensor, index: int) -> torch.Tensor:
    move = torch.zeros_like(sizes).reshape(-1)
    move[index] = sizes.reshape(-1)[index]
    return move.reshape(sizes.shape)

"""Recorded gradients compared with finite differences, as findings."""

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import torch

from gradviz.core.findings.checks import CheckedPart, Finding, Method
from gradviz.core.language.saying import sentences, tr, tr_n
from gradviz.core.number_text import short
from gradviz.engine.inspection.checks.differences import (
    BETWEEN,
    LEAF,
    Direction,
    Moved,
    Slope,
    directions,
    how,
    slope,
)

#: Computed in slices; between two of them other work may run.
Findings: TypeAlias = Generator[None, None, Finding]

#: Rounding counts so many times, since its size in double precision is itself rounded.
_ROUNDING_SAFETY: Final = 2.0
#: Rounding that is a larger part of the largest gradient than this, and ...
_LARGE: Final = 1e-3
#: ... than so many units in the last place of the recorded precision, is more than rounding.
_UNITS: Final = 64.0


@dataclass
class Comparison:
    """Recorded numbers beside expected ones; it keeps where they differ most for their tolerance.

    Attributes:
        differing, agreeing: The numbers of pairs that differ and that agree.
        not_finite: The number of recorded numbers that are nan or infinite.
        reasons: Why the others could not be compared.
    """

    differing: int = 0
    agreeing: int = 0
    not_finite: int = 0
    reasons: list[str] = field(default_factory=list)
    _worst: float = -1.0
    absolute: float | None = None
    relative: float | None = None
    tolerance: float | None = None
    where: str = ""

    def add(self, recorded: float, expected: float, tolerance: float, where: str) -> None:
        """Compare two numbers."""
        if not math.isfinite(recorded):
            self.not_finite += 1
            self.reasons.append(
                tr(
                    "PyTorch has {number} at {where}, and {expected} is expected.",
                    number=recorded,
                    where=where,
                    expected=short(expected),
                )
            )
            return
        difference = abs(recorded - expected)
        if difference <= tolerance:
            self.agreeing += 1
        else:
            self.differing += 1
        excess = difference / tolerance if tolerance > 0 else math.inf if difference else 0.0
        if excess > self._worst:
            self._worst = excess
            size = max(abs(recorded), abs(expected))
            self.absolute, self.tolerance = difference, tolerance
            self.relative = difference / size if size > 0 else 0.0
            self.where = where

    def finding(self, method: Method, part: CheckedPart, index: int, told: str) -> Finding:
        """Return the finding; `told` describes the method."""
        verdict: str = "unchecked"
        if self.differing:
            verdict = "differs"
        elif self.not_finite:
            verdict = "non-finite"
        elif self.agreeing:
            verdict = "agrees"
        reasons = list(dict.fromkeys(self.reasons))
        parts = [told, *reasons[:3]]
        if self.differing and self.differing + self.agreeing > 1:
            compared = self.differing + self.agreeing
            parts.append(
                tr_n(
                    "{count} of {all} differ, most at {where}.",
                    "{count} of {all} differs, most at {where}.",
                    self.differing,
                    all=compared,
                    where=self.where,
                )
            )
        return Finding(
            method=method,
            part=part,
            index=index,
            verdict=verdict,  # type: ignore[arg-type]
            absolute=self.absolute,
            relative=self.relative,
            tolerance=self.tolerance,
            told=sentences(parts),
        )


@dataclass(frozen=True)
class Moves:
    """A value and the output that follows from it, for finite differences.

    Attributes:
        value: The value to move, in double precision, of any shape.
        moved: For a direction, the output after a move by so much of it.
        at_rest: The output without a move.
        weight: For a direction, the change of the slope by rounding of the gradients that the
            output is contracted with; 0 where the output is the pass's own.
    """

    value: torch.Tensor
    moved: Callable[[Direction], Moved]
    at_rest: float
    weight: Callable[[Direction], float] = lambda _: 0.0


def differences(
    moves: Moves,
    recorded: torch.Tensor,
    wide: torch.Tensor | None,
    part: CheckedPart,
    index: int,
    largest: float,
) -> Findings:
    """Compare a recorded gradient with finite differences.

    Args:
        moves: The value to move.
        recorded: The gradient as PyTorch gave it.
        wide: The same gradient in double precision, of the same pass; None where that pass has
            another one for a reason that is not rounding.
        largest: The size of the largest gradients beside it.
        part: Which gradient of its node it is, ...
        index: ... and which of those.
    """
    compared = Comparison()
    recorded64 = recorded.detach().to_dense().to(torch.float64)
    unit = torch.finfo(recorded.dtype).eps
    rounding = recorded64 - wide if wide is not None else _UNITS * unit * recorded64
    limit = max(_LARGE, _UNITS * unit) * largest
    most, step = 0.0, 0.0
    sample = LEAF if part == "gradient" else BETWEEN
    for direction in directions(moves.value, sample):
        found = yield from slope(moves.moved(direction), moves.at_rest)
        moved = direction.move != 0
        gradient = _along(recorded64, direction, moved)
        if not math.isfinite(gradient):
            compared.not_finite += 1
        reason = _unfit(found, gradient, direction)
        if reason:
            compared.reasons.append(reason)
            continue
        # A number is never nearer than half a unit in its last place, also where the pass in double
        # precision has the same error, as of a constant that PyTorch keeps in single precision.
        last_place = unit / 2 * float((recorded64 * direction.move)[moved].norm())
        rounded = _ROUNDING_SAFETY * max(abs(_along(rounding, direction, moved)), last_place)
        rounded += moves.weight(direction)
        size = float(direction.move.abs().max())
        if _explains_all(rounded, max(abs(gradient), abs(found.value)), limit, direction):
            compared.reasons.append(
                tr(
                    "In double precision the gradient is another one by {difference} at {where}, "
                    "which is as much as itself: rounding cannot be told from a wrong rule.",
                    difference=short(rounded / size, 2),
                    where=direction.told,
                )
            )
            continue
        compared.add(
            gradient / size, found.value / size, (found.error + rounded) / size, direction.told
        )
        most, step = max(most, rounded / size), found.step
    told = sentences([how(moves.value.numel(), sample, step), _tolerance(most, recorded.dtype)])
    return compared.finding("differences", part, index, told if step else "")


def _tolerance(rounding: float, dtype: torch.dtype) -> str:
    """Say what the tolerance is made of; `rounding` is its largest part of that kind."""
    if not rounding:
        return tr("The tolerance is four times what another step changes, and rounding.")
    return tr(
        "The tolerance is four times what another step changes, and rounding, up to {rounding} in "
        "{dtype}.",
        rounding=short(rounding, 2),
        dtype=_name(dtype),
    )


def _explains_all(rounded: float, size: float, limit: float, direction: Direction) -> bool:
    """Tell whether rounding is as large as the slope, and the slope is not 0 but for rounding.

    A slope that is 0 exactly, like that of a bias before a softmax, has nothing but rounding, and
    is far below the gradients beside it: below `limit` for a move by one.
    """
    return rounded > size / 2 and rounded > limit * float(direction.move.norm())


def _along(gradient: torch.Tensor, direction: Direction, moved: torch.Tensor) -> float:
    return float((gradient[moved] * direction.move[moved]).sum())


def _unfit(found: Slope, gradient: float, direction: Direction) -> str:
    """Say why a slope tells nothing about the gradient; empty where it does."""
    if not math.isfinite(gradient):
        size = float(direction.move.abs().max())
        if not found.finite:
            return tr("The gradient is not finite at {where}.", where=direction.told)
        return tr(
            "The gradient is not finite at {where}, and the slope there is {slope}.",
            where=direction.told,
            slope=short(found.value / size, 4),
        )
    if not found.finite:
        return tr(
            "The output is not finite beside the value, moved at {where}.", where=direction.told
        )
    low, high = sorted((found.left, found.right))
    margin = found.error + 1e-3 * max(abs(low), abs(high))
    if found.kink and low - margin <= gradient <= high + margin:
        size = float(direction.move.abs().max())
        return tr(
            "There is a kink at {where}: the slope is {left} to the left, {right} to the right, "
            "and PyTorch takes {taken}.",
            where=direction.told,
            left=short(found.left / size, 4),
            right=short(found.right / size, 4),
            taken=short(gradient / size, 4),
        )
    return ""


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")

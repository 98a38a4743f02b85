"""The figures of benchmarks with their limits, and how well several runs in a row meet them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["met with a tenth to spare", "met", "not met"]

#: Of the way from the best that there can be to the limit, this much may be used.
_SPARED = 0.9


@dataclass(frozen=True)
class Figure:
    """A measured value with its limit.

    Attributes:
        best: A value that nothing can surpass: 0 for a time, 1 for a part of a whole.
    """

    name: str
    value: float
    limit: float
    best: float = 0.0

    @property
    def used(self) -> float:
        """Return how much of the way from the best to the limit is used; above 1 it is not met."""
        return (self.value - self.best) / (self.limit - self.best)


def figures_in(result: dict[str, object]) -> dict[str, object]:
    """Return `result` with its `figures` written out, and `met` for all of them."""
    figures = result.pop("figures")
    assert isinstance(figures, list)
    told = {each.name: {"value": each.value, "limit": each.limit} for each in figures}
    return {**result, "figures": told, "met": all(each.used <= 1 for each in figures)}


def verdict(runs: Sequence[Figure]) -> Verdict:
    """Return how well a figure was kept in all of `runs`, in which it was measured each time."""
    worst = max(each.used for each in runs)
    if worst <= _SPARED:
        return "met with a tenth to spare"
    return "met" if worst <= 1 else "not met"

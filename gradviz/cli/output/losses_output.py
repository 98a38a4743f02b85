"""The losses of a training that are printed."""

from collections.abc import Iterable, Iterator
from typing import Final

#: The tutorial prints the loss of every hundredth step.
_EVERY: Final = 100


def told_losses(losses: Iterable[float], first: int) -> Iterator[tuple[int, float]]:
    """Yield every hundredth step and its loss; the first step is number 0, as in the tutorial.

    The first of `losses` is that of the step `first`.
    """
    for step, loss in enumerate(losses, start=first):
        if step % _EVERY == _EVERY - 1:
            yield step, loss

"""The losses of a training that are printed."""

from collections.abc import Iterable, Iterator

from gradviz.core.choices.settings import is_told


def told_losses(losses: Iterable[float], first: int, steps: int) -> Iterator[tuple[int, float]]:
    """Yield those steps of a training of so many that are told, and their losses.

    The first of `losses` is that of the step `first`; the first step of all is number 0.
    """
    for step, loss in enumerate(losses, start=first):
        if is_told(step, steps):
            yield step, loss

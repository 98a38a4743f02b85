"""The losses of a training that are printed."""

from collections.abc import Iterable, Iterator


def told_losses(losses: Iterable[float], first: int, every: int) -> Iterator[tuple[int, float]]:
    """Yield the last of every so many steps and its loss; the first step is number 0.

    The first of `losses` is that of the step `first`.
    """
    for step, loss in enumerate(losses, start=first):
        if step % every == every - 1:
            yield step, loss

"""Counting the parts that are painted, for whoever waits for a large picture."""

from collections.abc import Callable, Iterable, Iterator

from gradviz.render.parts import Part


class PaintProgress:
    """Counts nothing, as on the screen, where nobody waits."""

    def begin(self, parts: int) -> None:
        """Take the number of parts that there are to paint."""

    def through(self, parts: Iterable[Part]) -> Iterable[Part]:
        """Return the parts, to be painted as they come."""
        return parts


class CountedPaintProgress(PaintProgress):
    """Tells `listener` how many parts are painted, and of how many."""

    def __init__(self, listener: Callable[[int, int], None]) -> None:
        self._listener = listener
        self._done = self._total = 0

    def begin(self, parts: int) -> None:
        """Take the number of parts that there are to paint."""
        self._done, self._total = 0, parts
        self._listener(0, parts)

    def through(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield the parts, and count each when the next one is asked for."""
        for part in parts:
            yield part
            self._done += 1
            self._listener(self._done, self._total)


NO_PROGRESS = PaintProgress()

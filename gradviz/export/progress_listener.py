"""The one listener to the drawing of a file: exporters keep their one argument, the figure."""

import contextlib
from collections.abc import Callable, Iterator

from gradviz.render.paint_progress import NO_PROGRESS, CountedPaintProgress, PaintProgress

_heard: list[PaintProgress] = [NO_PROGRESS]


@contextlib.contextmanager
def drawing_told_to(listener: Callable[[int, int], None]) -> Iterator[None]:
    """Tell `listener` within this context how many parts are drawn, and of how many."""
    _heard.append(CountedPaintProgress(listener))
    try:
        yield
    finally:
        _heard.pop()


def drawing_progress() -> PaintProgress:
    """Return the progress that a drawing is to report to."""
    return _heard[-1]

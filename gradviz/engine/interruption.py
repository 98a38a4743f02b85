"""The end of work that nobody waits for any more, at the next call that somebody listens to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

#: Why work is ended: its question was withdrawn, a newer one takes its place, or it is put off.
InterruptionReason = Literal["withdrawn", "replaced", "put off"]


class Interruption(BaseException):
    """Ends work where it stands; a model that catches its own errors does not catch this.

    It is raised by `end_if_unwanted` alone, so that what runs is interrupted at known places.
    """

    def __init__(self, reason: InterruptionReason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Work(threading.local):
    """What tells the work of this thread that it is to end; None where nothing ends it."""

    told: Callable[[], InterruptionReason | None] | None = None


_work = _Work()


@contextmanager
def interruptible(told: Callable[[], InterruptionReason | None]) -> Iterator[None]:
    """Let the work within end where `told` returns a reason; that of other threads goes on.

    Raises:
        Interruption: the work is to end.
    """
    before, _work.told = _work.told, told
    try:
        end_if_unwanted()
        yield
        # The model's own code may have caught it.
        end_if_unwanted()
    finally:
        _work.told = before


def end_if_unwanted() -> None:
    """Raise Interruption if the work of this thread is to end; it takes a tenth of a microsecond.

    Raises:
        Interruption: nobody waits for the result.
    """
    told = _work.told
    if told is not None and (reason := told()) is not None:
        raise Interruption(reason)

"""Work as a generator that stops after each piece of some milliseconds, and returns its result."""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")

#: Whoever runs it may do something else between two pieces.
InPieces: TypeAlias = Generator[None, None, Result]


def finished(work: InPieces[Result]) -> Result:
    """Do all of the work at once, and return its result."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result

"""Arguments and calls as they are read from a text, and errors that know their place in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

import msgspec

from gradviz.core.errors import ExpressionError

Value: TypeAlias = "int | float | bool | str | tuple[Value, ...] | list[Value] | None"
#: The places before the first character and behind the last one.
Span: TypeAlias = tuple[int, int]


class Arguments(msgspec.Struct, frozen=True):
    """The values that a function is called with, without and with names."""

    positional: tuple[Value, ...] = ()
    keywords: dict[str, Value] = {}


class Call(msgspec.Struct, frozen=True):
    """A function of torch, its arguments, and the place of the whole."""

    function: str
    arguments: Arguments
    span: Span

    def refused(self, message: str, hint: str) -> ExpressionError:
        """Return the error that marks the whole call."""
        return refused(message, hint, self.span)


def refused(message: str, hint: str, span: Span) -> ExpressionError:
    """Return the error that marks a place; the text is added by `marked_in`."""
    start, end = span
    return ExpressionError(message, hint, position=start, length=max(1, end - start))


#: An input as it is read: a call, or calls in any nesting.
Nested: TypeAlias = "Call | tuple[Nested, ...] | list[Nested] | dict[str, Nested]"


@contextmanager
def marked_in(text: str) -> Iterator[None]:
    """Add `text` to an ExpressionError that is raised within."""
    try:
        yield
    except ExpressionError as error:
        error.text = text
        raise

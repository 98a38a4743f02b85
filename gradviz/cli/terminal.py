"""Printing: results to standard output, messages to standard error, and what a model prints there.

What a user's file, name or message holds is shown with its control characters as escapes: a
terminal would obey them.
"""

import io
import os
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Literal, TextIO, TypeAlias

from gradviz.export.streams import moved
from gradviz.export.strict_json import Json, json_line

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130
_STDOUT: Final = 1
_STDERR: Final = 2

#: All control characters but the ends of lines and tabs, the controls of direction, and the halves
#: of characters that stand for bytes of a name that are no text.
_CONTROLS: Final = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
_FORMATTED: Final = warnings.formatwarning
#: The stream of results, once it is claimed.
_RESULTS: Final[list[TextIO]] = []
#: Whether results and errors alone are wanted.
_QUIET: Final[list[bool]] = [False]
#: What a bar of progress does before and after anything is written.
_AROUND_OUTPUT: Final[list[tuple[Callable[[], None], Callable[[], None]]]] = []

Colour: TypeAlias = Literal["red", "green", "yellow"]
_CODES: Final[dict[Colour, int]] = {"red": 31, "green": 32, "yellow": 33}


def visible(text: str) -> str:
    r"""Return a text of lines with its control characters as escapes, such as `\x1b`."""
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def claim_output() -> None:
    """Keep standard output for results: whatever else a model writes there goes to standard error.

    That is so for its prints, for its bytes, and for those of a library in C. It is for a process
    that runs the command line and nothing else, and is done once.
    """
    sys.excepthook = _tell_uncaught
    warnings.formatwarning = _visible_warning
    nowhere = os.open(os.devnull, os.O_RDWR)
    # A file that is opened later must not get the number of a stream that was closed at the start.
    for number in (_STDOUT, _STDERR):
        if not _is_open(number):
            os.dup2(nowhere, number)
    if sys.stdout is not None:
        results = os.fdopen(os.dup(_STDOUT), "w", encoding=sys.stdout.encoding, errors="replace")
        _RESULTS[:] = [results]
        moved(_STDOUT, results.fileno())
        sys.stdout.flush()
    os.dup2(_STDERR, _STDOUT)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _results() -> TextIO:
    """Return the stream of results; raises BrokenPipeError where there is none."""
    stream = _RESULTS[0] if _RESULTS else sys.stdout
    if stream is None:
        raise BrokenPipeError("standard output is closed")
    return stream


def flush_results() -> None:
    """Write out all that was printed; raises BrokenPipeError where nobody reads it."""
    for stream in (*_RESULTS, sys.stdout):
        if stream is not None:
            stream.flush()


def leave_results() -> None:
    """Let all further results go nowhere, as nobody reads them."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (*_RESULTS, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            # Python would complain once more when it flushes the closed pipe at its end.
            os.dup2(nowhere, stream.fileno())


def print_lines(*lines: str) -> None:
    """Print the lines at once: a reader of the losses wants each as it comes."""
    if not lines:
        return
    stream = _results()
    with _nothing_in_the_way():
        for line in lines:
            stream.write(f"{visible(line)}\n")
        stream.flush()


def print_marked(mark: str, colour: Colour, line: str) -> None:
    """Print a line after a mark, which is coloured at a terminal."""
    stream = _results()
    with _nothing_in_the_way():
        stream.write(f"{_coloured(visible(mark), colour, stream)}{visible(line)}\n")
        stream.flush()


def print_json(value: Json) -> None:
    """Print `value` as one line of JSON."""
    print_lines(json_line(value))


def say(message: str) -> None:
    """Tell the user, without touching the results."""
    _write_message(visible(message))


def say_error(message: str) -> None:
    """Tell of an error, whose first word, the name of the program, is red at a terminal."""
    if sys.stderr is not None:
        _write_message(_coloured("gradviz:", "red", sys.stderr) + visible(f" {message}"))


def note(message: str) -> None:
    """Tell the user what is no error, unless results and errors alone are wanted."""
    if not is_quiet():
        say(message)


def _write_message(message: str) -> None:
    if sys.stderr is not None:
        with _nothing_in_the_way():
            sys.stderr.write(f"{message}\n")


def be_quiet(quiet: bool) -> None:
    """Choose whether notes and progress are left out from here on."""
    _QUIET[:] = [quiet]


def is_quiet() -> bool:
    """Tell whether notes and progress are left out."""
    return _QUIET[0]


def give_way_to_output(before: Callable[[], None] | None, after: Callable[[], None] | None) -> None:
    """Call these around whatever is written, as a bar must leave its line for it; None ends it."""
    _AROUND_OUTPUT[:] = [(before, after)] if before is not None and after is not None else []


@contextmanager
def _nothing_in_the_way() -> Iterator[None]:
    around = list(_AROUND_OUTPUT)
    for before, _ in around:
        before()
    try:
        yield
    finally:
        for _, after in around:
            after()


def _coloured(text: str, colour: Colour, stream: TextIO) -> str:
    """Return the text in a colour where the stream is a terminal that has and may show colours."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain or not stream.isatty() else f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


def _visible_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    line: str | None = None,
) -> str:
    return visible(_FORMATTED(message, category, filename, lineno, line))


def _tell_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    say("".join(traceback.format_exception(kind, error, trace)).rstrip())

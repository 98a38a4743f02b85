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
from types import TracebackType
from typing import Final, Self, TextIO

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
    stream = _results()
    for line in lines:
        stream.write(f"{visible(line)}\n")
    stream.flush()


def print_json(value: Json) -> None:
    """Print `value` as one line of JSON."""
    print_lines(json_line(value))


def say(message: str) -> None:
    """Tell the user, without touching the results."""
    if sys.stderr is not None:
        sys.stderr.write(f"{visible(message)}\n")


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


class ProgressLine:
    """A line of progress on standard error, where that is a terminal; it leaves none behind."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._shown = ""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        self.clear()

    def show(self, text: str) -> None:
        """Put the text in place of the one that is shown."""
        if sys.stderr is not None and sys.stderr.isatty():
            self.clear()
            self._shown = visible(text)
            sys.stderr.write(self._shown)
            sys.stderr.flush()

    def clear(self) -> None:
        """Clear the line, before anything else is printed."""
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._shown) + "\r")
            sys.stderr.flush()
            self._shown = ""

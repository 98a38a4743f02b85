"""Printing: results to standard output, messages to standard error."""

import sys
from typing import Final, Self

from gradviz.export.strict_json import Json, json_line

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130


def print_lines(*lines: str) -> None:
    """Print the lines at once: a reader of the losses wants each as it comes."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def print_json(value: Json) -> None:
    """Print `value` as one line of JSON."""
    print_lines(json_line(value))


def say(message: str) -> None:
    """Tell the user, without touching the results."""
    sys.stderr.write(f"{message}\n")


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
        if sys.stderr.isatty():
            self.clear()
            sys.stderr.write(text)
            sys.stderr.flush()
            self._shown = text

    def clear(self) -> None:
        """Clear the line, before anything else is printed."""
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._shown) + "\r")
            sys.stderr.flush()
            self._shown = ""

"""Printing: results to standard output, messages to standard error."""

import sys
from typing import Final

from gradviz.export.strict_json import Json, json_line

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2


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

"""Two columns of numbers, read from a file of comma-separated values."""

import csv
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gradviz.core.choices.settings import POINTS_RANGE
from gradviz.core.errors import FieldError, words_of
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.core.typed_paths import typed_path

#: So many bytes hold the most points that there may be, with all their digits.
_LARGEST_FILE: Final = 64 * 2**20
_HINT: Final = marked("Give a file with two columns of numbers, x and y.")


def read_columns(path: str) -> tuple[list[float], list[float]]:
    """Return x and y of a file, in the order of x.

    Columns are separated by commas, semicolons or tabs; a first line that begins with no number
    is the header, and empty lines are left out.

    Raises:
        FieldError: there is no such file, or a line of it is not two finite numbers.
    """
    try:
        file = _existing(typed_path(path))
        # A program for tables may begin the file with a mark of its encoding.
        pairs = sorted(_pairs(file.read_text(encoding="utf-8-sig"), file.name))
    except UnicodeDecodeError as error:
        raise _refused(tr("{file} is no text.", file=_name(path))) from error
    except (OSError, csv.Error) as error:
        raise _refused(
            tr("{path} cannot be read: {error}.", path=_name(path), error=words_of(error))
        ) from error
    least = POINTS_RANGE[0]
    if not pairs:
        raise _refused(
            tr(
                "There is no point in {file}: it takes at least {least}.",
                file=_name(path),
                least=least,
            )
        )
    if len(pairs) < least:
        raise _refused(
            tr_n(
                "There are {count} points in {file}: it takes at least {least}.",
                "There is {count} point in {file}: it takes at least {least}.",
                len(pairs),
                file=_name(path),
                least=least,
            )
        )
    return [x for x, _ in pairs], [y for _, y in pairs]


def _existing(path: Path) -> Path:
    if not path.exists():
        raise _refused(tr("There is no file {path}.", path=path))
    if not path.is_file():
        raise _refused(tr("{path} is no file.", path=path))
    size = path.stat().st_size
    if size > _LARGEST_FILE:
        raise _refused(
            tr(
                "{file} has {size} MB; the limit is {limit} MB.",
                file=path.name,
                size=counted(round(size / 2**20)),
                limit=_LARGEST_FILE // 2**20,
            )
        )
    return path


def _pairs(text: str, name: str) -> Iterator[tuple[float, float]]:
    delimiter = _delimiter(text[: text.find("\n")] if "\n" in text else text)
    lines = _Lines(text, delimiter)
    first, count = True, 0
    for cells in csv.reader(lines, delimiter=delimiter):
        if not (first and _number(cells[0]) is None and len(cells) > 1):
            yield _pair(cells, name, lines)
            count += 1
        first = False
        if count > POINTS_RANGE[1]:
            raise _refused(
                tr(
                    "{file} has more than {most} points.",
                    file=name,
                    most=counted(POINTS_RANGE[1]),
                )
            )


class _Lines:
    """Yields the lines of a text that have something in a cell.

    However many there are of the others, they are passed over at the speed of a search.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self._text = text
        self._filled = re.compile(rf'[^\s"{delimiter}]')
        self._start = self._end = 0

    @property
    def number(self) -> int:
        """Return the number of the line that was yielded last, from 1 on."""
        return self._text.count("\n", 0, self._start) + 1

    def __iter__(self) -> Iterator[str]:
        """Yield each line, with its end."""
        while (found := self._filled.search(self._text, self._end)) is not None:
            self._start = self._text.rfind("\n", 0, found.start()) + 1
            self._end = self._text.find("\n", found.start()) + 1 or len(self._text)
            yield self._text[self._start : self._end]


def _delimiter(line: str) -> str:
    return next((mark for mark in ";\t" if mark in line), ",")


def _pair(cells: list[str], name: str, lines: _Lines) -> tuple[float, float]:
    if len(cells) != 2:
        raise _refused(
            tr_n(
                "Line {line} of {file} has {count} columns.",
                "Line {line} of {file} has one column.",
                len(cells),
                line=lines.number,
                file=name,
            )
        )
    numbers = []
    for cell in cells:
        number = _number(cell)
        if number is None:
            raise _refused(
                tr(
                    "Line {line} of {file}: “{cell}” is no number.",
                    line=lines.number,
                    file=name,
                    cell=cell.strip()[:20],
                )
            )
        if not math.isfinite(number):
            raise _refused(
                tr(
                    "Line {line} of {file}: {number} is not finite.",
                    line=lines.number,
                    file=name,
                    number=cell.strip()[:20],
                )
            )
        numbers.append(number)
    return numbers[0], numbers[1]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _name(path: str) -> str:
    return Path(path).name or path


def _refused(message: str) -> FieldError:
    return FieldError(message, tr(_HINT), field="data_file")

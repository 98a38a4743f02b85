"""Two columns of numbers, read from a file of comma-separated values."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gradviz.core.choices.settings import POINTS_RANGE
from gradviz.core.errors import FieldError
from gradviz.core.number_text import counted

_LARGEST_FILE: Final = 256 * 2**20
_HINT: Final = "Give a file with two columns of numbers, x and y."


def read_columns(path: str) -> tuple[list[float], list[float]]:
    """Return x and y of a file, in the order of x.

    Columns are separated by commas, semicolons or tabs; a first line that begins with no number
    is the header, and empty lines are left out.

    Raises:
        FieldError: there is no such file, or a line of it is not two finite numbers.
    """
    try:
        pairs = sorted(_pairs(_existing(Path(path).expanduser())))
    except UnicodeDecodeError as error:
        raise _refused(f"{_name(path)} is no text.") from error
    except OSError as error:
        raise _refused(f"{_name(path)} cannot be read: {error.strerror}.") from error
    except csv.Error as error:
        raise _refused(f"{_name(path)} cannot be read: {error}.") from error
    least = POINTS_RANGE[0]
    if len(pairs) < least:
        found = "no point" if not pairs else f"{len(pairs)} point"
        raise _refused(f"There is {found} in {_name(path)}: it takes at least {least}.")
    return [x for x, _ in pairs], [y for _, y in pairs]


def _existing(path: Path) -> Path:
    if not path.exists():
        raise _refused(f"There is no file {path}.")
    if not path.is_file():
        raise _refused(f"{path} is no file.")
    if path.stat().st_size > _LARGEST_FILE:
        raise _refused(f"{path.name} has more than {_LARGEST_FILE // 2**20} MB.")
    return path


def _pairs(path: Path) -> Iterator[tuple[float, float]]:
    # A program for tables may begin the file with a mark of its encoding.
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = csv.reader(file, delimiter=_delimiter(file.readline()))
        file.seek(0)
        first, count = True, 0
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if not (first and _number(cells[0]) is None and len(cells) > 1):
                yield _pair(cells, path.name, lines.line_num)
                count += 1
            first = False
            if count > POINTS_RANGE[1]:
                raise _refused(f"{path.name} has more than {counted(POINTS_RANGE[1])} points.")


def _delimiter(line: str) -> str:
    return next((mark for mark in ";\t" if mark in line), ",")


def _pair(cells: list[str], name: str, line: int) -> tuple[float, float]:
    if len(cells) != 2:
        columns = "one column" if len(cells) == 1 else f"{len(cells)} columns"
        raise _refused(f"Line {line} of {name} has {columns}.")
    numbers = []
    for cell in cells:
        number = _number(cell)
        if number is None:
            raise _refused(f"Line {line} of {name}: “{cell.strip()[:20]}” is no number.")
        if not math.isfinite(number):
            raise _refused(f"Line {line} of {name}: {cell.strip()[:20]} is not finite.")
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
    return FieldError(message, _HINT, field="data_file")

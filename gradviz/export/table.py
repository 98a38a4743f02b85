"""Curves as comma-separated values: a column for what they run over, and one for each curve."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]


class Series(NamedTuple):
    """A curve by its name; x and y have the shape (n,)."""

    name: str
    x: Floats
    y: Floats


def csv_text(over: str, curves: Sequence[Series]) -> str:
    """Return a header and one line for each value of `over` that any of the curves has.

    Numbers have all their digits, so that reading them gives the same ones. Where a curve has no
    value its cell is empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([over, *(curve.name for curve in curves)])
    if not curves:
        return out.getvalue()
    places = np.unique(np.concatenate([curve.x for curve in curves]))
    columns = [_cells(places, curve) for curve in curves]
    for place, *cells in zip(places.tolist(), *columns, strict=True):
        writer.writerow([_number(place), *cells])
    return out.getvalue()


def _cells(places: Floats, curve: Series) -> list[str]:
    cells = [""] * len(places)
    rows = np.searchsorted(places, curve.x)
    for row, value in zip(rows.tolist(), curve.y.tolist(), strict=True):
        cells[row] = _number(value)
    return cells


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)

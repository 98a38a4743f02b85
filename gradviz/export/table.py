"""Curves as comma-separated values: a column for their x, and one for each curve."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gradviz.core.graphs.tensors import Floats


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
    csv.writer(out, lineterminator="\n").writerow([over, *(curve.name for curve in curves)])
    if curves:
        places = np.unique(np.concatenate([curve.x for curve in curves]))
        columns = [_numbers(places), *(_cells(places, curve) for curve in curves)]
        # Numbers need no quotes; a writer that looks for them takes four times as long.
        out.writelines(f"{row}\n" for row in map(",".join, zip(*columns, strict=True)))
    return out.getvalue()


def _cells(places: Floats, curve: Series) -> list[str]:
    texts = list(map(repr, curve.y.tolist()))
    if len(curve.x) == len(places):
        return texts
    cells = [""] * len(places)
    for row, text in zip(np.searchsorted(places, curve.x).tolist(), texts, strict=True):
        cells[row] = text
    return cells


def _numbers(places: Floats) -> list[str]:
    """Return the texts of the first column, without a point where all are whole."""
    whole = bool(np.all(places == np.floor(places)))
    return list(
        map(str if whole else repr, (places.astype(np.int64) if whole else places).tolist())
    )

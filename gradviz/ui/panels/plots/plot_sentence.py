"""A plot in one sentence, for those who do not see it: each curve with its ends and its range."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.export.table import Series

_EMPTY: Final = marked("nothing is plotted yet")
_POINT: Final = marked("{name}: {value} at {place}")
_CURVE: Final = marked(
    "{name}: from {first} to {last}, between {lowest} and {highest}, {points} points "
    "from {left} to {right}"
)
#: More curves than these are counted.
_MOST: Final = 8


def plot_sentence(curves: Sequence[Series]) -> str:
    """Return each curve by its name, with its ends and its range, without what is not finite."""
    told = [text for text in map(_curve_text, curves) if text]
    if len(told) > _MOST:
        return tr_n(
            "{curves}; and {count} more curves",
            "{curves}; and {count} more curve",
            len(told) - _MOST,
            curves="; ".join(told[:_MOST]),
        )
    return "; ".join(told) or tr(_EMPTY)


def _curve_text(curve: Series) -> str:
    name, finite = curve.name, np.isfinite(curve.y)
    x, y = curve.x[finite], curve.y[finite]
    if len(y) == 0:
        return ""
    if len(y) == 1:
        return tr(_POINT, name=name, value=short(float(y[0])), place=short(float(x[0])))
    return tr(
        _CURVE,
        name=name,
        first=short(float(y[0])),
        last=short(float(y[-1])),
        lowest=short(float(y.min())),
        highest=short(float(y.max())),
        points=counted(len(y)),
        left=short(float(x[0])),
        right=short(float(x[-1])),
    )

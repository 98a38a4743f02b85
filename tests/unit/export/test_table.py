"""Curves as comma-separated values: what is read back is what was written."""

import csv
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gradviz.export.table import Series, csv_text


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=20))
def test_that_numbers_keep_all_their_digits(values: list[float]) -> None:
    steps = np.arange(len(values), dtype=np.float64)
    header, *rows = csv.reader(
        csv_text("step", [Series("loss", steps, np.array(values))]).split("\n")[:-1]
    )
    assert header == ["step", "loss"]
    assert [float(value) for _, value in rows] == values
    assert [int(step) for step, _ in rows] == list(range(len(values)))


def test_that_a_curve_has_empty_cells_where_it_has_no_value() -> None:
    both = Series("a", np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0]))
    late = Series("b, late", np.array([2.0, 3.5]), np.array([0.1, math.nan]))
    assert csv_text("x", [both, late]) == (
        'x,a,"b, late"\n0.0,1.0,\n1.0,2.0,\n2.0,3.0,0.1\n3.5,,nan\n'
    )


def test_that_no_curve_gives_the_header_alone() -> None:
    assert csv_text("step", []) == "step\n"

"""Where a long column of rows is cut."""

from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.graphs.shown.cuts import (
    LONGEST,
    Band,
    bounded_cuts,
    cuts_into,
    fitting_cuts,
    size_of,
)

bands = st.lists(st.builds(Band, st.floats(20, 400), st.floats(20, 900)), min_size=1, max_size=60)


@given(bands)
def test_that_columns_begin_with_the_first_row_and_follow_one_another(rows: list[Band]) -> None:
    for cuts in (fitting_cuts(rows), bounded_cuts(rows), cuts_into(rows, 3)):
        assert cuts[0] == 0
        assert list(cuts) == sorted(set(cuts))
        assert cuts[-1] < len(rows)


@given(bands, st.integers(1, 8))
def test_that_columns_are_as_low_as_they_can_be(rows: list[Band], count: int) -> None:
    cuts = cuts_into(rows, count)
    assert len(cuts) <= count
    ends = (*cuts[1:], len(rows))
    tallest = max(
        sum(band.height for band in rows[first:end]) for first, end in zip(cuts, ends, strict=True)
    )
    lowest = max(max(band.height for band in rows), sum(b.height for b in rows) / count)
    assert tallest <= lowest + max(band.height for band in rows)


def test_that_what_fits_stays_one_column() -> None:
    assert fitting_cuts([Band(74, 130)] * 10) == (0,)
    assert len(fitting_cuts([Band(74, 130)] * 11)) > 1


def test_that_a_long_chain_is_cut_to_the_shape_of_the_canvas() -> None:
    width, height = size_of(chain := [Band(74, 130)] * 1000, fitting_cuts(chain))
    assert 1 < width / height < 2.5
    width, height = size_of(chain, bounded_cuts(chain))
    assert height <= LONGEST * width
    assert size_of(chain, fitting_cuts(chain, across=True))[1] > 1.2 * height / LONGEST


def test_that_a_frame_no_longer_than_the_canvas_stays_one_column() -> None:
    assert bounded_cuts([Band(74, 130)] * 8) == (0,)

"""The wishes for a film, and the sentence on each that does not work."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import ExportError
from gradviz.export.moving.film import (
    FILM_FORMATS,
    LARGEST_SIDE,
    MOST_FRAMES,
    SMALLEST_SIDE,
    checked_rate,
    checked_size,
    every_nth,
    film_format,
)


@given(st.integers(0, 50_000), st.integers(1, 60_000))
def test_that_frames_are_every_nth_step_from_the_first_to_the_last(last: int, every: int) -> None:
    expected = sorted({*range(0, last + 1, every), last})
    if len(expected) > MOST_FRAMES:
        with pytest.raises(ExportError) as raised:
            every_nth(last, every)
        assert "frames" in raised.value.message
        wanted = int("".join(c for c in raised.value.hint.split("every")[1] if c.isdecimal()))
        assert len(every_nth(last, wanted)) <= MOST_FRAMES
    else:
        assert list(every_nth(last, every)) == expected


@given(st.integers(0, 10_000_000))
def test_that_without_a_wish_there_are_about_300_frames_at_most(last: int) -> None:
    frames = every_nth(last)
    assert len(frames) <= 302
    assert (frames[0], frames[-1]) == (0, last)


@pytest.mark.parametrize("every", [0, -1])
def test_that_every_zeroth_step_is_refused(every: int) -> None:
    with pytest.raises(ExportError, match="does not work"):
        every_nth(10, every)


@given(st.integers(-5, 100_000), st.integers(-5, 100_000))
def test_that_a_size_that_does_not_work_is_refused_with_the_limits(width: int, height: int) -> None:
    if all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (width, height)):
        assert checked_size((width, height)) == (width, height)
    else:
        with pytest.raises(ExportError) as raised:
            checked_size((width, height))
        assert str(SMALLEST_SIDE) in raised.value.hint


@pytest.mark.parametrize("rate", [0.0, -1.0, 1e9, float("nan"), float("inf")])
@pytest.mark.parametrize("suffix", FILM_FORMATS)
def test_that_a_rate_that_does_not_work_is_refused(rate: float, suffix: str) -> None:
    with pytest.raises(ExportError, match="frames per second"):
        checked_rate(rate, FILM_FORMATS[suffix])


def test_that_a_name_without_a_format_is_refused_with_the_formats() -> None:
    assert film_format(Path("fit.GIF")).suffix == ".gif"
    for name in ("fit", "fit.png", ".gif"):
        with pytest.raises(ExportError) as raised:
            film_format(Path(name))
        assert ".gif, .webp, .mp4" in raised.value.hint

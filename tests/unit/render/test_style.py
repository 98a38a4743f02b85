"""The colours of both themes."""

from itertools import product

import pytest

from gradviz.render.style import DARK, LIGHT, Theme, mixed


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_every_text_can_be_read_on_every_surface_it_stands_on(theme: Theme) -> None:
    surfaces = [theme.canvas, theme.panel, theme.bar]
    tints = [tint.fill for tint in theme.kinds.values()] + [theme.now_tint.fill, theme.saved.fill]
    pairs = [
        *product((theme.text, theme.secondary, theme.done_text, theme.now_text), surfaces + tints),
        (theme.chip_text, theme.chip),
        (theme.accent_text, theme.accent),
    ]
    unreadable = {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5}
    assert not unreadable


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_now_and_done_stand_out_from_the_canvas(theme: Theme) -> None:
    assert contrast(theme.now, theme.canvas) >= 3
    assert contrast(theme.done, theme.canvas) >= 3


def test_that_mixing_goes_from_the_surface_to_the_colour() -> None:
    assert mixed("#FF0080", "#000000", 0) == "#000000"
    assert mixed("#FF0080", "#000000", 1) == "#FF0080"
    assert mixed("#FF0080", "#000000", 0.5) == "#800040"

"""The colours of both themes."""

from itertools import product

import pytest
from contrasts import contrast

from gradviz.render.style import DARK, LIGHT, Theme, mixed


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

"""Texts and lines can be told from their grounds, and states from each other, by all who see."""

from collections.abc import Iterator
from itertools import combinations, pairwise, product

import pytest
from colour_sight import Sight, apart, seen
from contrasts import contrast

from gradviz.render.shades import STEPS, ink, shade
from gradviz.render.style import Theme as Look
from gradviz.ui.widgets.contrast.system_look import HIGH_DARK_THEME, HIGH_LIGHT_THEME
from gradviz.ui.widgets.theme import DARK_THEME, LIGHT_THEME, Theme

THEMES = (LIGHT_THEME, DARK_THEME, HIGH_LIGHT_THEME, HIGH_DARK_THEME)
HIGH = (HIGH_LIGHT_THEME, HIGH_DARK_THEME)
SIGHTS: tuple[Sight, ...] = ("full", "deuteranopia", "protanopia")
_TOKENS = ("parameter", "variable", "number", "function", "operator", "bracket", "unknown")
#: Two colours closer than this, in CIELAB, are not told apart where they are not side by side.
_APART = 15.0


def each_theme(*themes: Theme) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("theme", themes, ids=lambda theme: theme.look.name)


def tints(look: Look) -> list[str]:
    """Return every fill of a node that is not coloured by its health."""
    return [tint.fill for tint in look.kinds.values()] + [look.now_tint.fill, look.saved.fill]


def texts(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Yield each text with its colour and a ground that it stands on."""
    look = theme.look
    surfaces = (look.canvas, look.panel, look.bar)
    for ground in (*surfaces, *tints(look)):
        # The title, the second line and the gradient of a node, and the legends of plots.
        yield "text", look.text, ground
        yield "secondary", look.secondary, ground
        yield "now", look.now_text, ground
        yield "done", look.done_text, ground
    for ground in surfaces:
        yield "error", theme.error, ground
        yield "target", theme.target_text, ground
        yield "accent as text", look.accent, ground
        yield "came", look.came, ground
        yield "gone", look.gone, ground
    for ground in (theme.hover, theme.selection, theme.error_fill):
        yield "text", look.text, ground
    yield "on the accent", look.accent_text, look.accent
    yield "chip", look.chip_text, look.chip
    # The sign of a verdict is the ground's colour on a disc of the text's.
    yield "verdict", look.canvas, look.text
    for kind in _TOKENS:
        yield kind, theme.token(kind), look.panel


def lines(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Yield each line and large mark that tells something, with a ground that it lies on.

    Lines between surfaces and the outline of a field tell nothing that a text does not.
    """
    look = theme.look
    for name in ("edge", "now", "done", "accent", "came", "gone"):
        for ground in (look.canvas, look.panel, look.bar):
            yield name, getattr(look, name), ground
    borders: dict[str, str] = {kind: tint.border for kind, tint in look.kinds.items()}
    borders |= {"saved": look.saved.border, "current": look.now_tint.border}
    for name, border in borders.items():
        yield f"border of {name}", border, look.canvas
    yield "target", theme.target, look.panel
    for number, colour in enumerate(theme.runs, start=1):
        yield f"run {number}", colour, look.panel
        yield f"run {number}", colour, look.bar


def poor(pairs: Iterator[tuple[str, str, str]], least: float) -> list[tuple[str, str, str, float]]:
    return [(*pair, round(contrast(*pair[1:]), 2)) for pair in pairs if contrast(*pair[1:]) < least]


@each_theme(*THEMES)
def test_that_every_text_has_a_contrast_of_4_5(theme: Theme) -> None:
    assert poor(texts(theme), 4.5) == []


@each_theme(*THEMES)
def test_that_every_line_has_a_contrast_of_3(theme: Theme) -> None:
    assert poor(lines(theme), 3.0) == []


@each_theme(*HIGH)
def test_that_high_contrast_is_7_for_texts_and_4_5_for_lines(theme: Theme) -> None:
    assert poor(texts(theme), 7.0) == []
    assert poor(lines(theme), 4.5) == []
    assert contrast(theme.look.line, theme.look.panel) >= 4.5
    assert contrast(theme.disabled, theme.look.panel) >= 4.5


def test_that_the_label_of_a_node_is_read_in_each_colour_of_its_health() -> None:
    for step in range(STEPS):
        fill = shade(step / (STEPS - 1))
        assert contrast(ink(fill), fill) >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
@each_theme(*THEMES)
def test_that_the_states_of_an_edge_and_a_node_stay_apart(theme: Theme, sight: Sight) -> None:
    look = theme.look
    for one, other in combinations((look.edge, look.now, look.done), 2):
        assert apart(one, other, sight) >= _APART, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
@each_theme(*THEMES)
def test_that_the_curves_of_a_plot_stay_apart(theme: Theme, sight: Sight) -> None:
    for one, other in combinations(theme.runs, 2):
        assert apart(one, other, sight) >= _APART, (one, other)
    for one, other in product((theme.target,), (theme.look.now, theme.look.done)):
        assert apart(one, other, sight) >= _APART, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
def test_that_the_colours_of_health_rise_in_lightness(sight: Sight) -> None:
    lightness = [float(seen(shade(step / (STEPS - 1)), sight)[0]) for step in range(STEPS)]
    assert all(low < high for low, high in pairwise(lightness))
    assert lightness[-1] - lightness[0] > 60


def test_that_sight_is_simulated_as_published() -> None:
    # Grey stays grey, and red and green of one lightness come together.
    for sight in SIGHTS:
        assert apart("#808080", "#808080", sight) == 0
        assert abs(seen("#808080", sight)[1]) < 0.6
    assert apart("#C00000", "#007A00", "full") > 100
    assert apart("#A05000", "#5A7000", "deuteranopia") < 20

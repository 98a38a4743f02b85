"""A graph coloured by its health: each node's fill, the signs of marked places, and the legend."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

import msgspec

from gradviz.core.findings.health import MARKED, Colouring, Diagnosis, Health, Scale, scale_of
from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import short

#: Matplotlib's viridis, whose lightness rises evenly: it can be read without telling red from
#: green, and in print.
_VIRIDIS = (
    *("#440154", "#482878", "#3E4989", "#31688E", "#26828E"),
    *("#1F9E89", "#35B779", "#6ECE58", "#B5DE2B", "#FDE725"),
)
#: So many colours at most: nodes of one colour are painted together in a large graph.
STEPS = 32
#: How each verdict is signed on a node, in lists and in the legend.
SIGNS: Mapping[Diagnosis, str] = MappingProxyType(
    {"non-finite": "!", "exploding": "↑", "dead": "0", "vanishing": "↓"}
)
_WORDS: Mapping[Diagnosis, str] = MappingProxyType(
    {
        "non-finite": marked("non-finite"),
        "exploding": marked("exploding"),
        "dead": marked("dead"),
        "vanishing": marked("vanishing"),
    }
)
#: They are translated where they are shown.
TITLES: Mapping[Colouring, str] = MappingProxyType(
    {
        "gradient": marked("Gradient norm"),
        "ratio": marked("Gradient to weight"),
        "zeros": marked("Zeros in the gradient"),
        "time": marked("Time, forward and backward"),
    }
)


class Legend(msgspec.Struct, frozen=True):
    """The meaning of the colours and the signs.

    Attributes:
        title: The quantity that the colours show, one of TITLES.
        low, high: The numbers at both ends of the scale.
        signs: The verdicts that occur.
    """

    title: str
    low: str
    high: str
    signs: tuple[Diagnosis, ...] = ()

    @property
    def text(self) -> str:
        """Return the legend in words, for its tool tip and for screen readers."""
        colours = tr(
            "{title}: {low} dark to {high} bright",
            title=tr(self.title),
            low=self.low,
            high=self.high,
        )
        if not self.signs:
            return colours
        return listed([colours, *(f"{SIGNS[each]} {verdict_text(each)}" for each in self.signs)])


class Shades(msgspec.Struct, frozen=True):
    """The fills of the nodes as `#RRGGBB` and the verdicts that are signed, by their ids."""

    fills: Mapping[str, str] = MappingProxyType({})
    verdicts: Mapping[str, Diagnosis] = MappingProxyType({})
    legend: Legend | None = None


NO_SHADES = Shades()


def verdict_text(verdict: Diagnosis) -> str:
    """Return the word for a verdict that is signed on nodes."""
    return tr(_WORDS.get(verdict, verdict))


def shades(health: Health, colouring: Colouring) -> Shades:
    """Return the fills and verdicts of the nodes; a node without a number has no fill."""
    if colouring == "off":
        return NO_SHADES
    verdicts = {node.node: node.verdict for node in health.marked()}
    scale = scale_of(health, colouring)
    if scale is None:
        return Shades({}, verdicts)
    fills = {}
    for key, node in health.nodes.items():
        level = scale.level(node.number(colouring))
        if level is not None:
            fills[key] = shade(level)
    occurring = set(verdicts.values())
    signs = tuple(verdict for verdict in MARKED if verdict in occurring)
    return Shades(fills, verdicts, Legend(TITLES[colouring], *ends(scale, colouring), signs))


def ends(scale: Scale, colouring: Colouring) -> tuple[str, str]:
    """Return the numbers at both ends of a scale as they are written."""
    low, high = number_text(scale.low, colouring), number_text(scale.high, colouring)
    return low, high


def number_text(value: float | None, colouring: Colouring) -> str:
    """Return a number that a graph is coloured by; "none" where there is none."""
    if value is None:
        return tr("none")
    if colouring == "zeros":
        return f"{short(100 * value, 4)} %"
    digits = short(value, 3)
    return f"{digits} µs" if colouring == "time" else digits


def shade(level: float) -> str:
    """Return the colour of a level from 0 to 1, as `#RRGGBB`."""
    return _SHADES[min(round(level * (STEPS - 1)), STEPS - 1)]


def ink(fill: str) -> str:
    """Return black or white, whichever has the higher contrast on `fill`: 4.58 at least."""
    return "#000000" if _luminance(fill) > 0.1791 else "#FFFFFF"


def _luminance(color: str) -> float:
    """Return the relative luminance of the WCAG, from 0 to 1."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(level: float) -> str:
    place = level * (len(_VIRIDIS) - 1)
    low, high = list(pairwise(_VIRIDIS))[min(int(place), len(_VIRIDIS) - 2)]
    part = place - min(int(place), len(_VIRIDIS) - 2)
    channels = (
        round(int(low[i : i + 2], 16) * (1 - part) + int(high[i : i + 2], 16) * part)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02X}" for channel in channels)


_SHADES = tuple(_between(step / (STEPS - 1)) for step in range(STEPS))

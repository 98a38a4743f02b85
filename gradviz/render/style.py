"""The one table of colours and measures: how nodes, edges and surfaces look in each theme."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from gradviz.core.graphs.graph import NodeKind


class Tint(msgspec.Struct, frozen=True):
    """A surface and its border, as `#RRGGBB`."""

    fill: str
    border: str


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """Every colour of one theme, as `#RRGGBB`.

    Attributes:
        canvas, panel, bar: Surfaces, from the graph's to the tool bars'.
        now, done: The gradient in the current step, and where it has been (lines and borders).
        now_text, done_text: The same hues with a contrast of 4.5 on every surface and tint.
        chip, chip_text: The label on the current edge.
        kinds: The tint of each kind of node; `saved` of a saved tensor; `now_tint` of the
            current node.
        came, gone: Nodes and edges that were added to the graph, and those that were removed.
        stroke: The factor of the widths of all borders and edges.
    """

    name: str
    canvas: str
    panel: str
    bar: str
    text: str
    secondary: str
    line: str
    grid: str
    edge: str
    accent: str
    accent_text: str
    now: str
    now_text: str
    now_tint: Tint
    done: str
    done_text: str
    chip: str
    chip_text: str
    saved: Tint
    came: str
    gone: str
    kinds: Mapping[NodeKind, Tint]
    stroke: float = 1.0


class Metrics(msgspec.Struct, frozen=True, kw_only=True):
    """Lengths in pixels at a scale of 1."""

    node_width: float = 96
    node_height: float = 36
    radius: float = 7
    padding_x: float = 11
    padding_y: float = 6
    #: Between a title and the text beside it; between the two ends of the second line.
    aside_gap: float = 6
    value_gap: float = 14
    tick: float = 9
    #: Most names of parameters are whole in it, such as those of a large transformer.
    longest_title: float = 300
    longest_aside: float = 190
    longest_label: float = 150
    title_font: int = 13
    aside_font: int = 10
    subtitle_font: int = 11
    grid: float = 24


METRICS = Metrics()


def mixed(color: str, surface: str, part: float) -> str:
    """Return `color` laid over `surface` with an opacity of `part` (0 to 1)."""
    return "#" + "".join(
        f"{round(int(color[i : i + 2], 16) * part + int(surface[i : i + 2], 16) * (1 - part)):02X}"
        for i in (1, 3, 5)
    )


_DARK_CANVAS = "#16181D"


def _dark_tint(hue: str) -> Tint:
    return Tint(mixed(hue, _DARK_CANVAS, 0.22), hue)


LIGHT = Theme(
    name="light",
    canvas="#FBFBFD",
    panel="#FFFFFF",
    bar="#F7F8FA",
    text="#1D2430",
    secondary="#5B6472",
    line="#E3E6EC",
    grid="#E3E6EC",
    edge="#818DA0",
    accent="#1D6FD1",
    accent_text="#FFFFFF",
    now="#E4572E",
    now_text="#B5391A",
    now_tint=Tint("#FFF1EA", "#E4572E"),
    done="#2E7D6B",
    done_text="#1F6B5A",
    chip="#CF4520",
    chip_text="#FFFFFF",
    saved=Tint("#FFF1DC", "#C88122"),
    came="#A3268A",
    gone="#5B6472",
    kinds=MappingProxyType(
        {
            "leaf": Tint("#E3F0FF", "#4B91E4"),
            "operation": Tint("#F3F4F7", "#8591A4"),
            "output": Tint("#E2F5E1", "#4FA24D"),
            "function": Tint("#F1EBFC", "#9A7BD8"),
            "group": Tint("#FFFFFF", "#8592A5"),
        }
    ),
)

DARK = Theme(
    name="dark",
    canvas=_DARK_CANVAS,
    panel="#1D2026",
    bar="#22262D",
    text="#E8EAEE",
    secondary="#A2AAB7",
    line="#333943",
    grid="#2A2F38",
    edge="#6B7482",
    accent="#6CA8F0",
    accent_text="#16181D",
    now="#FF7A52",
    now_text="#FF9673",
    now_tint=_dark_tint("#FF7A52"),
    done="#57B59F",
    done_text="#6CC5B0",
    chip="#FF7A52",
    chip_text="#16181D",
    saved=_dark_tint("#E0A04A"),
    came="#E58AD2",
    gone="#A2AAB7",
    kinds=MappingProxyType(
        {
            "leaf": _dark_tint("#5B9BE6"),
            "operation": Tint(mixed("#B8BFCA", _DARK_CANVAS, 0.14), "#6B7482"),
            "output": _dark_tint("#6CB86A"),
            "function": _dark_tint("#9A7BD8"),
            "group": Tint("#1D2026", "#7D8797"),
        }
    ),
)

#: For print: thin dark lines on white, and no grey ground; it is no theme of the window.
PUBLICATION = Theme(
    name="publication",
    canvas="#FFFFFF",
    panel="#FFFFFF",
    bar="#FFFFFF",
    text="#000000",
    secondary="#333333",
    line="#4D4D4D",
    grid="#FFFFFF",
    edge="#262626",
    accent="#0B4F9E",
    accent_text="#FFFFFF",
    now="#B5391A",
    now_text="#A03214",
    now_tint=Tint("#FFFFFF", "#B5391A"),
    done="#1F6B5A",
    done_text="#1A5A4C",
    chip="#A03214",
    chip_text="#FFFFFF",
    saved=Tint("#FFFFFF", "#8A5A12"),
    came="#A3268A",
    gone="#4D4D4D",
    kinds=MappingProxyType(
        {
            "leaf": Tint("#EAF3FF", "#0B4F9E"),
            "operation": Tint("#FFFFFF", "#262626"),
            "output": Tint("#EAF7EA", "#256B24"),
            "function": Tint("#F5F0FF", "#5B3AA6"),
            "group": Tint("#FFFFFF", "#262626"),
        }
    ),
    stroke=0.6,
)

THEMES = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK)})

"""About how large the boxes of nodes and groups are, without Qt and its fonts.

The command line chooses by this which groups are open at first, also where it draws nothing.
"""

from typing import Final

from gradviz.core.graphs.graph import Node
from gradviz.render.picture import idle_view
from gradviz.render.style import METRICS

#: The mean width of a character of each font.
_TITLE: Final = 8.6
_ASIDE: Final = 5.9
_SUBTITLE: Final = 6.0
_HEIGHT: Final = 40.0
#: Room for a gradient, for the progress in a group, for a number, and for the sign of a group.
_GRADIENT, _PROGRESS, _NUMBER, _SIGN = 92.0, 112.0, 60.0, 13.0


def rough_size(node: Node) -> tuple[float, float]:
    """Return about the width and height of the box of a node or closed group, in pixels."""
    view = idle_view(node)
    first = min(_TITLE * len(view.title), METRICS.longest_title) + 2 * METRICS.aside_gap
    first += METRICS.tick
    if node.kind == "group":
        subtitle, number = _SUBTITLE * len(node.name), _PROGRESS
        first += _SIGN
    else:
        subtitle, number = _SUBTITLE * len(view.subtitle), _GRADIENT
        first += min(_ASIDE * len(view.aside), METRICS.longest_aside)
        first += METRICS.aside_gap + _NUMBER if view.has_number else 0.0
        subtitle = max(subtitle, _NUMBER if node.kind == "leaf" else 0.0)
    second = min(subtitle, METRICS.longest_label) + METRICS.value_gap + number
    return max(METRICS.node_width, max(first, second) + 2 * METRICS.padding_x), _HEIGHT

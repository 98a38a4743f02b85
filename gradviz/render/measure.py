"""How large each node must be for every text that it may show while the backward pass runs."""

import math

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.placement import Box, Link
from gradviz.core.graphs.tensors import shape_text
from gradviz.render.characters import visible
from gradviz.render.fonts import Fonts, fonts
from gradviz.render.groups.group_painter import group_width
from gradviz.render.picture import NodeView, idle_view
from gradviz.render.style import METRICS

#: Room for numbers of usual length beside each other, and for the longest gradient alone; with the
#: words of English, so that a graph lies the same in every language: those of others are no wider.
_USUAL_VALUE, _USUAL_SCALAR, _USUAL_NORM = "−0.888888", "grad −8888.88", "grad ‖·‖ 88888.8"
_LONGEST_SCALAR, _LONGEST_NORM = "grad −8.88888e−88", "grad ‖·‖ 8.88888e−88"
#: Numbers of these magnitudes, with six digits, are no wider than `_USUAL_VALUE`.
_USUAL_FROM, _USUAL_TO = 0.1, 1e6
#: Widths are multiples of this, so that nodes of about the same width are of the same width.
_STEP = 4


def boxes(graph: Graph) -> tuple[Box, ...]:
    """Return a box for each node; it stays the same while stepping. Needs a QGuiApplication."""
    faces = fonts()
    height = _height(faces)
    # A large graph has thousands of nodes with the same texts, but for their values.
    widths: dict[object, float] = {}
    found = []
    for node in graph.nodes:
        look = _look(node)
        width = widths.get(look)
        if width is None:
            width = widths[look] = _width_of(node, faces)
        found.append(Box(node.id, width, height, leaf=node.kind == "leaf"))
    return tuple(found)


def measured(node: Node) -> tuple[float, float]:
    """Return the width and height of the box of a node or closed group, in pixels."""
    faces = fonts()
    return _width_of(node, faces), _height(faces)


def _height(faces: Fonts) -> float:
    return math.ceil(max(METRICS.node_height, content_height(faces) + 2 * METRICS.padding_y))


def _look(node: Node) -> tuple[object, ...]:
    """Return all that the width of a node follows from; a number of usual length is no part."""
    value = None if node.value is None else node.value.scalar
    number: float | None = None
    if value is not None:
        # There is room for these in any case, and others are few.
        usual = value == 0 or _USUAL_FROM <= abs(value) < _USUAL_TO
        number = None if usual and node.kind != "leaf" else value
    # A tensor that is no scalar shows its shape, or its norm where it is a leaf.
    norm = node.value.norm if node.value is not None and node.kind == "leaf" else None
    shape = node.sizes or node.shape
    return node.kind, node.op, node.shown_name, node.label, shape, value is None, number, norm


def links(graph: Graph) -> tuple[Link, ...]:
    """Return a link for each edge, in the direction of the forward pass."""
    return tuple(Link(edge.id, edge.source, edge.target) for edge in graph.edges)


def content_height(faces: Fonts) -> float:
    """Return the height of a node's two lines."""
    return faces.title.height + faces.subtitle.height


def first_line_width(view: NodeView, faces: Fonts) -> float:
    """Return the width of a node's title with the text beside it."""
    title = min(faces.title.width(view.title), METRICS.longest_title)
    aside = min(faces.aside.width(view.aside), METRICS.longest_aside)
    return title + METRICS.aside_gap + aside


def _width_of(node: Node, faces: Fonts) -> float:
    if node.kind == "group":
        shape = shape_text(node.shape) if node.shape else ""
        return group_width(visible(node.op), visible(node.shown_name), shape, faces)
    return _width(idle_view(node), faces, scalar=node.shape == ())


def _width(view: NodeView, faces: Fonts, *, scalar: bool) -> float:
    first = first_line_width(view, faces) + METRICS.aside_gap + METRICS.tick
    if view.kind != "leaf" and view.has_number:
        # Its value stands there while its gradient is shown.
        number = max(faces.value.width(view.value), faces.value.width(_USUAL_VALUE))
        first += METRICS.aside_gap + number
    label = min(faces.subtitle.width(view.subtitle), METRICS.longest_label)
    if view.kind == "leaf":
        # Its number changes while it is trained.
        label = max(label, faces.subtitle.width(_USUAL_VALUE))
    usual = faces.value.width(_USUAL_SCALAR if scalar else _USUAL_NORM)
    second = label + METRICS.value_gap + max(usual, faces.value.width(view.value))
    longest = faces.value.width(_LONGEST_SCALAR if scalar else _LONGEST_NORM)
    content = max(first, second, longest)
    return max(METRICS.node_width, math.ceil((content + 2 * METRICS.padding_x) / _STEP) * _STEP)

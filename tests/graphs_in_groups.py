"""Graphs with groups, made by hand or at random, and their recorded passes."""

import msgspec
from hypothesis import strategies as st

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.trace import Trace
from gradviz.engine.runs.run import Run
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place
from gradviz.render.groups.frame_painter import title_width
from gradviz.render.measure import boxes, links

_RECORDED: dict[str, tuple[Graph, Trace]] = {}


def recorded(source: str) -> tuple[Graph, Trace]:
    """Return the graph and the pass of a model, recorded once."""
    if source not in _RECORDED:
        _RECORDED[source] = Run(Model(source=source)).record()[1:]
    return _RECORDED[source]


def grouped(graph: Graph, **nodes: list[str]) -> Graph:
    """Return `graph` with groups: `block__attn` names the group `block.attn`, within `block`."""
    groups: list[Group] = []
    place: dict[str, int] = {}
    group_of = [NO_GROUP] * len(graph.nodes)
    where = {node.id: index for index, node in enumerate(graph.nodes)}
    for name in sorted(nodes):
        path = name.replace("__", ".")
        around, _, title = path.rpartition(".")
        place[path] = len(groups)
        groups.append(
            Group(
                id=path,
                title=title,
                kind="module",
                parent=place.get(around, NO_GROUP),
                type_name=title.title(),
                path=path,
            )
        )
    for name, keys in nodes.items():
        for key in keys:
            group_of[where[key]] = place[name.replace("__", ".")]
    return msgspec.structs.replace(graph, groups=tuple(groups), group_of=tuple(group_of))


def placed_outline(graph: Graph, *opened: str) -> tuple[Outline, Placement]:
    """Return an outline of `graph` with these groups open, and where it lies."""
    outline = outline_of(graph, Showing(frozenset(opened)))
    compound = CompoundLayout(
        lambda boxes, links, direction, _: place(
            LayoutRequest(request=1, boxes=tuple(boxes), links=tuple(links), direction=direction)
        )
    )
    shown = outline.graph
    widths = {frame.id: title_width(frame.group) for frame in outline.frames}
    frames = frame_boxes(outline, widths)
    return outline, compound.place(boxes(shown), links(shown), frames, outline.frame_of)


@st.composite
def groupings(draw: st.DrawFn, graph: Graph) -> Graph:
    """Draw groups for a graph, nested anyhow."""
    count = draw(st.integers(1, 6))
    parents = [draw(st.integers(-1, index - 1)) for index in range(count)]
    groups: list[Group] = []
    for index, parent in enumerate(parents):
        around = f"{groups[parent].id}." if parent != NO_GROUP else ""
        title = f"m{index}"
        groups.append(
            Group(
                id=around + title,
                title=title,
                kind="module",
                parent=parent,
                type_name="Block",
                path=around + title,
            )
        )
    group_of = tuple(draw(st.integers(-1, count - 1)) for _ in graph.nodes)
    return msgspec.structs.replace(graph, groups=tuple(groups), group_of=group_of)

"""A part of a drawing: chosen nodes, boxes and frames, with the edges between them."""

from collections.abc import Collection, Iterator
from dataclasses import replace as replaced

from msgspec.structs import replace

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.placement import Placement, Point
from gradviz.render.picture import Picture

#: The room around what is cut out, as around a whole graph.
_MARGIN = 12.0


def with_insides(items: Collection[str], outline: Outline | None) -> frozenset[str]:
    """Return `items` with all that lies within the frames among them."""
    found = set(items)
    if outline is None:
        return frozenset(found)
    # Each frame comes after the one around it.
    for frame in outline.frames:
        if frame.around in found:
            found.add(frame.id)
    return frozenset(found | {item for item, frame in outline.frame_of.items() if frame in found})


def graph_part(graph: Graph, items: Collection[str]) -> Graph:
    """Return the nodes among `items` and the edges between them."""
    nodes = tuple(node for node in graph.nodes if node.id in items)
    known = {node.id for node in nodes}
    return replace(
        graph,
        nodes=nodes,
        edges=tuple(e for e in graph.edges if e.source in known and e.target in known),
        output=graph.output if graph.output in known else (nodes[0].id if nodes else ""),
        groups=(),
        group_of=(),
    )


def outline_part(outline: Outline, items: Collection[str]) -> Outline:
    """Return the part of an outline; what loses the frame around it stands by itself."""
    graph = graph_part(outline.graph, items)
    return replaced(
        outline,
        graph=graph,
        frames=tuple(
            frame._replace(around=frame.around if frame.around in items else "")
            for frame in outline.frames
            if frame.id in items
        ),
        frame_of={
            node.id: frame if (frame := outline.frame_of[node.id]) in items else ""
            for node in graph.nodes
        },
    )


def picture_part(picture: Picture, graph: Graph, items: Collection[str]) -> Picture:
    """Return the views of the nodes, edges and frames of a part, whose graph is `graph`."""
    edges = {edge.id: picture.edges[edge.id] for edge in graph.edges if edge.id in picture.edges}
    return Picture(
        {node.id: picture.nodes[node.id] for node in graph.nodes if node.id in picture.nodes},
        edges,
        picture.now if picture.now in items else None,
        {key: view for key, view in picture.frames.items() if key in items},
        tuple(key for key in picture.bundled if key in edges),
        {key: marks for key, marks in picture.shared.items() if key in items},
        {key: number for key, number in picture.local.items() if key in edges},
    )


def placement_part(placement: Placement, graph: Graph, items: Collection[str]) -> Placement:
    """Return where the part lies, moved to the corner of a picture of its own."""
    edges = {edge.id for edge in graph.edges}
    part = replace(
        placement,
        centers={key: at for key, at in placement.centers.items() if key in graph.node},
        sizes={key: size for key, size in placement.sizes.items() if key in graph.node},
        curves={key: curve for key, curve in placement.curves.items() if key in edges},
        ghosts={key: at for key, at in placement.ghosts.items() if key in edges},
        frames={key: rect for key, rect in placement.frames.items() if key in items},
    )
    corners = list(_corners(part, graph))
    if not corners:
        return replace(part, width=2 * _MARGIN, height=2 * _MARGIN)
    left, top = (min(axis) - _MARGIN for axis in zip(*corners, strict=True))
    right, bottom = (max(axis) + _MARGIN for axis in zip(*corners, strict=True))

    def moved(at: Point) -> Point:
        return at[0] - left, at[1] - top

    return replace(
        part,
        width=right - left,
        height=bottom - top,
        centers={key: moved(at) for key, at in part.centers.items()},
        curves={key: tuple(map(moved, curve)) for key, curve in part.curves.items()},
        ghosts={key: moved(at) for key, at in part.ghosts.items()},
        frames={
            key: (x - left, y - top, wide, high) for key, (x, y, wide, high) in part.frames.items()
        },
    )


def _corners(part: Placement, graph: Graph) -> Iterator[Point]:
    """Yield points that the picture must hold: of each box and frame two corners, each curve."""
    places = [(key, at) for key, at in part.centers.items()]
    places += [(e.source, part.ghosts[e.id]) for e in graph.edges if e.id in part.ghosts]
    for key, (x, y) in places:
        width, height = part.sizes[key]
        yield x - width / 2, y - height / 2
        yield x + width / 2, y + height / 2
    for x, y, width, height in part.frames.values():
        yield x, y
        yield x + width, y + height
    for curve in part.curves.values():
        yield from curve

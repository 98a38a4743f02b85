"""Which node lies at a point; pure geometry, for the mouse."""

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement


def node_at(graph: Graph, placement: Placement, x: float, y: float) -> str | None:
    """Return the id of the node drawn at (x, y), in the placement's coordinates, or None."""
    for key, center in placement.centers.items():
        if _inside(center, placement.sizes[key], x, y):
            return key
    for edge in graph.edges if placement.ghosts else ():
        ghost = placement.ghosts.get(edge.id)
        if ghost is not None and _inside(ghost, placement.sizes[edge.source], x, y):
            return edge.source
    return None


def frame_at(placement: Placement, x: float, y: float, line: float) -> str | None:
    """Return the id of the frame in whose first `line` pixels (x, y) lies, the innermost one."""
    found = None
    for key, (left, top, width, _) in placement.frames.items():
        if left <= x <= left + width and top <= y <= top + line:
            found = key
    return found


def _inside(center: tuple[float, float], size: tuple[float, float], x: float, y: float) -> bool:
    return abs(x - center[0]) <= size[0] / 2 and abs(y - center[1]) <= size[1] / 2

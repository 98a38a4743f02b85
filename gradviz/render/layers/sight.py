"""The part of a picture that is to be painted: chosen, or found within the clips."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from PySide6.QtCore import QRectF

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.render import health_painter
from gradviz.render.groups.frame_painter import Framed
from gradviz.render.parts import LOOKED_UP_AT_ONCE, in_parts
from gradviz.render.picture import EdgeView, NodeView, Picture
from gradviz.render.shapes import OUTSIDE, Shapes, shapes_of

#: The reach of all rings around a node: of the selection, and of an added node.
RING_REACH = 14.0
#: Below this scale no text could be read, so that nodes and edges are drawn as plain shapes.
COARSE_SCALE = 0.4
#: A node as it is drawn: its view, its place, and whether it is a further copy.
Drawn = tuple[NodeView, QRectF, bool]


class Chosen(NamedTuple):
    """The part of a picture that is to be painted, with the places of its nodes and frames."""

    nodes: Sequence[Drawn] = ()
    edges: Sequence[EdgeView] = ()
    frames: Sequence[Framed] = ()


class Sight(NamedTuple):
    """A picture with the shapes of its placement, as far as it lies in one of `clips`.

    None are clips that all of it lies in. `scale` has the pixels of the screen that a unit covers.
    """

    graph: Graph
    picture: Picture
    shapes: Shapes
    clips: Sequence[QRectF] | None
    scale: float

    @classmethod
    def of(
        cls,
        graph: Graph,
        picture: Picture,
        placement: Placement,
        clips: Sequence[QRectF] | None = None,
        scale: float = 1.0,
    ) -> Self:
        """Return a picture of `graph` where a placement has it."""
        return cls(graph, picture, shapes_of(placement), clips, scale)

    @property
    def coarse(self) -> bool:
        """Tell whether it is too small for texts."""
        return self.scale < COARSE_SCALE

    @property
    def area(self) -> QRectF | None:
        """Return the rectangle around all that is painted of the edges, None without clips."""
        if self.clips is None:
            return None
        whole, outside = QRectF(), outside_edges(self.scale)
        for clip in self.clips:
            whole |= clip
        return whole.adjusted(-outside, -outside, outside, outside)

    def nodes(self) -> Iterator[list[Drawn]]:
        """Yield the nodes that may lie in one of the clips, some at a time."""
        views = self.picture.nodes
        copies = self.shapes.copies_in(self.graph.edges, self.clips, outside_nodes(self.scale))
        for some in in_parts(copies, LOOKED_UP_AT_ONCE):
            yield [(views[key], rect, ghost) for key, rect, ghost in some if key in views]

    def edges(self) -> Iterator[list[EdgeView]]:
        """Yield the edges that may lie in one of the clips, some at a time."""
        views = self.picture.edges
        found = self.shapes.edges_in(self.clips, outside_edges(self.scale))
        for some in in_parts(found, LOOKED_UP_AT_ONCE):
            yield [views[key] for key in some if key in views]

    def frames(self) -> list[Framed]:
        """Return the frames of which anything may lie in one of the clips, the outermost first."""
        frames, shapes = self.picture.frames, self.shapes
        return [
            (frames[key], shapes.frames[key])
            for key in shapes.frames_in(self.clips, outside_nodes(self.scale))
            if key in frames
        ]


def outside_nodes(scale: float) -> float:
    """Return how far a node's border, ring or sign may reach over its rectangle."""
    return max(RING_REACH, health_painter.sign_radius(scale)) + 4 / min(scale, 1.0)


def outside_edges(scale: float) -> float:
    """Return how far an edge's line, head or halo may reach over its curve."""
    return OUTSIDE / min(scale / COARSE_SCALE, 1.0)

"""All shapes that the graph of a run has had, where they lie, and what changed last."""

from collections.abc import Sequence
from dataclasses import dataclass

from gradviz.core.atlas import Atlas, Marks, Shape, shape_of
from gradviz.core.graph import Graph
from gradviz.core.placement import Direction, Placement
from gradviz.render.measure import boxes


@dataclass(frozen=True)
class Arrangement:
    """Shapes of a graph laid out together in a direction."""

    shapes: tuple[Shape, ...]
    direction: Direction


class Drawing:
    """Follows the graph from shape to shape; a shape that has been laid out stays where it is.

    Attributes:
        marks: What came and what went when the shape that is shown took the place of another.
    """

    def __init__(self) -> None:
        self.marks = Marks()
        self._atlas = Atlas()
        #: What is on the screen: an atlas may have grown since, or another one been begun.
        self._placed: Arrangement | None = None
        self._placed_atlas = self._atlas
        self._whole: Placement | None = None
        self._placements: dict[Shape, Placement] = {}
        self._shown: Shape | None = None
        self._measured: tuple[Graph, Shape] | None = None

    @property
    def atlas(self) -> Atlas:
        """Return what is to be laid out."""
        return self._atlas

    @property
    def placed(self) -> Arrangement | None:
        """Return what has been laid out, None before there is anything."""
        return self._placed

    def begin(self, graphs: Sequence[Graph]) -> None:
        """Take the shapes of a new model, which is compared with no earlier one."""
        shapes = [self.shape(graph) for graph in graphs]
        if set(shapes) != set(self._atlas.shapes):
            self._atlas = Atlas()
            for graph, shape in zip(graphs, shapes, strict=True):
                self._atlas.add(graph, shape, boxes(graph))
        self._shown, self.marks = None, Marks()

    def take(self, graph: Graph) -> None:
        """Take the graph that is to be shown, in whatever shape it is."""
        shape = self.shape(graph)
        if shape in self._atlas.shapes:
            return
        if not self._atlas.add(graph, shape, boxes(graph)):
            self._atlas = Atlas()
            self._atlas.add(graph, shape, boxes(graph))

    def place(self, arrangement: Arrangement, whole: Placement) -> bool:
        """Take the placement of an arrangement; tell whether the shape that is shown is in it."""
        self._placed, self._placed_atlas, self._whole = arrangement, self._atlas, whole
        self._placements.clear()
        kept = self._shown in arrangement.shapes
        if not kept:
            self._shown, self.marks = None, Marks()
        return kept

    def placement_of(self, graph: Graph) -> Placement | None:
        """Return where the nodes of `graph` lie, None unless it has been laid out."""
        shape, whole = self.shape(graph), self._whole
        if whole is None or self._placed is None or shape not in self._placed.shapes:
            return None
        if shape not in self._placements:
            self._placements[shape] = self._placed_atlas.placement_of(shape, whole)
        return self._placements[shape]

    def show(self, graph: Graph, at_step: int) -> None:
        """Mark how `graph`, which has been laid out, differs from what was shown before it."""
        before, shape, whole = self._shown, self.shape(graph), self._whole
        if shape != before and before is not None and whole is not None:
            self.marks = self._placed_atlas.marks(before, shape, whole, at_step)
        self._shown = shape

    def shape(self, graph: Graph) -> Shape:
        """Return the shape of `graph`; that of a large one is found out once."""
        if self._measured is None or self._measured[0] is not graph:
            self._measured = (graph, shape_of(graph))
        return self._measured[1]

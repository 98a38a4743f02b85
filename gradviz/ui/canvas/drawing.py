"""All shapes that the graph of a run has had, their placements, and the latest changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from gradviz.core.findings.changes import Kept
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Frame
from gradviz.core.graphs.placement import Direction, FrameBox, Placement
from gradviz.core.graphs.union_layout import Marks, Shape, UnionLayout, shape_of
from gradviz.render.groups.frame_painter import title_width
from gradviz.render.measure import boxes


@dataclass(frozen=True)
class Arrangement:
    """Shapes of a graph laid out together in a direction, within the frames of open groups."""

    shapes: tuple[Shape, ...]
    direction: Direction
    frames: tuple[FrameBox, ...] = ()


class DrawnGraph(NamedTuple):
    """The graph that is drawn of a graph, with its open groups and the one of each node."""

    graph: Graph
    frames: tuple[Frame, ...] = ()
    frame_of: Mapping[str, str] = MappingProxyType({})


class Drawing:
    """Follows the graph from shape to shape; a shape that has been laid out stays where it is.

    Attributes:
        marks: The changes of the shown graph since its previous shape or the kept recording.
    """

    def __init__(self) -> None:
        self.marks = Marks()
        self._union_layout = UnionLayout()
        #: The arrangement on the screen: its union layout may have grown or been replaced since.
        self._placed: Arrangement | None = None
        self._placed_union_layout = self._union_layout
        self._whole: Placement | None = None
        self._placements: dict[Shape, Placement] = {}
        self._known: tuple[Graph, Placement, Placement] | None = None
        self._shown: Shape | None = None
        self._measured: tuple[Graph, Shape] | None = None
        self._begun: tuple[DrawnGraph, ...] = ()
        self._kept: tuple[Kept, DrawnGraph, Shape] | None = None
        self._frames: dict[str, FrameBox] = {}
        self._changed: frozenset[str] = frozenset()

    @property
    def union_layout(self) -> UnionLayout:
        """Return the union of the shapes that are to be laid out together."""
        return self._union_layout

    def arrangement(self, direction: Direction) -> Arrangement:
        """Return the arrangement that is to be laid out."""
        frames = tuple(self._frames.values())
        return Arrangement(self._union_layout.shapes, direction, frames)

    @property
    def placed(self) -> Arrangement | None:
        """Return the arrangement that has been laid out, None before the first."""
        return self._placed

    def begin(self, graphs: Sequence[DrawnGraph]) -> None:
        """Take the shapes of a new model, which is compared only with the kept recording."""
        self._begun = tuple(graphs)
        self._start()

    def keep(self, kept: Kept | None, drawn: DrawnGraph | None) -> None:
        """Mark changes since the kept recording, of which `drawn` is the graph that is drawn.

        None marks those since the previous shape.
        """
        self._kept = None
        if kept is not None and drawn is not None:
            self._kept = (kept, drawn, shape_of(drawn.graph))
        self._changed = frozenset()
        self._start()

    def mark_changed(self, nodes: frozenset[str]) -> None:
        """Mark the nodes whose numbers differ from those of the kept recording."""
        self._changed = nodes

    def _start(self) -> None:
        graphs = [(each, self.shape(each.graph)) for each in self._begun]
        wanted = {shape for _, shape in graphs}
        if self._kept is not None and graphs:
            graphs.append(self._kept[1:])
        frames = _frame_boxes([each for each, _ in graphs])
        if {shape for _, shape in graphs} != set(self._union_layout.shapes) or (
            frames != self._frames
        ):
            self._union_layout, self._frames = UnionLayout(), frames
            for each, shape in graphs:
                if not self._add(each, shape) and shape in wanted:
                    break
        self._shown, self.marks = None, Marks()

    def take(self, drawn: DrawnGraph) -> None:
        """Take the graph that is to be shown; its shape joins the union layout."""
        shape = self.shape(drawn.graph)
        if shape in self._union_layout.shapes:
            return
        if self._add(drawn, shape):
            self._frames = {**self._frames, **_frame_boxes([drawn])}
        else:
            self._union_layout, self._frames = UnionLayout(), _frame_boxes([drawn])
            self._add(drawn, shape)

    def _add(self, drawn: DrawnGraph, shape: Shape) -> bool:
        return self._union_layout.add(drawn.graph, shape, boxes(drawn.graph), drawn.frame_of)

    def place(self, arrangement: Arrangement, whole: Placement) -> bool:
        """Take the placement of an arrangement; tell whether the shape that is shown is in it."""
        self._placed, self._placed_union_layout, self._whole = (
            arrangement,
            self._union_layout,
            whole,
        )
        self._placements.clear()
        kept = self._shown in arrangement.shapes
        if not kept:
            self._shown, self.marks = None, Marks()
        return kept

    def placement_of(self, graph: Graph) -> Placement | None:
        """Return the placement of `graph`, None unless it has been laid out."""
        known = self._known
        if known is not None and known[0] is graph and known[1] is self._whole:
            return known[2]
        placement = self._find_placement(graph)
        if placement is not None and self._whole is not None:
            # Every step of a walk asks again, and shapes of large graphs are large to compare.
            self._known = graph, self._whole, placement
        return placement

    def _find_placement(self, graph: Graph) -> Placement | None:
        shape, whole = self.shape(graph), self._whole
        if whole is None or self._placed is None or shape not in self._placed.shapes:
            return None
        if shape not in self._placements:
            self._placements[shape] = self._placed_union_layout.placement_of(shape, whole)
        return self._placements[shape]

    def show(self, graph: Graph, at_step: int) -> None:
        """Show `graph`, which has been laid out, with marks of its changes."""
        before, shape, whole = self._shown, self.shape(graph), self._whole
        if self._kept is not None:
            marks = self._since(self._kept[0], self._kept[2], shape, at_step)
            # Equal marks stay the same object: nothing has to be painted anew for them.
            self.marks = self.marks if marks == self.marks else marks
        elif shape is not before and shape != before and before is not None and whole is not None:
            self.marks = self._placed_union_layout.marks(before, shape, whole, at_step)
        self._shown = shape

    def _since(self, kept: Kept, before: Shape, shape: Shape, at_step: int) -> Marks:
        """Return the changes since the kept recording, as far as both have been laid out."""
        marks = Marks(at_step=at_step)
        whole, placed = self._whole, self._placed
        if whole is not None and placed is not None and before in placed.shapes:
            marks = self._placed_union_layout.marks(before, shape, whole, at_step)
        changed = self._changed - marks.came
        return msgspec.structs.replace(marks, changed=changed, since=kept.title)

    def shape(self, graph: Graph) -> Shape:
        """Return the shape of `graph`; that of a large one is found out once."""
        if self._measured is None or self._measured[0] is not graph:
            self._measured = (graph, shape_of(graph))
        return self._measured[1]


def _frame_boxes(drawn: Sequence[DrawnGraph]) -> dict[str, FrameBox]:
    """Return the frames of graphs, with the width that the title of each needs."""
    return {
        frame.id: FrameBox(frame.id, frame.around, title_width(frame.group))
        for each in drawn
        for frame in each.frames
    }

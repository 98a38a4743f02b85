"""All that a file shows, as data; every format makes its bytes from one figure."""

from functools import cached_property

import msgspec

from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.placement import Placement, layout_text
from gradviz.core.graphs.shown.node_names import NodeNames, named, named_outline
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.graphs.walk import TURN, forward_done, last_cursor, on_timeline
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.picture import Picture, picture
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.style import LIGHT, Theme


class GraphFigure(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One graph at one moment of its backward pass.

    Attributes:
        graph: The true graph, which the trace belongs to.
        showing: The part of it that is shown, in groups; None for all nodes, one by one.
        cursor: How many steps of `trace` have run; below 0 in its forward pass, see `core.walk`.
        placement: Where that part lies; needed by the formats that draw, None for the others.
        marks: What has changed in the graph; shown by the formats that draw.
        names: By which names nodes are shown; None for those that the format has by itself, which
            are the backward names in DOT and the forward ones in a drawing.
        shades: How healthy the graph is, where it is coloured by that.
        scale: Pixels of the file for each pixel of the picture, where the format has pixels.
    """

    graph: Graph
    showing: Showing | None = None
    trace: Trace | None = None
    cursor: int = 0
    placement: Placement | None = None
    theme: Theme = LIGHT
    scale: float = 2.0
    marks: Marks = Marks()
    shades: Shades = NO_SHADES
    names: NodeNames | None = None

    @cached_property
    def outline(self) -> Outline | None:
        """Return the groups and nodes that are shown, None where all nodes are, one by one."""
        if self.showing is None:
            return None
        return named_outline(outline_of(self.graph, self.showing), self.names or "forward")

    @cached_property
    def shown(self) -> Graph:
        """Return the graph that is drawn: the outline's, or the true one, by the names chosen."""
        if self.outline is not None:
            return self.outline.graph
        return named(self.graph, self.names or "forward")

    @cached_property
    def picture(self) -> Picture:
        """Return the highlights of this moment."""
        if self.outline is None:
            return picture(self.shown, self.trace, self.cursor)
        index = OutlineIndex(self.outline, self.graph)
        return OutlinePictures(index, self.trace).at(self.cursor)

    @property
    def placed(self) -> Placement:
        """Return the placement; raises ExportError when there is none."""
        if self.placement is None:
            raise ExportError("The graph has not been laid out.")
        return self.placement

    @property
    def description(self) -> str:
        """Return a sentence on the drawing: by which plan it was laid out, and why not another."""
        return f"Drawn by gradviz, {layout_text(self.placed)}."

    @property
    def title(self) -> str:
        """Return a title of one line, with the steps that are done."""
        text = f"Autograd graph with {len(self.graph.nodes)} nodes"
        cursor = on_timeline(self.trace, self.cursor)
        if cursor < TURN and self.trace is not None:
            count = len(self.trace.forward)
            return f"{text}, forward step {forward_done(self.trace, cursor)} of {count}"
        steps = last_cursor(self.trace)
        return f"{text}, backward step {cursor} of {steps}" if cursor else text

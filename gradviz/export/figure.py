"""All that a file shows, as data; every format makes its bytes from one figure."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final, TypedDict

import msgspec

from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.placement import Placement, layout_text
from gradviz.core.graphs.shown.node_names import NodeNames, named, named_outline
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.graphs.walk import TURN, forward_done, last_cursor, on_timeline
from gradviz.core.language.saying import tr, tr_n
from gradviz.export.origin import Origin
from gradviz.export.publication import Publication
from gradviz.export.selections.part import (
    graph_part,
    outline_part,
    picture_part,
    placement_part,
    with_insides,
)
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.picture import NO_LOCAL, Picture, picture
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.style import LIGHT, PUBLICATION, Theme

#: At a scale of 1 a pixel is a 96th of an inch, as in CSS.
DOTS_PER_INCH: Final = 96


class FigureParts(TypedDict, total=False):
    """The parts of a `GraphFigure` that can be left out by whoever writes a graph."""

    showing: Showing | None
    trace: Trace | None
    cursor: int
    placement: Placement | None
    theme: Theme
    scale: float
    marks: Marks
    shades: Shades
    names: NodeNames | None
    local: Mapping[str, float]
    transparent: bool
    origin: Origin


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
        local: The derivatives that edges show, by their ids in the true graph.
        scale: Pixels of the file for each pixel of the picture, where the format has pixels.
        transparent: Whether the ground is left out, where the format draws one.
        publication: The width on paper and the caption of a drawing for print, None for others.
        only: The nodes, boxes and frames that are drawn, with what lies within; None for all.
        origin: Where the graph comes from; every format carries it as metadata.
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
    local: Mapping[str, float] = NO_LOCAL
    transparent: bool = False
    publication: Publication | None = None
    only: frozenset[str] | None = None
    origin: Origin = Origin()

    @cached_property
    def outline(self) -> Outline | None:
        """Return the groups and nodes that are shown, None where all nodes are, one by one."""
        whole, items = self._whole_outline, self._items
        return whole if whole is None or items is None else outline_part(whole, items)

    @property
    def framed(self) -> Outline | None:
        """Return the outline to lay out in frames; None where the graph is laid out as a whole.

        That is so for a graph without groups, as in the window.
        """
        return self.outline if self.graph.groups else None

    @cached_property
    def shown(self) -> Graph:
        """Return the graph that is drawn: the outline's, or the true one, by the names chosen."""
        if self.outline is not None:
            return self.outline.graph
        graph = named(self.graph, self.names or "forward")
        return graph if self._items is None else graph_part(graph, self._items)

    @cached_property
    def picture(self) -> Picture:
        """Return the highlights of this moment."""
        if self._whole_outline is None:
            drawn = named(self.graph, self.names or "forward")
            whole = picture(drawn, self.trace, self.cursor, self.local)
        else:
            index = OutlineIndex(self._whole_outline, self.graph)
            whole = OutlinePictures(index, self.trace, self.local).at(self.cursor)
        return whole if self._items is None else picture_part(whole, self.shown, self._items)

    @cached_property
    def _whole_outline(self) -> Outline | None:
        if self.showing is None:
            return None
        return named_outline(outline_of(self.graph, self.showing), self.names or "forward")

    @cached_property
    def _items(self) -> frozenset[str] | None:
        """Return all that is drawn of a part, None where all of the graph is."""
        return None if self.only is None else with_insides(self.only, self._whole_outline)

    def printed(self, publication: Publication) -> "GraphFigure":
        """Return the same figure for print, in the colours of print."""
        return msgspec.structs.replace(self, theme=PUBLICATION, publication=publication)

    @cached_property
    def placed(self) -> Placement:
        """Return the placement of what is drawn; raises ExportError when there is none."""
        if self.placement is None:
            raise ExportError(tr("The graph has not been laid out."))
        if self._items is None:
            return self.placement
        return placement_part(self.placement, self.shown, self._items)

    @property
    def description(self) -> str:
        """Return a sentence on the drawing: by which plan it was laid out, and why not another."""
        return tr("Drawn by gradviz, {layout}.", layout=layout_text(self.placed))

    @property
    def title(self) -> str:
        """Return a title of one line, with the steps that are done."""
        title = graph_title(len(self.graph.nodes))
        cursor = on_timeline(self.trace, self.cursor)
        if cursor < TURN and self.trace is not None:
            return tr(
                "{title}, forward step {step} of {count}",
                title=title,
                step=forward_done(self.trace, cursor),
                count=len(self.trace.forward),
            )
        if not cursor:
            return title
        return tr(
            "{title}, backward step {step} of {count}",
            title=title,
            step=cursor,
            count=last_cursor(self.trace),
        )


def graph_title(nodes: int) -> str:
    """Return the title of a graph of so many nodes."""
    return tr_n("Autograd graph with {count} nodes", "Autograd graph with {count} node", nodes)

"""Figures to export, and labels that every format must carry."""

from local_layouts import LocalLayouts
from sample_graphs import tutorial_graph, tutorial_trace

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.trace import Trace
from gradviz.export.figure import GraphFigure
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place
from gradviz.render.measure import boxes, links

#: What has broken exports of other programs.
LABELS = (
    '<>&"\\N',
    "<b>bold</b>",
    "&amp; &lt; &#65;",
    "\\n\\l\\G\\",
    "a\nb\tc\0d\x1b[31m",
    "中文 ‖x³‖ 🙂",
    "]]> --> <!--",
    "{|}[]; -> #'",
    "  two  spaces  ",
    "عربي x",
    "\u05d0\u05d1 12 \u05d2\u05d3",
    "\u05900",
    "\ufb86\n\xad3'\xdaHD",
    "\U0001ea74\U00038e43",
)


def figure_of(
    graph: Graph, trace: Trace | None = None, cursor: int = 0, scale: float = 2.0
) -> GraphFigure:
    """Return a figure that is laid out; needs a QGuiApplication."""
    placement = place(LayoutRequest(request=1, boxes=boxes(graph), links=links(graph)))
    return GraphFigure(graph=graph, trace=trace, cursor=cursor, placement=placement, scale=scale)


def outlined_figure(
    graph: Graph,
    showing: Showing,
    trace: Trace | None = None,
    cursor: int = 0,
    direction: Direction = "TB",
) -> GraphFigure:
    """Return a figure of the part that is shown, laid out; needs a QGuiApplication."""
    outline = outline_of(graph, showing)
    placement = CompoundLayout(LocalLayouts().place).place(
        boxes(outline.graph),
        links(outline.graph),
        frame_boxes(outline),
        outline.frame_of,
        direction,
    )
    return GraphFigure(
        graph=graph, showing=showing, trace=trace, cursor=cursor, placement=placement
    )


def tutorial_figure(cursor: int = 5, scale: float = 2.0) -> GraphFigure:
    """Return the tutorial's graph at one of its thirteen steps."""
    return figure_of(tutorial_graph(), tutorial_trace(), cursor, scale)

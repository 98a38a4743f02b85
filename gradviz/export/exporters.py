"""The table of formats, and the one way to write a graph in any of them."""

import math
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, cast

import msgspec

from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Showing
from gradviz.core.graphs.placement import Direction, Placement
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.union_layout import Marks
from gradviz.export.atomic import write_bytes
from gradviz.export.figure import GraphFigure
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.style import LIGHT, Theme


class Exporter(msgspec.Struct, frozen=True):
    """A format: its suffix with the dot, its name for menus, and the module that writes it.

    The module is loaded when it is used, so that DOT and JSON never load Qt. Where a file of the
    format has a largest size, its module tells in a `remark` what became of a picture above it.
    """

    suffix: str
    title: str
    needs_layout: bool
    module: str
    has_largest_size: bool = False

    def render(self, figure: GraphFigure) -> bytes:
        """Return the bytes of a file that shows `figure`; raises ExportError."""
        return cast(bytes, import_module(self.module).render(figure))

    def remark(self, figure: GraphFigure) -> str:
        """Return a sentence on a file that shows `figure` smaller than was asked for; else ""."""
        return import_module(self.module).remark(figure) if self.has_largest_size else ""


class Written(NamedTuple):
    """A file that was written: where the nodes lie, of a format that draws, and the remark."""

    placement: Placement | None
    remark: str


EXPORTERS = MappingProxyType(
    {
        exporter.suffix: exporter
        for exporter in (
            Exporter(".svg", "SVG image", True, "gradviz.export.svg"),
            Exporter(".png", "PNG image", True, "gradviz.export.png", True),
            Exporter(".pdf", "PDF document", True, "gradviz.export.pdf", True),
            Exporter(".dot", "Graphviz DOT source", False, "gradviz.export.dot"),
            Exporter(".json", "JSON data", False, "gradviz.export.json"),
        )
    }
)


def write_graph(
    graph: Graph,
    path: str | PathLike[str],
    *,
    suffix: str = "",
    waiting: bool = False,
    showing: Showing | None = None,
    direction: Direction = "TB",
    trace: Trace | None = None,
    cursor: int = 0,
    scale: float = 2.0,
    theme: Theme = LIGHT,
    placement: Placement | None = None,
    marks: Marks | None = None,
    shades: Shades = NO_SHADES,
    names: NodeNames | None = None,
) -> Written:
    """Write the graph as it is after `cursor` steps of `trace`, in the format of the suffix.

    The suffix is that of `path`, unless another one is given, as for a pipe. With `waiting` a pipe
    may wait for its reader, see `atomic.replacing`. An existing file is replaced at once or not at
    all.

    `showing` chooses the part of the graph that is written, with its groups; without it all nodes
    are, one by one. A format that draws lays it out, with edges in the `direction`, unless a
    `placement` is given, and shows the `marks` that belong to it; `shades` colour the nodes, with
    a legend. `names` are those of the nodes, None for the usual ones of the format.

    Raises:
        ExportError: the format is unknown, the scale does not work, or writing failed.
        LayoutError: an edge leads to a node that does not exist.
    """
    target = Path(path)
    exporter = exporter_for(target.with_suffix(suffix) if suffix else target)
    if not math.isfinite(scale) or scale <= 0:
        raise ExportError(f"The scale {scale:g} does not work.", "Use a number above 0, such as 2.")
    figure = GraphFigure(
        graph=graph,
        showing=showing,
        trace=trace,
        cursor=cursor,
        theme=theme,
        scale=scale,
        marks=marks or Marks(),
        shades=shades,
        names=names,
    )
    if exporter.needs_layout and placement is None:
        lay_out = import_module("gradviz.export.page").laid_out
        placement = lay_out(figure.shown, figure.outline, direction)
    figure = msgspec.structs.replace(figure, placement=placement)
    write_bytes(target, exporter.render(figure), waiting=waiting)
    return Written(placement, exporter.remark(figure))


def exporter_for(path: Path) -> Exporter:
    """Return the exporter for the suffix of `path`; raises ExportError when there is none."""
    exporter = EXPORTERS.get(path.suffix.lower())
    if exporter is None:
        known = ", ".join(EXPORTERS)
        raise ExportError(
            f"{path.name or path} has no suffix that names a format.", f"Use one of {known}."
        )
    return exporter

"""The table of formats, and the one way to write a graph in any of them."""

import math
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Unpack, cast

import msgspec

from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Direction, Placement
from gradviz.core.language.saying import listed, marked, sentences, tr
from gradviz.export.atomic import write_bytes
from gradviz.export.figure import FigureParts, GraphFigure
from gradviz.export.publication import Publication, check_printed


class Exporter(msgspec.Struct, frozen=True):
    """A format: its suffix with the dot, its name for `tr`, and the module that writes it.

    The module is loaded when it is used, so that DOT and JSON never load Qt. Where a file of the
    format has a largest size, its module tells in a `remark` what became of a picture above it.
    One that `has_ground` draws a ground, which a figure may leave out.
    """

    suffix: str
    title: str
    needs_layout: bool
    module: str
    has_largest_size: bool = False
    has_ground: bool = False

    def render(self, figure: GraphFigure) -> bytes:
        """Return the bytes of a file that shows `figure`; raises ExportError."""
        if figure.publication is not None:
            check_printed(self.suffix)
        return cast(bytes, import_module(self.module).render(figure))

    def remark(self, figure: GraphFigure) -> str:
        """Return a sentence on a file that shows `figure` too small in some way; else ""."""
        told = import_module(self.module).remark(figure) if self.has_largest_size else ""
        if figure.publication is not None:
            on_paper = import_module("gradviz.export.sheets").remark_of(figure)
            told = sentences([told, on_paper])
        return cast(str, told)


class Written(NamedTuple):
    """A file that was written: where the nodes lie, of a format that draws, and the remark."""

    placement: Placement | None
    remark: str


EXPORTERS = MappingProxyType(
    {
        exporter.suffix: exporter
        for exporter in (
            Exporter(
                ".svg", marked("SVG image"), True, "gradviz.export.formats.svg", has_ground=True
            ),
            Exporter(".png", marked("PNG image"), True, "gradviz.export.formats.png", True, True),
            Exporter(
                ".pdf", marked("PDF document"), True, "gradviz.export.formats.pdf", True, True
            ),
            Exporter(".dot", marked("Graphviz DOT source"), False, "gradviz.export.formats.dot"),
            Exporter(".json", marked("JSON data"), False, "gradviz.export.formats.json"),
            Exporter(".graphml", marked("GraphML data"), False, "gradviz.export.formats.graphml"),
            Exporter(".mmd", marked("Mermaid flowchart"), False, "gradviz.export.formats.mermaid"),
            Exporter(".html", marked("interactive HTML page"), True, "gradviz.export.formats.html"),
        )
    }
)

#: The formats that the clipboard takes beside the picture of a selection.
CLIPBOARD: Final = MappingProxyType(
    {
        ".svg": EXPORTERS[".svg"],
        ".txt": Exporter(".txt", marked("text"), False, "gradviz.export.selections.texts"),
    }
)


def write_graph(
    graph: Graph,
    path: str | PathLike[str],
    *,
    suffix: str = "",
    waiting: bool = False,
    direction: Direction = "TB",
    publication: Publication | None = None,
    **shown: Unpack[FigureParts],
) -> Written:
    """Write the graph as it is after `cursor` steps of `trace`, in the format of the suffix.

    The suffix is that of `path`, unless another one is given, as for a pipe. With `waiting` a pipe
    may wait for its reader, see `atomic.replacing`. An existing file is replaced at once or not at
    all.

    `showing` chooses the part of the graph that is written, with its groups; without it all nodes
    are, one by one. A format that draws lays it out, with edges in the `direction`, unless a
    `placement` is given, and shows the `marks` that belong to it; `shades` colour the nodes, with
    a legend. `names` are those of the nodes, None for the usual ones of the format. A drawing that
    is `transparent` has no ground, and one for `publication` a width on paper. The `origin` of the
    graph is written as metadata.

    Raises:
        ExportError: the format is unknown, the scale does not work, or writing failed.
        LayoutError: an edge leads to a node that does not exist.
    """
    target = Path(path)
    exporter = exporter_for(target.with_suffix(suffix) if suffix else target)
    figure = GraphFigure(graph=graph, **shown)
    _check_scale(figure.scale)
    if publication is not None:
        check_printed(exporter.suffix)
        figure = figure.printed(publication)
    if exporter.needs_layout and figure.placement is None:
        lay_out = import_module("gradviz.export.page").laid_out
        placed = lay_out(figure.shown, figure.framed, direction)
        figure = msgspec.structs.replace(figure, placement=placed)
    write_bytes(target, exporter.render(figure), waiting=waiting)
    return Written(figure.placement, exporter.remark(figure))


def _check_scale(scale: float) -> None:
    if not math.isfinite(scale) or scale <= 0:
        raise ExportError(
            tr("The scale {scale:g} does not work.", scale=scale),
            tr("Use a number above 0, such as {usual}.", usual=2),
        )


def exporter_for(path: Path) -> Exporter:
    """Return the exporter for the suffix of `path`; raises ExportError when there is none."""
    exporter = EXPORTERS.get(path.suffix.lower())
    if exporter is None:
        raise ExportError(
            tr("{file} has no suffix that names a format.", file=path.name or path),
            tr("Use one of {names}.", names=listed(EXPORTERS)),
        )
    return exporter

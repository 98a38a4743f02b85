"""The parts that all formats that draw share: an application with fonts, a layout, the page."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.placement import Direction, Placement
from gradviz.export.figure import GraphFigure
from gradviz.export.progress_listener import drawing_progress
from gradviz.layout.client import LayoutClient
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.render.fonts import fonts
from gradviz.render.health_painter import legend_size, paint_legend
from gradviz.render.measure import boxes, links
from gradviz.render.painter import extent, paint
from gradviz.render.picture import Picture
from gradviz.render.shades import Shades
from gradviz.render.titles import short_titles

#: Between the graph and its legend; around the graph, for signs at its corners.
_LEGEND_GAP, _SIGN_ROOM = 16.0, 8.0
#: Qt needs its application as long as anything is drawn.
#: Nobody waits in front of a file: it takes this long to give up a plan, so that a machine that is
#: busy draws the same picture.
_DEADLINE_S = 60.0
_own: list[QGuiApplication] = []


def require_application() -> None:
    """Make sure that Qt can draw text, without a display where no window is open.

    Raises:
        ExportError: there is no font on this machine.
    """
    if QCoreApplication.instance() is None:
        _own.append(QGuiApplication(["gradviz", "-platform", "offscreen"]))
    if not QFontDatabase.families():
        raise ExportError(
            "There is no font on this machine to draw text with.",
            "Install one, such as DejaVu (on Debian and Ubuntu: apt install fonts-dejavu-core).",
        )


def use_interface_font(description: str) -> None:
    """Draw with the font that QFont described so; in the application of this process alone."""
    require_application()
    font = QFont()
    if font.fromString(description):
        QGuiApplication.setFont(font)


def laid_out(
    graph: Graph, outline: Outline | None = None, direction: Direction = "TB"
) -> Placement:
    """Return a placement for `graph`, or for its outline, by a layout process of its own.

    Raises:
        LayoutError: an edge leads to a node that does not exist.
    """
    require_application()
    client = LayoutClient()
    try:
        if outline is None:
            return client.place(boxes(graph), links(graph), direction, _DEADLINE_S)
        return CompoundLayout(client.place).place(
            boxes(outline.graph),
            links(outline.graph),
            frame_boxes(outline),
            outline.frame_of,
            direction,
            _DEADLINE_S,
        )
    finally:
        client.close()


def page(figure: GraphFigure) -> QRectF:
    """Return the area that the file shows, in the placement's coordinates."""
    require_application()
    return page_of(figure.shown, figure.picture, figure.placed, figure.shades)


def page_of(graph: Graph, picture: Picture, placement: Placement, shades: Shades) -> QRectF:
    """Return the area that a file of this picture shows."""
    area = _with_legend(picture, placement, shades)
    names = _whole_names(graph)
    if names:
        face = fonts().subtitle
        size = QSizeF(max(map(face.width, names)), face.height * len(names))
        area = area.united(QRectF(_legend_corner(area), size))
    if shades.verdicts:
        area = area.adjusted(-_SIGN_ROOM, -_SIGN_ROOM, _SIGN_ROOM, _SIGN_ROOM)
    return area.toAlignedRect().toRectF()


def paint_page(
    painter: QPainter,
    figure: GraphFigure,
    area: QRectF,
    paint_graph: Callable[[QPainter], None] | None = None,
) -> None:
    """Paint `area` of the figure so that its top left corner is at (0, 0).

    A format may `paint_graph` itself, in the placement's coordinates.
    """
    painter.translate(-area.topLeft())
    # The parts of a text in several scripts then follow one another as they were written.
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.fillRect(area, QColor(figure.theme.canvas))
    if paint_graph is None:
        _paint_graph(painter, figure)
    else:
        paint_graph(painter)
    if figure.shades.legend is not None:
        graph = extent(figure.picture, figure.placed)
        paint_legend(painter, figure.shades.legend, _legend_corner(graph), figure.theme)
    names = _whole_names(figure.shown)
    if names:
        face = fonts().subtitle
        painter.setFont(face.font)
        painter.setPen(QColor(figure.theme.secondary))
        left, top = _legend_corner(
            _with_legend(figure.picture, figure.placed, figure.shades)
        ).toTuple()
        for place, name in enumerate(names):
            painter.drawText(QPointF(left, top + face.height * place + face.ascent), name)


def _paint_graph(painter: QPainter, figure: GraphFigure) -> None:
    paint(
        painter,
        figure.shown,
        figure.picture,
        figure.placed,
        figure.theme,
        marks=figure.marks,
        shades=figure.shades,
        progress=drawing_progress(),
    )


def _with_legend(picture: Picture, placement: Placement, shades: Shades) -> QRectF:
    """Return the area of the graph and its legend."""
    area, legend = extent(picture, placement), shades.legend
    return area.united(QRectF(_legend_corner(area), legend_size(legend))) if legend else area


def _whole_names(graph: Graph) -> list[str]:
    """Return each name that is shortened in the picture, with the whole one."""
    return [f"{text} is {name}" for name, text in short_titles(graph).items()]


def _legend_corner(graph: QRectF) -> QPointF:
    """Return where the legend begins, beneath the graph."""
    return graph.bottomLeft() + QPointF(0, _LEGEND_GAP)


def opened_buffer() -> QBuffer:
    """Return an empty buffer to write to."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def started(painter: QPainter, began: bool) -> None:
    """Raise ExportError unless `painter` could begin to paint."""
    if not began or not painter.isActive():
        raise ExportError("The picture could not be drawn.", "Try a smaller scale or graph.")

"""The parts that all formats that draw share: an application with fonts, a layout, the page."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.placement import Box, Direction, FrameBox, Link, Placement
from gradviz.core.language.saying import tr
from gradviz.export.figure import GraphFigure
from gradviz.export.progress_listener import drawing_progress
from gradviz.layout.client import LayoutClient
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.layout.mirroring import place_towards
from gradviz.render.fonts import fonts
from gradviz.render.groups.frame_painter import title_width
from gradviz.render.health_painter import legend_size, paint_legend
from gradviz.render.measure import boxes, links
from gradviz.render.painter import extent, paint
from gradviz.render.picture import Picture
from gradviz.render.shades import Shades
from gradviz.render.titles import short_titles

#: Between the graph and its legend; around the graph, for signs at its corners.
_LEGEND_GAP, _SIGN_ROOM = 16.0, 8.0
#: A whole name beneath a graph that is narrower than this is broken at it, into so many lines.
_NAME_ROOM, _NAME_LINES = 1000.0, 4
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
            tr("There is no font on this machine to draw text with."),
            tr(
                "Install one, such as DejaVu (on Debian and Ubuntu: apt install fonts-dejavu-core)."
            ),
        )


def use_interface_font(description: str) -> None:
    """Draw with the font that QFont described so; in the application of this process alone."""
    require_application()
    font = QFont()
    if font.fromString(description):
        QGuiApplication.setFont(font)


def laid_out(
    graph: Graph,
    outline: Outline | None = None,
    direction: Direction = "TB",
    deadline_s: float | None = None,
) -> Placement:
    """Return a placement for `graph`, or for its outline, by a layout process of its own.

    `deadline_s` is a limit in seconds, after which a simpler plan is taken; None for the usual one.

    Raises:
        LayoutError: an edge leads to a node that does not exist.
    """
    # Boxes are measured with fonts, which Qt has in its application alone.
    require_application()
    if outline is None:
        return placed(boxes(graph), links(graph), direction, deadline_s=deadline_s)
    return placed(
        boxes(outline.graph),
        links(outline.graph),
        direction,
        frame_boxes(outline, {each.id: title_width(each.group) for each in outline.frames}),
        outline.frame_of,
        deadline_s,
    )


def placed(
    boxes: Sequence[Box],
    links: Sequence[Link],
    direction: Direction = "TB",
    frames: Iterable[FrameBox] | None = None,
    frame_of: Mapping[str, str] = MappingProxyType({}),
    deadline_s: float | None = None,
) -> Placement:
    """Return where boxes and links lie, within `frames` or, without any, as a whole.

    Raises:
        LayoutError: a link leads to a box that does not exist.
    """
    require_application()
    limit_s = _DEADLINE_S if deadline_s is None else deadline_s
    client = LayoutClient()
    try:
        if frames is None:
            return place_towards(client.place, boxes, links, direction, limit_s)
        return CompoundLayout(client.place).place(
            boxes, links, frames, frame_of, direction, limit_s
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
    names = _whole_names(graph, area.width())
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
    if not figure.transparent:
        painter.fillRect(area, QColor(figure.theme.canvas))
    if paint_graph is None:
        _paint_graph(painter, figure)
    else:
        paint_graph(painter)
    if figure.shades.legend is not None:
        graph = extent(figure.picture, figure.placed)
        paint_legend(painter, figure.shades.legend, _legend_corner(graph), figure.theme)
    above = _with_legend(figure.picture, figure.placed, figure.shades)
    names = _whole_names(figure.shown, above.width())
    if names:
        face = fonts().subtitle
        painter.setFont(face.font)
        painter.setPen(QColor(figure.theme.secondary))
        left, top = _legend_corner(above).toTuple()
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


def _whole_names(graph: Graph, room: float) -> list[str]:
    """Return the lines that tell each name that is shortened in the picture as a whole."""
    told = [
        tr("{short} is {name}", short=text, name=name) for name, text in short_titles(graph).items()
    ]
    return [line for text in told for line in _lines(text, max(room, _NAME_ROOM))]


def _width_of_first(text: str, count: int) -> float:
    return fonts().subtitle.width(text[:count])


def _lines(text: str, room: float) -> list[str]:
    """Return `text` in lines that have `room`; what needs too many is shortened in the middle."""
    face, found = fonts().subtitle, []
    left = face.elided(text, room * (_NAME_LINES - 1))
    while left:
        fits = bisect_right(range(len(left) + 1), room, key=partial(_width_of_first, left)) - 1
        found.append(left[: max(1, fits)])
        left = left[max(1, fits) :]
    return found


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
        raise ExportError(
            tr("The picture could not be drawn."), tr("Try a smaller scale or graph.")
        )

"""One frame after another, painted onto the same image: ground, header, graph, plots, result."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from gradviz.core.graphs.walk import last_cursor
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.film import Film
from gradviz.export.moving.frame_ground import FrameGround, StillPart, new_frame, painted_on
from gradviz.export.moving.graph_scene import GraphScene
from gradviz.export.moving.pixels import Pixels
from gradviz.export.moving.plots import Plots
from gradviz.export.page import require_application
from gradviz.protocol.moments import RecalledMoment
from gradviz.render.fonts import Face, fonts
from gradviz.render.plots.plot_painter import Plot, paint_ground, paint_plot

#: At this size a pixel of the film is a pixel of the window; a larger film has larger texts.
_WIDTH, _HEIGHT = 960.0, 540.0
_MARGIN: Final = 12.0
_GAP: Final = 8.0
#: The part of the width, or of the height of an upright film, that the graph takes.
_GRAPH_PART: Final = 0.58


class FilmScene:
    """Paints the frames of one film."""

    def __init__(self, film: Film, figure: GraphFigure) -> None:
        require_application()
        self._film = film
        self._figure = figure
        self._theme = figure.theme
        self._plots = Plots(film, figure.theme)
        self._graph = self._graph_scene() if film.with_graph else None
        self._image = new_frame(film.size)
        width, height = film.size
        self._scale = min(width / _WIDTH, height / _HEIGHT)
        self._ground = FrameGround(film.size, self._scale, figure.theme)
        self._page = QRectF(0, 0, width / self._scale, height / self._scale)

    def _graph_scene(self) -> GraphScene:
        film = self._film
        cursors = film.steps if film.subject == "backward" else ()
        return GraphScene(self._figure, film.shapes, film.direction, cursors)

    def trained(self, moments: Iterable[RecalledMoment]) -> Iterator[Pixels]:
        """Yield the frames of a training, each painted when it is asked for."""
        for moment in moments:
            yield self._painted(partial(self._paint_moment, moment=moment))

    def walked(self) -> Iterator[Pixels]:
        """Yield the frames of the backward pass of the figure."""
        for cursor in self._film.steps:
            yield self._painted(partial(self._paint_step, cursor=cursor))

    def _painted(self, paint: Callable[[QPainter], None]) -> Pixels:
        painted_on(self._image, self._scale, paint)
        return Pixels(*self._film.size, bytes(self._image.constBits()))

    def _paint_moment(self, painter: QPainter, moment: RecalledMoment) -> None:
        film = self._film
        step = tr("step {step} of {count}", step=counted(moment.step), count=counted(film.length))
        plots = self._placed_plots(moment)
        still = [self._still(plot, area) for plot, area in plots]
        graph = None
        if self._graph is not None and moment.graph is not None:
            cursor = self._figure.cursor or last_cursor(moment.trace)
            graph = self._graph.drawn(self._areas[0], moment.graph, moment.trace, cursor)
            still.append(graph.still)
        self._ground.paint(painter, still)
        self._paint_lines(painter, (film.title, step), moment.equation)
        if graph is not None:
            graph.paint_values(painter)
        for plot, area in plots:
            paint_plot(painter, plot, area)

    def _still(self, plot: Plot, area: QRectF) -> StillPart:
        return StillPart(
            (plot.ground, area),
            partial(paint_ground, ground=plot.ground, area=area, theme=self._theme),
        )

    def _placed_plots(self, moment: RecalledMoment) -> list[tuple[Plot, QRectF]]:
        if self._film.parts == "graph":
            return []
        fit, loss = self._plots.fit(moment), self._plots.loss(moment)
        shown = [loss] if fit is None else [fit, loss]
        area = self._areas[1]
        return [(plot, _part(area, place, len(shown))) for place, plot in enumerate(shown)]

    def _paint_step(self, painter: QPainter, cursor: int) -> None:
        if self._graph is None:
            raise AssertionError("a backward pass is shown on the graph")
        figure, trace = self._figure, self._figure.trace
        steps = last_cursor(trace)
        told = ""
        if trace is not None and 0 < cursor <= steps:
            node = figure.graph.node.get(trace.steps[cursor - 1].node)
            told = node.shown_name or node.op if node is not None else ""
        right = tr("backward step {step} of {count}", step=counted(cursor), count=counted(steps))
        graph = self._graph.drawn(self._within_lines, figure.graph, trace, cursor)
        self._ground.paint(painter, [graph.still])
        self._paint_lines(painter, (self._film.title, right), told)
        graph.paint_values(painter)

    @cached_property
    def _within_lines(self) -> QRectF:
        """Return the area between the lines of text above and beneath."""
        above, beneath = fonts().title.height + _GAP, fonts().subtitle.height + _GAP
        return self._page.adjusted(_MARGIN, _MARGIN + above, -_MARGIN, -_MARGIN - beneath)

    @cached_property
    def _areas(self) -> tuple[QRectF, QRectF]:
        """Return the areas of the graph and of the plots, side by side or one above the other."""
        area = self._within_lines
        if self._film.parts != "both":
            return area, area
        first, second = QRectF(area), QRectF(area)
        if area.width() > area.height():
            first.setWidth(area.width() * _GRAPH_PART - _GAP)
            second.setLeft(area.left() + area.width() * _GRAPH_PART)
        else:
            first.setHeight(area.height() * _GRAPH_PART - _GAP)
            second.setTop(area.top() + area.height() * _GRAPH_PART)
        return first, second

    def _paint_lines(self, painter: QPainter, upper: tuple[str, str], lower: str) -> None:
        title, small = fonts().title, fonts().subtitle
        inside = self._page.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        left, right = upper
        room = inside.width() - small.width(right) - 2 * _GAP
        _write(painter, title, title.elided(left, room), inside.topLeft(), self._theme.text)
        end = QPointF(inside.right() - small.width(right), inside.top())
        _write(painter, small, right, end, self._theme.secondary)
        foot = QPointF(inside.left(), inside.bottom() - small.height)
        _write(painter, small, small.elided(lower, inside.width()), foot, self._theme.secondary)


def _write(painter: QPainter, face: Face, text: str, corner: QPointF, colour: str) -> None:
    painter.setFont(face.font)
    painter.setPen(QColor(colour))
    painter.drawText(corner + QPointF(0, face.ascent), text)


def _part(area: QRectF, place: int, count: int) -> QRectF:
    height = (area.height() - _GAP * (count - 1)) / count
    return QRectF(area.left(), area.top() + place * (height + _GAP), area.width(), height)

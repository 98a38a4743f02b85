"""The graph of each frame: laid out once for all shapes that it has, so that nodes stay."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Direction, FrameBox, Placement
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.union_layout import Marks, Shape, UnionLayout, shape_of
from gradviz.export.figure import GraphFigure
from gradviz.export.moving.frame_ground import StillPart
from gradviz.export.page import placed, require_application
from gradviz.layout.compound import frame_boxes
from gradviz.render.groups.frame_painter import title_width
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.measure import boxes
from gradviz.render.painter import Layer, extent, paint
from gradviz.render.picture import Picture
from gradviz.render.picture_cache import PictureCache

#: A small graph is not enlarged beyond this.
_LARGEST_SCALE: Final = 1.6
_MARGIN: Final = 10.0


class _Pass(NamedTuple):
    """One recorded pass: as it is shown, in which shape, and its pictures by the cursor."""

    graph: Graph
    trace: Trace | None
    figure: GraphFigure
    shape: Shape
    picture_at: Callable[[int], Picture]


class FrameGraph(NamedTuple):
    """The graph of one frame: the part without its values, and the painting of these over it."""

    still: StillPart
    paint_values: Callable[[QPainter], None]


class GraphScene:
    """Paints the graph of one moment after another into the same area."""

    def __init__(
        self,
        figure: GraphFigure,
        shapes: tuple[Graph, ...],
        direction: Direction,
        cursors: Sequence[int] = (),
    ) -> None:
        """Take the first pass, further shapes, and the places in that pass that will be painted."""
        require_application()
        self._figure = figure
        self._direction: Direction = direction
        self._cursors = cursors
        self._union = UnionLayout()
        self._frames: dict[str, FrameBox] = {}
        self._whole: Placement | None = None
        self._before: Shape | None = None
        self._marks = Marks()
        self._area = QRectF()
        self._pass = self._taken(figure.graph, figure.trace)
        for graph in shapes:
            self._taken(graph, None)
        if figure.placement is not None and len(self._union.shapes) == 1:
            self._whole = figure.placement

    def drawn(self, area: QRectF, graph: Graph, trace: Trace | None, cursor: int) -> FrameGraph:
        """Return the graph after `cursor` steps of its pass, as large as fits into the area."""
        if self._pass.graph is not graph or self._pass.trace is not trace:
            self._pass = self._taken(graph, trace)
        known = self._pass
        whole = self._whole = self._whole or self._laid_out()
        placement = self._union.placement_of(known.shape, whole)
        self._mark(known.shape, whole)
        picture = known.picture_at(cursor)
        # The graph stays where it is while chips come and go, as far as they are known.
        for each in (*self._cursors, cursor):
            self._area = self._area.united(extent(known.picture_at(each), placement))
        self._cursors = ()
        room = area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(
            room.width() / self._area.width(), room.height() / self._area.height(), _LARGEST_SCALE
        )
        place = QTransform.fromTranslate(room.center().x(), room.center().y())
        place.scale(scale, scale)
        place.translate(-self._area.center().x(), -self._area.center().y())

        def paint_layer(painter: QPainter, layer: Layer) -> None:
            painter.save()
            painter.setWorldTransform(place, combine=True)
            paint(
                painter,
                known.figure.shown,
                picture,
                placement,
                self._figure.theme,
                scale=painter.worldTransform().m11(),
                layers=(layer,),
                marks=self._marks,
            )
            painter.restore()

        look = (known.shape, placement, self._marks, place, _ground_look(picture))
        still = StillPart(look, partial(paint_layer, layer="ground"))
        return FrameGraph(still, partial(paint_layer, layer="values"))

    def _taken(self, graph: Graph, trace: Trace | None) -> _Pass:
        """Return a pass, whose shape is from now on one of those that are laid out together."""
        figure = replace(self._figure, graph=graph, trace=trace, placement=None)
        outline, shape = figure.outline, shape_of(figure.shown)
        if outline is None:
            picture_at = PictureCache(figure.shown, trace).at
        else:
            picture_at = OutlinePictures(OutlineIndex(outline, graph), trace).at
        if shape not in self._union.shapes:
            frame_of = {} if outline is None else outline.frame_of
            sizes = boxes(figure.shown)
            if not self._union.add(figure.shown, shape, sizes, frame_of):
                # There is no room for more: this shape has a drawing of its own.
                self._union, self._frames, self._area = UnionLayout(), {}, QRectF()
                self._union.add(figure.shown, shape, sizes, frame_of)
                self._before = None
            if outline is not None:
                widths = {each.id: title_width(each.group) for each in outline.frames}
                self._frames |= {frame.id: frame for frame in frame_boxes(outline, widths)}
            self._whole = None
        return _Pass(graph, trace, figure, shape, picture_at)

    def _mark(self, shape: Shape, whole: Placement) -> None:
        """Mark the nodes that came and went with the last change of the shape."""
        if self._before is not None and self._before != shape:
            self._marks = self._union.marks(self._before, shape, whole)
        self._before = shape

    def _laid_out(self) -> Placement:
        union = self._union
        frames = None if self._figure.framed is None else tuple(self._frames.values())
        return placed(union.boxes, union.links, self._direction, frames, union.frame_of)


def _ground_look(picture: Picture) -> tuple[object, ...]:
    """Return what the layer without values shows of a picture, beside the shape of its graph."""
    return (
        [(view.state, view.aside, view.order) for view in picture.nodes.values()],
        [view.state for view in picture.edges.values()],
        [(view.title, view.state, view.depth) for view in picture.frames.values()],
        picture.shared,
    )

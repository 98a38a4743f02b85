"""The part of the graph that is seen: fitted, zoomed, scrolled and followed."""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from gradviz.core.graphs.placement import Placement
from gradviz.render.fonts import fonts
from gradviz.render.groups.frame_painter import title_rect
from gradviz.render.layers.dot_grid import paint_grid
from gradviz.render.shapes import boxes_of, meeting, shapes_of
from gradviz.render.style import METRICS
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.graph_item import GraphItem
from gradviz.ui.canvas.motion import Motion, movement_is_wanted

_SMALLEST, _LARGEST = 0.02, 8.0
_ZOOM_STEP = 1.25
#: A graph of few nodes is not blown up beyond this when it is fitted, and one of many is not made
#: smaller than this: its titles are 10 pixels high then.
_FIT_LARGEST = 1.25
FIT_SMALLEST = 10 / METRICS.title_font
#: A picture that is pushed aside stays in sight by this many pixels.
_IN_SIGHT = 40
#: So much of the height is covered by the bar of the canvas, and so much of a title line is shown.
_BAR, _TITLE_SEEN = 44, 240.0


class SeenPart(NamedTuple):
    """The part of a graph that was seen: its middle, on the scene, and the zoom."""

    fitted: bool
    scale: float
    middle: QPointF


class Camera(QGraphicsView):
    """Looks at one graph, which others put into it; a fitted graph stays whole."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The dotted ground is drawn anew only when it moves, not for every value that changes.
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._item = GraphItem(look, self)
        self._item.ground.painted.connect(self.viewport().update)
        self._scene = QGraphicsScene(self)
        self._scene.addItem(self._item)
        self.setScene(self._scene)
        self._fitted = True
        #: Between these a fitted graph is drawn.
        self._fit_bounds = (FIT_SMALLEST, _FIT_LARGEST)
        self._covered: tuple[QRect, ...] = ()
        self._motion = Motion(self)
        self._camera = Motion(self)
        #: What is to be in sight at the end of the movement.
        self._awaited: str | None = None
        #: What was made visible last, since the graph was fitted; empty for nothing.
        self._followed = ""

    @property
    def placement(self) -> Placement | None:
        """Return where the nodes lie, None before there is a graph."""
        return self._item.placement

    @property
    def scale_factor(self) -> float:
        """Return the zoom: 1 is actual size."""
        return self.transform().m11()

    def _corner_of(self, item: str) -> QPointF | None:
        rect = self._rect_of(item)
        return rect.topLeft() if rect is not None else None

    def _rect_of(self, item: str) -> QRectF | None:
        """Return the place of a node, box or frame on the scene, None where it is not drawn."""
        placement = self.placement
        if placement is None:
            return None
        if item in placement.frames:
            return QRectF(*placement.frames[item])
        if item in placement.centers:
            return _around(placement.centers[item], placement.sizes[item])
        return None

    def _put(self, point: QPointF, place: QPointF) -> None:
        """Scroll so that a point of the scene is at a place of the view."""
        middle = QRectF(self.viewport().rect()).center()
        self.centerOn(point + (middle - place) / self.scale_factor)

    def _show_inside(self, frame: QRectF) -> None:
        """Scroll as far as it takes to see what is in a frame, whose corner stays in sight.

        One of which half is seen stays where it is.
        """
        seen, margin, bar = self.in_sight, _IN_SIGHT / 2, _BAR + _IN_SIGHT / 2
        part = seen.intersected(frame)
        if 2 * part.width() * part.height() >= frame.width() * frame.height():
            return
        aside, above = margin / self.scale_factor, bar / self.scale_factor
        right = min(frame.right() + aside - seen.right(), frame.left() - aside - seen.left())
        down = min(frame.bottom() + aside - seen.bottom(), frame.top() - above - seen.top())
        before = self._scrolled
        self.centerOn(seen.center() + QPointF(max(0.0, right), max(0.0, down)))
        self._glide_from(before)

    def cover(self, parts: tuple[QRect, ...]) -> None:
        """Keep a fitted graph clear of `parts` of the view, which other widgets cover."""
        if parts != self._covered:
            self._covered = parts
            if self._fitted:
                self._fit_again()

    def keep_texts_above(self, pixels: float) -> None:
        """Fit a graph so that its smallest text has `pixels` at least; 0 is the usual size."""
        least = pixels / METRICS.aside_font
        self._fit_bounds = (max(FIT_SMALLEST, least), max(_FIT_LARGEST, 2 * least))

    def kept(self) -> SeenPart:
        """Return the part that is seen, for `take`."""
        return SeenPart(self._fitted, self.scale_factor, self.in_sight.center())

    def take(self, kept: SeenPart) -> None:
        """Show the part that was seen once; a fitted graph is fitted again."""
        if kept.fitted:
            self.fit()
        else:
            self.zoom_by(kept.scale / self.scale_factor)
            self.look_at(kept.middle)

    def fit(self) -> None:
        """Show the whole graph, and keep it whole while the window is resized.

        One that could not be read then is shown from its output on.
        """
        if self._item.extent.isEmpty():
            return
        self._fitted, self._followed = True, ""
        self._camera.stop()
        whole = self.viewport().rect()
        self._fit_into(whole)
        above = [part for part in self._covered if part.center().y() < whole.center().y()]
        below = [part for part in self._covered if part not in above]
        top = bottom = 0
        if any(self._node_in(part) for part in above):
            top = max(part.bottom() for part in above) + 1
            self._fit_into(whole.adjusted(0, top, 0, 0))
        if any(self._node_in(part) for part in below):
            bottom = min(part.top() for part in below) - 1 - whole.bottom()
            self._fit_into(whole.adjusted(0, top, 0, bottom))

    def _fit_again(self) -> None:
        """Fit the graph to another room; the node that was made visible last stays in sight."""
        followed = self._followed
        self.fit()
        if followed:
            self.make_visible(followed)

    def _fit_into(self, part: QRect) -> None:
        """Show the whole graph within `part` of the view, or as much as can be read of it."""
        bounds = self._item.extent
        scale = min(part.width() / bounds.width(), part.height() / bounds.height())
        smallest, largest = self._fit_bounds
        scale = max(smallest, min(scale, largest))
        self.resetTransform()
        self.scale(scale, scale)
        self._make_room()
        aside = QRectF(self.viewport().rect()).center() - QRectF(part).center()
        self.centerOn(self._middle_of_fit(QSizeF(part.size()) / scale) + aside / scale)

    def _middle_of_fit(self, seen: QSizeF) -> QPointF:
        """Return the middle of the graph, or where it is too large one beside its output."""
        bounds, graph = self._item.extent, self._item.graph
        output = self._rect_of(graph.output) if graph is not None else None
        wanted = bounds.center() if output is None else output.center()
        # No more of the ground is seen than has to be.
        x = _within(wanted.x(), bounds.left(), bounds.right(), seen.width())
        y = _within(wanted.y(), bounds.top(), bounds.bottom(), seen.height())
        return QPointF(x, y)

    def _node_in(self, part: QRect) -> bool:
        """Tell whether a node, or the title of a frame, lies in a part of the view."""
        placement = self._item.placement
        if placement is None:
            return False
        covered, shapes = self._on_scene(QRectF(part)), shapes_of(placement)
        if any(covered.intersects(title_rect(frame)) for frame in shapes.frames.values()):
            return True
        return bool(meeting(boxes_of([covered]), shapes.node_boxes).any())

    def fit_items(self, items: Collection[str]) -> None:
        """Show these nodes, boxes and frames as large as fits, but no larger than a fitted graph.

        The others stay where they are beside them.
        """
        area = QRectF()
        for item in items:
            area = area.united(self._rect_of(item) or QRectF())
        if area.isEmpty():
            return
        free = self.viewport().rect().adjusted(_IN_SIGHT, _BAR, -_IN_SIGHT, -_IN_SIGHT)
        scale = min(free.width() / area.width(), free.height() / area.height(), _FIT_LARGEST)
        self.zoom_by(scale / self.scale_factor)
        self._put(area.center(), QRectF(free).center())

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Make everything `factor` times larger, within bounds.

        The point at `around`, in pixels of the view, stays in place; by default the middle.
        """
        self._camera.stop()
        factor = max(_SMALLEST, min(self.scale_factor * factor, _LARGEST)) / self.scale_factor
        self._fitted = False
        middle = QRectF(self.viewport().rect()).center()
        fixed = middle if around is None else around
        before = self._to_scene(fixed)
        self.scale(factor, factor)
        self._make_room()
        self.centerOn(before + (middle - fixed) / self.scale_factor)

    def _make_room(self) -> None:
        """Let the picture be pushed aside, but not out of sight."""
        side = _IN_SIGHT / self.scale_factor
        width = self.viewport().width() / self.scale_factor - side
        height = self.viewport().height() / self.scale_factor - side
        bounds = self._item.extent
        self.setSceneRect(bounds.adjusted(-width, -height, width, height))

    def _to_scene(self, position: QPointF) -> QPointF:
        """Return a place of the view on the scene, without rounding to whole pixels."""
        inverted, _ = self.viewportTransform().inverted()
        return inverted.map(position)

    def _on_scene(self, part: QRectF) -> QRectF:
        return QRectF(self._to_scene(part.topLeft()), self._to_scene(part.bottomRight()))

    def zoom_in(self) -> None:
        """Make everything a quarter larger."""
        self.zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Undo one zoom_in."""
        self.zoom_by(1 / _ZOOM_STEP)

    def actual_size(self) -> None:
        """Show one pixel of the picture as one pixel of the screen."""
        self.zoom_by(1 / self.scale_factor)

    def make_visible(self, node: str) -> None:
        """Scroll so that `node` is in sight, where it is once nothing moves any more."""
        self._followed = node
        self._awaited = node if self._motion.running else None
        if self._awaited is not None:
            return
        rect = self._rect_of(node)
        if rect is None:
            return
        if self.placement is not None and node in self.placement.frames:
            # Of a frame its title is enough, which is at its upper left.
            rect.setHeight(fonts().title.height + 2 * METRICS.padding_y)
            rect.setWidth(min(rect.width(), _TITLE_SEEN))
        # The bar of the canvas stands over a graph that has no room beneath it.
        whole = self._fitted and self._is_whole
        free = self.viewport().rect().adjusted(0, 0 if whole else _BAR, 0, 0)
        if not self._on_scene(QRectF(free)).contains(rect):
            self._follow(rect)

    @property
    def _is_whole(self) -> bool:
        """Tell whether the view has room for the whole graph: one fitted may be too large."""
        extent, room = self._item.extent.size() * self.scale_factor, self.viewport().size()
        return extent.width() <= room.width() + 1 and extent.height() <= room.height() + 1

    def _follow(self, rect: QRectF) -> None:
        """Scroll until `rect` is in sight, smoothly where that is wanted."""
        self._camera.stop()
        before = self._scrolled
        self.ensureVisible(rect, _IN_SIGHT, _BAR + _IN_SIGHT // 2)
        self._glide_from(before)

    @property
    def _scrolled(self) -> tuple[int, int]:
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def _glide_from(self, before: tuple[int, int]) -> None:
        """Come from an earlier place of the scroll bars, smoothly where that is wanted."""
        after, bars = self._scrolled, (self.horizontalScrollBar(), self.verticalScrollBar())
        if before == after or not movement_is_wanted():
            return

        def step(part: float) -> None:
            for bar, start, end in zip(bars, before, after, strict=True):
                bar.setValue(round(start + (end - start) * part))

        self._camera.begin(step)
        step(0.0)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.fillRect(rect, QColor(self._item.look.canvas))
        paint_grid(painter, self._item.look, QRectF(rect), self.scale_factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._fit_again()
        else:
            self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A scroll area would take the keys whose action has nothing to do, and push a picture away
        # that is seen as a whole.
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.pixelDelta().y()
        self.zoom_by(1.0015**turned, event.position())
        event.accept()

    @property
    def in_sight(self) -> QRectF:
        """Return the part of the graph that is seen, in the pixels of its own size."""
        return self._on_scene(QRectF(self.viewport().rect()))

    def look_at(self, point: QPointF) -> None:
        """Put a point of the graph into the middle."""
        self._fitted = False
        self._camera.stop()
        self.centerOn(point)

    def _pan(self, by: QPointF) -> None:
        self._fitted = False
        self._camera.stop()
        for bar, length in (
            (self.horizontalScrollBar(), by.x()),
            (self.verticalScrollBar(), by.y()),
        ):
            bar.setValue(bar.value() - round(length))


def _within(wanted: float, low: float, high: float, length: float) -> float:
    """Return the middle of a stretch of that length around `wanted` that stays in (low, high)."""
    if length >= high - low:
        return (low + high) / 2
    return min(max(wanted, low + length / 2), high - length / 2)


def _around(center: tuple[float, float], size: tuple[float, float]) -> QRectF:
    return QRectF(center[0] - size[0] / 2, center[1] - size[1] / 2, *size)

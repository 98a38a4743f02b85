"""The graph as it is drawn and handled: hovered, chosen, marked, and moved by the mouse."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QNativeGestureEvent,
)
from PySide6.QtWidgets import (
    QGestureEvent,
    QPinchGesture,
    QWidget,
)

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.render.fonts import fonts
from gradviz.render.hit import frame_at, node_at
from gradviz.render.picture import Picture
from gradviz.render.shades import Shades
from gradviz.render.style import METRICS
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.camera import Camera
from gradviz.ui.canvas.motion import Way, can_move, movement_is_wanted
from gradviz.ui.canvas.rubber_band import RubberBand, items_in
from gradviz.ui.canvas.spoken_graph import SpokenGraph
from gradviz.ui.widgets.speech.readers import tell_chosen
from gradviz.ui.widgets.speech.spoken import Spoken

#: A press that moves less than this is a click.
_CLICK_PIXELS = 4


class Anchor(NamedTuple):
    """A box or frame whose upper left corner stays at a place of the view, in pixels.

    `was` is the box or frame that was there before, empty where it is the same.
    """

    item: str
    place: QPointF
    was: str = ""


class GraphView(Camera, Spoken):
    """Shows one graph; says which node is hovered and which was clicked (None: the ground)."""

    spoken_kind = "list"
    _spoken: SpokenGraph | None = None
    node_hovered = Signal(object)
    node_clicked = Signal(object)
    #: A rectangle was drawn with Shift: the ids of the nodes and boxes in it.
    banded = Signal(object)
    #: A node, box or frame was double clicked.
    node_activated = Signal(str)
    #: A node, box or frame was clicked with Shift, to be the other end of a way.
    way_wanted = Signal(str)
    #: The node whose menu is wanted (None: that of the graph), and where, on the screen.
    menu_wanted = Signal(object, QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setObjectName("graph")
        self.setAccessibleName(tr("Autograd graph"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self._spoken = SpokenGraph(self._item, self)
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._band = RubberBand(self.viewport())

    @property
    def unfinished(self) -> bool:
        """Tell whether a part of a large graph is still to be painted."""
        return self._item.ground.unfinished

    def show_graph(
        self,
        graph: Graph,
        picture: Picture,
        placement: Placement,
        marks: Marks,
        *,
        another: bool,
        anchor: Anchor | None = None,
    ) -> None:
        """Show `another` graph, fitted anew, or the same one in other places or another shape.

        The box of an `anchor` stays where it is on the screen.
        """
        self._motion.stop()
        self._camera.stop()
        before = self.placement
        left = self._rect_of(anchor.item if anchor.was == "" else anchor.was) if anchor else None
        self._item.prepareGeometryChange()
        self._item.graph = graph
        self._item.picture = picture
        self._item.placement = placement
        self._item.marks = marks
        self._item.hovered = None
        self._item.linked = frozenset()
        self._make_room()
        corner = self._corner_of(anchor.item) if anchor is not None else None
        if anchor is not None and corner is not None:
            self._fitted = False
            self._put(corner, anchor.place)
            opened = self._rect_of(anchor.item) if anchor.item in placement.frames else None
            if before is not None and left is not None and movement_is_wanted():
                shift = corner - left.topLeft()
                self._move_from(before, placement, anchor.was or anchor.item, shift)
            if opened is not None:
                self._show_inside(opened)
        elif self._fitted or another:
            self.fit()
        self._item.update()

    def _move_from(self, before: Placement, after: Placement, out_of: str, shift: QPointF) -> None:
        """Show the way from the placement before, whose boxes were `shift` away."""
        graph = self._item.graph
        if graph is None or not can_move(before, after):
            return
        way = Way(before, after, graph, out_of, shift.toTuple())

        def step(part: float) -> None:
            self._item.placement = way.at(part)
            self._item.update()
            self.viewport().update()
            if not self._motion.running and self._awaited is not None:
                self.make_visible(self._awaited)

        self._motion.begin(step)
        step(0.0)

    def anchor_of(self, item: str) -> Anchor | None:
        """Return where a box or frame is in the view, which stays there; None for no such box."""
        self._camera.stop()
        corner = self._corner_of(item)
        return None if corner is None else Anchor(item, self.viewportTransform().map(corner))

    def show_picture(self, graph: Graph, picture: Picture) -> None:
        """Show other values or another step of the same graph."""
        seen = self._on_scene(QRectF(self.viewport().rect()))
        self._item.show_picture(graph, picture, self.scale_factor, seen)

    def show_selected(self, node: str | None) -> None:
        """Mark `node` as selected."""
        if node != self._item.selected:
            self._item.selected = node
            self._item.update()
            tell_chosen(self)

    def show_marked(self, nodes: frozenset[str]) -> None:
        """Put a broken ring around `nodes`, which the chosen source line made."""
        if nodes != self._item.marked:
            self._item.marked = nodes
            self._item.update()

    def show_isolated(self, isolated: Isolation | None) -> None:
        """Paint all but these nodes and edges faintly; None paints everything in full."""
        if isolated != self._item.isolated:
            self._item.isolated = isolated
            self._item.update()

    def show_shades(self, shades: Shades) -> None:
        """Colour the nodes, and sign those with a verdict."""
        if shades is not self._item.shades:
            self._item.shades = shades
            self._item.update()

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self._item.look = look
        self._item.update()
        self.resetCachedContent()
        self.viewport().update()

    def forget_painted(self) -> None:
        """Paint all of the graph anew, without its cached images."""
        self._item.forget_painted()
        self.resetCachedContent()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._dragged = event.position()
            if _is_shifted(event) and event.button() == Qt.MouseButton.LeftButton:
                self._band.begin(event.position())
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None or self._pressed is None:
            self._hover(self._node_under(event.position()))
            return
        far = (event.position() - self._pressed).manhattanLength() > _CLICK_PIXELS
        if self._band.begun:
            self._band.move(event.position(), far=far)
            return
        if far or self.cursor().shape() == Qt.CursorShape.ClosedHandCursor:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pan(event.position() - self._dragged)
            self._dragged = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed, self._dragged = self._pressed, None, None
        panned = self.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        self.unsetCursor()
        drawn = self._band.end()
        if drawn is not None and self.placement is not None:
            self.banded.emit(items_in(self.placement, self._on_scene(QRectF(drawn))))
            return
        if pressed is not None and not panned and event.button() == Qt.MouseButton.LeftButton:
            node = self._node_under(event.position())
            if node is not None and _is_shifted(event):
                self.way_wanted.emit(node)
            else:
                self.node_clicked.emit(node)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self._node_under(event.position())
        if node is None:
            self.fit()
        else:
            self.node_activated.emit(node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # By a key it is the menu of the selected node, wherever the mouse is.
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(self._node_under(QPointF(event.pos())), event.globalPos())
        else:
            node = self._item.selected
            self.menu_wanted.emit(node, self.viewport().mapToGlobal(self._middle_of(node)))
        event.accept()

    def rect_in_view(self, node: str) -> QRect | None:
        """Return where a node is in the view, in its pixels; None where it is not drawn."""
        rect = self._rect_of(node)
        return None if rect is None else self.mapFromScene(rect).boundingRect()

    def _middle_of(self, node: str | None) -> QPoint:
        """Return where a node is in the view; the view's own middle for None."""
        rect = self._rect_of(node) if node is not None else None
        if rect is None:
            return self.viewport().rect().center()
        return self.mapFromScene(rect.center())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            # The scene would hide the tip of the node: it has no item for it.
            self.node_hovered.emit(self._item.hovered)
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = self.viewport().mapFromGlobal(pinch.centerPoint())
                self.zoom_by(pinch.scaleFactor(), middle)
                return True
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def _node_under(self, position: QPointF) -> str | None:
        if self.placement is None or self._item.graph is None:
            return None
        point = self._to_scene(position)
        found = node_at(self._item.graph, self.placement, point.x(), point.y())
        line = fonts().title.height + 2 * METRICS.padding_y
        return found or frame_at(self.placement, point.x(), point.y(), line)

    def spoken_value(self) -> str:
        placement = self.placement
        if placement is None:
            return ""
        count = len(placement.centers)
        return tr_n(
            "{boxes} boxes; up and down go from one to the next",
            "{boxes} box; up and down go from one to the next",
            count,
            boxes=counted(count),
        )

    def spoken_parts(self) -> SpokenGraph | None:
        return self._spoken

    def place_of(self, item: str) -> QRectF | None:
        """Return the place of a node, box or frame in the graph, None where it is not drawn."""
        return self._rect_of(item)

    def in_pixels(self, place: QRectF) -> QRect:
        """Return a rectangle of the graph in pixels of the view."""
        return self.viewportTransform().mapRect(place).toAlignedRect()

    def item_at(self, place: QPoint) -> str | None:
        """Return the node, box or frame at a place, in pixels of the view."""
        return self._node_under(QPointF(place))

    def click_on(self, item: str) -> None:
        """Do what a click on a node, box or frame does."""
        self.node_clicked.emit(item)

    def _hover(self, node: str | None) -> None:
        if node != self._item.hovered:
            self._item.hovered = node
            self._item.linked = self.linked_with(node)
            self._item.update()
            self.node_hovered.emit(node)

    def linked_with(self, item: str | None) -> frozenset[str]:
        """Return what shares a parameter with a node, box or frame, itself among it."""
        shared = self._item.picture.shared if self._item.picture is not None else {}
        numbers = set(shared.get(item or "", ()))
        if not numbers:
            return frozenset()
        return frozenset(key for key, its in shared.items() if not numbers.isdisjoint(its))


def _is_shifted(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

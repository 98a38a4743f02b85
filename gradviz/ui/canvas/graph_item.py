"""The whole graph as one item of the scene, which repaints only the changes."""

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.render.chips import chip_rects
from gradviz.render.groups.frame_painter import title_rect
from gradviz.render.painter import Layer, paint
from gradviz.render.picture import Picture
from gradviz.render.shades import NO_SHADES
from gradviz.render.shapes import shapes_of
from gradviz.render.style import Theme as Look
from gradviz.ui.canvas.ground import Ground, Scene, change, rects_of

#: The reach of chips and rings beyond the placement; outside it nothing is painted anew.
_AROUND = (-256.0, -256.0, 256.0, 256.0)
_VALUES: tuple[Layer, ...] = ("values",)


class GraphItem(QGraphicsItem):
    """The whole graph as one item: one batched painter is much faster than an item a node.

    All but the values is kept as an image: the ground. A step of the backward pass changes a few
    of its nodes and edges, and only these are painted anew.
    """

    def __init__(self, look: Look, owner: QObject) -> None:
        super().__init__()
        self.look = look
        self.graph: Graph | None = None
        self.picture: Picture | None = None
        self.placement: Placement | None = None
        self.marks = Marks()
        self.shades = NO_SHADES
        self.selected: str | None = None
        self.hovered: str | None = None
        #: The items that share a parameter with the hovered one.
        self.linked: frozenset[str] = frozenset()
        #: The nodes that the chosen source line made.
        self.marked: frozenset[str] = frozenset()
        #: All other nodes and edges are painted faintly.
        self.isolated: Isolation | None = None
        self.ground = Ground(owner)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        return QRectF() if self.placement is None else self.extent.adjusted(*_AROUND)

    @property
    def extent(self) -> QRectF:
        """Return the rectangle of the placement; chips and rings may reach beyond it."""
        if self.placement is None:
            return QRectF()
        return QRectF(0, 0, self.placement.width, self.placement.height)

    def show_picture(self, graph: Graph, shown: Picture, scale: float, seen: QRectF) -> None:
        """Show another picture of the same placement; repaint its changes within `seen`."""
        before, self.graph, self.picture = self.picture, graph, shown
        changed = None if before is None else change(before, shown)
        self.ground.expect(changed)
        scene = self._scene()
        if before is None or changed is None or scene is None or before.local != shown.local:
            self.update()
            return
        framed = [
            key for key in changed.frames if shown.frames[key].state != before.frames[key].state
        ]
        nodes = [*changed.nodes, *framed]
        rects = rects_of(scene, nodes, changed.edges, scale, seen)
        shapes = shapes_of(scene.placement)
        for one in (before, shown):
            chips = chip_rects(one.chips, shapes, one.local).values()
            rects += [rect.adjusted(-4, -4, 4, 4) for rect in chips]
        rects += [title_rect(shapes.frames[key]) for key in changed.frames if key in shapes.frames]
        for rect in rects:
            self.update(rect)

    def forget_painted(self) -> None:
        """Discard the image of the ground, so that all is painted anew."""
        self.ground.forget()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _: QWidget | None = None
    ) -> None:
        scene = self._scene()
        if scene is None:
            return
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if self.ground.draw(painter, scene, scale):
            paint(
                painter,
                scene.graph,
                scene.picture,
                scene.placement,
                scene.look,
                clip=option.exposedRect,
                scale=scale,
                layers=_VALUES,
                shades=scene.shades,
                isolated=scene.isolated,
            )

    def _scene(self) -> Scene | None:
        if self.graph is None or self.picture is None or self.placement is None:
            return None
        return Scene(
            self.graph,
            self.picture,
            self.placement,
            self.look,
            self.selected,
            self.hovered,
            self.marked,
            self.marks,
            self.shades,
            self.isolated,
            self.linked,
        )

"""The whole graph as one item of the scene, which repaints only the changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import is_not

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.render.chips import chip_rects
from gradviz.render.painter import Layer, outside_edges, outside_nodes, paint
from gradviz.render.picture import Picture
from gradviz.render.shades import NO_SHADES
from gradviz.render.shapes import shapes_of
from gradviz.render.style import Theme as Look

#: With more changed nodes and edges than this, all is painted.
_MOST_CHANGED = 60
#: The reach of chips and rings beyond the placement; outside it nothing is painted anew.
_AROUND = (-256.0, -256.0, 256.0, 256.0)


@dataclass(frozen=True)
class _Change:
    """The nodes and edges that look different in a picture than in the one before it."""

    before: Picture
    after: Picture
    nodes: tuple[str, ...]
    edges: tuple[str, ...]

    def on_ground(self) -> tuple[list[str], list[str]]:
        """Return those of them that look different on the ground too."""
        old, new = self.before, self.after
        return (
            [key for key in self.nodes if new.nodes[key].state != old.nodes[key].state],
            [key for key in self.edges if new.edges[key].state != old.edges[key].state],
        )


class GraphItem(QGraphicsItem):
    """The whole graph as one item: one batched painter is much faster than an item a node.

    All but the values is kept as an image: the ground. A step of the backward pass changes a few
    of its nodes and edges, and only these are painted anew.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.graph: Graph | None = None
        self.picture: Picture | None = None
        self.placement: Placement | None = None
        self.marks = Marks()
        self.shades = NO_SHADES
        self.selected: str | None = None
        self.hovered: str | None = None
        #: The nodes that the chosen source line made.
        self.marked: frozenset[str] = frozenset()
        #: All other nodes and edges are painted faintly.
        self.isolated: Isolation | None = None
        #: The changes of the shown picture since the one before it.
        self._change: _Change | None = None
        self._ground = QPixmap()
        self._ground_picture: Picture | None = None
        self._ground_placement: Placement | None = None
        self._ground_transform = QTransform()
        self._ground_key: tuple[object, ...] | None = None
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
        changed = self._change = None if before is None else _change(before, shown)
        if before is None or changed is None or self.placement is None:
            self.update()
            return
        rects = self._rects(changed.nodes, changed.edges, scale, seen)
        shapes = shapes_of(self.placement)
        for one in (before, shown):
            chips = chip_rects(one.chips, shapes).values()
            rects += [rect.adjusted(-4, -4, 4, 4) for rect in chips]
        for rect in rects:
            self.update(rect)

    def forget_painted(self) -> None:
        """Discard the image of the ground, so that all is painted anew."""
        self._ground_key = None
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _: QWidget | None = None
    ) -> None:
        if self.graph is None or self.picture is None or self.placement is None:
            return
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        self._bring_ground(painter, self.picture, self.placement, scale)
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._ground)
        painter.restore()
        self._paint_layer(painter, "values", [option.exposedRect], scale)

    def _bring_ground(
        self, painter: QPainter, shown: Picture, placement: Placement, scale: float
    ) -> None:
        """Bring the image of the ground up to date; while only values change it is so already."""
        device, transform = painter.device(), painter.worldTransform()
        ratio = device.devicePixelRatio()
        size = QSize(device.width(), device.height()) * ratio
        here = (size.width(), size.height(), ratio)
        drawn = (self.selected, self.hovered, self.marked, self.marks, self.shades, self.isolated)
        key = (*drawn, self.look.name, *here)
        before, moved = self._ground_picture, _moved(self._ground_transform, transform, ratio)
        known = placement is self._ground_placement and key == self._ground_key
        seen = transform.inverted()[0].mapRect(QRectF(0, 0, device.width(), device.height()))
        changed = None
        if known and before is not None and moved is not None:
            changed = self._change_since(before, shown)
        self._ground_picture, self._ground_transform = shown, QTransform(transform)
        if changed is not None and moved is not None:
            rects = self._rects(*changed.on_ground(), scale, seen)
            pixels = [transform.mapRect(rect).toAlignedRect() for rect in rects]
            if not moved.isNull():
                pixels += self._shift_ground(moved)
            if pixels:
                self._repaint_ground(pixels, transform, scale)
            return
        self._ground = QPixmap(size)
        self._ground.setDevicePixelRatio(ratio)
        self._ground.fill(Qt.GlobalColor.transparent)
        onto = QPainter(self._ground)
        onto.setWorldTransform(transform)
        self._paint_layer(onto, "ground", [seen], scale)
        onto.end()
        self._ground_key, self._ground_placement = key, placement

    def _change_since(self, before: Picture, shown: Picture) -> _Change | None:
        """Return the changes; those of the picture shown last have been found already."""
        last = self._change
        if last is not None and last.before is before and last.after is shown:
            return last
        return _change(before, shown)

    def _shift_ground(self, moved: QPoint) -> list[QRect]:
        """Shift the ground as the view was scrolled; return the strips left to paint."""
        ratio = self._ground.devicePixelRatio()
        across, down = moved.x(), moved.y()
        self._ground.scroll(round(across * ratio), round(down * ratio), self._ground.rect())
        size = self._ground.deviceIndependentSize().toSize()
        width, height = size.width(), size.height()
        left = QRect(0 if across > 0 else width + across, 0, abs(across), height)
        top = QRect(0, 0 if down > 0 else height + down, width, abs(down))
        return [rect for rect in (left, top) if not rect.isEmpty()]

    def _repaint_ground(self, pixels: list[QRect], transform: QTransform, scale: float) -> None:
        """Paint the ground anew within `pixels`, and nothing outside them."""
        region = QRegion()
        for each in pixels:
            region += each
        onto = QPainter(self._ground)
        onto.setClipRegion(region)
        onto.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        onto.fillRect(region.boundingRect(), Qt.GlobalColor.transparent)
        onto.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        onto.setWorldTransform(transform)
        back = transform.inverted()[0]
        clips = [back.mapRect(QRectF(each)) for each in pixels]
        self._paint_layer(onto, "ground", clips, scale)
        onto.end()

    def _rects(
        self, nodes: Iterable[str], edges: Iterable[str], scale: float, seen: QRectF
    ) -> list[QRectF]:
        """Return where the nodes, their copies and the edges are painted, if that is in `seen`."""
        if self.placement is None or self.graph is None:
            return []
        shapes = shapes_of(self.placement)
        shapes.copies_in(self.graph.edges, [])
        around, aside = outside_nodes(scale), outside_edges(scale)
        # A leaf of which a large graph has hundreds of copies shows few of them.
        near = seen.adjusted(-around, -around, around, around)
        rects = [
            rect.adjusted(-around, -around, around, around)
            for node in nodes
            for rect in shapes.places_of(node)
            if rect.intersects(near)
        ]
        for edge in edges:
            if edge in shapes.bounds:
                left, top, right, bottom = shapes.bounds[edge]
                rect = QRectF(left, top, right - left, bottom - top)
                rects.append(rect.adjusted(-aside, -aside, aside, aside))
        return rects

    def _paint_layer(
        self, painter: QPainter, layer: Layer, clips: Sequence[QRectF], scale: float
    ) -> None:
        if self.graph is not None and self.picture is not None and self.placement is not None:
            paint(
                painter,
                self.graph,
                self.picture,
                self.placement,
                self.look,
                clip=clips,
                scale=scale,
                selected=self.selected,
                hovered=self.hovered,
                marked=self.marked,
                layers=(layer,),
                marks=self.marks,
                shades=self.shades,
                isolated=self.isolated,
            )


def _change(before: Picture, after: Picture) -> _Change | None:
    """Return the changes; None for other nodes or edges, or for too many changes."""
    if before is after:
        return _Change(before, after, (), ())
    if list(before.nodes) != list(after.nodes) or list(before.edges) != list(after.edges):
        return None
    # A graph has thousands of nodes, of which a step changes a few.
    nodes = compress(after.nodes, map(is_not, after.nodes.values(), before.nodes.values()))
    edges = compress(after.edges, map(is_not, after.edges.values(), before.edges.values()))
    changed = _Change(before, after, tuple(nodes), tuple(edges))
    return changed if len(changed.nodes) + len(changed.edges) <= _MOST_CHANGED else None


def _moved(before: QTransform, after: QTransform, ratio: float) -> QPoint | None:
    """Return the distance by which a view was scrolled; None after any other change.

    None also where the distance is not in whole pixels of the device, `ratio` to one.
    """
    across, down = after.dx() - before.dx(), after.dy() - before.dy()
    shapes = [(each.m11(), each.m22(), each.m12(), each.m21()) for each in (before, after)]
    whole = all(float(by).is_integer() for by in (across, down, across * ratio, down * ratio))
    return QPoint(round(across), round(down)) if shapes[0] == shapes[1] and whole else None

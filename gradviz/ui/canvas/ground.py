"""The ground of the graph as an image: kept while values change, painted over several frames."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, compress
from operator import is_not

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolation
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks
from gradviz.render.layers.emphasis import Emphasis
from gradviz.render.layers.ground_layer import ground_parts
from gradviz.render.layers.sight import Sight, outside_edges, outside_nodes
from gradviz.render.parts import Part, pause
from gradviz.render.picture import Picture
from gradviz.render.shades import Shades
from gradviz.render.shapes import Shapes, shapes_of
from gradviz.render.style import Theme as Look

#: With more changed nodes and edges than this, all is painted.
_MOST_CHANGED = 60
#: A graph of no more parts than this is painted at once.
_AT_ONCE = 12
#: After this long at a time, the rest of a large graph is left for later.
_PIECE_S = 0.008


@dataclass(frozen=True)
class Scene:
    """All that the ground is painted of."""

    graph: Graph
    picture: Picture
    placement: Placement
    look: Look
    selected: str | None
    hovered: str | None
    marked: frozenset[str]
    marks: Marks
    shades: Shades
    isolated: Isolation | None
    linked: frozenset[str] = frozenset()

    def all_but_changes(self, other: "Scene") -> bool:
        """Tell whether `other` is the same but for the picture and the rings."""
        mine = (self.placement, self.marks, self.shades, self.isolated)
        theirs = (other.placement, other.marks, other.shades, other.isolated)
        return not any(map(is_not, mine, theirs)) and self.look.name == other.look.name

    @property
    def ringed(self) -> frozenset[str]:
        """Return the nodes with a ring of any kind."""
        chosen = {node for node in (self.selected, self.hovered) if node is not None}
        return self.marked | self.linked | chosen


@dataclass(frozen=True)
class Change:
    """The nodes, edges and frames that look different in a picture than in the one before it."""

    before: Picture
    after: Picture
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    frames: tuple[str, ...] = ()

    def on_ground(self) -> tuple[list[str], list[str]]:
        """Return those of them that look different on the ground too, the frames as nodes."""
        old, new = self.before, self.after
        frames = [key for key in self.frames if new.frames[key].state != old.frames[key].state]
        return (
            [*frames, *(key for key in self.nodes if new.nodes[key].state != old.nodes[key].state)],
            [key for key in self.edges if new.edges[key].state != old.edges[key].state],
        )


def change(before: Picture, after: Picture) -> Change | None:
    """Return the changes; None for other nodes or edges, or for too many changes."""
    if before is after:
        return Change(before, after, (), ())
    known = after.difference
    if known is not None and known.since == before.number:
        return _unless_too_many(Change(before, after, known.nodes, known.edges, known.frames))
    if list(before.nodes) != list(after.nodes) or list(before.edges) != list(after.edges):
        return None
    # A graph has thousands of nodes, of which a step changes a few.
    nodes = compress(after.nodes, map(is_not, after.nodes.values(), before.nodes.values()))
    edges = compress(after.edges, map(is_not, after.edges.values(), before.edges.values()))
    if before.frames.keys() != after.frames.keys():
        return None
    frames = tuple(key for key in after.frames if after.frames[key] is not before.frames[key])
    return _unless_too_many(Change(before, after, tuple(nodes), tuple(edges), frames))


def _unless_too_many(changed: Change) -> Change | None:
    count = len(changed.nodes) + len(changed.edges) + len(changed.frames)
    return changed if count <= _MOST_CHANGED else None


@dataclass
class _Image:
    """An image of the ground, or one in the making: `parts` are left to be painted.

    Attributes:
        size: Of the device, in its own pixels, `ratio` to one.
        clip: Outside of it nothing is painted; None for all.
    """

    pixmap: QPixmap
    scene: Scene
    transform: QTransform
    size: QSize
    ratio: float
    parts: Iterator[Part] = field(default_factory=lambda: iter(()))
    clip: QRegion | None = None

    def paint(self, ends_at: float | None) -> bool:
        """Paint parts until then, all of them for None; tell whether all is painted."""
        onto = QPainter(self.pixmap)
        onto.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.clip is not None:
            onto.setClipRegion(self.clip)
        onto.setWorldTransform(self.transform)
        try:
            for part in self.parts:
                part(onto)
                if ends_at is not None and time.perf_counter() >= ends_at:
                    return False
        finally:
            onto.end()
        return True


class Ground(QObject):
    """Keeps the image of all but the values, and brings it up to date where that changes.

    What a step changes is painted anew, and nothing else. A large graph is painted in pieces, so
    that the window never waits for it: until all is done, the image before it is shown, shifted
    and scaled to its new place.
    """

    #: An image that took several frames is done.
    painted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: _Image | None = None
        self._making: _Image | None = None
        self._change: Change | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def unfinished(self) -> bool:
        """Tell whether a part of the graph is still to be painted."""
        return self._making is not None

    def expect(self, changed: Change | None) -> None:
        """Take the changes of the picture to be drawn next, which have been found already."""
        self._change = changed

    def forget(self) -> None:
        """Discard all images, so that all is painted anew."""
        self._shown = None
        self._stop()

    def draw(self, painter: QPainter, scene: Scene, scale: float) -> bool:
        """Draw the ground, and bring it up to date as far as there is time.

        Returns whether there was an image of this placement to draw.
        """
        device, transform = painter.device(), QTransform(painter.worldTransform())
        ratio = device.devicePixelRatio()
        size = QSize(device.width(), device.height()) * ratio
        wanted = _Image(QPixmap(), scene, transform, size, ratio)
        making = self._making
        if making is not None and not (
            _alike(making, wanted) and making.transform == wanted.transform
        ):
            self._stop()
        if self._making is None:
            seen = transform.inverted()[0].mapRect(QRectF(0, 0, device.width(), device.height()))
            self._bring_up_to_date(wanted, scale, seen)
        shown = self._shown
        if shown is None or shown.scene.placement is not scene.placement:
            return False
        painter.save()
        painter.resetTransform()
        if shown.transform != transform:
            painter.setTransform(shown.transform.inverted()[0] * transform)
        painter.drawPixmap(0, 0, shown.pixmap)
        painter.restore()
        return True

    def _bring_up_to_date(self, wanted: _Image, scale: float, seen: QRectF) -> None:
        shown = self._shown
        moved = changed = None
        if shown is not None and _alike(shown, wanted):
            moved = _moved(shown.transform, wanted.transform, wanted.ratio)
            changed = self._changed(shown.scene, wanted.scene) if moved is not None else None
        if shown is None or moved is None or changed is None:
            wanted.pixmap = _blank(wanted.size, wanted.ratio)
            self._begin(wanted, [seen], scale)
            return
        rects = rects_of(wanted.scene, *changed, scale, seen)
        pixels = [wanted.transform.mapRect(rect).toAlignedRect() for rect in rects]
        if not moved.isNull():
            pixels += _strips(moved, shown.pixmap)
        if not pixels:
            shown.scene = wanted.scene
            return
        wanted.pixmap = shown.pixmap
        if not moved.isNull():
            across, down = round(moved.x() * wanted.ratio), round(moved.y() * wanted.ratio)
            wanted.pixmap = QPixmap(shown.pixmap)
            wanted.pixmap.scroll(across, down, wanted.pixmap.rect())
        wanted.clip = QRegion()
        for each in pixels:
            wanted.clip += each
        back = wanted.transform.inverted()[0]
        self._begin(wanted, [back.mapRect(QRectF(each)) for each in pixels], scale)

    def _changed(self, before: Scene, now: Scene) -> tuple[list[str], list[str]] | None:
        """Return the nodes and edges that are to be painted anew; None where that is too much."""
        found = self._change
        if found is None or found.before is not before.picture or found.after is not now.picture:
            found = change(before.picture, now.picture)
        if found is None:
            return None
        nodes, edges = found.on_ground()
        ringed = before.marked ^ now.marked
        if (before.selected, before.hovered) != (now.selected, now.hovered):
            ringed |= before.ringed | now.ringed
        if len(ringed) > _MOST_CHANGED:
            return None
        return [*nodes, *ringed], edges

    def _begin(self, image: _Image, clips: list[QRectF], scale: float) -> None:
        """Paint an image at once, or begin with a large one."""
        scene = image.scene
        sight = Sight.of(scene.graph, scene.picture, scene.placement, clips, scale)
        parts = ground_parts(sight, scene.look, _emphasis(scene))
        ends_at = time.perf_counter() + _PIECE_S
        first, at_once = _begun(parts)
        clearing = [] if image.clip is None else [_cleared(image.clip)]
        if not at_once:
            # Until all is painted, the image before it is shown as it was.
            image.pixmap = QPixmap(image.pixmap)
        image.parts = chain(clearing, first, parts)
        if image.paint(None if at_once else ends_at):
            self._shown = image
        else:
            self._making = image
            self._timer.start()

    def _go_on(self) -> None:
        ends_at = time.perf_counter() + _PIECE_S
        if self._making is None or self._making.paint(ends_at):
            self._shown = self._making or self._shown
            self._stop()
            self.painted.emit()

    def _stop(self) -> None:
        self._making = None
        self._timer.stop()


def _emphasis(scene: Scene) -> Emphasis:
    return Emphasis(
        rings=(scene.selected, scene.hovered),
        marked=scene.marked,
        marks=scene.marks,
        shades=scene.shades,
        isolated=scene.isolated,
        linked=scene.linked,
    )


def _begun(parts: Iterator[Part]) -> tuple[list[Part], bool]:
    """Return the first parts, and whether these are all of them and few enough for one frame."""
    first: list[Part] = []
    for part in parts:
        first.append(part)
        # A graph that is looked through with pauses is too large, whatever it takes to paint it.
        if part is pause or len(first) > _AT_ONCE:
            return first, False
    return first, True


def rects_of(
    scene: Scene, nodes: Iterable[str], edges: Iterable[str], scale: float, seen: QRectF
) -> list[QRectF]:
    """Return where the nodes, their copies and the edges are painted, as far as that is `seen`."""
    shapes = shapes_of(scene.placement)
    shapes.copies_in(scene.graph.edges, [])
    around, aside = outside_nodes(scale), outside_edges(scale)
    # A leaf of which a large graph has hundreds of copies shows few of them.
    near = seen.adjusted(-around, -around, around, around)
    rects = [
        rect.adjusted(-around, -around, around, around)
        for node in nodes
        for rect in (shapes.places_of(node) or _frame_of(shapes, node))
        if rect.intersects(near)
    ]
    beside = seen.adjusted(-aside, -aside, aside, aside)
    for edge in edges:
        if edge in shapes.bounds:
            # A straight line has no area, and still is seen.
            bounds = shapes.bounds_in(edge, beside)
            if bounds is not None:
                rects.append(bounds.adjusted(-aside, -aside, aside, aside) & beside)
    return [rect for rect in rects if not rect.isEmpty()]


def _frame_of(shapes: Shapes, key: str) -> list[QRectF]:
    return [shapes.frames[key]] if key in shapes.frames else []


def _alike(one: _Image, other: _Image) -> bool:
    """Tell whether two images differ by their pictures, rings and places alone."""
    same_device = one.size == other.size and one.ratio == other.ratio
    return same_device and one.scene.all_but_changes(other.scene)


def _blank(size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _cleared(region: QRegion) -> Part:
    """Return the part that takes away all within `region`, in pixels of the device."""

    def clear(painter: QPainter) -> None:
        painter.save()
        painter.resetTransform()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(region.boundingRect(), Qt.GlobalColor.transparent)
        painter.restore()

    return clear


def _strips(moved: QPoint, pixmap: QPixmap) -> list[QRect]:
    """Return the strips of a scrolled image that are left to paint."""
    across, down = moved.x(), moved.y()
    size = pixmap.deviceIndependentSize().toSize()
    width, height = size.width(), size.height()
    left = QRect(0 if across > 0 else width + across, 0, abs(across), height)
    top = QRect(0, 0 if down > 0 else height + down, width, abs(down))
    return [rect for rect in (left, top) if not rect.isEmpty()]


def _moved(before: QTransform, after: QTransform, ratio: float) -> QPoint | None:
    """Return the distance by which a view was scrolled; None after any other change.

    None also where the distance is not in whole pixels of the device, `ratio` to one.
    """
    across, down = after.dx() - before.dx(), after.dy() - before.dy()
    shapes = [(each.m11(), each.m22(), each.m12(), each.m21()) for each in (before, after)]
    whole = all(float(by).is_integer() for by in (across, down, across * ratio, down * ratio))
    return QPoint(round(across), round(down)) if shapes[0] == shapes[1] and whole else None

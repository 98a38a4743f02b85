"""The words of the drawn graph for screen readers: its boxes and frames, with values and links."""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.core.language.saying import marked, tr
from gradviz.render.numbers import short
from gradviz.render.picture import FrameView, NodeState, NodeView
from gradviz.render.shades import verdict_text
from gradviz.render.shapes import boxes_of, meeting, shapes_of
from gradviz.ui.canvas.graph_item import GraphItem
from gradviz.ui.widgets.speech.spoken import SpokenPart, SpokenParts

#: Of a larger picture the boxes that are in sight or near are told: each costs the reader a look.
_MANY: Final = 400
#: "Near" is within this part of the sight's size around it.
_NEAR: Final = 0.5
#: Boxes whose tops differ by less are read from left to right.
_ROW: Final = 12.0
_STATES: Final[dict[NodeState, str]] = {
    "coming": marked("not computed yet"),
    "idle": "",
    "done": marked("done"),
    "now": marked("current step"),
}
_IN_GROUP: Final = marked("{name}, in {group}")
_WITH_VERDICT: Final = marked("{text}, {verdict}")
#: Their numbers are others at each step, and so the whole is not remembered as what was said.
_DERIVATIVE: Final = marked("derivative by {by} {number}")


class PlacedView(Protocol):
    """The view of a graph, as far as its words need it."""

    @property
    def in_sight(self) -> QRectF: ...
    def place_of(self, item: str) -> QRectF | None: ...
    def in_pixels(self, place: QRectF) -> QRect: ...
    def item_at(self, place: QPoint) -> str | None: ...
    def click_on(self, item: str) -> None: ...


class SpokenGraph(SpokenParts):
    """Tells of the graph that an item draws; `view` places it in pixels and is clicked."""

    def __init__(self, item: GraphItem, view: PlacedView) -> None:
        self._item, self._view = item, view
        self._known: tuple[Placement, Graph, QRectF] | None = None
        self._keys: tuple[str, ...] = ()

    def keys(self) -> Sequence[str]:
        placement, graph = self._item.placement, self._item.graph
        if placement is None or graph is None:
            self._known, self._keys = None, ()
            return self._keys
        many = len(placement.centers) + len(placement.frames) > _MANY
        near = self._near() if many else QRectF()
        known = self._known
        if known is None or known[0] is not placement or known[1] is not graph or known[2] != near:
            self._known = placement, graph, near
            found = _keys_in(placement, near if many else None)
            drawn = tuple(key for key in found if key in graph.node or key in placement.frames)
            # The parts are the same ones where another recording of the same graph has come.
            self._keys = self._keys if drawn == self._keys else drawn
        return self._keys

    def part(self, key: str) -> SpokenPart | None:
        picture, placement = self._item.picture, self._item.placement
        if picture is None or placement is None:
            return None
        view = picture.frames.get(key) or picture.nodes.get(key)
        place = self._view.place_of(key)
        if view is None or place is None:
            return None
        return SpokenPart(
            name=self._name(view, place),
            value=self._value(view),
            kind="group" if isinstance(view, FrameView) else "item",
            place=self._view.in_pixels(place),
            chosen=key == self._item.selected,
        )

    def current(self) -> str | None:
        selected = self._item.selected
        return selected if selected is not None and selected in self.keys() else None

    def at(self, place: QPoint) -> str | None:
        return self._view.item_at(place)

    def choose(self, key: str) -> None:
        self._view.click_on(key)

    def after(self, key: str) -> Sequence[str]:
        graph = self._item.graph
        edges = graph.edges_out_of[key] if graph is not None and key in graph.node else ()
        return tuple(dict.fromkeys(edge.target for edge in edges))

    def before(self, key: str) -> Sequence[str]:
        graph = self._item.graph
        edges = graph.edges_into[key] if graph is not None and key in graph.node else ()
        return tuple(dict.fromkeys(edge.source for edge in edges))

    def _near(self) -> QRectF:
        seen = self._view.in_sight
        across, down = seen.width() * _NEAR, seen.height() * _NEAR
        return seen.adjusted(-across, -down, across, down)

    def _name(self, view: NodeView | FrameView, place: QRectF) -> str:
        if isinstance(view, FrameView):
            return view.title
        name = " ".join(part for part in (view.title, view.aside) if part)
        group = self._group_around(place)
        return tr(_IN_GROUP).format(name=name, group=group) if group else name

    def _group_around(self, place: QRectF) -> str:
        """Return the title of the innermost frame around a box, empty where there is none."""
        placement, picture = self._item.placement, self._item.picture
        if placement is None or picture is None:
            return ""
        around = [
            key
            for key, frame in placement.frames.items()
            if key in picture.frames and QRectF(*frame).contains(place.center())
        ]
        # The outermost comes first.
        return picture.frames[around[-1]].title if around else ""

    def _value(self, view: NodeView | FrameView) -> str:
        if isinstance(view, FrameView):
            facts = view.facts
        else:
            facts = (view.subtitle, view.value, view.gradient, *self._derivatives(view.id))
        state = _STATES[view.state]
        text = ", ".join(fact for fact in (*facts, tr(state) if state else "") if fact)
        verdict = self._item.shades.verdicts.get(view.id)
        if verdict is None:
            return text
        return tr(_WITH_VERDICT).format(text=text, verdict=verdict_text(verdict))

    def _derivatives(self, key: str) -> Iterator[str]:
        """Yield the local derivatives of a node, as the edges into it show them."""
        graph, picture = self._item.graph, self._item.picture
        if graph is None or picture is None or not picture.local or key not in graph.node:
            return
        for edge in graph.edges_into.get(key, ()):
            if edge.id in picture.local:
                by = graph.node[edge.source]
                number = short(picture.local[edge.id])
                yield tr(_DERIVATIVE).format(by=by.label or by.op, number=number)


def _keys_in(placement: Placement, near: QRectF | None) -> list[str]:
    """Return the frames and boxes, all or those that meet `near`, in reading order."""
    frames = list(placement.frames)
    boxes = list(placement.centers)
    if near is not None:
        frames = [key for key in frames if near.intersects(QRectF(*placement.frames[key]))]
        within = meeting(boxes_of([near]), shapes_of(placement).node_boxes)[0]
        boxes = [boxes[index] for index in np.flatnonzero(within).tolist()]

    def place(key: str) -> tuple[int, float, int]:
        if key in placement.frames:
            left, top, _, _ = placement.frames[key]
            return round(top / _ROW), left, 0
        (x, y), (width, height) = placement.centers[key], placement.sizes[key]
        return round((y - height / 2) / _ROW), x - width / 2, 1

    return sorted((*frames, *boxes), key=place)

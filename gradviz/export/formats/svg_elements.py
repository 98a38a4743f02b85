"""Nodes, edges and groups of a picture as <g> elements of an SVG document, with ids and titles.

Qt's generator knows no elements. Each begins and ends with a text far outside of the page, in place
of which the elements are put in the finished document. docs/formats.md tells their names.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.outline import Frame, group_id
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.progress_listener import drawing_progress
from gradviz.render.characters import visible
from gradviz.render.edge_painter import edge_parts, in_order
from gradviz.render.layers.sight import Chosen, Drawn
from gradviz.render.numbers import tensor_text
from gradviz.render.painter import Layer, paint, paint_one
from gradviz.render.parts import Part
from gradviz.render.picture import EdgeView, NodeView, Picture
from gradviz.render.shapes import shapes_of

#: No text of a picture lies there.
_FAR: Final = -987654
_MARK: Final = re.compile(
    rb'<text (?=[^>]*x="%d")[^>]*y="%d"[^>]*>(open (\d+)|close)</text>\n' % (_FAR, _FAR)
)
_STATE: Final = re.compile(rb"<g [^>]*>\n")
#: Qt begins an element for each change of its pen, also where nothing is drawn by it.
_EMPTY: Final = re.compile(rb"<g [^>]*>\n</g>\n\n?")
_NO_MARKS: Final = Marks()
_NO_ID: Final = re.compile(r"[^\w.-]")


class SvgElements:
    """Paints a figure in elements, and puts these into the document afterwards."""

    def __init__(self, figure: GraphFigure) -> None:
        self._figure = figure
        outline = figure.outline
        self._frame_list: tuple[Frame, ...] = () if outline is None else outline.frames
        self._frame_of = (
            dict.fromkeys(figure.shown.node, "") if outline is None else outline.frame_of
        )
        self._members = {} if outline is None else outline.members
        #: Of the picture all but nodes, edges and frames, which are chosen one by one.
        self._bare = Picture({}, {}, shared=figure.picture.shared)
        self._edge_of = {edge.id: edge for edge in figure.shown.edges}
        self._heads: list[bytes] = []
        self._ids: set[str] = set()
        #: The places of each node, a leaf's for each use, with their numbers in the drawing.
        self._drawn: dict[str, list[tuple[int, Drawn]]] = {}
        nodes, shapes = figure.picture.nodes, shapes_of(figure.placed)
        for number, (key, rect, ghost) in enumerate(shapes.copies_in(figure.shown.edges, None)):
            if key in nodes:
                self._drawn.setdefault(key, []).append((number, (nodes[key], rect, ghost)))

    def paint(self, painter: QPainter) -> None:
        """Paint frames, edges, nodes and numbers, in the order of every other picture."""
        parts = [*self._frames(), *self._edges(), *self._items(), self._values()]
        progress = drawing_progress()
        progress.begin(len(parts))
        for part in progress.through(parts):
            part(painter)

    def placed_in(self, svg: bytes) -> bytes:
        """Return the document with its elements."""
        pieces: list[bytes] = []
        state, end = b"", 0
        for mark in _MARK.finditer(svg):
            for found in _STATE.finditer(svg, end, mark.start()):
                state = found[0]
            head = self._heads[int(mark[2])] if mark[2] else b"</g>\n"
            # Qt's own elements lie side by side: the one that is open is cut in two.
            pieces += [svg[end : mark.start()], b"</g>\n", head, state]
            end = mark.end()
        return _EMPTY.sub(b"", b"".join([*pieces, svg[end:]]))

    def _frames(self) -> Iterator[Part]:
        """Yield the frames without their titles, each within the one around it."""
        for frame in self._nested():
            if frame is None:
                yield _close
                continue
            yield self._group_opening(frame, "frame")
            yield self._frame(frame, "ground")

    def _items(self) -> Iterator[Part]:
        """Yield the titles of the frames and the nodes, each group's within those around it."""
        inside: dict[str, list[str]] = {}
        for item, frame in self._frame_of.items():
            inside.setdefault(frame, []).append(item)
        yield from self._nodes(inside.get("", ()))
        for each in self._nested():
            if each is None:
                yield _close
                continue
            yield self._group_opening(each, "group")
            yield self._frame(each, "values")
            yield from self._nodes(inside.get(each, ()))

    def _nested(self) -> Iterator[str | None]:
        """Yield each frame before those within it, and None at its end."""
        within: dict[str, list[str]] = {}
        for frame in reversed(self._frame_list):
            within.setdefault(frame.around, []).append(frame.id)
        waiting: list[str | None] = [*within.get("", ())]
        while waiting:
            each = waiting.pop()
            yield each
            if each is not None:
                waiting += [None, *within.get(each, ())]

    def _frame(self, frame: str, layer: Layer) -> Part:
        view = self._figure.picture.frames[frame]
        rect = shapes_of(self._figure.placed).frames[frame]
        return partial(self._paint, self._bare, (layer,), Chosen(frames=((view, rect),)))

    def _nodes(self, items: Sequence[str]) -> Iterator[Part]:
        """Yield the nodes and closed groups right within a frame, each copy for itself."""
        drawn = sorted(
            ((number, each, item) for item in items for number, each in self._drawn.get(item, ())),
            key=itemgetter(0),
        )
        for _, each, item in drawn:
            if item in self._members:
                yield self._group_opening(item, "group")
            else:
                yield self._node_opening(each)
            yield partial(self._paint_node, each)
            yield _close

    def _edges(self) -> Iterator[Part]:
        """Yield what is gone and the halos of what came, which lie beneath all, and the edges."""
        marks = self._figure.marks
        if marks:
            yield partial(self._paint, self._bare, ("ground",), Chosen(), marks=marks)
        shapes, theme = shapes_of(self._figure.placed), self._figure.theme
        for view in in_order(self._figure.picture.edges.values()):
            if view.id in shapes.bounds:
                yield self._edge_opening(view)
                yield from edge_parts((view,), shapes, theme, None)
                yield _close

    def _values(self) -> Part:
        picture = self._figure.picture
        edges = Picture({}, picture.edges, bundled=picture.bundled, local=picture.local)
        return partial(self._paint, edges, ("values",), None)

    def _paint(
        self,
        picture: Picture,
        layers: tuple[Layer, ...],
        chosen: Chosen | None,
        painter: QPainter,
        marks: Marks = _NO_MARKS,
    ) -> None:
        figure = self._figure
        paint(
            painter,
            figure.shown,
            picture,
            figure.placed,
            figure.theme,
            layers=layers,
            marks=marks,
            shades=figure.shades,
            chosen=chosen,
        )

    def _paint_node(self, drawn: Drawn, painter: QPainter) -> None:
        figure = self._figure
        paint_one(
            painter, drawn, figure.shown, figure.picture, figure.theme, figure.marks, figure.shades
        )

    def _node_opening(self, drawn: Drawn) -> Part:
        view, _, is_copy = drawn
        kinds = f"node {view.kind} {view.state}" + (" copy" if is_copy else "")
        return self._opening(f"node-{view.id}", kinds, node_title(view))

    def _edge_opening(self, view: EdgeView) -> Part:
        edge = self._edge_of[view.id]
        node = self._figure.shown.node
        told = [f"{node[edge.source].op} → {node[edge.target].op}"]
        if view.count > 1:
            told.append(
                tr_n("{shown} edges", "{shown} edge", view.count, shown=counted(view.count))
            )
        if view.chip:
            told.append(view.chip)
        return self._opening(f"edge-{view.id}", f"edge {view.state}", listed(told))

    def _group_opening(self, item: str, kind: str) -> Part:
        name = group_id(item) or self._figure.shown.node[item].op
        return self._opening(
            name if kind == "group" else f"{name}-{kind}", kind, self._title(item, name)
        )

    def _opening(self, name: str, kinds: str, title: str) -> Part:
        """Return the mark at which an element begins."""
        base = _NO_ID.sub("_", name)
        base = base if base[0].isalpha() or base[0] == "_" else f"_{base}"
        wanted, number = base, 2
        while wanted in self._ids:
            wanted, number = f"{base}_{number}", number + 1
        self._ids.add(wanted)
        told = escape(visible(title))
        head = f"<g id={quoteattr(wanted)} class={quoteattr(kinds)}>\n<title>{told}</title>\n"
        self._heads.append(head.encode())
        return partial(_mark, f"open {len(self._heads) - 1}")

    def _title(self, item: str, name: str) -> str:
        node = self._figure.shown.node.get(item)
        if node is None:
            view = self._figure.picture.frames[item]
            return f"{name}: {listed(view.facts)}"
        count = len(self._members[item])
        nodes = tr_n("{shown} nodes", "{shown} node", count, shown=counted(count))
        return f"{name}: {listed(filter(None, (node.name, nodes)))}"


def node_title(view: NodeView) -> str:
    """Return the facts of a node in one line: its names, shape, dtype, value and gradient."""
    node: Node = view.node
    value = "" if node.value is None or view.state == "coming" else tensor_text(node.value)
    shape = node.shape_shown
    facts = (
        node.name,
        node.label,
        tr("shape {shape}", shape=shape),
        node.dtype,
        node.device if node.device != "cpu" else "",
        tr("value {value}", value=value) if value and value != shape else "",
        view.gradient,
    )
    return f"{node.op}: {listed(filter(None, facts))}"


def is_mark(place: QPointF) -> bool:
    """Tell whether a text at this place is the beginning or the end of an element."""
    return place.x() == _FAR and place.y() == _FAR


def _mark(text: str, painter: QPainter) -> None:
    # Without a pen, as after an arrow's head, Qt would write no text.
    painter.setPen(Qt.PenStyle.SolidLine)
    painter.drawText(QPointF(_FAR, _FAR), text)


_close: Part = partial(_mark, "close")

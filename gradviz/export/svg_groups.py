"""Groups of a picture as <g> elements of an SVG document, each with its id and a title.

Qt's generator knows no groups. Each begins and ends with a text far outside of the page, in place
of which the elements are put in the finished document.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from msgspec.structs import replace
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gradviz.core.graphs.outline import Outline, group_id
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.export.progress_listener import drawing_progress
from gradviz.render.characters import visible
from gradviz.render.painter import Chosen, Drawn, Layer, paint
from gradviz.render.parts import Part
from gradviz.render.picture import Picture
from gradviz.render.shapes import shapes_of

#: No text of a picture lies there.
_FAR: Final = -987654
_MARK: Final = re.compile(
    rb'<text (?=[^>]*x="%d")[^>]*y="%d"[^>]*>(open (\d+)|close)</text>\n' % (_FAR, _FAR)
)
_STATE: Final = re.compile(rb"<g [^>]*>\n")
_NO_ID: Final = re.compile(r"[^\w.-]")


class SvgGroups:
    """Paints a figure with groups, and puts these into the document afterwards."""

    def __init__(self, figure: GraphFigure, outline: Outline) -> None:
        self._figure = figure
        self._outline = outline
        self._marks_of_nodes = replace(
            figure.marks, gone=(), gone_curves=(), came_edges=frozenset()
        )
        #: Of the picture all but nodes, edges and frames, which are chosen one by one.
        self._bare = Picture({}, {}, shared=figure.picture.shared)
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
        parts = [
            *self._frames(),
            self._edges("ground"),
            *self._items(),
            self._edges("values"),
        ]
        progress = drawing_progress()
        progress.begin(len(parts))
        for part in progress.through(parts):
            part(painter)

    def placed_in(self, svg: bytes) -> bytes:
        """Return the document with its groups."""
        pieces: list[bytes] = []
        state, end = b"", 0
        for mark in _MARK.finditer(svg):
            for found in _STATE.finditer(svg, end, mark.start()):
                state = found[0]
            head = self._heads[int(mark[2])] if mark[2] else b"</g>\n"
            # Qt's own elements lie side by side: the one that is open is cut in two.
            pieces += [svg[end : mark.start()], b"</g>\n", head, state]
            end = mark.end()
        return b"".join([*pieces, svg[end:]])

    def _frames(self) -> Iterator[Part]:
        """Yield the frames without their titles, each within the one around it."""
        for frame in self._nested():
            if frame is None:
                yield _close
                continue
            yield self._opening(frame, "frame")
            yield self._frame(frame, "ground")

    def _items(self) -> Iterator[Part]:
        """Yield the titles of the frames and the nodes, each group's within those around it."""
        inside: dict[str, list[str]] = {}
        for item, frame in self._outline.frame_of.items():
            inside.setdefault(frame, []).append(item)
        yield from self._nodes(inside.get("", ()))
        for each in self._nested():
            if each is None:
                yield _close
                continue
            yield self._opening(each, "group")
            yield self._frame(each, "values")
            yield from self._nodes(inside.get(each, ()))

    def _nested(self) -> Iterator[str | None]:
        """Yield each frame before those within it, and None at its end."""
        within: dict[str, list[str]] = {}
        for frame in reversed(self._outline.frames):
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
        """Yield the nodes right within a frame together, and each closed group for itself."""
        closed = [item for item in items if item in self._outline.members]
        single = [item for item in items if item not in self._outline.members]
        if single:
            yield self._painting(single)
        for item in closed:
            yield self._opening(item, "group")
            yield self._painting([item])
            yield _close

    def _painting(self, items: list[str]) -> Part:
        drawn = [each for item in items for each in self._drawn.get(item, ())]
        nodes = [each for _, each in sorted(drawn, key=itemgetter(0))]
        return partial(self._paint, self._bare, ("ground", "values"), Chosen(nodes))

    def _edges(self, layer: Layer) -> Part:
        picture = self._figure.picture
        edges = Picture({}, picture.edges, bundled=picture.bundled)
        return partial(self._paint, edges, (layer,), None)

    def _paint(
        self,
        picture: Picture,
        layers: tuple[Layer, ...],
        chosen: Chosen | None,
        painter: QPainter,
    ) -> None:
        figure = self._figure
        # What is gone and the halos of what came lie beneath all nodes, and are painted once.
        marks = figure.marks if picture.edges else self._marks_of_nodes
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

    def _opening(self, item: str, kind: str) -> Part:
        """Return the mark at which the element of a group begins."""
        name = group_id(item) or self._outline.graph.node[item].op
        base = _NO_ID.sub("_", name if kind == "group" else f"{name}-{kind}")
        base = base if base[0].isalpha() or base[0] == "_" else f"_{base}"
        wanted, number = base, 2
        while wanted in self._ids:
            wanted, number = f"{base}_{number}", number + 1
        self._ids.add(wanted)
        title = escape(visible(self._title(item, name)))
        head = f"<g id={quoteattr(wanted)} class={quoteattr(kind)}>\n<title>{title}</title>\n"
        self._heads.append(head.encode())
        return partial(_mark, f"open {len(self._heads) - 1}")

    def _title(self, item: str, name: str) -> str:
        node = self._outline.graph.node.get(item)
        if node is None:
            view = self._figure.picture.frames[item]
            return f"{name}: {', '.join(view.facts)}"
        count = len(self._outline.members[item])
        nodes = f"{counted(count)} nodes" if count > 1 else "1 node"
        return f"{name}: {', '.join(each for each in (node.name, nodes) if each)}"


def _mark(text: str, painter: QPainter) -> None:
    painter.drawText(QPointF(_FAR, _FAR), text)


_close: Part = partial(_mark, "close")

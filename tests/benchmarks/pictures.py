"""The pictures of real models: how soon they are there, how much of them can be read, their size.

Each model is recorded once, as a file of a user. The times begin where the engine is done: those of
its first picture, of each of its groups opened in that picture, and of everything open.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np
from figures import Figure
from own_models import model_of
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from real_models import REAL_MODELS, RealModel

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.placement import Box, Link, Placement
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.core.graphs.shown.readable import CANVAS, fitted_scale, readable_share
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.graphs.trace import Trace
from gradviz.engine.runs.run import Run
from gradviz.export.page import require_application
from gradviz.layout.client import LayoutClient
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.measure import boxes, links
from gradviz.render.painter import paint
from gradviz.render.style import LIGHT

_FILE = Path(__file__).parents[1] / "real_models.py"
READABLE_LIMIT = 0.95
FIRST_LIMIT_S, LONG_FIRST_LIMIT_S, OPENING_LIMIT_MS, ALL_LIMIT_S = 0.5, 1.0, 150.0, 2.0
#: Of a model with more groups a part is opened, evenly spread.
MOST_OPENED = 60
#: The heads of the table with the figures below them.
_COLUMNS: Final = {
    "nodes": "nodes",
    "groups": "groups",
    "boxes at first": "boxes",
    "readable": "readable",
    "first picture, s": "first_s",
    "opening a group, p95, ms": "opening_p95_ms",
    "everything, s": "all_s",
    "size at first": "size",
    "size of everything": "size_of_all",
}
#: The model whose first picture may take longer.
_LONG = "LSTMCell × 1,000"


class Shown(NamedTuple):
    """A picture: the seconds that it took, where everything lies, and the box of its output."""

    seconds: float
    placement: Placement
    output: str


class Pictures:
    """Makes pictures of one graph as the window does, with a layout process that is warm."""

    def __init__(self, client: LayoutClient, graph: Graph, trace: Trace) -> None:
        self._layout = CompoundLayout(client.place)
        self._graph, self._trace = graph, trace

    def first(self) -> tuple[Showing, Shown]:
        """Make the picture that is seen at first."""
        started = time.perf_counter()
        showing = first_picture(self._graph, _size)
        return showing, self._shown(showing, started)

    def opened(self, showing: Showing, group: str) -> Shown:
        """Make the picture with one more group open, and those around it."""
        started = time.perf_counter()
        grouping = self._graph.grouping
        around = {grouping.groups[each].id for each in grouping.around(grouping.index[group])}
        opened = msgspec.structs.replace(showing, opened=showing.opened.union(around))
        return self._shown(opened, started)

    def whole(self) -> Shown:
        """Make the picture of everything."""
        started = time.perf_counter()
        return self._shown(
            opened_all(self._graph, Showing(folding=False, parameters=True)), started
        )

    def _shown(self, showing: Showing, started: float) -> Shown:
        outline = outline_of(self._graph, showing)
        placement = self._layout.place(
            boxes(outline.graph), links(outline.graph), frame_boxes(outline), outline.frame_of
        )
        picture = OutlinePictures(OutlineIndex(outline, self._graph), self._trace).at(0)
        scale = fitted_scale(placement.width, placement.height)
        image = QImage(QSize(*map(int, CANVAS)), QImage.Format.Format_RGB32)
        image.fill(LIGHT.canvas)
        painter = QPainter(image)
        painter.scale(scale, scale)
        seen = QRectF(0, 0, CANVAS[0] / scale, CANVAS[1] / scale)
        paint(painter, outline.graph, picture, placement, LIGHT, clip=seen, scale=scale)
        painter.end()
        return Shown(time.perf_counter() - started, placement, outline.graph.output)


def _size(node: Node) -> tuple[float, float]:
    (box,) = boxes(Graph(nodes=(node,), edges=(), output=node.id))
    return box.width, box.height


def recorded(model: RealModel) -> tuple[Graph, Trace]:
    """Return the graph and the pass of a model."""
    chosen = model_of(_FILE, model.class_name, arguments=model.arguments, inputs=model.inputs)
    _, graph, trace = Run(chosen).record()
    return graph, trace


def _of_model(model: RealModel, client: LayoutClient) -> dict[str, float | str]:
    graph, trace = recorded(model)
    pictures = Pictures(client, graph, trace)
    showing, first = pictures.first()
    groups = [group.id for group in graph.groups if group.id not in showing.opened]
    opened = groups[:: -(-len(groups) // MOST_OPENED) or 1]
    times = [1000 * pictures.opened(showing, group).seconds for group in opened] or [0.0]
    whole = pictures.whole()
    return {
        "nodes": len(graph.nodes),
        "groups": len(graph.groups),
        "boxes": len(first.placement.centers),
        "readable": readable_share(first.placement, first.output),
        "first_s": first.seconds,
        "opening_p95_ms": float(np.percentile(times, 95)),
        "all_s": whole.seconds,
        "size": _size_text(first.placement),
        "size_of_all": _size_text(whole.placement),
    }


def _size_text(placement: Placement) -> str:
    return f"{placement.width:.0f} × {placement.height:.0f}"


def measure() -> dict[str, object]:
    """Return the figures of each model."""
    require_application()
    found: dict[str, dict[str, float | str]] = {}
    client = LayoutClient()
    try:
        client.start()
        # The process loads Graphviz with its first picture.
        client.place((Box("a", 10, 10), Box("b", 10, 10)), (Link("e", "a", "b"),))
        for model in REAL_MODELS:
            found[model.name] = _of_model(model, client)
    finally:
        client.close()
    return {**found, "figures": [*_figures(found)]}


def _figures(found: Mapping[str, Mapping[str, float | str]]) -> Iterator[Figure]:
    for name, each in found.items():
        first_limit = LONG_FIRST_LIMIT_S if name == _LONG else FIRST_LIMIT_S
        yield Figure(f"{name}: readable", float(each["readable"]), READABLE_LIMIT, best=1.0)
        yield Figure(f"{name}: first_s", float(each["first_s"]), first_limit)
        opening = float(each["opening_p95_ms"])
        yield Figure(f"{name}: opening_p95_ms", opening, OPENING_LIMIT_MS)
        yield Figure(f"{name}: all_s", float(each["all_s"]), ALL_LIMIT_S)


def table(found: Mapping[str, Mapping[str, float | str]]) -> str:
    """Return the figures as a table in Markdown."""
    rows = [f"| model | {' | '.join(_COLUMNS)} |", "|---" * (len(_COLUMNS) + 1) + "|"]
    for name, each in found.items():
        cells = (_cell(each[column]) for column in _COLUMNS.values())
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(value: float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)

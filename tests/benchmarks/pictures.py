"""The pictures of real models: how soon they are there, how much of them can be read, their size.

Each model is recorded once, as a file of a user. The times begin where the engine is done: those of
its first picture, of each of its groups opened in that picture, and of everything open.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import machine
import msgspec
import numpy as np
from figures import Figure
from library_rows import LIBRARY_MODELS
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from real_models import REAL_MODELS, RealModel
from recorded_model import recorded

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.placement import Box, Link, Placement
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.core.graphs.shown.readable import CANVAS, fitted_scale, readable_share
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.graphs.trace import Trace
from gradviz.export.page import require_application
from gradviz.layout.client import LayoutClient
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.measure import boxes, links
from gradviz.render.painter import paint
from gradviz.render.style import LIGHT

_MAIN = Path(__file__).parents[2] / "main.py"
_RECORDING = Path(__file__).parent / "recorded_model.py"
READABLE_LIMIT = 0.95
#: Of the time of importing torch and building and recording the model.
SVG_LIMIT = 1.5
_WRITTEN = "GPT-2, 12 layers"
_ROUNDS = 5
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
    # The window collects garbage between its own events, and not while a picture is made.
    gc.disable()
    try:
        client.start()
        # The process loads Graphviz with its first picture.
        client.place((Box("a", 10, 10), Box("b", 10, 10)), (Link("e", "a", "b"),))
        for model in (*LIBRARY_MODELS, *REAL_MODELS):
            gc.collect()
            found[model.name] = _of_model(model, client)
    finally:
        gc.enable()
        client.close()
    svg = _svg_over_recording()
    figures = [*_figures(found), Figure("svg_over_recording", svg["ratio"], SVG_LIMIT)]
    return {**found, "svg_of_gpt2": svg, "figures": figures}


def _svg_over_recording() -> dict[str, float]:
    """Return the seconds of `gradviz graph -o F.svg`, and of importing, building and recording."""
    (model,) = (each for each in REAL_MODELS if each.name == _WRITTEN)
    with TemporaryDirectory() as folder:
        environment = os.environ | {"XDG_CONFIG_HOME": folder, "APPDATA": folder}
        options = ["--args", model.arguments, "--input", model.inputs, "--trust"]
        source = f"{model.file}:{model.class_name}"
        target = f"{folder}/graph.svg"
        write = [sys.executable, str(_MAIN), "graph", source, *options, "-o", target]
        record = [sys.executable, str(_RECORDING), model.name]
        times: dict[str, list[float]] = {"written": [], "recorded": []}
        for _ in range(_ROUNDS):
            for name, command in (("recorded", record), ("written", write)):
                started = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True, env=environment)
                times[name].append(time.perf_counter() - started)
    written, recorded_s = (statistics.median(times[name]) for name in ("written", "recorded"))
    return {"written_s": written, "recorded_s": recorded_s, "ratio": written / recorded_s}


def _figures(found: Mapping[str, Mapping[str, float | str]]) -> Iterator[Figure]:
    for name, each in found.items():
        first_limit = LONG_FIRST_LIMIT_S if name == _LONG else FIRST_LIMIT_S
        yield Figure(f"{name}: readable", float(each["readable"]), READABLE_LIMIT, best=1.0)
        yield Figure(f"{name}: first_s", float(each["first_s"]), first_limit)
        opening = float(each["opening_p95_ms"])
        yield Figure(f"{name}: opening_p95_ms", opening, OPENING_LIMIT_MS)
        yield Figure(f"{name}: all_s", float(each["all_s"]), ALL_LIMIT_S)


def page(measured: Mapping[str, Any]) -> str:
    """Return the page of documentation with the figures that were measured."""
    found = {name: each for name, each in measured.items() if "nodes" in each}
    svg = measured["svg_of_gpt2"]
    return (
        "# Pictures of real models\n\n"
        f"{machine.described()} Written by `make bench ARGS=pictures`. Times begin where a pass is "
        "recorded. *Readable* is the share of the boxes whose label is at least 10 pixels high "
        "when the first picture is fitted to a canvas of 1,000 × 620 pixels. Limits: readable "
        "0.95, first picture 0.5 s (LSTMCell × 1,000: 1 s), opening any group 150 ms at the 95th "
        "percentile, everything open 2 s.\n\n"
        "Those of *transformers* are models of that library; the others are written in a few lines "
        f"of PyTorch. All are small, with random weights.\n\n{table(found)}\n\n"
        f"`gradviz graph` of GPT-2 with 12 layers to SVG takes {svg['written_s']:.2g} s, importing "
        f"torch and building and recording the model {svg['recorded_s']:.2g} s: "
        f"{svg['ratio']:.2f} times as long.\n"
    )


def table(found: Mapping[str, Mapping[str, float | str]]) -> str:
    """Return the figures as a table in Markdown."""
    rows = [f"| model | {' | '.join(_COLUMNS)} |", "|---" * (len(_COLUMNS) + 1) + "|"]
    for name, each in found.items():
        cells = (_cell(each[column]) for column in _COLUMNS.values())
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(value: float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)

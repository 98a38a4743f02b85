"""The data of an interactive page: nodes, edges, containers, both passes, and the first picture.

Its only reader is the script of the page, which comes with it: no document promises its fields.
"""

from collections.abc import Sequence
from typing import Final

from gradviz.core.graphs.graph import Graph, Node, SavedTensor
from gradviz.core.graphs.recorded_places import RecordedPlaces, arrivals
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.export.figure import GraphFigure
from gradviz.export.interactive.containers import Containers, containers_of
from gradviz.export.interactive.page_texts import page_texts
from gradviz.export.strict_json import Json
from gradviz.render.characters import visible
from gradviz.render.groups.group_walk import sending
from gradviz.render.numbers import gradient_text, short, tensor_text

#: More digits than a pixel has are of no use.
_DIGITS: Final = 1


def page_data(figure: GraphFigure) -> dict[str, Json]:
    """Return all that the page of a figure shows; needs its placement."""
    graph, trace = figure.graph, figure.trace
    found = containers_of(graph, figure.showing, figure.outline)
    tables = _Tables()
    nodes = [node for node in graph.nodes if node.id in found.of_node]
    number = {node.id: place for place, node in enumerate(nodes)}
    return {
        "note": visible(graph.note),
        "nodes": [_node(node, found, tables) for node in nodes],
        "edges": _edges(found.base, trace, graph, number),
        "containers": [
            [visible(each.title), visible(each.type_name), each.around, each.folded, each.id]
            for each in found.rows
        ],
        "forward": [number.get(each, -1) for each in trace.forward] if trace else [],
        "steps": _steps(trace, number, tables) if trace else [],
        "cursor": figure.cursor,
        "direction": figure.placed.direction,
        "first": _first_picture(figure, found, number),
        "tensors": tables.tensors,
        **({"texts": dict(texts)} if (texts := page_texts()) else {}),
    }


class _Tables:
    """The tensors, each once."""

    def __init__(self) -> None:
        self.tensors: list[Json] = []
        self._known: dict[tuple[str, ...], int] = {}

    def tensor(self, summary: TensorSummary | None) -> int:
        """Return the place of a tensor in the table, -1 for none."""
        if summary is None:
            return -1
        row = _tensor(summary)
        if row not in self._known:
            self._known[row] = len(self.tensors)
            self.tensors.append(list(row))
        return self._known[row]


def _tensor(summary: TensorSummary) -> tuple[str, ...]:
    """Return the short text, shape, dtype, device, least, largest, mean, norm and values."""
    numbers = (summary.minimum, summary.maximum, summary.mean, summary.norm)
    values = ", ".join(map(short, summary.values)) if summary.values is not None else ""
    # Those of a scalar are all its value.
    told = ("",) * 4 if summary.size == 1 else tuple(_number(each) for each in numbers)
    return (
        tensor_text(summary),
        shape_text(summary.shape),
        summary.dtype,
        summary.device,
        *told,
        values,
    )


def _number(value: float | None) -> str:
    return "" if value is None else short(value)


def _node(node: Node, found: Containers, tables: _Tables) -> Json:
    hidden = node.id not in found.base.node
    saved: list[Json] = [_saved(each, tables) for each in node.saved]
    return [
        visible(node.op),
        visible(node.shown_name),
        node.kind,
        visible(node.label),
        node.shape_shown,
        node.dtype,
        node.device,
        tables.tensor(node.value),
        found.of_node[node.id],
        int(hidden),
        saved,
        visible(node.note),
        node.order,
    ]


def _saved(saved: SavedTensor, tables: _Tables) -> Json:
    return [visible(saved.name), tables.tensor(saved.tensor), visible(tr(saved.setting))]


def _edges(base: Graph, trace: Trace | None, graph: Graph, number: dict[str, int]) -> list[Json]:
    """Return for each edge its ends, and the gradient that runs along it as a text."""
    places, true = RecordedPlaces(trace), {edge.id: edge for edge in graph.edges}
    rows: list[Json] = []
    for edge in base.edges:
        sent = sending(true[edge.id], places)
        gradient = gradient_text(sent[1]) if sent is not None else ""
        rows.append([number[edge.source], number[edge.target], gradient])
    return rows


def _steps(trace: Trace, number: dict[str, int], tables: _Tables) -> list[Json]:
    """Return for each backward step its node, and the gradients that nodes show from then on."""
    shown: list[list[Json]] = [[] for _ in trace.steps]
    for place, node, gradient in arrivals(trace.steps):
        if node in number:
            shown[place] += [number[node], tables.tensor(gradient)]
    return [
        [number.get(step.node, -1), *each] for step, each in zip(trace.steps, shown, strict=True)
    ]


def _first_picture(figure: GraphFigure, found: Containers, number: dict[str, int]) -> Json:
    """Return the picture that the page begins with, as it is placed by the program."""
    placed, shown, outline = figure.placed, figure.shown, figure.outline
    count = len(number)
    items = {**number, **{each.id: count + place for place, each in enumerate(found.rows)}}
    place_of = {edge.id: place for place, edge in enumerate(found.base.edges)}

    def behind(edge: str) -> Sequence[str]:
        return (edge,) if outline is None else outline.bundles[edge]

    return {
        "width": _rounded(placed.width),
        "height": _rounded(placed.height),
        "boxes": [
            [items[key], *map(_rounded, (*center, *placed.sizes[key]))]
            for key, center in placed.centers.items()
            if key in items
        ],
        "copies": [
            [items[edge.source], *map(_rounded, (*center, *placed.sizes[edge.source]))]
            for edge in shown.edges
            if (center := placed.ghosts.get(edge.id)) is not None
        ],
        "frames": [
            [items[key], *map(_rounded, rect)]
            for key, rect in placed.frames.items()
            if key in items
        ],
        "edges": [
            [
                items[edge.source],
                items[edge.target],
                [place_of[each] for each in behind(edge.id) if each in place_of],
                [_rounded(value) for point in placed.curves[edge.id] for value in point],
            ]
            for edge in shown.edges
            if edge.id in placed.curves
        ],
    }


def _rounded(value: float) -> float:
    """Return a length with the digits that are seen; a whole one is written without a point."""
    found = round(float(value), _DIGITS)
    return int(found) if found.is_integer() else found

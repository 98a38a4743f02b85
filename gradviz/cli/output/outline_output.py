"""The outline of a graph: an indented tree for a terminal, and a section of the document."""

import math
from collections.abc import Collection, Iterator

from gradviz.cli.output.tensors_output import tensor_text
from gradviz.cli.text_columns import columns
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.outline import Outline, group_id
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted

_INDENT = "  "
#: So many sources of an item are named.
_MOST_SOURCES = 4

_Row = tuple[str, ...]


def outline_lines(graph: Graph, outline: Outline) -> Iterator[str]:
    """Yield the groups and nodes that are shown, in the order of the forward pass.

    An open group is followed by what is within it, indented. Each group has its class and the
    numbers of its parameters and nodes.
    """
    if graph.note:
        yield graph.note
    rows = list(_rows(graph, outline))
    yield from columns(rows)


def _rows(graph: Graph, outline: Outline) -> Iterator[_Row]:
    within = _items_within(outline)
    frames = {frame.id: frame.group for frame in outline.frames}
    waiting = [(item, 0) for item in reversed(within[""])]
    while waiting:
        item, depth = waiting.pop()
        frame = frames.get(item)
        if frame is not None:
            nodes = graph.grouping.nodes_within(graph.grouping.index[frame.id])
            ids = [graph.nodes[place].id for place in nodes]
            yield _group_row(graph, depth, frame.id, frame.type_name, ids, "")
            waiting += [(each, depth + 1) for each in reversed(within[item])]
            continue
        node = outline.graph.node[item]
        sources = _sources(outline, item)
        if node.kind == "group":
            name = group_id(item) or node.op
            yield _group_row(graph, depth, name, node.name, outline.members[item], sources)
        else:
            yield _node_row(node, depth, sources)


def _items_within(outline: Outline) -> dict[str, list[str]]:
    """Return for each frame, and "" for the whole, the items right within, forwards.

    Leaves come first.
    """
    around = {frame.id: frame.around for frame in outline.frames}
    found: dict[str, list[str]] = {"": [], **{frame: [] for frame in around}}
    leaves: dict[str, list[str]] = {frame: [] for frame in found}
    placed: set[str] = set()

    def place(item: str, frame: str) -> None:
        found[frame].append(item)
        while frame and frame not in placed:
            placed.add(frame)
            found[around[frame]].append(frame)
            frame = around[frame]

    for node in reversed(outline.graph.nodes):
        if node.kind != "leaf":
            place(node.id, outline.frame_of[node.id])
    for node in outline.graph.nodes:
        if node.kind == "leaf":
            leaves[outline.frame_of[node.id]].append(node.id)
    # Nothing of these is drawn, or leaves alone.
    for frame, outside in around.items():
        if frame not in placed:
            placed.add(frame)
            found[outside].append(frame)
    return {frame: leaves[frame] + items for frame, items in found.items()}


def _sources(outline: Outline, item: str) -> str:
    """Return the items that feed this one, in words."""
    edges = outline.graph.edges_into[item]
    names = list(dict.fromkeys(_name(outline, edge.source) for edge in edges))
    told = [*names[:_MOST_SOURCES], *(["…"] if len(names) > _MOST_SOURCES else [])]
    return tr("from {sources}", sources=", ".join(told)) if told else ""


def _name(outline: Outline, item: str) -> str:
    return group_id(item) or (item if item not in outline.members else outline.graph.node[item].op)


def _group_row(
    graph: Graph, depth: int, name: str, type_name: str, nodes: Collection[str], sources: str
) -> _Row:
    numbers = parameter_count(graph, nodes)
    return (
        f"{_INDENT * depth}{name}",
        type_name,
        tr_n("{shown} parameters", "{shown} parameter", numbers, shown=counted(numbers))
        if numbers
        else "",
        tr_n("{shown} nodes", "{shown} node", len(nodes), shown=counted(len(nodes))),
        "",
        sources,
    )


def _node_row(node: Node, depth: int, sources: str) -> _Row:
    value = tensor_text(node.value) if node.value else ""
    return (
        f"{_INDENT * depth}{node.id} {node.op}",
        node.name,
        "",
        node.shape_shown,
        value,
        "  ".join(each for each in (sources, node.label) if each),
    )


def parameter_count(graph: Graph, nodes: Collection[str]) -> int:
    """Return how many numbers the leaves among these nodes have together."""
    leaves = (graph.node[node] for node in nodes if graph.node[node].kind == "leaf")
    return sum(math.prod(leaf.shape) for leaf in leaves)

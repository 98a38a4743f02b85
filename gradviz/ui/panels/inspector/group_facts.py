"""The inspector's facts about a group at one moment of the walk, as plain data."""

from collections.abc import Iterable, Mapping, Sequence

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.group_figures import figures_of
from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.outline import group_id
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.recorded_places import RecordedPlaces
from gradviz.core.graphs.rows.group_names import group_name, is_backward
from gradviz.core.graphs.tensors import shape_text
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.render.groups.group_walk import sending
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.numbers import tensor_text
from gradviz.ui.panels.inspector.group_costs import Costs, cost_rows
from gradviz.ui.panels.inspector.node_facts import Inspection, Row, Section
from gradviz.ui.panels.inspector.parameter_table import ParameterFacts, parameter_facts
from gradviz.ui.panels.tensor.tensor_text import size_text

#: Longer lists are cut, and say so.
_MOST_ENDS = 6


def inspect_group(
    graph: Graph,
    index: OutlineIndex,
    places: RecordedPlaces,
    cursor: int,
    item: str,
    costs: Costs,
) -> Inspection:
    """Describe the group of a box or frame at `cursor`, without gradients of later steps."""
    nodes = index.members(item)
    groups = _groups(graph, index, item)
    inside = frozenset(nodes)
    into = index.leaving(item)
    out_of = [
        edge for key in nodes for edge in graph.edges_out_of[key] if edge.target not in inside
    ]
    own = [graph.grouping.index[group.id] for group in groups]
    sections = (
        Section(tr("Group"), tuple(_group_rows(graph, groups, nodes))),
        Section(tr("Operations and time"), tuple(cost_rows(costs, own))),
        Section(
            tr("Gradient in"), tuple(_gradient_rows(graph, out_of, places, cursor, ends="target"))
        ),
        Section(
            tr("Gradient out"), tuple(_gradient_rows(graph, into, places, cursor, ends="source"))
        ),
        Section(tr("Enters forwards"), tuple(_value_rows(graph, into))),
    )
    first = groups[0] if groups else None
    title = _title(first) if first is not None else item
    if len(groups) > 1:
        title = f"{groups[0].title} … {groups[-1].title} ×{counted(len(groups))}"
    return Inspection(
        title=title,
        name=first.type_name if first is not None else "",
        place=_place(nodes, places, cursor),
        sections=tuple(section for section in sections if section.rows),
    )


def _title(group: Group) -> str:
    """Return the path of a module, of which the class is beside it; else the name of a group."""
    return group_name(group) if is_backward(group) else group.path or group.shown_title


def parameters_of(
    graph: Graph, index: OutlineIndex, trace: Trace | None, item: str, zeros: Mapping[str, float]
) -> list[ParameterFacts]:
    """Return the leaves of the group of a box or frame with their gradients in the whole pass.

    `zeros` has the share of zeros in the gradients of nodes, as far as they are counted.
    """
    groups = _groups(graph, index, item)
    prefix = f"{groups[0].path}." if len(groups) == 1 and groups[0].path else ""
    gradients = trace.leaf_grads if trace is not None else {}
    return [
        parameter_facts(leaf, prefix, gradients.get(leaf.id), zeros.get(leaf.id))
        for leaf in _leaves(graph, index.members(item))
    ]


def _leaves(graph: Graph, nodes: Iterable[str]) -> list[Node]:
    return [graph.node[key] for key in nodes if graph.node[key].kind == "leaf"]


def _groups(graph: Graph, index: OutlineIndex, item: str) -> Sequence[Group]:
    """Return the group of a box or frame, or those of a fold."""
    grouping = graph.grouping
    own = group_id(item)
    ids = (own,) if own is not None else index.outline.folds.get(item, ())
    return [grouping.groups[grouping.index[each]] for each in ids if each in grouping.index]


def _place(nodes: Sequence[str], places: RecordedPlaces, cursor: int) -> str:
    executed = [places.executions[node][0] for node in nodes if node in places.executions]
    if not places.steps:
        return tr("no backward pass yet")
    if not executed:
        return tr("not in the recorded backward pass")
    done = sum(place < cursor for place in executed)
    now = tr(
        "backward step {step} of {steps}",
        step=counted(max(0, cursor)),
        steps=counted(len(places.steps)),
    )
    here = tr("{done} of {all} in this group", done=counted(done), all=counted(len(executed)))
    return f"{now} · {here}"


def _group_rows(graph: Graph, groups: Sequence[Group], nodes: Sequence[str]) -> Iterable[Row]:
    leaves = _leaves(graph, nodes)
    first = groups[0] if groups else None
    if first is not None and len(groups) == 1:
        if first.call > 1:
            yield Row(tr("call"), counted(first.call))
        if first.place:
            yield Row(tr("called at"), first.place)
    yield Row(tr("nodes"), counted(len(nodes)))
    places = [graph.grouping.index[group.id] for group in groups]
    figures = [figures_of(graph, place) for place in places]
    if leaves:
        numbers = sum(each.parameters for each in figures)
        size = size_text(sum(each.parameter_bytes for each in figures))
        told = tr(
            "{numbers} in {tensors} · {size}",
            numbers=counted(numbers),
            tensors=counted(len(leaves)),
            size=size,
        )
        yield Row(tr("parameters"), told)
    saved = sum(each.tensor is not None for key in nodes for each in graph.node[key].saved)
    if saved:
        size = size_text(sum(each.saved_bytes for each in figures))
        yield Row(tr("saved tensors"), f"{counted(saved)} · {size}")
    yield Row(tr("values"), size_text(sum(each.activation_bytes for each in figures)))


def _gradient_rows(
    graph: Graph, edges: Sequence[Edge], places: RecordedPlaces, cursor: int, *, ends: str
) -> Iterable[Row]:
    """Yield the gradients along edges, as far as they have been sent."""
    found = []
    for edge in edges:
        sent = sending(edge, places)
        if sent is not None and sent[0] < cursor:
            other = graph.node[edge.target if ends == "target" else edge.source]
            found.append((edge, other, sent))
    for edge, other, (place, gradient) in found[:_MOST_ENDS]:
        at = TensorPlace(edge.target, "grad_input", edge.slot)
        name = (
            tr("from {node}", node=other.op) if ends == "target" else tr("to {node}", node=other.op)
        )
        text = f"{shape_text(gradient.shape)} {tensor_text(gradient)}"
        yield Row(name, text, now=place == cursor - 1, tensor=at)
    if len(found) > _MOST_ENDS:
        yield Row(tr("{count} more", count=counted(len(found) - _MOST_ENDS)), "")


def _value_rows(graph: Graph, edges: Sequence[Edge]) -> Iterable[Row]:
    """Yield the values that enter a group in the forward pass, each once."""
    sources = list(dict.fromkeys(edge.source for edge in edges))
    for key in sources[:_MOST_ENDS]:
        node = graph.node[key]
        text = shape_text(node.shape)
        if node.value is not None:
            text = f"{text} {tensor_text(node.value)}"
        yield Row(node.op, text, tensor=TensorPlace(key, "value"))
    if len(sources) > _MOST_ENDS:
        yield Row(tr("{count} more", count=counted(len(sources) - _MOST_ENDS)), "")

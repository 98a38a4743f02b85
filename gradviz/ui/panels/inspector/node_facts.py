"""The inspector's facts about one node at one moment of the walk, as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gradviz.core.findings.source import Sources, module_text, place_text
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import TURN, backward_execution, forward_now, still_to_come
from gradviz.core.language.saying import said_again, tr
from gradviz.core.number_text import short, stored
from gradviz.core.short_names import shortened

#: Longer lists of values are folded to their statistics.
_VALUES_IN_A_ROW = 4
#: In characters.
_LONGEST_NAME = 15


@dataclass(frozen=True)
class Row:
    """One line: a name, its value, and whether it is the number that has just arrived.

    `tensor` is where the tensor is that the line is about, None where it is about none.
    """

    name: str
    value: str
    now: bool = False
    tensor: TensorPlace | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Section:
    """A card of the inspector: its heading and its rows."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Inspection:
    """Everything that is said about a node."""

    title: str
    name: str
    place: str
    sections: tuple[Section, ...]


def inspect(
    graph: Graph, trace: Trace | None, cursor: int, node_id: str, sources: Sources | None = None
) -> Inspection:
    """Describe `node_id` at `cursor`, without values and gradients of later steps."""
    node = graph.node[node_id]
    steps = trace.steps if trace else ()
    index = backward_execution(trace, node_id, cursor)
    reached = index is not None and index < cursor
    computed = node_id not in still_to_come(trace, cursor)
    fresh = node_id == forward_now(trace, cursor)
    made = _source_rows(sources, node_id) if sources is not None else ()
    sections = [Section(tr("Node"), (*_node_rows(node, computed=computed, now=fresh), *made))]
    if fresh:
        sections.append(Section(tr("Fed by"), _fed_rows(graph, node_id)))
    if reached and index is not None:
        passed = _gradient_sections(graph, node, steps[index], now=index == cursor - 1)
        earlier = trace is not None and index != trace.executions_of(node_id)[-1]
        sections.extend(map(_without_tensors, passed) if earlier else passed)
    if trace is not None and reached:
        sections.extend(_check_sections(trace, node_id))
    if node.saved and computed:
        sections.append(Section(tr("Saved for backward"), _saved_rows(node)))
    return Inspection(
        title=node.op,
        name=node.shown_name,
        place=_place(index, trace, node, cursor),
        sections=tuple(section for section in sections if section.rows),
    )


def _place(index: int | None, trace: Trace | None, node: Node, cursor: int) -> str:
    parts, count = [], len(trace.steps) if trace else 0
    if trace is not None and cursor < TURN and node.id in trace.forward:
        parts.append(
            tr(
                "forward step {step} of {steps}",
                step=trace.forward.index(node.id) + 1,
                steps=len(trace.forward),
            )
        )
        if node.id in still_to_come(trace, cursor):
            parts.append(tr("no value yet"))
    elif index is None:
        parts.append(
            tr("not in the recorded backward pass") if count else tr("no backward pass yet")
        )
    else:
        parts.append(tr("backward step {step} of {steps}", step=index + 1, steps=count))
        executions = trace.executions_of(node.id) if trace is not None else ()
        if len(executions) > 1:
            parts.append(
                tr(
                    "turn {turn} of {turns}",
                    turn=executions.index(index) + 1,
                    turns=len(executions),
                )
            )
        if index >= cursor:
            parts.append(tr("no gradient yet"))
    if node.label:
        parts.append(node.label)
    return " · ".join(parts)


def _fed_rows(graph: Graph, node: str) -> tuple[Row, ...]:
    """Return the values that entered a node along its edges in the forward pass."""
    rows: list[Row] = []
    for edge in graph.edges_into[node]:
        source = graph.node[edge.source]
        # The value of a node is that of its first output alone.
        if source.value is None or edge.output:
            rows.append(Row(_short(source), shape_text(source.shape) if not edge.output else "…"))
        else:
            place = TensorPlace(source.id, "value")
            rows.extend(_at(place, _tensor_rows(_short(source), source.value, now=True)))
    return tuple(rows)


def _node_rows(node: Node, *, computed: bool, now: bool) -> tuple[Row, ...]:
    rows = [
        Row(tr("shape"), shape_text(node.shape)),
        Row(tr("dtype"), node.dtype),
        Row(tr("device"), node.device),
    ]
    if node.note:
        rows.append(Row(tr("note"), said_again(node.note)))
    if node.value is not None and computed:
        value = _tensor_rows(tr("value"), node.value, now=now)
        rows.extend(_at(TensorPlace(node.id, "value"), value))
    return tuple(row for row in rows if row.value)


def _source_rows(sources: Sources, node: str) -> tuple[Row, ...]:
    """Return the line that made a node, and the module that was running."""
    line, origin = sources.line_of(node), sources.origins.get(node)
    rows = (
        Row(tr("made by"), "" if line is None else place_text(sources, line)),
        Row(tr("module"), "" if origin is None else module_text(origin)),
    )
    return tuple(row for row in rows if row.value)


def _gradient_sections(graph: Graph, node: Node, step: Step, *, now: bool) -> list[Section]:
    incoming: list[Row] = []
    for position, gradient in enumerate(step.grad_outputs):
        only = len(step.grad_outputs) == 1
        name = tr("upstream") if only else tr("upstream {number}", number=position)
        place = TensorPlace(node.id, "grad_output", position)
        incoming.extend(_at(place, _gradient_rows(name, gradient, now=now)))
    sections = [Section(tr("Gradient in"), tuple(incoming))]
    targets = {edge.slot: graph.node[edge.source] for edge in graph.edges_into[node.id]}
    outgoing: list[Row] = []
    for slot, gradient in enumerate(step.grad_inputs):
        if slot in targets:
            place = TensorPlace(node.id, "grad_input", slot)
            name = tr("to {node}", node=_short(targets[slot]))
            outgoing.extend(_at(place, _gradient_rows(name, gradient, now=now)))
    sections.append(Section(tr("Gradient out"), tuple(outgoing)))
    return sections


def _without_tensors(section: Section) -> Section:
    """Return the section of an earlier turn of a node: only the tensors of the last are kept."""
    return replace(section, rows=tuple(replace(row, tensor=None) for row in section.rows))


def _check_sections(trace: Trace, node_id: str) -> Iterator[Section]:
    """Yield autograd's gradient beside each gradient that is written by hand."""
    for check in trace.checks:
        if check.node == node_id:
            difference = Row(tr("relative difference"), short(check.difference))
            yield Section(tr("Check"), (*_tensor_rows("autograd", check.autograd), difference))


def _short(node: Node) -> str:
    """Name a node in a row beside a number, which must not be pushed out of the panel."""
    if node.kind == "leaf":
        return shortened((node.op,), lambda text: len(text) <= _LONGEST_NAME)[node.op]
    name = f"{node.op} {node.label}".strip()
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _gradient_rows(name: str, gradient: TensorSummary | None, *, now: bool) -> list[Row]:
    if gradient is None:
        return [Row(name, "None")]
    return _tensor_rows(name, gradient, now=now)


def _at(place: TensorPlace, rows: list[Row]) -> list[Row]:
    """Return the rows with `place` as that of their tensor, except of None and of a hidden one."""
    # What is to be predicted first leads to no tensor either.
    return [row if row.value in ("None", "?") else replace(row, tensor=place) for row in rows]


def _saved_rows(node: Node) -> tuple[Row, ...]:
    rows: list[Row] = []
    for item in node.saved:
        if item.tensor is None:
            rows.append(Row(item.name, tr(item.setting)))
        else:
            place = TensorPlace(node.id, "saved", name=item.name)
            rows.extend(_at(place, _tensor_rows(item.name, item.tensor)))
    return tuple(rows)


def _tensor_rows(name: str, tensor: TensorSummary, *, now: bool = False) -> list[Row]:
    """Return a tensor's values if they are few, else its shape and statistics."""
    if tensor.hidden:
        return [Row(name, "?", now=now)]
    if tensor.scalar is not None:
        return [Row(name, stored(tensor.scalar, tensor.dtype), now=now)]
    head = Row(name, f"{shape_text(tensor.shape)} {tensor.dtype}", now=now)
    if tensor.values is not None:
        return [head, *_value_rows(tensor.values, tensor.dtype, now=now)]
    numbers = (
        (tr("min"), tensor.minimum),
        (tr("max"), tensor.maximum),
        (tr("mean"), tensor.mean),
        (tr("norm"), tensor.norm),
    )
    rows = (Row(f"   {each}", _number(value, tensor.dtype), now=now) for each, value in numbers)
    return [head, *rows]


def _value_rows(values: tuple[float, ...], dtype: str, *, now: bool) -> list[Row]:
    chunks = [
        values[start : start + _VALUES_IN_A_ROW]
        for start in range(0, len(values), _VALUES_IN_A_ROW)
    ]
    return [
        Row("", "  ".join(stored(value, dtype) for value in chunk), now=now) for chunk in chunks
    ]


def _number(value: float | None, dtype: str) -> str:
    return tr("none") if value is None else stored(value, dtype)

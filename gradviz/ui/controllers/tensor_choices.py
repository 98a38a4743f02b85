"""The tensors of a node that can be shown, each with its title."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.language.saying import listed, tr


class TensorChoice(NamedTuple):
    """The place of one tensor, and a title that names its role for the node."""

    place: TensorPlace
    title: str


def choices_of(
    graph: Graph,
    trace: Trace | None,
    node_id: str,
    explained: OptimizerStep | None = None,
    let_go: Collection[TensorPlace] = (),
) -> tuple[TensorChoice, ...]:
    """Return the recorded tensors of a node, and the optimizer's buffers for a leaf.

    The tensors at `let_go` were too large to be kept, and their titles say so.
    """
    node = graph.node[node_id]
    found = []
    if node.value is not None:
        title = tr("value") if node.kind == "leaf" else tr("forward value")
        found.append(TensorChoice(TensorPlace(node_id, "value"), title))
    step = next((each for each in trace.steps if each.node == node_id), None) if trace else None
    whole = trace.leaf_grads.get(node_id) if trace is not None else None
    if whole is not None and not whole.hidden:
        found.append(TensorChoice(TensorPlace(node_id, "gradient"), tr("gradient")))
    if step is not None:
        if node.kind != "leaf":
            found.extend(_incoming(graph, node, step))
        found.extend(_outgoing(graph, node, step))
    found.extend(
        TensorChoice(
            TensorPlace(node_id, "saved", name=each.name), tr("saved {name}", name=each.name)
        )
        for each in node.saved
        if each.tensor is not None
    )
    if explained is not None and node.kind == "leaf":
        found.extend(_buffers(node, explained))
    return tuple(
        each._replace(title=tr("{title}, not kept", title=each.title))
        if each.place in let_go
        else each
        for each in found
    )


def _incoming(graph: Graph, node: Node, step: Step) -> Iterator[TensorChoice]:
    for index, gradient in enumerate(step.grad_outputs):
        if gradient is not None and not gradient.hidden:
            users = [e.target for e in graph.edges_out_of[node.id] if e.output == index]
            names = listed(dict.fromkeys(graph.node[user].op for user in users))
            title = tr("gradient in from {names}", names=names) if names else tr("gradient in")
            if len(step.grad_outputs) > 1:
                title = tr("{title} ({number})", title=title, number=index)
            yield TensorChoice(TensorPlace(node.id, "grad_output", index), title)


def _outgoing(graph: Graph, node: Node, step: Step) -> Iterator[TensorChoice]:
    sources = {edge.slot: graph.node[edge.source].op for edge in graph.edges_into[node.id]}
    taken: list[str] = []
    for slot, gradient in enumerate(step.grad_inputs):
        if gradient is not None and not gradient.hidden and slot in sources:
            name = sources[slot]
            taken.append(name)
            again = f" ({taken.count(name)})" if taken.count(name) > 1 else ""
            title = tr("gradient out to {name}", name=f"{name}{again}")
            yield TensorChoice(TensorPlace(node.id, "grad_input", slot), title)


def _buffers(node: Node, explained: OptimizerStep) -> Iterator[TensorChoice]:
    for row in explained.parameters:
        if row.name == node.op:
            for name, buffer in row.buffers.items():
                if isinstance(buffer, TensorSummary):
                    place = TensorPlace(node.id, "buffer", name=name)
                    yield TensorChoice(place, f"{explained.optimizer} {name}")

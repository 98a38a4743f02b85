"""Where gradients begin to vanish, to explode or to be dead, by the layers of a model."""

from collections.abc import Callable, Mapping

import msgspec

from gradviz.core.findings.health import Diagnosis, Health, verdict_text
from gradviz.core.findings.zero_gradients import is_zero, why_zero
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.language.saying import said_again, tr


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """The first node of a layer with a verdict, in the order of the backward pass.

    Attributes:
        layer: The module that made the node; empty outside of all, and where it is not known.
        maker: The node whose line is to be told: of a dead gradient that which sent the zeros.
        reason: Why the zeros were sent; empty where that is not known, and for other verdicts.
    """

    verdict: Diagnosis
    node: str
    layer: str
    maker: str
    reason: str = ""


def beginnings(
    graph: Graph, trace: Trace, health: Health, layers: Mapping[str, str]
) -> tuple[Beginning, ...]:
    """Return where each verdict begins in each layer; zeros only where they are made."""
    steps = {step.node: step for step in trace.steps}
    found: dict[tuple[Diagnosis, str], Beginning] = {}
    for step in trace.steps:
        verdict = health.nodes[step.node].verdict
        layer = layers.get(step.node, "")
        if verdict in ("vanishing", "exploding"):
            begins = Beginning(verdict=verdict, node=step.node, layer=layer, maker=step.node)
            found.setdefault((verdict, layer), begins)
        elif verdict == "dead":
            maker = _sender_of_zeros(graph, steps, step.node)
            if maker is not None:
                begins = Beginning(
                    verdict=verdict, node=step.node, layer=layer, maker=maker[0], reason=maker[1]
                )
                found.setdefault((verdict, maker[0]), begins)
    return tuple(found.values())


def beginning_text(begins: Beginning, name: Callable[[str], str]) -> str:
    """Return `vanishing in layer1 (Linear) from Addmm on`, with the node that sends zeros.

    `name` returns what a node is called, by its id.
    """
    values = {"verdict": verdict_text(begins.verdict), "node": name(begins.node)}
    if begins.layer:
        told = tr("{verdict} in {layer} from {node} on", layer=begins.layer, **values)
    else:
        told = tr("{verdict} from {node} on", **values)
    if begins.maker != begins.node:
        told = tr("{beginning}: {node} sends on zeros", beginning=told, node=name(begins.maker))
    return (
        tr("{told}, as {reason}", told=told, reason=said_again(begins.reason))
        if begins.reason
        else told
    )


def _sender_of_zeros(graph: Graph, steps: Mapping[str, Step], node: str) -> tuple[str, str] | None:
    """Return the node that made zeros of what it got, and why; None where zeros came already."""
    for edge in graph.edges_out_of[node]:
        sender = steps.get(edge.target)
        if sender is None:
            continue
        sent = sender.grad_inputs[edge.slot]
        if sent is None or not is_zero(sent):
            continue
        arrived = [each for each in sender.grad_outputs if each is not None]
        if arrived and not all(is_zero(each) for each in arrived):
            return edge.target, why_zero(graph, sender, edge)
    return None

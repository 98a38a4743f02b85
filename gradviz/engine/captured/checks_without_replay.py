"""Checks of a graph that cannot be run again, as far as its recording alone has them."""

from collections.abc import Iterable
from typing import Any

import torch
from torch.autograd.graph import GradientEdge

from gradviz.core.findings.checks import CheckedPart, NodeCheck
from gradviz.core.language.saying import marked, tr
from gradviz.engine.inspection.checks.nodes import bit_by_bit, unchecked
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
from gradviz.engine.recording.capture import GradNode, Walk, is_leaf
from gradviz.engine.recording.recording import Recording

_NOT_MOVED = marked(
    "Finite differences need the forward pass once more, and it cannot be run from here: "
    "capture(module, inputs=…) runs it."
)


def checked_again(
    walk: Walk,
    recording: Recording,
    outputs: tuple[torch.Tensor, ...],
    starts: list[torch.Tensor | None],
    nodes: Iterable[str],
) -> list[NodeCheck]:
    """Return for each node whether torch.autograd.grad finds the recorded gradient once more."""
    by_id = {walk.ids[node]: node for node in walk.nodes}
    exact = all(node.device == "cpu" for node in recording.graph.nodes if node.device)
    found: list[NodeCheck] = []
    for name in nodes:
        node = by_id[name]
        part: CheckedPart = "gradient" if is_leaf(node) else "grad_output"
        recorded = gradients_of(recording, name, part)
        expected = torch.autograd.grad(
            outputs, _wanted(node, len(recorded)), starts, retain_graph=True, allow_unused=True
        )
        findings = list(bit_by_bit(recorded, expected, part, lambda: "", exact=exact))
        findings += [unchecked(part, index, tr(_NOT_MOVED)) for index in range(len(recorded))]
        found.append(NodeCheck(node=name, findings=tuple(findings)))
    return found


def _wanted(node: GradNode, count: int) -> list[Any]:
    if is_leaf(node):
        return [node.variable]
    return [GradientEdge(node, output) for output in range(count)]

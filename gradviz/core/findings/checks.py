"""Checks of recorded gradients: the methods of comparison, and their findings."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from gradviz.core.graphs.graph import Graph

#: hand: autograd's gradient where the backward is written by hand.
Method = Literal["autograd", "differences", "sympy", "hand"]
#: unchecked: no comparison is possible, for the reason in `told`.
Verdict = Literal["agrees", "differs", "unchecked"]
#: gradient: a leaf's sum. grad_output: an upstream gradient of a node. grad_input: one it sent on.
CheckedPart = Literal["gradient", "grad_output", "grad_input"]

METHODS: dict[Method, str] = {
    "autograd": "torch.autograd.grad",
    "differences": "finite differences",
    "sympy": "sympy's derivative",
    "hand": "autograd",
}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded gradient compared in one way.

    Attributes:
        index: The place of the gradient among the node's own, in the order of `Step`.
        absolute, relative: The largest difference, as it is and divided by the larger of the two
            numbers that differ; None where nothing was compared.
        tolerance: The absolute difference that rounding and the step explain, there where
            the difference is.
        told: The way of the comparison and the origin of the tolerance, or the reason why there
            was no comparison.
    """

    method: Method
    part: CheckedPart
    verdict: Verdict
    index: int = 0
    absolute: float | None = None
    relative: float | None = None
    tolerance: float | None = None
    told: str = ""


class NodeCheck(msgspec.Struct, frozen=True, kw_only=True):
    """All findings at one node."""

    node: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Return "differs" where anything does, else "agrees" where anything could be told."""
        return verdict_of(finding.verdict for finding in self.findings)


def verdict_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return "differs" where one says so, else "agrees" where one does, else "unchecked"."""
    found = set(verdicts)
    order: tuple[Verdict, ...] = ("differs", "agrees")
    return next((verdict for verdict in order if verdict in found), "unchecked")


def gradient_text(graph: Graph, node: str, finding: Finding) -> str:
    """Return the words for the gradient that was compared: one that arrived, was sent, or a sum."""
    if finding.part == "gradient":
        return "gradient"
    if finding.part == "grad_output":
        outputs = {edge.output for edge in graph.edges_out_of[node]}
        return f"what arrives, output {finding.index}" if len(outputs) > 1 else "what arrives"
    sources = (edge.source for edge in graph.edges_into[node] if edge.slot == finding.index)
    source = graph.node[next(sources)]
    name = source.op if source.kind == "leaf" else f"{source.op} {source.id}"
    return f"what goes to {name}"

"""What a recorded gradient is compared with, and how that came out."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from gradviz.core.graphs.graph import Graph

#: hand: what autograd finds where the backward is written by hand.
Method = Literal["autograd", "differences", "sympy", "hand"]
#: unchecked: it cannot be told, and `told` says why.
Verdict = Literal["agrees", "differs", "unchecked"]
#: gradient: a leaf's sum. grad_output: what arrived at a node. grad_input: what it sent on.
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
        index: Which of the node's gradients, in the order of `Step`.
        absolute, relative: The largest difference, as it is and divided by the larger of the two
            numbers that differ; None where nothing was compared.
        tolerance: The absolute difference that rounding and the step explain, there where
            the difference is.
        told: How it was compared, where the tolerance comes from, or why it cannot be told.
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
    """Everything that was found at one node."""

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
    """Say which gradient was compared, such as `what arrives`, or `what goes to a`."""
    if finding.part == "gradient":
        return "gradient"
    if finding.part == "grad_output":
        outputs = {edge.output for edge in graph.edges_out_of[node]}
        return f"what arrives, output {finding.index}" if len(outputs) > 1 else "what arrives"
    sources = (edge.source for edge in graph.edges_into[node] if edge.slot == finding.index)
    source = graph.node[next(sources)]
    name = source.op if source.kind == "leaf" else f"{source.op} {source.id}"
    return f"what goes to {name}"

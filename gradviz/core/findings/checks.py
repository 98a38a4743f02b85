"""Checks of recorded gradients: the methods of comparison, and their findings."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import marked, tr, tr_n

#: hand: autograd's gradient where the backward is written by hand.
Method = Literal["autograd", "differences", "sympy", "hand"]
#: non-finite: an element of the gradient is nan or infinite, so that it is right nowhere.
#: unchecked: no comparison is possible, or it would tell nothing, for the reason in `told`.
Verdict = Literal["agrees", "differs", "non-finite", "unchecked"]
#: gradient: a leaf's sum. grad_output: an upstream gradient of a node. grad_input: one it sent on.
CheckedPart = Literal["gradient", "grad_output", "grad_input"]

#: Each has a sign and then words, so that no verdict depends on its colour; `tr` says them.
SIGNS: dict[Verdict, str] = {
    "agrees": marked("✓ agrees"),
    "differs": marked("✗ differs"),
    "non-finite": marked("✗ not finite"),
    "unchecked": marked("– not checked"),
}
#: The verdicts on a gradient that must not be used.
BAD: frozenset[Verdict] = frozenset({"differs", "non-finite"})

#: The methods as they are told, by `tr`.
METHODS: dict[Method, str] = {
    "autograd": "torch.autograd.grad",
    "differences": marked("finite differences"),
    "sympy": marked("sympy's derivative"),
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
        """Return the worst verdict of the findings, and "agrees" only of an independent method.

        torch.autograd.grad follows the same rules as the recorded pass: that both are the same is
        no sign that they are right.
        """
        return verdict_of(
            finding.verdict
            for finding in self.findings
            if finding.method != "autograd" or finding.verdict in BAD
        )


def verdict_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of the verdicts: one that is bad, else "agrees" where one says so."""
    found = set(verdicts)
    order: tuple[Verdict, ...] = ("differs", "non-finite", "agrees")
    return next((verdict for verdict in order if verdict in found), "unchecked")


def summary_of(verdicts: Collection[Verdict]) -> tuple[str, ...]:
    """Return the numbers of the checks that agree, and of the others as far as there are any."""
    counts = Counter(verdicts)
    differ, wrong, open_ = (counts[each] for each in ("differs", "non-finite", "unchecked"))
    others = (
        tr_n("{count} differ", "{count} differs", differ) if differ else "",
        tr("{count} not finite", count=wrong) if wrong else "",
        tr("{count} not checked", count=open_) if open_ else "",
    )
    agree = tr("{count} of {all} agree", count=counts["agrees"], all=len(verdicts))
    return (agree, *filter(None, others))


def gradient_text(graph: Graph, node: str, finding: Finding) -> str:
    """Return the words for the gradient that was compared: one that arrived, was sent, or a sum."""
    if finding.part == "gradient":
        return tr("gradient")
    if finding.part == "grad_output":
        outputs = {edge.output for edge in graph.edges_out_of[node]}
        if len(outputs) > 1:
            return tr("what arrives, output {number}", number=finding.index)
        return tr("what arrives")
    sources = (edge.source for edge in graph.edges_into[node] if edge.slot == finding.index)
    source = graph.node[next(sources)]
    name = source.op if source.kind == "leaf" else f"{source.op} {source.id}"
    return tr("what goes to {node}", node=name)

"""The changes between two recorded passes: nodes that came or went, and tensors that differ."""

import math
from collections.abc import Iterable
from functools import reduce

import msgspec

from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.matching import Pairs
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import sentences, tr, tr_n
from gradviz.core.number_text import counted

#: More changes than this are counted and not listed.
MOST_LISTED = 1_000


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A pass that was kept, for others to be compared with it.

    Attributes:
        title: The model, the step and the seed of the pass.
        graph, trace: The recording of the pass.
        left_out: The number of its tensors that were not kept, for want of memory or because
            training had changed them already.
    """

    title: str
    graph: Graph
    trace: Trace
    left_out: int = 0


class TensorDifference(msgspec.Struct, frozen=True, kw_only=True):
    """One tensor, or one setting, of a node that both passes have.

    Attributes:
        node, before: The node's id in the graph that is shown, and in the one that was kept.
        title: The tensor or setting that changed: `gradient`, `value` or `saved exponent`.
        old, new: The tensor in the pass that was kept and in the one that is shown; None for a
            setting, or where the pass has no such tensor.
        difference: New minus old for a single number, else the norm of that; None where it
            is not known, or is not finite.
        told: The change in words where it is none of numbers: another shape, another setting.
    """

    node: str
    before: str
    title: str
    old: TensorSummary | None = None
    new: TensorSummary | None = None
    difference: float | None = None
    told: str = ""

    @property
    def relative(self) -> float | None:
        """Return the difference divided by the norm of the old tensor; infinite where that is 0."""
        size = None if self.old is None else self.old.norm
        if self.difference is None or size is None:
            return None
        if size == 0:
            return math.inf if self.difference else 0.0
        return abs(self.difference) / size

    @property
    def ratio(self) -> float | None:
        """Return new divided by old, of a single number or of norms; None where it is undefined."""
        if self.old is None or self.new is None:
            return None
        old, new = _size(self.old), _size(self.new)
        return None if old is None or new is None or old == 0 else new / old


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The changes from a kept pass to a newer one.

    Attributes:
        came, went: The ids of nodes that only the newer has, and only the kept one.
        changed: The differences, the largest relative one first; at most MOST_LISTED.
        changed_nodes: The ids of all nodes with a difference.
        count: The number of values, gradients and settings that differ in all.
        compared: The number of tensors compared element by element, saved tensors included.
        other_kinds: The number of saved tensors and sent-on gradients that differ beside these.
        unknown: The number of tensors that could not be compared, because one of the two is not
            kept any more.
    """

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[TensorDifference, ...]
    changed_nodes: frozenset[str]
    count: int
    compared: int
    other_kinds: int = 0
    unknown: int = 0

    @property
    def identical(self) -> bool:
        """Tell whether the passes are the same, in every bit of every tensor of both."""
        return not (self.came or self.went or self.count or self.other_kinds or self.unknown)

    @property
    def summary(self) -> str:
        """Return the changes in one or two sentences, which claim no more than was compared."""
        if self.identical:
            return tr_n(
                "Identical bit for bit: {shown} tensors compared.",
                "Identical bit for bit: {shown} tensor compared.",
                self.compared,
                shown=counted(self.compared),
            )
        return sentences([self._found, self._not_compared])

    @property
    def _found(self) -> str:
        came, went = len(self.came), len(self.went)
        parts = (
            tr_n("{shown} nodes came", "{shown} node came", came, shown=counted(came))
            if came
            else "",
            tr_n("{shown} nodes went", "{shown} node went", went, shown=counted(went))
            if went
            else "",
            tr_n(
                "{shown} values and gradients changed",
                "{shown} value or gradient changed",
                self.count,
                shown=counted(self.count),
            )
            if self.count
            else "",
            tr_n(
                "{shown} saved or sent-on tensors changed",
                "{shown} saved or sent-on tensor changed",
                self.other_kinds,
                shown=counted(self.other_kinds),
            )
            if self.other_kinds
            else "",
        )
        told = [part for part in parts if part]
        if not told:
            return tr("No change was found.")
        whole = reduce(lambda one, other: tr("{one}; {other}", one=one, other=other), told)
        return tr("{clause}.", clause=whole)

    @property
    def _not_compared(self) -> str:
        if not self.unknown:
            return ""
        return tr_n(
            "Of {shown} tensors only equal statistics are known.",
            "Of {shown} tensor only equal statistics are known.",
            self.unknown,
            shown=counted(self.unknown),
        )


def came_and_went(
    before: Graph, after: Graph, pairs: Pairs
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of nodes that only `after` has, and of those that only `before` has."""
    stayed = set(pairs.values())
    came = tuple(node.id for node in after.nodes if node.id not in stayed)
    return came, tuple(node.id for node in before.nodes if node.id not in pairs)


def settings_changed(old: Node, new: Node) -> Iterable[TensorDifference]:
    """Yield a difference for each setting that both nodes have with other values."""
    before = {each.name: each.setting for each in old.saved if each.tensor is None}
    for each in new.saved:
        if each.tensor is None and each.name in before and before[each.name] != each.setting:
            told = f"{before[each.name]} → {each.setting}"
            yield TensorDifference(
                node=new.id,
                before=old.id,
                title=tr("setting {name}", name=each.name),
                told=told,
            )


def shape_changed(
    node: str, before: str, title: str, old: TensorSummary, new: TensorSummary
) -> TensorDifference | None:
    """Return the change where two tensors cannot be subtracted; None where they can."""
    if old.shape == new.shape:
        return None
    told = f"{shape_text(old.shape)} → {shape_text(new.shape)}"
    return TensorDifference(node=node, before=before, title=title, old=old, new=new, told=told)


def most_first(changes: Iterable[TensorDifference]) -> list[TensorDifference]:
    """Return the changes without a relative difference first, then the largest relative one."""

    def key(change: TensorDifference) -> float:
        relative = change.relative
        return math.inf if relative is None else relative

    return sorted(changes, key=key, reverse=True)


def node_title(graph: Graph, node: str) -> str:
    """Return the operation with its label, or a leaf's name."""
    found = graph.node[node]
    return f"{found.op} {found.label}".strip()


def _size(summary: TensorSummary) -> float | None:
    return summary.norm if summary.scalar is None else summary.scalar

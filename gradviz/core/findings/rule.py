"""The rule from a node's upstream gradients to those that it sends on, with recorded numbers."""

import math
from collections.abc import Mapping

import msgspec

from gradviz.core.graphs.graph import Graph, SavedTensor
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.language.saying import tr, tr_n


class RuleLine(msgspec.Struct, frozen=True, kw_only=True):
    """The rule for one input of a node.

    Attributes:
        slot: The number of the input, as edges count them.
        input: Its name in the operator's signature; empty where that is not known.
        receiver: The id of the node that gets the gradient.
        readable: The formula to read, in English; empty where there is none.
        formula: PyTorch's own formula, empty for an operator that is not in its table.
        named: Saved tensors and settings that the formula to read names, such as `exponent`.
        summed_over: The dims of the node's result over which the gradient is summed, because the
            input was broadcast along them forwards.
        local: The node's result for an upstream gradient of ones: element by element that is the
            local derivative, before any such sum. None where it was not computed.
        result: The gradient sent in the recorded pass; None where PyTorch passed none.
    """

    slot: int
    input: str
    receiver: str
    readable: str = ""
    formula: str = ""
    named: tuple[SavedTensor, ...] = ()
    summed_over: tuple[int, ...] = ()
    local: TensorSummary | None = None
    result: TensorSummary | None = None

    @property
    def named_values(self) -> tuple[tuple[str, TensorSummary | str], ...]:
        """Return the saved tensors and settings in the formula, each under its name.

        The operator's result is called `result, forwards`, to tell it from the rule's own result.
        """
        return tuple(
            (
                tr("result, forwards") if saved.name == "result" else saved.name,
                saved.tensor if saved.tensor is not None else saved.setting,
            )
            for saved in self.named
        )

    def equation(self, graph: Graph) -> str:
        """Return the rule as it is written, `∂loss/∂b = Σ over dim 0 of grad ⊙ other`.

        Without a formula to read it is PyTorch's own; it ends with `…` where there is neither.
        """
        output, receiver = graph.node[graph.output], graph.node[self.receiver]
        name = graph.result or ("loss" if "loss" in (output.label, output.op) else "y")
        if graph.order > 1:
            # The differentiated scalar is itself a gradient, along the direction v.
            over_x = any(node.op == "x" for node in graph.nodes)
            name = graph.result or ("y" if over_x else "loss")
            for _ in range(1, graph.order):
                name = f"(v·∇{name})"
        named = f"({receiver.label})" if receiver.label else receiver.op
        below = receiver.op if receiver.kind == "leaf" else named
        right = tr(self.readable) if self.readable else self.shown_formula or "…"
        return f"∂{name}/∂{below} = {_summed(right, self.summed_over)}"

    @property
    def shown_formula(self) -> str:
        """Return PyTorch's own formula without its conversions from complex to real numbers."""
        return _without_conversions(self.formula)


class SourceText(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of a file of Python: `first` is the number of the first of them."""

    file: str
    first: int
    text: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of one node.

    Attributes:
        schema: The operator's signature in PyTorch; empty for one that is not in its table.
        upstream: The upstream gradients, one for each of the node's results.
        lines: One for each input that can get a gradient.
        backward: The backward method of a custom Function.
        saved: Names of a custom Function's saved tensors, as its backward calls them, in order.
        note: Why there are no local derivatives; empty where there are, or where none can be.
    """

    schema: str = ""
    upstream: tuple[TensorSummary | None, ...] = ()
    lines: tuple[RuleLine, ...] = ()
    backward: SourceText | None = None
    saved: tuple[str, ...] = ()
    note: str = ""

    @property
    def upstreams(self) -> tuple[tuple[str, TensorSummary | None], ...]:
        """Return the upstream gradients, each under its name: numbered where there are several."""
        if len(self.upstream) == 1:
            return ((tr("upstream"), self.upstream[0]),)
        return tuple(
            (tr("upstream {number}", number=index), each)
            for index, each in enumerate(self.upstream)
        )


def local_derivatives(graph: Graph, rules: Mapping[str, Rule]) -> dict[str, float]:
    """Return for each edge the derivative of the node that it leads to by the one it comes from.

    Only edges between single numbers have one: between larger tensors it would be a matrix. The
    rules are those of nodes by their ids; edges of other nodes are left out.
    """
    found: dict[str, float] = {}
    for edge in graph.edges:
        rule = rules.get(edge.target)
        if rule is None or math.prod(graph.node[edge.target].shape) != 1:
            continue
        for line in rule.lines:
            local = line.local.scalar if line.local is not None else None
            if (line.slot, line.receiver) == (edge.slot, edge.source) and local is not None:
                found[edge.id] = local
    return found


def _without_conversions(formula: str) -> str:
    """Return `grad * 2` for `handle_r_to_c(self.scalar_type(), grad * 2)`."""
    before, call, rest = formula.partition("handle_r_to_c(")
    if not call:
        return formula
    depth, comma = 0, -1
    for place, sign in enumerate(rest):
        if sign == "," and depth == 0 and comma < 0:
            comma = place
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
            if depth < 0 and comma >= 0:
                inner = rest[comma + 1 : place].strip()
                return before + _without_conversions(inner + rest[place + 1 :])
    return formula


def broadcast_dims(large: tuple[int, ...], small: tuple[int, ...]) -> tuple[int, ...]:
    """Return the dims of the shape `large` along which `small` was repeated to get it.

    They are empty where the shapes are the same, or one does not broadcast to the other.
    """
    ahead = len(large) - len(small)
    if ahead < 0:
        return ()
    repeated = set(range(ahead))
    for dim, (wide, narrow) in enumerate(zip(large[ahead:], small, strict=True), start=ahead):
        if wide != narrow:
            if narrow != 1:
                return ()
            repeated.add(dim)
    return tuple(sorted(repeated))


def _summed(formula: str, dims: tuple[int, ...]) -> str:
    if not dims:
        return formula
    return tr_n(
        "Σ over dims {dims} of {formula}",
        "Σ over dim {dims} of {formula}",
        len(dims),
        dims=", ".join(map(str, dims)),
        formula=formula,
    )

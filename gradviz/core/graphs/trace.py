"""One recorded backward pass: its steps in the order in which PyTorch executed them."""

from functools import cached_property

import msgspec

from gradviz.core.graphs.tensors import TensorSummary


class Contribution(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A gradient that one step sent along `edge` to a leaf, and the leaf's sum after it."""

    leaf: str
    edge: str
    gradient: TensorSummary
    total: TensorSummary


class Step(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One node's backward: the gradients that it got and those that it sent on.

    `grad_outputs` are the upstream gradients, one for each forward output of the node;
    `grad_inputs` are the results, one for each slot; None where PyTorch passed no gradient.
    A leaf's step has its sum as its one `grad_outputs` and sends nothing on.
    """

    node: str
    grad_outputs: tuple[TensorSummary | None, ...]
    grad_inputs: tuple[TensorSummary | None, ...]
    contributions: tuple[Contribution, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """Autograd's gradient of `node`, to check one that is written by hand.

    `difference` is the norm of the difference of both, divided by the norm of autograd's.
    """

    node: str
    autograd: TensorSummary
    difference: float


class Trace(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One backward pass over a graph, recorded at training step `at_step` (0 before any).

    `leaf_grads` maps a leaf's node id to the gradient that PyTorch accumulated in it.
    `checks` are there where the backward pass is written by hand. `forward` are the nodes in the
    order in which they were computed, the leaves first.
    """

    steps: tuple[Step, ...]
    leaf_grads: dict[str, TensorSummary]
    at_step: int = 0
    checks: tuple[Check, ...] = ()
    forward: tuple[str, ...] = ()

    def executions_of(self, node: str) -> tuple[int, ...]:
        """Return the places in `steps` at which a node was executed: a leaf may have several."""
        return self._executions.get(node, ())

    @cached_property
    def _executions(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for place, step in enumerate(self.steps):
            found[step.node] = (*found.get(step.node, ()), place)
        return found

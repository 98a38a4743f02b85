"""The places in a recorded pass at which each node is executed, and shows which gradient."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step, Trace


def arrivals(steps: Iterable[Step]) -> Iterator[tuple[int, str, TensorSummary | None]]:
    """Yield the gradients that nodes show after each step: step index, node id and gradient.

    A node shows its upstream gradient, a leaf its sum so far.
    """
    known: set[str] = set()
    for place, step in enumerate(steps):
        arrived = next((grad for grad in step.grad_outputs if grad is not None), None)
        if arrived is not None or step.node not in known:
            known.add(step.node)
            yield place, step.node, arrived
        for contribution in step.contributions:
            known.add(contribution.leaf)
            yield place, contribution.leaf, contribution.total


class RecordedPlaces:
    """Finds a node's part in a pass by a search; each table is made when it is first asked for."""

    def __init__(self, trace: Trace | None) -> None:
        self.steps = trace.steps if trace is not None else ()
        self._forward = trace.forward if trace is not None else ()

    def preparation(self) -> Iterator[None]:
        """Make all tables, one after the other."""
        for look_up in (lambda: self.each_once, lambda: self._shown, lambda: self.forward):
            yield
            look_up()

    @cached_property
    def forward(self) -> dict[str, int]:
        """Return the place of each node in the forward pass."""
        return {node: place for place, node in enumerate(self._forward)}

    @cached_property
    def executions(self) -> dict[str, tuple[int, ...]]:
        """Return the places of each node's backward steps: a leaf may have several."""
        found: dict[str, tuple[int, ...]] = {}
        for place, step in enumerate(self.steps):
            before = found.get(step.node)
            found[step.node] = (place,) if before is None else (*before, place)
        return found

    @cached_property
    def each_once(self) -> bool:
        """Tell whether no node has two executions, as it is where PyTorch's engine runs once."""
        return len(self.executions) == len(self.steps)

    def ran(self, node: str, cursor: int) -> Step | None:
        """Return the newest step of a node among the first `cursor`, None if it has none."""
        executions = self.executions.get(node, ())
        found = bisect_left(executions, cursor)
        return self.steps[executions[found - 1]] if found else None

    def gradient(self, node: str, cursor: int) -> TensorSummary | None:
        """Return the gradient that a node shows after the first `cursor` steps."""
        places, gradients = self._shown.get(node, ([], []))
        found = bisect_left(places, cursor)
        return gradients[found - 1] if found else None

    @cached_property
    def _shown(self) -> dict[str, tuple[list[int], list[TensorSummary | None]]]:
        """Return for each node after which steps it shows which gradients."""
        found: dict[str, tuple[list[int], list[TensorSummary | None]]] = {}
        for place, node, gradient in arrivals(self.steps):
            places, gradients = found.setdefault(node, ([], []))
            places.append(place)
            gradients.append(gradient)
        return found

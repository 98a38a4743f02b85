"""A recorded pass whose later gradients are hidden, for whoever predicts them first."""

import msgspec

from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Contribution, Step, Trace


def sends_something(step: Step) -> bool:
    """Tell whether a step sends a gradient, which can be predicted."""
    return any(gradient is not None for gradient in step.grad_inputs)


def is_hidden(step: Step) -> bool:
    """Tell whether the gradients that a step sends are hidden."""
    return any(gradient is not None and gradient.hidden for gradient in step.grad_inputs)


class HiddenTraces:
    """Makes passes with hidden gradients of one trace; equal ones are the same object."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._all: tuple[Step, ...] | None = None
        senders = (place for place, step in enumerate(trace.steps) if sends_something(step))
        self._senders_end = max(senders, default=-1) + 1
        self._made: dict[int, Trace] = {}

    def shown_until(self, count: int) -> Trace:
        """Return the pass in which the first `count` steps have their numbers.

        Of the step after them it is known which gradients have arrived, as these were sent before;
        those that it sends are hidden.
        """
        trace = self.trace
        count = max(0, min(count, len(trace.steps)))
        if count >= self._senders_end:
            return trace
        if count not in self._made:
            self._made = {count: self._hidden_from(count)}
        return self._made[count]

    def _hidden_from(self, count: int) -> Trace:
        trace = self.trace
        if self._all is None:
            self._all = tuple(_without(step, arrived=False) for step in trace.steps)
        after = _without(trace.steps[count], arrived=True)
        sums = {
            node: _hidden(gradient) if self._still_grows(node, count) else gradient
            for node, gradient in trace.leaf_grads.items()
        }
        known = {step.node for step in trace.steps[:count]}
        return msgspec.structs.replace(
            trace,
            steps=(*trace.steps[:count], after, *self._all[count + 1 :]),
            leaf_grads=sums,
            checks=tuple(check for check in trace.checks if check.node in known),
        )

    def _still_grows(self, leaf: str, count: int) -> bool:
        """Tell whether a step from `count` on sends a gradient to a leaf."""
        later = self.trace.steps[count:]
        sent = any(each.leaf == leaf for step in later for each in step.contributions)
        return sent or any(step.node == leaf for step in later[1:])


def _without(step: Step, *, arrived: bool) -> Step:
    """Return a step with hidden gradients; those that have `arrived` keep their numbers."""
    got = step.grad_outputs
    return Step(
        node=step.node,
        grad_outputs=got if arrived else tuple(map(_hidden_or_none, got)),
        grad_inputs=tuple(map(_hidden_or_none, step.grad_inputs)),
        contributions=tuple(map(_without_numbers, step.contributions)),
    )


def _without_numbers(sent: Contribution) -> Contribution:
    return msgspec.structs.replace(sent, gradient=_hidden(sent.gradient), total=_hidden(sent.total))


def _hidden_or_none(gradient: TensorSummary | None) -> TensorSummary | None:
    return None if gradient is None else _hidden(gradient)


def _hidden(gradient: TensorSummary) -> TensorSummary:
    return TensorSummary(
        shape=gradient.shape, dtype=gradient.dtype, device=gradient.device, hidden=True
    )

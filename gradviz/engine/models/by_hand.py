"""The tutorial's polynomial with a backward written by hand: the part NumPy and tensors share.

There is no autograd graph behind such a model. Its forward and backward computations are
shown as a graph of its own, and each of its gradients beside the one that autograd finds.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple, cast

import numpy as np
import torch

from gradviz.core.choices.settings import Training
from gradviz.core.errors import ModelError, SettingError
from gradviz.core.graphs.graph import BY_HAND, Edge, Graph, Node, NodeKind
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Check, Contribution, Step, Trace
from gradviz.core.language.saying import marked, tr
from gradviz.engine.models.base import HandWritten, NamedModel
from gradviz.engine.optim.losses import Loss, LossRow
from gradviz.engine.optim.optimizers import Descent, Optimizer
from gradviz.engine.recording.recording import Recording, Tensors
from gradviz.engine.tensors.summary import dtype_name, summarize

#: The lines of a script that compute the gradients.
BACKWARD: Final = (
    "grad_y_pred = 2.0 * (y_pred - y)",
    "grad_a = grad_y_pred.sum()",
    "grad_b = (grad_y_pred * x).sum()",
    "grad_c = (grad_y_pred * x ** 2).sum()",
    "grad_d = (grad_y_pred * x ** 3).sum()",
)
NOTE: Final = marked("There is no autograd graph: this is written by hand.")
_LOSS, _Y_PRED = "n0", "n1"


class Gradients(NamedTuple):
    """The gradients of the loss, written by hand, in the order in which they are computed."""

    y_pred: torch.Tensor
    a: torch.Tensor
    b: torch.Tensor
    c: torch.Tensor
    d: torch.Tensor


class LossByHand:
    """A loss whose backward runs the hand-written rules in place of autograd.

    It has the methods that training calls on a loss, and is no tensor: to make one of another costs
    a tenth of a step.
    """

    __slots__ = ("_rules", "_value")

    def __init__(self, value: float, rules: Callable[[], None]) -> None:
        self._value = value
        self._rules = rules

    def item(self) -> float:
        """Return the loss as a number."""
        return self._value

    def __float__(self) -> float:
        """Return the loss as a number."""
        return self._value

    def backward(self) -> None:
        """Leave the gradients with the parameters, as autograd would."""
        self._rules()


class HandWrittenPolynomial(NamedModel):
    """y = a + b x + c x^2 + d x^3 and the sum of squared errors, without autograd."""

    training = Training(optimizer="descent", learning_rate=1e-6)
    _x: torch.Tensor

    def __init__(self, a: torch.Tensor, b: torch.Tensor, c: torch.Tensor, d: torch.Tensor) -> None:
        """Take the drawn parameters, shape () each."""
        self._a, self._b, self._c, self._d = a, b, c, d
        self.parameters = {"a": a, "b": b, "c": c, "d": d}

    @abstractmethod
    def predicted(self, x: torch.Tensor) -> torch.Tensor:
        """Return y_pred for `x` of shape (points,)."""

    @abstractmethod
    def loss_value(self, y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the sum of squared errors, shape ()."""

    def loss_number(self, y_pred: torch.Tensor, y: torch.Tensor) -> float:
        """Return the sum of squared errors as a number."""
        return self.loss_value(y_pred, y).item()

    @abstractmethod
    def gradients(self, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor) -> Gradients:
        """Return the gradients of the loss."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return y_pred for `x` of shape (points,); the backward needs the same x again."""
        self._x = x
        return self.predicted(x)

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Return the polynomial as torch computes it, with other coefficients."""
        a, b, c, d = (instead.get(name, each) for name, each in self.parameters.items())
        return a + b * x + c * x**2 + d * x**3

    @property
    def by_hand(self) -> HandWritten:
        """Return the model itself: its backward pass is written by hand."""
        return self

    def check_order(self, order: int, source: str) -> None:
        """Raise ModelError for every order but the first: autograd knows nothing of the pass."""
        if order != 1:
            raise ModelError(
                tr(
                    "The gradients of {source} are written by hand: they have no graph.",
                    source=source,
                ),
                tr("Turn Create graph off, or choose the model autograd, which computes the same."),
            )

    def with_backward(self, loss: LossRow) -> Loss:
        """Return the loss that is written by hand; raises SettingError for any other one."""
        if loss.entry.name != self.loss:
            raise SettingError(
                tr(
                    "The gradients of this model are written by hand, for the sum of squared "
                    "errors."
                ),
                tr("Choose that loss, or the model autograd."),
            )
        return self._scored

    def equation(self) -> str:
        """Return `y = a + b x + c x^2 + d x^3` with its numbers."""
        a, b, c, d = (p.item() for p in self.parameters.values())
        return f"y = {a} + {b} x + {c} x^2 + {d} x^3"

    @np.errstate(over="ignore", invalid="ignore")
    def recording(self, x: torch.Tensor, y: torch.Tensor, at_step: int) -> tuple[float, Recording]:
        """Return the loss, the forward as a graph, and the backward with its checks."""
        y_pred = self.predicted(x)
        loss = self.loss_value(y_pred, y)
        found = self.gradients(x, y_pred, y)
        start = torch.ones_like(loss)
        trace = _trace(found, start, self._checks(found, x, y), at_step)
        tensors = _tensors(loss, y_pred, self.parameters, start, found)
        graph = _graph(loss, y_pred, self.parameters)
        return float(loss.item()), Recording(graph, trace, tensors)

    @cached_property
    def _scored(self) -> Loss:
        return self._score

    def _score(self, y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        value = self.loss_number(y_pred, y)
        by_hand = LossByHand(value, lambda: self.leave_gradients(self._x, y_pred, y))
        # It has all that training uses of a tensor.
        return cast("torch.Tensor", by_hand)

    def leave_gradients(self, x: torch.Tensor, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        """Give each parameter its gradient, as autograd would."""
        _, a, b, c, d = self.gradients(x, y_pred, y)
        self._a.grad, self._b.grad, self._c.grad, self._d.grad = a, b, c, d

    def own_halves_of_steps(
        self, x: torch.Tensor, y: torch.Tensor, optimizer: Optimizer
    ) -> Iterator[float] | None:
        """Return the whole steps in one piece where the update is written out too."""
        return self.halves_of_steps(x, y, optimizer) if isinstance(optimizer, Descent) else None

    @abstractmethod
    def halves_of_steps(
        self, x: torch.Tensor, y: torch.Tensor, descent: Descent
    ) -> Iterator[float]:
        """Yield each step's loss; asked once more, do the rest of the step.

        It is the tutorial's loop as it stands there, with the powers of `x` computed once: every
        call within would cost a percent.
        """

    def of_autograd(self, x: torch.Tensor, y: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Return autograd's gradients of y_pred and each parameter, in their own precision."""
        leaves = [p.detach().clone().requires_grad_() for p in self.parameters.values()]
        a, b, c, d = leaves
        y_pred = a + b * x + c * x**2 + d * x**3
        found = torch.autograd.grad((y_pred - y).pow(2).sum(), [y_pred, *leaves])
        return dict(zip(("y_pred", *self.parameters), found, strict=True))

    def rounding(self, name: str, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the sum of the sizes of all terms of the gradient of `name`, in float64."""
        x = x.to(torch.float64).abs()
        powers = [x**exponent for exponent in range(4)]
        sizes = [p.detach().to(torch.float64).abs() for p in self.parameters.values()]
        pairs = zip(sizes, powers, strict=True)
        terms = sum((size * power for size, power in pairs), torch.zeros_like(x))
        upstream = 2 * (terms + y.to(torch.float64).abs())
        if name != "y_pred":
            upstream = (upstream * powers[list(self.parameters).index(name)]).sum()
        return upstream

    def _checks(self, found: Gradients, x: torch.Tensor, y: torch.Tensor) -> tuple[Check, ...]:
        return tuple(
            Check(
                node=node,
                autograd=summarize(gradient),
                difference=_relative_difference(by_hand, gradient),
            )
            for node, by_hand, gradient in zip(
                _nodes_back(), found, self.of_autograd(x, y).values(), strict=True
            )
        )


def _nodes_forward() -> tuple[str, ...]:
    """Return the ids of a, b, c, d, y_pred and the loss."""
    return (*_nodes_back()[1:], _Y_PRED, _LOSS)


def _nodes_back() -> tuple[str, ...]:
    """Return the ids of y_pred, a, b, c and d."""
    return (_Y_PRED, *(f"n{index}" for index in range(2, 6)))


def _relative_difference(one: torch.Tensor, other: torch.Tensor) -> float:
    difference = torch.linalg.vector_norm(one - other).item()
    return difference / torch.linalg.vector_norm(other).item() if difference else 0.0


def _graph(
    loss: torch.Tensor, y_pred: torch.Tensor, parameters: Mapping[str, torch.Tensor]
) -> Graph:
    leaves = [
        _node(node, name, "leaf", value)
        for node, (name, value) in zip(_nodes_back()[1:], parameters.items(), strict=True)
    ]
    return Graph(
        nodes=(
            _node(_LOSS, "loss", "output", loss, "Σ (y_pred − y)²"),
            _node(_Y_PRED, "y_pred", "operation", y_pred, "a + b·x + c·x² + d·x³"),
            *leaves,
        ),
        edges=(
            Edge(id=f"{_LOSS}.0", source=_Y_PRED, target=_LOSS, slot=0),
            *(
                Edge(id=f"{_Y_PRED}.{slot}", source=leaf.id, target=_Y_PRED, slot=slot)
                for slot, leaf in enumerate(leaves)
            ),
        ),
        output=_LOSS,
        note=tr(NOTE),
    )


def _node(node: str, op: str, kind: NodeKind, value: torch.Tensor, label: str = "") -> Node:
    return Node(
        id=node,
        op=op,
        name=BY_HAND,
        kind=kind,
        label=label,
        shape=tuple(value.shape),
        dtype=dtype_name(value.dtype),
        device=str(value.device),
        value=summarize(value),
    )


def _tensors(
    loss: torch.Tensor,
    y_pred: torch.Tensor,
    parameters: Mapping[str, torch.Tensor],
    start: torch.Tensor,
    found: Gradients,
) -> Tensors:
    nodes = _nodes_back()
    gradients = dict(zip(nodes[1:], found[1:], strict=True))
    return Tensors(
        values={_LOSS: loss, **dict(zip(nodes, (y_pred, *parameters.values()), strict=True))},
        grad_outputs={
            _LOSS: (start,),
            _Y_PRED: (found.y_pred,),
            **{leaf: (gradient,) for leaf, gradient in gradients.items()},
        },
        grad_inputs={_LOSS: (found.y_pred,), _Y_PRED: found[1:]},
        gradients=gradients,
    )


def _trace(found: Gradients, start: torch.Tensor, checks: tuple[Check, ...], at_step: int) -> Trace:
    y_pred, *of_leaves = (summarize(gradient) for gradient in found)
    leaf_grads: dict[str, TensorSummary] = dict(zip(_nodes_back()[1:], of_leaves, strict=True))
    contributions = tuple(
        Contribution(leaf=leaf, edge=f"{_Y_PRED}.{slot}", gradient=gradient, total=gradient)
        for slot, (leaf, gradient) in enumerate(leaf_grads.items())
    )
    steps = (
        Step(node=_LOSS, grad_outputs=(summarize(start),), grad_inputs=(y_pred,)),
        Step(
            node=_Y_PRED,
            grad_outputs=(y_pred,),
            grad_inputs=tuple(of_leaves),
            contributions=contributions,
        ),
        *(
            Step(node=leaf, grad_outputs=(gradient,), grad_inputs=())
            for leaf, gradient in leaf_grads.items()
        ),
    )
    return Trace(
        steps=steps,
        leaf_grads=leaf_grads,
        at_step=at_step,
        checks=checks,
        forward=_nodes_forward(),
    )

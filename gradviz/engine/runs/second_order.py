"""The gradient as an output of its own, which has a graph and can be differentiated again."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, Final

import msgspec
import torch
from torch.autograd.function import BackwardCFunction

from gradviz.core.choices.orders import ORDERS, derivative_text, direction_text
from gradviz.core.choices.settings import Model
from gradviz.core.errors import ModelError, SettingError, words_of
from gradviz.core.language.saying import listed, sentences, tr
from gradviz.engine.failures import out_of_memory
from gradviz.engine.models.base import TrainableModel
from gradviz.engine.recording.capture import GradNode, Walk
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recording import Gradients, Recording

#: The nodes that PyTorch puts in the graph where a backward cannot be differentiated.
_ERROR_NODES: Final = frozenset({"Error", "NotImplemented", "DelayedError"})
_INDEXED = re.compile(r"(?P<name>.+)\[(?P<index>\d+)\]")


class Orders:
    """Differentiates an output as often as was asked, and remembers the nodes of each order."""

    def __init__(self, settings: Model, result: str = "") -> None:
        """Take the order, the direction and the seed of `settings`.

        `result` is the letter of an output that is a function of several inputs.

        Raises:
            SettingError: the order is none that is offered.
        """
        if settings.order not in ORDERS:
            raise SettingError(
                tr("A graph of order {order} is not offered.", order=settings.order),
                tr("Use one of {numbers}.", numbers=listed(map(str, ORDERS))),
            )
        self.order = settings.order
        self._direction = settings.direction
        self._seed = settings.seed
        self._result = result
        self._inner: list[Walk] = []

    def output(
        self,
        output: torch.Tensor,
        leaves: Mapping[str, torch.Tensor],
        recorder: ForwardRecorder,
    ) -> torch.Tensor:
        """Return the tensor for backward to start from: `output`, or one made of its gradient.

        That is the inner product of its gradient and the direction, a scalar, whose backward
        gives the Hessian times the direction at each leaf; for order 3 once more of the same.

        Raises:
            ModelError: the gradient is constant, or a backward cannot be differentiated.
            SettingError: the direction is none that these leaves have.
        """
        self._inner.clear()
        if self.order == 1:
            return output
        free = {name: leaf for name, leaf in leaves.items() if leaf.requires_grad}
        what = f"∂{self._result}" if self._result else "∂y" if "x" in free else "∂loss"
        for order in range(2, self.order + 1):
            self._inner.append(Walk(output, free))
            if order == 2:
                _refuse_what_is_not_differentiable(output, self._inner[-1])
            with _heard(self._inner[-1], recorder):
                gradients = _gradients(output, free)
            for name, gradient in gradients.items():
                recorder.name(gradient, f"{what}/∂{name}" if order == 2 else f"H·v[{name}]")
            output = self._along(gradients, output)
            if not output.requires_grad:
                raise ModelError(
                    tr(
                        "The {derivative} is constant: it has no graph to be differentiated again.",
                        derivative=derivative_text(order - 1),
                    ),
                    tr("Turn Create graph off, or choose a model that is not linear."),
                )
            _refuse_dead_ends(output, free)
        return output

    def told(self, output: torch.Tensor, recording: Recording) -> Recording:
        """Return `recording`, made from `output`, with the order of each node, and a note."""
        if self.order == 1:
            return recording
        walk = Walk(output, {})
        orders = {walk.ids[node]: self._order_of(node) for node in walk.nodes}
        nodes = tuple(
            msgspec.structs.replace(node, order=orders.get(node.id, 1))
            for node in recording.graph.nodes
        )
        note = sentences(
            [
                tr(
                    "Order {order}: the graph of the {derivative} {along}.",
                    order=self.order,
                    derivative=derivative_text(self.order - 1),
                    along=direction_text(self._direction),
                ),
                tr("A leaf gets the {derivative}.", derivative=derivative_text(self.order)),
                tr("Double outline: computed by a backward pass.")
                if self.order == 2
                else tr("Triple outline: computed by a backward pass."),
            ]
        )
        self.forget()
        graph = msgspec.structs.replace(recording.graph, nodes=nodes, order=self.order, note=note)
        return replace(recording, graph=graph)

    def forget(self) -> None:
        """Let go of the last pass, which its nodes would keep alive."""
        self._inner.clear()

    def _order_of(self, node: GradNode) -> int:
        found = (order for order, walk in enumerate(self._inner, start=1) if node in walk.ids)
        return next(found, self.order)

    def _along(self, gradients: Mapping[str, torch.Tensor], output: torch.Tensor) -> torch.Tensor:
        """Return the inner product of gradients and direction; `output` has its device."""
        directions = self._directions({name: grad.detach() for name, grad in gradients.items()})
        total = torch.zeros_like(output.detach()).sum()
        for name, gradient in gradients.items():
            along = directions[name]
            if along is None or not gradient.requires_grad:
                continue
            # A product with one, or a sum of one term, would only be more to read.
            part = gradient if _is_one(along) else gradient * along
            part = part if part.dim() == 0 else part.sum()
            total = total + part if total.requires_grad else part
        return total

    def _directions(self, gradients: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor | None]:
        """Return the direction for each leaf; None where it is zero.

        Raises:
            SettingError: there is no leaf, or no such element, by the name of the direction.
        """
        match self._direction:
            case "ones":
                return {name: torch.ones_like(each) for name, each in gradients.items()}
            case "gradient":
                return dict(gradients)
            case "random":
                generator = torch.Generator().manual_seed(self._seed)
                return {
                    name: torch.randn(each.shape, generator=generator).to(each)
                    for name, each in gradients.items()
                }
            case name:
                return dict.fromkeys(gradients) | _unit(name, gradients)


def orders_of(settings: Model, model: TrainableModel) -> Orders:
    """Return the differentiation that `settings` ask of `model`.

    Raises:
        ModelError: the model cannot be differentiated so often.
        SettingError: the order is none that is offered.
    """
    model.check_order(settings.order, settings.source)
    return Orders(settings, model.result)


@contextmanager
def _heard(walk: Walk, recorder: ForwardRecorder) -> Iterator[None]:
    """Let `recorder` keep the gradients that the nodes of `walk` send on within the context."""

    def ran(sent: tuple[Any, ...], _: tuple[Any, ...]) -> None:
        for each in sent:
            if each is not None and each.requires_grad:
                recorder.hear(each)

    hooks = [node.register_hook(ran) for node in walk.nodes]
    try:
        with recorder.scopes.backward_heard(walk.operations):
            yield
    finally:
        for hook in hooks:
            hook.remove()


def _is_one(along: torch.Tensor) -> bool:
    return bool((along == 1).all())


def _gradients(output: torch.Tensor, leaves: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the gradient of each leaf that `output` depends on, with its graph."""
    start = None if output.numel() == 1 else torch.ones_like(output)
    found = torch.autograd.grad(
        output, list(leaves.values()), start, create_graph=True, allow_unused=True
    )
    return {
        name: gradient for name, gradient in zip(leaves, found, strict=True) if gradient is not None
    }


def _refuse_dead_ends(output: torch.Tensor, leaves: Mapping[str, torch.Tensor]) -> None:
    """Raise ModelError where PyTorch has no derivative of a backward that `output` came from."""
    if not any(_is_error(node) for node in Walk(output, leaves).nodes):
        return
    try:
        # Such a node names its operation only in the error that it raises when it is reached.
        torch.autograd.grad(output, list(leaves.values()), retain_graph=True, allow_unused=True)
    except RuntimeError as error:
        if out_of_memory(error):
            raise
        why = words_of(error)
        math = "scaled_dot_product" in why
        raise ModelError(
            tr("PyTorch cannot differentiate this gradient: {error}.", error=why),
            tr("Run attention within torch.nn.attention.sdpa_kernel(SDPBackend.MATH).")
            if math
            else tr("Turn Create graph off, or use another operation."),
        ) from error


def _unit(direction: str, gradients: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return ones for one leaf, or one for one element of it, such as `weight[3]`."""
    if direction in gradients:
        return {direction: torch.ones_like(gradients[direction])}
    found = _INDEXED.fullmatch(direction)
    if found and found["name"] in gradients:
        gradient, index = gradients[found["name"]], int(found["index"])
        if index < gradient.numel():
            unit = torch.zeros_like(gradient).reshape(-1)
            unit[index] = 1
            return {found["name"]: unit.reshape(gradient.shape)}
    names = list(gradients)
    some = listed([*names[:8], "…"] if len(names) > 8 else names)
    raise SettingError(
        tr("There is no direction {direction!r}.", direction=direction),
        tr("Use ones, gradient, random, or one of {leaves}.", leaves=some),
    )


def _refuse_what_is_not_differentiable(output: torch.Tensor, walk: Walk) -> None:
    """Raise ModelError where the backward of a custom Function has no graph of its own.

    A backward is linear in its upstream gradient, so that its result needs a graph where that has
    one. PyTorch takes a result without one for a constant, and goes on with wrong numbers.
    """
    custom = [node for node in walk.nodes if isinstance(node, BackwardCFunction)]
    if not custom:
        return
    wrong: dict[str, str] = {}
    start = torch.ones_like(output).requires_grad_()
    leaves = [leaf.variable for leaf in walk.leaves]
    hooks = [node.register_hook(partial(_look, wrong, walk.ids[node], node)) for node in custom]
    try:
        torch.autograd.grad(output, leaves, start, create_graph=True, allow_unused=True)
    except RuntimeError as error:
        if out_of_memory(error):
            raise
        raise _not_differentiable(_names(custom), words_of(error)) from error
    finally:
        for hook in hooks:
            hook.remove()
    if wrong:
        raise _not_differentiable(
            listed(f"{name} ({node})" for node, name in wrong.items()),
            tr("its result has no graph"),
        )


def _look(wrong: dict[str, str], key: str, node: GradNode, sent: Gradients, got: Gradients) -> None:
    """Add a node to `wrong` if its result forgets that it came from the arriving gradient."""
    if not any(each is not None and each.requires_grad for each in got):
        return
    for each in sent:
        if each is None:
            continue
        # A gradient that is zero whatever arrives is a constant in truth.
        lost = not each.requires_grad and bool(each.count_nonzero())
        if lost or _is_error(each.grad_fn):
            wrong.setdefault(key, node.name())


def _is_error(node: Any) -> bool:
    return node is not None and node.name().rpartition("::")[2] in _ERROR_NODES


def _names(nodes: list[GradNode]) -> str:
    return listed(dict.fromkeys(node.name() for node in nodes))


def _not_differentiable(who: str, why: str) -> ModelError:
    return ModelError(
        tr(
            "The backward of {functions} cannot be differentiated again: {reason}.",
            functions=who,
            reason=why,
        ),
        tr("Write it with operations of torch, without once_differentiable, detach or NumPy."),
    )

"""Gradients that are written by hand beside autograd's, and beside finite differences."""

from collections.abc import Callable, Generator
from typing import Final, TypeAlias

import torch

from gradviz.core.findings.checks import CheckedPart, Finding, NodeCheck
from gradviz.core.language.saying import marked, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.inspection.checks.compared import Comparison, Moves, differences
from gradviz.engine.inspection.checks.differences import Direction, Moved
from gradviz.engine.inspection.checks.high_precision import HighPrecisionPass, Perturbation
from gradviz.engine.inspection.checks.passes import largest_of
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
from gradviz.engine.models.base import HandWritten
from gradviz.engine.recording.recording import Recording

Work: TypeAlias = Generator[NodeCheck | None, None, None]

#: Rounding of a sum, in units of the last digit of the sum of the sizes.
_ROUNDING: Final = 4.0
_BY_DEFINITION: Final = marked("The output's gradient by itself is 1, whatever the model.")


def checks_by_hand(
    model: HandWritten,
    x: torch.Tensor,
    y: torch.Tensor,
    recording: Recording,
    nodes: tuple[str, ...],
) -> Work:
    """Yield each node as it is done, and None between two pieces."""
    moved = _Moved(model, x, y)
    values = model.of_autograd(x, y)
    graph = recording.graph
    for node in nodes:
        if node == graph.output:
            told = Finding(
                method="hand", part="grad_output", verdict="unchecked", told=tr(_BY_DEFINITION)
            )
            yield NodeCheck(node=node, findings=(told,))
            continue
        name = graph.node[node].op
        part: CheckedPart = "gradient" if name in model.parameters else "grad_output"
        every = gradients_of(recording, node, part)
        recorded = next(each for each in every if each is not None)
        rounding = moved.rounding(name)
        first = _beside_autograd(recorded, values[name], rounding, part)
        wide = recorded.to(torch.float64)
        second = yield from differences(
            moved.moves(name, rounding), recorded, wide, part, 0, largest_of([wide])
        )
        yield NodeCheck(node=node, findings=(first, second))


class _Moved:
    """The model's own forward pass, with y_pred or one of its parameters moved."""

    def __init__(self, model: HandWritten, x: torch.Tensor, y: torch.Tensor) -> None:
        self._model, self._x, self._y = model, x, y
        with torch.no_grad():
            self._y_pred = model.predicted(x)

    def rounding(self, name: str) -> torch.Tensor:
        """Return how far rounding may move each element of a gradient.

        A sum is rounded in proportion to the sizes of its terms, cancel as they may.
        """
        sizes = self._model.rounding(name, self._x, self._y)
        return sizes * (_ROUNDING * torch.finfo(self._y_pred.dtype).eps)

    def moves(self, name: str, rounding: torch.Tensor) -> Moves:
        """Return the function for differences: the loss, where y_pred or a parameter is moved."""
        value = (self._y_pred if name == "y_pred" else self._model.parameters[name]).detach()
        value = value.to(torch.float64)
        loss: Callable[[torch.Tensor], float] = (
            self._loss_at if name == "y_pred" else lambda moved: self._loss_with(name, moved)
        )

        def moved(direction: Direction) -> Moved:
            def at(step: float) -> tuple[float, float]:
                found = loss(value + step * direction.move)
                return found, abs(found)

            return at

        def weight(direction: Direction) -> float:
            return float((rounding * direction.move.abs()).sum())

        return Moves(value, moved, loss(value), weight)

    def _loss_at(self, y_pred: torch.Tensor) -> float:
        return self._model.loss_number(y_pred, self._y.to(torch.float64))

    def _loss_with(self, name: str, value: torch.Tensor) -> float:
        """Return the loss with another value for a parameter, which has its own again afterwards.

        In double precision the parameter itself is moved, since NumPy computes with it; else
        its precise alone.
        """
        parameter = self._model.parameters[name]
        if parameter.dtype == torch.float64:
            before = parameter.detach().clone()
            parameter.detach().copy_(value)
            try:
                return self._loss_at(self._model.predicted(self._x))
            finally:
                parameter.detach().copy_(before)
        with (
            torch.no_grad(),
            HighPrecisionPass(Perturbation(leaves=[(parameter, value)])) as precise,
        ):
            y_pred = self._model.predicted(self._x)
        return self._loss_at(precise.of(y_pred))


def _beside_autograd(
    recorded: torch.Tensor, expected: torch.Tensor, rounding: torch.Tensor, part: CheckedPart
) -> Finding:
    """Compare element by element, of any shape."""
    compared = Comparison()
    rows = zip(
        recorded.detach().reshape(-1).tolist(),
        expected.reshape(-1).tolist(),
        rounding.reshape(-1).tolist(),
        strict=True,
    )
    for index, (one, other, tolerance) in enumerate(rows):
        compared.add(one, other, tolerance, tr("element {index}", index=index))
    told = [
        tr_n(
            "Written by hand, beside autograd on the same polynomial: {shown} elements.",
            "Written by hand, beside autograd on the same polynomial: {shown} element.",
            recorded.numel(),
            shown=counted(recorded.numel()),
        ),
        tr(
            "The tolerance is rounding in {dtype}.",
            dtype=str(recorded.dtype).removeprefix("torch."),
        ),
    ]
    return compared.finding("hand", part, 0, sentences(told))

"""The gradients of a typed expression beside sympy's derivatives of what was typed."""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Final

import torch

from gradviz.core.findings.checks import Finding
from gradviz.engine.inspection.checks.compared import Comparison
from gradviz.engine.inspection.checks.high_precision import NARROWER
from gradviz.engine.inspection.checks.passes import Replay
from gradviz.engine.inspection.checks.recorded import gradients_of
from gradviz.engine.inspection.checks.symbolic import (
    DIGITS,
    Derivatives,
    NotSymbolicError,
    Number,
    Numbers,
    as_number,
    derivatives,
    evaluated,
)
from gradviz.engine.models.expression import ExpressionModel
from gradviz.engine.optim.losses import LOSSES
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run

#: The derivative of one point's loss by its residual r, y_pred - y.
_Slope = Callable[[Number], Number]
#: What is left of double precision where nothing cancels, with room.
_FLOOR: Final = 1e-12
#: What rounding does in double precision, from what it does in single precision.
_FINER: Final = torch.finfo(torch.float64).eps / torch.finfo(torch.float32).eps


def typed_findings(
    run: Run, recording: Recording, replay: Replay, nodes: tuple[str, ...]
) -> Generator[None, None, dict[str, list[Finding]]]:
    """Return what sympy says of the leaves among `nodes`; nothing unless it was typed."""
    if not isinstance(run.model, ExpressionModel):
        return {}
    names = {
        node: recording.graph.node[node].op
        for node in nodes
        if recording.graph.node[node].kind == "leaf" and node in recording.tensors.gradients
    }
    if not names:
        return {}
    every = ("x", *run.model.parameters)
    try:
        made = yield from derivatives(run.model.tree, every)
        expected = yield from _gradients(run, made, tuple(names.values()))
    except NotSymbolicError as error:
        return {node: [_unchecked(str(error))] for node in names}
    rounding = yield from _rounding(run, recording, replay)
    return {
        node: [_finding(recording, node, expected[name], rounding.get(node))]
        for node, name in names.items()
    }


def _gradients(
    run: Run, made: Derivatives, names: tuple[str, ...]
) -> Generator[None, None, dict[str, Number]]:
    """Return the derivative by each name: of y at the point, or of the loss over all points."""
    import mpmath

    slopes = {name: made.slopes[name] for name in names}
    values = {name: as_number(p.item()) for name, p in run.model.parameters.items()}
    if run.target is None:
        place = {**values, "x": as_number(run.x.item())}
        (found,) = yield from evaluated(slopes, iter([place]))
        return found
    slope, mean = _loss_slope(run)
    rows = yield from evaluated({"": made.value, **slopes}, _places(values, run.x))
    targets = [as_number(each) for each in run.target.detach().to(torch.float64).tolist()]
    totals: dict[str, Number] = {}
    with mpmath.workdps(DIGITS):
        weights = [slope(row[""] - y) for row, y in zip(rows, targets, strict=True)]
        for name in names:
            terms = (weight * row[name] for weight, row in zip(weights, rows, strict=True))
            total = mpmath.fsum(terms)
            totals[name] = total / len(rows) if mean else total
    return totals


def _places(values: Mapping[str, Number], x: torch.Tensor) -> Iterator[Numbers]:
    for each in x.detach().to(torch.float64).tolist():
        yield {**values, "x": as_number(each)}


def _loss_slope(run: Run) -> tuple[_Slope, bool]:
    """Return the loss's derivative by the residual of one point, and whether a mean is taken.

    Raises:
        NotSymbolicError: the loss is none of the table.
    """
    name = next((name for name, loss in LOSSES.items() if loss is run.loss), "")
    kind, _, reduction = name.partition(", ")
    if kind not in _SLOPES:
        raise NotSymbolicError("This loss has no formula here.")
    return _SLOPES[kind], reduction == "mean"


def _sign(residual: Number) -> int:
    return int(residual > 0) - int(residual < 0)


def _clipped(residual: Number) -> Number:
    """Return the derivative of Huber's loss and of SmoothL1Loss, with their bounds of 1."""
    return residual if abs(residual) < 1 else _sign(residual)


_SLOPES: Final[Mapping[str, _Slope]] = {
    "squared errors": lambda residual: 2 * residual,
    "MSELoss": lambda residual: 2 * residual,
    "L1Loss": _sign,
    "SmoothL1Loss": _clipped,
    "HuberLoss": _clipped,
}


def _rounding(
    run: Run, recording: Recording, replay: Replay
) -> Generator[None, None, dict[str, float]]:
    """Return how far rounding has moved each leaf's gradient, of shape ().

    For a pass in double precision it follows from what single precision does to the same pass.
    """
    recorded = {
        node: gradient
        for node in recording.tensors.gradients
        for gradient in gradients_of(recording, node, "gradient")
        if gradient is not None
    }
    wide = {node: float(value.sum()) for node, value in replay.gradients.items()}
    if all(gradient.dtype != torch.float64 for gradient in recorded.values()):
        return {node: abs(float(recorded[node]) - wide[node]) for node in recorded if node in wide}
    narrow = Replay(run, recording, NARROWER)
    yield
    return {
        node: 8 * _FINER * abs(float(value.sum()) - wide[node])
        for node, value in narrow.gradients.items()
        if node in wide
    }


def _finding(recording: Recording, node: str, expected: Number, rounding: float | None) -> Finding:
    (gradient,) = gradients_of(recording, node, "gradient")
    if gradient is None:
        return _unchecked("PyTorch passed no gradient here.")
    recorded = float(gradient)
    if not torch.isfinite(gradient).all():
        found = f"{float(expected):.6g}"
        return _unchecked(f"PyTorch's gradient is {recorded}, and sympy's is {found}.")
    if rounding is None:
        return _unchecked("What rounding does to this pass is not known.")
    compared = Comparison()
    # Terms that cancel are rounded in proportion to their own sizes.
    size = max(abs(recorded), abs(float(expected)), _terms(recording, node))
    compared.add(recorded, float(expected), 2 * rounding + _FLOOR * size, "the value")
    dtype = str(gradient.dtype).removeprefix("torch.")
    told = (
        f"sympy: {float(expected):.12g}, evaluated with {DIGITS} digits. "
        f"Rounding in {dtype} explains {2 * rounding:.2g}."
    )
    return compared.finding("sympy", "gradient", 0, told)


def _terms(recording: Recording, node: str) -> float:
    """Return the sum of the sizes of what arrives at a leaf of shape ()."""
    sent = (
        gradients_of(recording, edge.target, "grad_input")[edge.slot : edge.slot + 1]
        for edge in recording.graph.edges_out_of[node]
    )
    return sum(float(each.abs().sum()) for found in sent for each in found if each is not None)


def _unchecked(told: str) -> Finding:
    return Finding(method="sympy", part="gradient", verdict="unchecked", told=told)

"""The gradients of a typed expression beside sympy's derivatives of it."""

from collections.abc import Generator, Iterator, Mapping
from typing import Final

import msgspec
import torch

from gradviz.core.findings.checks import Finding
from gradviz.core.language.saying import sentences, tr
from gradviz.core.number_text import short
from gradviz.engine.inspection.checks.compared import Comparison
from gradviz.engine.inspection.checks.high_precision import NARROWER
from gradviz.engine.inspection.checks.passes import HighPrecisionReplay
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
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
from gradviz.engine.optim.losses import Slope, row_of
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay

#: The relative error of double precision where nothing cancels, with room.
_FLOOR: Final = 1e-12
#: The ratio of the effect of rounding in double precision to that in single precision.
_FINER: Final = torch.finfo(torch.float64).eps / torch.finfo(torch.float32).eps


def typed_findings(
    replay: Replay, recording: Recording, precise: HighPrecisionReplay, nodes: tuple[str, ...]
) -> Generator[None, None, dict[str, list[Finding]]]:
    """Return sympy's findings on the leaves among `nodes`; none for a model in Python."""
    tree = replay.tree
    if tree is None:
        return {}
    names = {
        node: recording.graph.node[node].op
        for node in nodes
        if recording.graph.node[node].kind == "leaf" and node in recording.tensors.gradients
    }
    if not names:
        return {}
    every = ("x", *replay.inputs, *replay.parameters)
    try:
        made = yield from derivatives(tree, every)
        expected = yield from _gradients(replay, made, tuple(names.values()))
    except NotSymbolicError as error:
        return {node: [_unchecked(str(error))] for node in names}
    rounding = yield from _rounding(replay, recording, precise)
    return {
        node: [_finding(recording, node, expected[name], rounding.get(node))]
        for node, name in names.items()
    }


def _gradients(
    replay: Replay, made: Derivatives, names: tuple[str, ...]
) -> Generator[None, None, dict[str, Number]]:
    """Return the derivative by each name: of y at the point, or of the loss over all points."""
    import mpmath

    slopes = {name: made.slopes[name] for name in names}
    letters = {**replay.inputs, **replay.parameters}
    values = {name: as_number(p.item()) for name, p in letters.items()}
    if replay.target is None:
        place = {**values, "x": as_number(replay.x.item())}
        (found,) = yield from evaluated(slopes, iter([place]))
        return found
    slope, mean = _loss_slope(replay)
    rows = yield from evaluated({"": made.value, **slopes}, _places(values, replay.x))
    targets = [as_number(each) for each in replay.target.detach().to(torch.float64).tolist()]
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


def _loss_slope(replay: Replay) -> tuple[Slope, bool]:
    """Return the loss's derivative by the residual of one point, and whether a mean is taken.

    Raises:
        NotSymbolicError: the loss has no formula.
    """
    row = row_of(replay.loss)
    if row is None or row.slope is None:
        raise NotSymbolicError(tr("This loss has no formula here."))
    return row.slope, row.mean


def _rounding(
    replay: Replay, recording: Recording, precise: HighPrecisionReplay
) -> Generator[None, None, dict[str, float]]:
    """Return how far rounding has moved each leaf's gradient, of shape ().

    For a pass in double precision it follows from that of the same pass in single precision.
    """
    recorded = {
        node: gradient
        for node in recording.tensors.gradients
        for gradient in gradients_of(recording, node, "gradient")
        if gradient is not None
    }
    wide = {node: float(value.sum()) for node, value in precise.gradients.items()}
    if all(gradient.dtype != torch.float64 for gradient in recorded.values()):
        return {node: abs(float(recorded[node]) - wide[node]) for node in recorded if node in wide}
    narrow = HighPrecisionReplay(replay, recording, NARROWER)
    yield
    return {
        node: 8 * _FINER * abs(float(value.sum()) - wide[node])
        for node, value in narrow.gradients.items()
        if node in wide
    }


def _finding(recording: Recording, node: str, expected: Number, rounding: float | None) -> Finding:
    (gradient,) = gradients_of(recording, node, "gradient")
    if gradient is None:
        return _unchecked(tr("PyTorch passed no gradient here."))
    recorded = float(gradient)
    if not torch.isfinite(gradient).all():
        told = tr(
            "PyTorch's gradient is {number}, and sympy's is {expected}.",
            number=recorded,
            expected=short(float(expected)),
        )
        return msgspec.structs.replace(_unchecked(told), verdict="non-finite")
    if rounding is None:
        return _unchecked(tr("What rounding does to this pass is not known."))
    # A number is never nearer than half a unit in its last place.
    rounding = max(rounding, torch.finfo(gradient.dtype).eps / 2 * abs(recorded))
    compared = Comparison()
    # Terms that cancel are rounded in proportion to their own sizes.
    size = max(abs(recorded), abs(float(expected)), _terms(recording, node))
    compared.add(recorded, float(expected), 2 * rounding + _FLOOR * size, tr("the value"))
    dtype = str(gradient.dtype).removeprefix("torch.")
    parts = [
        tr(
            "sympy: {number}, evaluated with {digits} digits.",
            number=short(float(expected), 12),
            digits=DIGITS,
        ),
        tr(
            "Rounding in {dtype} explains {rounding}.",
            dtype=dtype,
            rounding=short(2 * rounding, 2),
        ),
    ]
    return compared.finding("sympy", "gradient", 0, sentences(parts))


def _terms(recording: Recording, node: str) -> float:
    """Return the sum of the sizes of the gradients that arrive at a leaf of shape ()."""
    sent = (
        gradients_of(recording, edge.target, "grad_input")[edge.slot : edge.slot + 1]
        for edge in recording.graph.edges_out_of[node]
    )
    return sum(float(each.abs().sum()) for found in sent for each in found if each is not None)


def _unchecked(told: str) -> Finding:
    return Finding(method="sympy", part="gradient", verdict="unchecked", told=told)

"""Checks of one node's recorded gradients, by torch.autograd.grad and by finite differences."""

from collections.abc import Callable, Generator, Iterator
from typing import TypeAlias

import msgspec
import torch

from gradviz.core.findings.checks import CheckedPart, Finding, Method, Verdict
from gradviz.core.language.saying import marked, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.inspection.checks.compared import Moves, differences
from gradviz.engine.inspection.checks.differences import Direction, Moved
from gradviz.engine.inspection.checks.high_precision import HighPrecisionPass, Perturbation, Slot
from gradviz.engine.inspection.checks.not_finite import elements_told, is_finite
from gradviz.engine.inspection.checks.passes import HighPrecisionReplay, Wide, largest_of, same_bits
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
from gradviz.engine.recording.recording import Gradients, Recording

#: The findings at the end; it yields between slices, while other work runs.
Found: TypeAlias = Generator[None, None, list[Finding]]

_MADE_ANEW = marked(
    "The forward pass makes this leaf anew each time, so its value cannot be moved."
)
_NOTHING = marked("PyTorch passed no gradient here, so there is nothing to compare.")


def bit_by_bit(
    recorded: Gradients,
    expected: Wide,
    part: CheckedPart,
    origin: Callable[[], str],
    *,
    exact: bool,
) -> Iterator[Finding]:
    """Yield for each gradient whether torch.autograd.grad finds the same bits.

    Where a device adds in no fixed order (`exact` is False), the last bits may differ. `origin`
    tells where a number first was not finite.
    """
    for index, (gradient, found) in enumerate(zip(recorded, expected, strict=False)):
        if gradient is None or found is None:
            missing = tr("torch.autograd.grad finds no gradient here.")
            told = tr(_NOTHING) if gradient is None else missing
            verdict = "unchecked" if gradient is found else "differs"
            yield Finding(
                method="autograd",
                part=part,
                index=index,
                verdict=verdict,  # type: ignore[arg-type]
                told=told,
            )
        else:
            finding = _bits(gradient, found, part, index, exact=exact)
            yield finding if is_finite(gradient) else _not_finite(gradient, finding, origin())


def _not_finite(gradient: torch.Tensor, finding: Finding, origin: str) -> Finding:
    """Return the finding on a gradient that is right nowhere, even where another pass has it."""
    told = sentences([elements_told(gradient), origin, finding.told])
    verdict: Verdict = "differs" if finding.verdict == "differs" else "non-finite"
    return msgspec.structs.replace(finding, verdict=verdict, told=told)


def _bits(
    gradient: torch.Tensor, found: torch.Tensor, part: CheckedPart, index: int, *, exact: bool
) -> Finding:
    same = same_bits(gradient, found)
    difference = 0.0
    one, other = gradient.detach().to_dense(), found.detach().to_dense()
    if not same and one.shape == other.shape:
        exact_type = torch.complex128 if one.is_complex() else torch.float64
        difference = float((one.to(exact_type) - other.to(exact_type)).abs().max())
    size = max(float(one.abs().max()), float(other.abs().max())) if one.numel() else 0.0
    tolerance = 0.0 if exact else 16 * torch.finfo(one.dtype).eps * size
    agrees = same or (not exact and difference <= tolerance)
    told = [_same_told(one.numel()) if same else tr("Not the same bits.")]
    if not exact:
        told.append(tr("This device adds in no fixed order: the last bits may differ."))
    return Finding(
        method="autograd",
        part=part,
        index=index,
        verdict="agrees" if agrees else "differs",
        absolute=difference,
        relative=difference / size if size and difference else 0.0,
        tolerance=tolerance,
        told=sentences(told),
    )


def _same_told(count: int) -> str:
    return tr_n(
        "Bit for bit, all {shown} elements.",
        "Bit for bit, the one element.",
        count,
        shown=counted(count),
    )


def leaf_differences(replay: HighPrecisionReplay, recording: Recording, node: str) -> Found:
    """Return the findings of finite differences at a leaf, whose elements are moved."""
    (recorded,) = gradients_of(recording, node, "gradient")
    if recorded is None:
        return [unchecked("gradient", 0, tr(_NOTHING))]
    told = obstacle(replay, recorded, node)
    leaf, wide = replay.leaf(node), replay.gradients.get(node)
    if told or leaf is None or wide is None:
        return [unchecked("gradient", 0, told)]
    tensor, value = leaf, leaf.detach().to(torch.float64)

    def moved(direction: Direction) -> Moved:
        def at(step: float) -> tuple[float, float]:
            replay.again(Perturbation(leaves=[(tensor, value + step * direction.move)]))
            return replay.moved_output, abs(replay.moved_output)

        return at

    moves = Moves(value, moved, replay.output)
    precise = None if replay.draws_anew else wide
    return [
        (yield from differences(moves, recorded, precise, "gradient", 0, replay.largest_gradient))
    ]


def obstacle(replay: HighPrecisionReplay, recorded: torch.Tensor, node: str) -> str:
    """Say why a leaf with this gradient cannot be moved; empty where it can."""
    leaf = replay.leaf(node)
    if recorded.layout != torch.strided:
        return tr("A gradient that is not dense is compared with torch.autograd.grad alone.")
    if replay.failure:
        return _no_way(replay)
    if leaf is None:
        return tr(_MADE_ANEW)
    if node not in replay.gradients:
        return _no_way(replay)
    if told := replay.shared_memory(node):
        return told
    if leaf.is_complex():
        return tr("A complex gradient is compared with torch.autograd.grad alone.")
    return ""


def node_differences(replay: HighPrecisionReplay, recording: Recording, node: str) -> Found:
    """Return the findings of finite differences at a node that is no leaf.

    An upstream gradient is compared with the change of the pass's output for a moved value of the
    node; a gradient that the node sends on with the change of the node's value for a moved input,
    so that a rule that is wrong is found at the node that has it.
    """
    findings: list[Finding] = []
    for index, recorded in enumerate(gradients_of(recording, node, "grad_output")):
        findings.append((yield from _arriving(replay, node, index, recorded)))
    for index, recorded in enumerate(gradients_of(recording, node, "grad_input")):
        if recorded is not None:
            findings.append((yield from _sent(replay, node, index, recorded)))
    return findings


def _arriving(
    replay: HighPrecisionReplay, node: str, index: int, recorded: torch.Tensor | None
) -> Generator[None, None, Finding]:
    wide = _element(replay.grad_outputs.get(node), index)
    slot = replay.places(node).results.get(index)
    if recorded is None:
        return unchecked("grad_output", index, tr(_NOTHING))
    if replay.failure or wide is None or slot is None:
        return unchecked("grad_output", index, _no_way(replay))
    value = replay.again(Perturbation(), results=[slot]).result(slot)
    yield
    if value is None or value.is_complex() or value.shape != recorded.shape:
        return unchecked("grad_output", index, _no_way(replay))
    place: Slot = slot

    def moved(direction: Direction) -> Moved:
        def at(step: float) -> tuple[float, float]:
            replay.again(Perturbation(results={place: step * direction.move}))
            return replay.moved_output, abs(replay.moved_output)

        return at

    moves = Moves(value, moved, replay.output)
    largest = max(replay.largest_gradient, largest_of([wide]))
    precise = None if replay.draws_anew else wide
    return (yield from differences(moves, recorded, precise, "grad_output", index, largest))


def _sent(
    replay: HighPrecisionReplay, node: str, index: int, recorded: torch.Tensor
) -> Generator[None, None, Finding]:
    places = replay.places(node)
    arguments = places.arguments.get(index, ())
    wide = _element(replay.grad_inputs.get(node), index)
    arrived = {
        place: gradient
        for place, gradient in enumerate(replay.grad_outputs.get(node, ()))
        if gradient is not None
    }
    known = bool(arguments and arrived and arrived.keys() <= places.results.keys())
    if replay.failure or wide is None or not known:
        return unchecked("grad_input", index, _no_way(replay))
    results = {places.results[place]: gradient for place, gradient in arrived.items()}
    first = replay.again(Perturbation(), results, arguments[:1])
    value = first.argument(arguments[0])
    yield
    if value is None or value.is_complex() or value.shape != wide.shape:
        return unchecked("grad_input", index, _no_way(replay))
    at_rest, _ = _contracted(first, results)

    def moved(direction: Direction) -> Moved:
        def at(step: float) -> tuple[float, float]:
            added = dict.fromkeys(arguments, step * direction.move)
            return _contracted(replay.again(Perturbation(arguments=added), results), results)

        return at

    moves = Moves(value, moved, at_rest)
    precise = None if replay.draws_anew else wide
    largest = largest_of([*arrived.values(), wide])
    return (yield from differences(moves, recorded, precise, "grad_input", index, largest))


def _contracted(
    precise: HighPrecisionPass, results: dict[Slot, torch.Tensor]
) -> tuple[float, float]:
    """Return the sum of the results times their upstream gradients, and that of the sizes."""
    products = [
        gradient * result
        for slot, gradient in results.items()
        if (result := precise.result(slot)) is not None
    ]
    total = sum(float(product.sum()) for product in products)
    return total, sum(float(product.abs().sum()) for product in products)


def unchecked(part: CheckedPart, index: int, told: str, method: Method = "differences") -> Finding:
    """Return the finding on a gradient that is not compared."""
    return Finding(method=method, part=part, index=index, verdict="unchecked", told=told)


def _no_way(replay: HighPrecisionReplay) -> str:
    """Say why a value cannot be moved."""
    if replay.failure:
        return tr("This pass cannot be run in double precision: {reason}.", reason=replay.failure)
    if not replay.exact:
        return tr("In double precision PyTorch runs other operations than this one.")
    return tr("PyTorch does not tell which operation this value comes from, so it cannot be moved.")


def _element(gradients: Wide | None, index: int) -> torch.Tensor | None:
    return gradients[index] if gradients is not None and index < len(gradients) else None

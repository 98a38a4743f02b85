"""All leaves moved together: one slope that every gradient of a large model has a part in."""

import math
import time
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import torch

from gradviz.core.findings.checks import Finding
from gradviz.core.language.saying import sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.inspection.checks.differences import SEED, Slope, sizes_of, slope
from gradviz.engine.inspection.checks.high_precision import Perturbation
from gradviz.engine.inspection.checks.nodes import obstacle
from gradviz.engine.inspection.checks.not_finite import is_finite
from gradviz.engine.inspection.checks.passes import HighPrecisionReplay
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
from gradviz.engine.recording.recording import Recording

DIRECTIONS: Final = 2
#: Moved values of more elements take too much memory.
_MAXIMUM_ELEMENTS: Final = 250_000_000
#: A wrong gradient is seen if its leaf's part of the slope is so many times the tolerance.
_SEEN: Final = 100.0
#: A direction shows an error of a gradient by this part of its usual size at least, but for chance.
_MARGIN: Final = 10.0
#: Rounding counts so many times, as it is itself rounded.
_ROUNDING_SAFETY: Final = 2.0


@dataclass
class Together:
    """What the slopes of all leaves together tell.

    Attributes:
        findings: That of each leaf whose gradient is right.
        differs: Whether a slope is another one, so that some gradient is wrong.
    """

    findings: dict[str, Finding]
    differs: bool = False


class _Leaf(NamedTuple):
    """A leaf with its recorded gradient, that in double precision, and its move in a direction."""

    tensor: torch.Tensor
    recorded: torch.Tensor
    wide: torch.Tensor
    move: torch.Tensor


class _Part(NamedTuple):
    """The part of a leaf in a slope, its rounding, and its usual size in a random direction."""

    slope: float
    rounding: float
    usual: float


def together(
    replay: HighPrecisionReplay, recording: Recording, nodes: Iterable[str], ends: float
) -> Generator[None, None, Together]:
    """Compare the slopes of the output, all leaves moved at random, with those of the gradients.

    One direction is always taken, and another one if it is likely to be done by `ends`, a time of
    time.monotonic().
    """
    movable = [node for node in nodes if _is_movable(replay, recording, node)]
    found = Together({})
    elements = sum(tensor.numel() for node in movable if (tensor := replay.leaf(node)) is not None)
    if not movable or elements > _MAXIMUM_ELEMENTS or replay.draws_anew:
        return found
    seen = dict.fromkeys(movable, math.inf)
    worst, tolerance = 0.0, 0.0
    taken, began = 0, time.monotonic()
    while taken < DIRECTIONS and (not taken or _fits(began, taken, ends)):
        number, taken = taken, taken + 1
        leaves = _leaves(replay, recording, movable, number)
        yield
        measured = yield from _slope(replay, leaves)
        parts = {node: _part(leaf) for node, leaf in leaves.items()}
        expected = sum(part.slope for part in parts.values())
        rounding = abs(sum(part.rounding for part in parts.values()))
        allowed = measured.error + _ROUNDING_SAFETY * rounding
        if not measured.finite or not math.isfinite(allowed):
            return found
        difference = abs(measured.value - expected)
        found.differs = found.differs or difference > allowed
        worst, tolerance = max(worst, difference), max(tolerance, allowed)
        for node, part in parts.items():
            seen[node] = min(seen[node], part.usual / allowed if allowed else math.inf)
    if not found.differs:
        found.findings = {
            node: _finding(seen[node], worst, tolerance, len(movable), taken)
            for node in movable
            if seen[node] >= _SEEN
        }
    return found


def _is_movable(replay: HighPrecisionReplay, recording: Recording, node: str) -> bool:
    if recording.graph.node[node].kind != "leaf":
        return False
    (recorded,) = gradients_of(recording, node, "gradient")
    if recorded is None or obstacle(replay, recorded, node):
        return False
    return is_finite(recorded)


def _leaves(
    replay: HighPrecisionReplay, recording: Recording, nodes: Iterable[str], number: int
) -> dict[str, _Leaf]:
    generator = torch.Generator().manual_seed(SEED + number)
    leaves: dict[str, _Leaf] = {}
    for node in nodes:
        tensor, (recorded,) = replay.leaf(node), gradients_of(recording, node, "gradient")
        if tensor is None or recorded is None:
            continue
        value = replay.leaf_copy(node)
        signs = torch.randint(0, 2, value.shape, generator=generator, dtype=torch.int8)
        move = sizes_of(value).mul_((2 * signs - 1).to(value.device))
        leaves[node] = _Leaf(tensor, recorded, replay.gradients[node], move)
    return leaves


def _slope(
    replay: HighPrecisionReplay, leaves: Mapping[str, _Leaf]
) -> Generator[None, None, Slope]:
    def at(step: float) -> tuple[float, float]:
        moved = [
            (leaf.tensor, torch.add(replay.leaf_copy(node), leaf.move, alpha=step))
            for node, leaf in leaves.items()
        ]
        replay.again(Perturbation(leaves=moved))
        return replay.moved_output, abs(replay.moved_output)

    return (yield from slope(at, replay.output))


def _part(leaf: _Leaf) -> _Part:
    recorded = leaf.recorded.detach().to(torch.float64)
    products = recorded * leaf.move
    return _Part(
        slope=float(products.sum()),
        rounding=float(((recorded - leaf.wide) * leaf.move).sum()),
        usual=float(products.norm()),
    )


def _fits(began: float, taken: int, ends: float) -> bool:
    """Tell whether another direction is likely to be done by the end."""
    now = time.monotonic()
    return now + (now - began) / taken <= ends


def _finding(seen: float, difference: float, tolerance: float, count: int, taken: int) -> Finding:
    others = max(1, count - 1)
    return Finding(
        method="differences",
        part="gradient",
        verdict="agrees",
        absolute=difference,
        tolerance=tolerance,
        told=sentences(
            [
                tr(
                    "In float64, moved together with {others}, in {directions} (seed {seed}): the "
                    "slope of the output is that of all gradients.",
                    others=tr_n(
                        "the other {shown} leaves", "the other leaf", others, shown=counted(others)
                    ),
                    directions=tr_n("{count} random directions", "{count} random direction", taken),
                    seed=SEED,
                ),
                tr(
                    "A gradient that is wrong by {part:.0e} of itself would be seen.",
                    part=_MARGIN / seen,
                ),
            ]
        ),
    )

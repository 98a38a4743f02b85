"""The checks of a recording, cut into pieces of one forward pass each."""

import math
import time
from collections.abc import Generator, Iterator, Mapping
from functools import cache, partial
from typing import Final, TypeAlias

import msgspec
import numpy as np

from gradviz.core.errors import RecordingError
from gradviz.core.findings.checks import BAD, CheckedPart, Finding, NodeCheck
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.engine.inspection.answers import Inspected, Parts, answers
from gradviz.engine.inspection.checks.checks_by_hand import checks_by_hand
from gradviz.engine.inspection.checks.high_precision import warm_up
from gradviz.engine.inspection.checks.in_background import in_background
from gradviz.engine.inspection.checks.nodes import bit_by_bit, unchecked
from gradviz.engine.inspection.checks.not_finite import origin_told
from gradviz.engine.inspection.checks.passes import (
    GradRefusedError,
    HighPrecisionReplay,
    Wide,
    same_pass,
)
from gradviz.engine.inspection.checks.recorded_gradients import gradients_of
from gradviz.engine.inspection.checks.sampled import sampled
from gradviz.engine.inspection.checks.typed import typed_findings
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.protocol.questions import CheckGradients, GradientsChecked

#: A node when it is done; None between two slices, while other work runs.
Work: TypeAlias = Generator[NodeCheck | None, None, None]

#: These add in a fixed order.
_REPRODUCIBLE: Final = frozenset({"cpu"})
_DRAWN_ANEW: Final = marked(
    "The backward pass draws random numbers that the forward pass has not drawn, so its dropout "
    "has another mask: let torch.utils.checkpoint have preserve_rng_state=True, and a custom "
    "Function save what it drew."
)
_REFUSED: Final = marked(
    "torch.autograd.grad takes no gradient of this pass, as backward() does: {error}. "
    "Let torch.utils.checkpoint have use_reentrant=False, if that is the reason."
)
#: The progress is reported at most so often while no node is done.
_TELLING_S: Final = 0.1


class _Limit:
    """When the checks are to be done, by time.monotonic(), and how that is kept, in words."""

    def __init__(self, seconds: float | None) -> None:
        self.ends = math.inf if seconds is None else time.monotonic() + seconds
        self.told = ""


@answers(CheckGradients)
def checks(question: CheckGradients, inspected: Inspected) -> Parts:
    """Yield the checks of each node as it is done, and return that all are.

    Raises:
        RecordingError: there is no such node, the graph is that of a gradient, or the weights
            are not those of the recording.
    """
    recording = inspected.recording
    if not inspected.is_current():
        raise RecordingError(
            tr("The weights change while the training runs."), tr("Pause it first.")
        )
    if recording.graph.order > 1:
        raise RecordingError(
            tr("Only first gradients are checked, and this graph is that of a gradient."),
            tr("Turn Model ▸ Create graph off to check them."),
        )
    return _parts(inspected, checked_nodes(recording, question.nodes), _Limit(question.limit_s))


def _parts(inspected: Inspected, nodes: tuple[str, ...], limit: _Limit) -> Parts:
    done, passes, told = 0, 0, 0.0

    def report(*found: NodeCheck) -> GradientsChecked:
        return GradientsChecked(
            checks=found, done=done, total=len(nodes), passes=passes, told=limit.told
        )

    yield report()
    work = _work(inspected.replay, inspected.recording, nodes, limit)
    while True:
        if not inspected.is_current():
            raise RecordingError(
                tr("The training has begun, so the weights are not those of this pass any more.")
            )
        try:
            checked_node = next(work)
        except StopIteration:
            return report()
        except Exception as error:  # whatever the user's own code raises
            raise RecordingError(str(error).strip() or type(error).__name__) from error
        now = time.perf_counter()
        if checked_node is not None:
            done, told = done + 1, now
            yield report(checked_node)
        elif now - told >= _TELLING_S:
            told = now
            yield report()
        else:
            yield None
        passes += 1


def checked(
    replay: Replay, recording: Recording, nodes: tuple[str, ...] = ()
) -> Iterator[NodeCheck]:
    """Yield each of `nodes`, or every leaf, as it is done, without a pause.

    Raises:
        GradvizError: there is no such node, or the pass cannot be run again.
    """
    for piece in _work(replay, recording, checked_nodes(recording, nodes), _Limit(None)):
        if piece is not None:
            yield piece


def checked_nodes(recording: Recording, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the nodes to check: those that are wanted, or every leaf."""
    for node in wanted:
        if node not in recording.graph.node:
            raise RecordingError(
                tr("There is no node {node} in this pass.", node=node), tr("Choose another one.")
            )
    leaves = (node.id for node in recording.graph.nodes if node.kind == "leaf")
    return tuple(dict.fromkeys(wanted or leaves))


# A moved value that overflows gives a finding; NumPy needs not warn.
@np.errstate(over="ignore", invalid="ignore")
def _work(replay: Replay, recording: Recording, nodes: tuple[str, ...], limit: _Limit) -> Work:
    yield from in_background(warm_up)
    by_hand = replay.by_hand
    if by_hand is not None and replay.target is not None:
        yield from checks_by_hand(by_hand, replay.x, replay.target, recording, nodes)
        return
    if recording.graph.node[recording.graph.output].device == "meta":
        raise RecordingError(
            tr("There is nothing to check: the model is on the meta device, which has no values."),
            tr("Make the model on the CPU."),
        )
    exact = all(node.device in _REPRODUCIBLE for node in recording.graph.nodes if node.device)
    graph, tensors = recording.graph, recording.tensors
    counts = {
        node: 1 if graph.node[node].kind == "leaf" else len(tensors.grad_outputs.get(node, ()))
        for node in nodes
    }
    expected: Mapping[str, Wide] | str
    try:
        expected = same_pass(replay, recording, counts)
    except GradRefusedError as error:
        expected = tr(_REFUSED, error=str(error))
    yield None
    precise = HighPrecisionReplay(replay, recording)
    yield None
    typed = yield from typed_findings(replay, recording, precise, nodes)
    origin = cache(partial(origin_told, replay, recording))
    sampling = yield from sampled(precise, recording, nodes, limit.ends)
    limit.told = sampling.told
    for node in nodes:
        leaf = graph.node[node].kind == "leaf"
        part: CheckedPart = "gradient" if leaf else "grad_output"
        recorded = gradients_of(recording, node, part)
        findings: list[Finding]
        if isinstance(expected, str):
            findings = [unchecked(part, 0, expected, "autograd")]
        else:
            findings = list(bit_by_bit(recorded, expected[node], part, origin, exact=exact))
        findings += yield from sampling.findings(node)
        findings += typed.get(node, []) if leaf else []
        if precise.draws_anew:
            findings = [_drawn_anew(finding) for finding in findings]
        yield NodeCheck(node=node, findings=tuple(findings))


def _drawn_anew(finding: Finding) -> Finding:
    """Return the finding, with the reason where another random number makes the difference."""
    if finding.verdict not in BAD:
        return finding
    return msgspec.structs.replace(finding, told=sentences([finding.told, tr(_DRAWN_ANEW)]))

"""The checks of a recording, cut into pieces of one forward pass each."""

import time
from collections.abc import Callable, Generator, Iterator
from typing import Final, TypeAlias

import numpy as np

from gradviz.core.errors import RecordingError
from gradviz.core.findings.checks import Finding, NodeCheck
from gradviz.engine.inspection.checks.background import in_background
from gradviz.engine.inspection.checks.by_hand import checks_by_hand
from gradviz.engine.inspection.checks.high_precision import warm_up
from gradviz.engine.inspection.checks.nodes import bit_by_bit, leaf_differences, node_differences
from gradviz.engine.inspection.checks.passes import Replay, same_pass
from gradviz.engine.inspection.checks.recorded import gradients_of
from gradviz.engine.inspection.checks.typed import typed_findings
from gradviz.engine.models.by_hand import HandWrittenPolynomial
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import CheckGradients
from gradviz.protocol.events import ChecksStopped, Event, GradientsChecked

#: A node when it is done; None where the others may have a turn.
Work: TypeAlias = Generator[NodeCheck | None, None, None]

#: These add in a fixed order.
_REPRODUCIBLE: Final = frozenset({"cpu"})
#: How often it is told how far the checks are, while no node is done.
_TELLING_S: Final = 0.1


def checks_in_pieces(
    question: CheckGradients, run: Run, recording: Recording, current: Callable[[], bool]
) -> Iterator[Event | None]:
    """Yield what comes of the checks, and None where the others may have a turn.

    Args:
        question: Which nodes.
        run: What was asked about; it is as it was at every turn of the others.
        recording: Its newest.
        current: Tells whether the weights still are those of the recording.

    Raises:
        RecordingError: there is no such node.
    """
    nodes = _nodes(recording, question.nodes)
    done, passes, told = 0, 0, 0.0

    def report(*found: NodeCheck) -> GradientsChecked:
        return GradientsChecked(
            run=question.run,
            recording=question.recording,
            checks=found,
            done=done,
            total=len(nodes),
            passes=passes,
        )

    yield report()
    work = _work(run, recording, nodes)
    while True:
        if not current():
            yield ChecksStopped(question.run, question.recording, "training")
            return
        try:
            piece = next(work)
        except StopIteration:
            break
        except Exception as error:  # noqa: BLE001 - whatever the user's own code raises
            message = str(error).strip() or type(error).__name__
            yield ChecksStopped(question.run, question.recording, "failed", message)
            return
        now = time.perf_counter()
        if piece is not None:
            done, told = done + 1, now
            yield report(piece)
        elif now - told >= _TELLING_S:
            told = now
            yield report()
        else:
            yield None
        passes += 1
    yield ChecksStopped(question.run, question.recording, "finished")


def checked(run: Run, recording: Recording, nodes: tuple[str, ...] = ()) -> Iterator[NodeCheck]:
    """Yield each of `nodes`, or every leaf, as it is done, without a pause.

    Raises:
        GradvizError: there is no such node, or the pass cannot be run again.
    """
    for piece in _work(run, recording, _nodes(recording, nodes)):
        if piece is not None:
            yield piece


def _nodes(recording: Recording, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is checked: what is wanted, or every leaf."""
    for node in wanted:
        if node not in recording.graph.node:
            raise RecordingError(f"There is no node {node} in this pass.", "Choose another one.")
    leaves = (node.id for node in recording.graph.nodes if node.kind == "leaf")
    return tuple(dict.fromkeys(wanted or leaves))


# What a moved value overflows to is told as a finding; NumPy needs not warn.
@np.errstate(over="ignore", invalid="ignore")
def _work(run: Run, recording: Recording, nodes: tuple[str, ...]) -> Work:
    yield from in_background(warm_up)
    if isinstance(run.model, HandWrittenPolynomial):
        yield from checks_by_hand(run, recording, nodes)
        return
    exact = all(node.device in _REPRODUCIBLE for node in recording.graph.nodes if node.device)
    graph, tensors = recording.graph, recording.tensors
    counts = {
        node: 1 if graph.node[node].kind == "leaf" else len(tensors.grad_outputs.get(node, ()))
        for node in nodes
    }
    expected = same_pass(run, recording, counts)
    yield None
    replay = Replay(run, recording)
    yield None
    typed = yield from typed_findings(run, recording, replay, nodes)
    for node in nodes:
        findings: list[Finding]
        if graph.node[node].kind == "leaf":
            leaf_gradient = gradients_of(recording, node, "gradient")
            findings = list(bit_by_bit(leaf_gradient, expected[node], "gradient", exact=exact))
            findings += yield from leaf_differences(replay, recording, node)
            findings += typed.get(node, [])
        else:
            arrived = gradients_of(recording, node, "grad_output")
            findings = list(bit_by_bit(arrived, expected[node], "grad_output", exact=exact))
            findings += yield from node_differences(replay, recording, node)
        yield NodeCheck(node=node, findings=tuple(findings))

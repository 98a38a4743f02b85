"""Why leaves have no gradient: each answered by running the forward pass once more."""

from collections.abc import Generator, Iterator, Mapping
from typing import TypeAlias

import torch

from gradviz.core.errors import OwnModelError, RecordingError
from gradviz.core.findings.missing import CodePlace, MissingGradient
from gradviz.core.language.saying import tr
from gradviz.engine.gradient_flow.break_reasons import (
    frozen,
    in_words,
    replaced,
    unknown,
    untold,
    unused,
    without_leaf,
)
from gradviz.engine.gradient_flow.dependence import Dependence
from gradviz.engine.gradient_flow.gradient_breaks import GradientBreak, GradientBreakFinder, Leaves
from gradviz.engine.gradient_flow.none_passed import none_passed
from gradviz.engine.gradient_flow.replaced_parameters import replaced_parameters
from gradviz.engine.inspection.answers import Inspected, Parts, answers
from gradviz.engine.recording.capture import Walk
from gradviz.engine.recording.recorder import own_gradients
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.engine.torch_internals.dispatch import LISTENS
from gradviz.protocol.questions import Answer, ExplainMissing, MissingGradients, MissingSearched

#: Yields how far a search is, and returns the reasons.
_Search: TypeAlias = Generator[Answer | None, None, list[MissingGradient]]


@answers(ExplainMissing)
def explained(_: ExplainMissing, inspected: Inspected) -> Parts:
    """Return the reasons of each leaf without a gradient in the recording, pass by pass.

    Raises:
        RecordingError: the graph is that of a gradient, or the model failed at this pass.
    """
    return _explained(inspected.replay, inspected.recording)


def _explained(replay: Replay, recording: Recording) -> Parts:
    # It may have been withdrawn by now.
    yield None
    try:
        found = yield from missing(replay, recording)
    except OwnModelError as error:
        raise RecordingError(
            tr("The forward pass failed when it ran once more: {message}", message=error.message),
            error.hint,
        ) from error
    asked = len(replay.expected_leaves)
    graph, trace = recording.graph, recording.trace
    got = {graph.node[leaf].op for leaf in trace.leaf_grads}
    untrained = tuple(name for name in replay.unregistered_leaves if name in got)
    return MissingGradients(
        leaves=asked, missing=tuple(found), untrained=untrained, inputs=tuple(replay.inputs)
    )


def missing(replay: Replay, recording: Recording) -> _Search:
    """Return a reason for each leaf without a gradient; where it was lost twice, both.

    Between two forward passes it yields how far it is.

    Raises:
        RecordingError: the graph is that of a gradient.
    """
    graph, trace = recording.graph, recording.trace
    if graph.order > 1:
        raise RecordingError(
            tr("Only first gradients are looked for, and this graph is that of a gradient."),
            tr("Turn Model ▸ Create graph off to ask for the reasons."),
        )
    got = {graph.node[leaf].op for leaf in trace.leaf_grads}
    without = {name: leaf for name, leaf in replay.expected_leaves.items() if name not in got}
    answers: dict[str, list[MissingGradient]] = {name: [] for name in without}
    followed: dict[str, torch.Tensor] = {}
    inputs = replay.inputs
    for name, leaf in without.items():
        known = frozen(name, leaf, given=name in inputs) or without_leaf(name, leaf)
        if known is None:
            followed[name] = leaf
        else:
            answers[name].append(known)
    if followed:
        for answer in (yield from _followed(replay, recording, followed)):
            answers[answer.name].append(answer)
    return [answer for each in answers.values() for answer in each]


def _followed(replay: Replay, recording: Recording, leaves: Mapping[str, torch.Tensor]) -> _Search:
    """Return the reasons of leaves that require a gradient, seen in another forward pass."""
    answers: list[MissingGradient] = []
    at_step = recording.trace.at_step
    behind = Leaves(leaves.values())
    losses = GradientBreakFinder(behind)
    with (
        replaced_parameters(replay.module) as others,
        losses,
        replay.repeated(at_step) as output,
    ):
        reached = behind.of(output)
        walk = Walk(output, replay.leaves)
        # Nothing is followed through vmap and its like, but the leaves that go in are in the graph.
        lost = losses.of(output, *(leaf.variable for leaf in walk.leaves))
    unseen: dict[str, torch.Tensor] = {}
    for name, leaf in leaves.items():
        if name in others:
            answers.append(replaced(name, others[name]))
            continue
        bit = behind.bit(leaf)
        told = list(none_passed(name, recording.graph, recording.trace, walk))
        found = [loss for loss in lost if loss.leaves & bit]
        if reached & bit and not told:
            continue
        hidden = any(loss.reason == "function" for loss in found)
        if not told and hidden and _arrives(output, walk, leaf):
            continue
        told += [in_words(name, loss) for loss in found]
        answers.extend(dict.fromkeys(told))
        if not told:
            unseen[name] = leaf
    if unseen:
        yield MissingSearched(done=1, total=2)
        used = _used(replay, at_step, unseen)
        for name, leaf in unseen.items():
            left = [loss for loss in losses.left if loss.leaves & behind.bit(leaf)]
            answers.extend(_not_in_graph(name, left, used))
    return answers


def _arrives(output: torch.Tensor, walk: Walk, leaf: torch.Tensor) -> bool:
    """Tell whether a gradient arrives at a leaf that is in no graph, as within a checkpoint."""
    before, leaf.grad = leaf.grad, None
    try:
        with own_gradients(walk.leaves):
            output.backward(retain_graph=True)  # type: ignore[no-untyped-call]
        return leaf.grad is not None
    finally:
        leaf.grad = before


def _used(
    replay: Replay, at_step: int, leaves: Mapping[str, torch.Tensor]
) -> dict[str, CodePlace | None] | None:
    """Return those leaves from whose values the output is computed, with the line that does so.

    It is None where PyTorch does not show its operations.
    """
    if not LISTENS:
        return None
    behind = Leaves(leaves.values())
    dependence = Dependence(behind)
    with dependence, replay.repeated(at_step) as output:
        depends = dependence.of(output)
    bits = {name: behind.bit(leaf) for name, leaf in leaves.items()}
    return {name: dependence.first.get(bit) for name, bit in bits.items() if depends & bit}


def _not_in_graph(
    name: str, left: list[GradientBreak], used: Mapping[str, CodePlace | None] | None
) -> Iterator[MissingGradient]:
    """Yield the reason of a leaf for which no loss is known; `left` is where its value went."""
    if used is None and not left:
        yield untold(name)
    elif used and name in used:
        yield unknown(name, used[name])
    elif left:
        yield from dict.fromkeys(in_words(name, loss) for loss in left)
    else:
        yield unused(name)

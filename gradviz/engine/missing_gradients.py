"""Why leaves have no gradient: each answered by running the forward pass once more."""

from collections.abc import Iterator, Mapping

import torch

from gradviz.core.errors import RecordingError
from gradviz.core.missing import MissingGradient
from gradviz.engine.gradient_losses import GradientLosses, Leaves
from gradviz.engine.loss_words import frozen, in_words, unused, without_leaf
from gradviz.engine.recording import Recording
from gradviz.engine.run import Run
from gradviz.protocol.missing_questions import AskMissing, MissingGradients


def explained(question: AskMissing, run: Run, recording: Recording) -> MissingGradients:
    """Return why each leaf without a gradient in `recording` has none.

    Raises:
        RecordingError: the graph is that of a gradient.
    """
    found = missing(run, recording)
    asked = len(asked_leaves(run))
    return MissingGradients(
        run=question.run, recording=question.recording, leaves=asked, missing=tuple(found)
    )


def asked_leaves(run: Run) -> Mapping[str, torch.Tensor]:
    """Return every tensor whose gradient a user may miss, by name."""
    return {**({"x": run.x} if run.mode == "point" else {}), **run.model.asked_leaves()}


def missing(run: Run, recording: Recording) -> list[MissingGradient]:
    """Return a reason for each leaf without a gradient; where it was lost twice, both.

    Raises:
        RecordingError: the graph is that of a gradient.
    """
    graph, trace = recording.graph, recording.trace
    if graph.order > 1:
        raise RecordingError(
            "Only first gradients are looked for, and this graph is that of a gradient.",
            "Turn Model ▸ Create graph off to ask for the reasons.",
        )
    got = {graph.node[leaf].op for leaf in trace.leaf_grads}
    without = {name: leaf for name, leaf in asked_leaves(run).items() if name not in got}
    answers: dict[str, list[MissingGradient]] = {name: [] for name in without}
    followed: dict[str, torch.Tensor] = {}
    for name, leaf in without.items():
        known = frozen(name, leaf) or without_leaf(name, leaf)
        if known is None:
            followed[name] = leaf
        else:
            answers[name].append(known)
    if followed:
        for answer in _followed(run, recording, followed):
            answers[answer.name].append(answer)
    return [answer for each in answers.values() for answer in each]


def _followed(
    run: Run, recording: Recording, leaves: Mapping[str, torch.Tensor]
) -> Iterator[MissingGradient]:
    """Yield the reasons of leaves that require a gradient, seen in another forward pass."""
    behind = Leaves(leaves.values())
    losses = GradientLosses(behind)
    with losses, run.repeated(recording.trace.at_step) as output:
        reached = behind.of(output)
        lost = losses.of(output)
    for name, leaf in leaves.items():
        bit = behind.bit(leaf)
        if reached & bit:
            continue
        at = [loss for loss in lost if loss.leaves & bit]
        at = at or [loss for loss in losses.left if loss.leaves & bit]
        yield from (in_words(name, loss) for loss in at)
        if not at:
            yield unused(name)

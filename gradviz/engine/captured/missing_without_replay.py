"""Missing gradients of a graph that cannot be run again, as far as its recording tells why."""

from collections.abc import Mapping

import torch

from gradviz.core.findings.missing import MissingGradient
from gradviz.core.language.saying import tr
from gradviz.engine.gradient_flow.break_reasons import frozen, without_leaf
from gradviz.engine.recording.capture import Walk
from gradviz.engine.recording.recording import Recording


def missing_from(
    walk: Walk, recording: Recording, expected: Mapping[str, torch.Tensor]
) -> list[MissingGradient]:
    """Return the tensors of `expected` that got no gradient; where it was lost is not known."""
    got = {id(recording.tensors.values[leaf]) for leaf in recording.tensors.gradients}
    reached = {id(leaf.variable) for leaf in walk.leaves}
    found: list[MissingGradient] = []
    for name, tensor in expected.items():
        if id(tensor) in got:
            continue
        known = frozen(name, tensor, given=False) or without_leaf(name, tensor)
        found.append(known or _lost(name, in_graph=id(tensor) in reached))
    return found


def _lost(name: str, *, in_graph: bool) -> MissingGradient:
    sentence = (
        tr("{name} got no gradient: a node on the way passed no gradient on.", name=name)
        if in_graph
        else tr(
            "{name} got no gradient: the output was computed without it, or what was computed from "
            "it was detached.",
            name=name,
        )
    )
    return MissingGradient(
        name=name,
        reason="unknown",
        sentence=sentence,
        hint=tr("capture(module, inputs=…) runs the forward pass, and tells the line."),
    )

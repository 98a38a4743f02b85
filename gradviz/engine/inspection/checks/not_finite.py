"""Gradients that are not finite, in words: their elements, and the node at which they began."""

from collections.abc import Mapping
from typing import Final

import torch

from gradviz.core.findings.non_finite import first_non_finite
from gradviz.core.language.saying import marked, sentences, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.inspection.sources import made_by
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay

#: Where a number first was not finite, by whether that was in the forward pass, and whether a
#: reason is known.
_BEGAN: Final[Mapping[tuple[bool, bool], str]] = {
    (True, False): marked("It began in the forward pass at {node}."),
    (True, True): marked("It began in the forward pass at {node}: {reason}."),
    (False, False): marked("It began in the backward pass at {node}."),
    (False, True): marked("It began in the backward pass at {node}: {reason}."),
}


def is_finite(gradient: torch.Tensor) -> bool:
    """Tell whether every element of a gradient of any shape is finite."""
    return bool(_values(gradient).isfinite().all())


def elements_told(gradient: torch.Tensor) -> str:
    """Say how many elements of a gradient are not finite, and which is the first."""
    values = _values(gradient).reshape(-1)
    bad = (~values.isfinite()).nonzero().reshape(-1)
    first = int(bad[0])
    number = str(values[first].item())
    if values.numel() == 1:
        return tr("It is {number}.", number=number)
    return tr_n(
        "{bad} of {all} elements are not finite, the first is element {first}: {number}.",
        "{bad} of {all} elements is not finite, the first is element {first}: {number}.",
        len(bad),
        bad=counted(len(bad)),
        all=counted(values.numel()),
        first=first,
        number=number,
    )


def origin_told(replay: Replay, recording: Recording) -> str:
    """Say at which node and line a number first was not finite, and why."""
    origin = first_non_finite(recording.graph, recording.trace)
    if origin is None:
        return tr("The node at which it began is not known.")
    node = recording.graph.node[origin.node]
    began = tr(
        _BEGAN[origin.forward, bool(origin.reason)],
        node=f"{node.id} {node.op}",
        reason=origin.reason,
    )
    line = made_by(replay, recording, node.id)
    made = tr("It is made by {line}.", line=line) if line else ""
    return sentences([began, made, origin.hint])


def _values(gradient: torch.Tensor) -> torch.Tensor:
    dense = gradient.detach()
    if dense.is_nested:
        return dense.values()
    return dense.coalesce().values() if dense.layout == torch.sparse_coo else dense

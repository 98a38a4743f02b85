"""Gradients that are not finite, in words: their elements, and the node at which they began."""

import torch

from gradviz.core.findings.non_finite import first_non_finite
from gradviz.core.number_text import counted
from gradviz.engine.inspection.sources import made_by
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay


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
        return f"It is {number}."
    count = "is" if len(bad) == 1 else "are"
    return (
        f"{counted(len(bad))} of {counted(values.numel())} elements {count} not finite, "
        f"the first is element {first}: {number}."
    )


def origin_told(replay: Replay, recording: Recording) -> str:
    """Say at which node and line a number first was not finite, and why."""
    origin = first_non_finite(recording.graph, recording.trace)
    if origin is None:
        return "The node at which it began is not known."
    node = recording.graph.node[origin.node]
    way = "forward" if origin.forward else "backward"
    reason = f": {origin.reason}" if origin.reason else ""
    line = made_by(replay, recording, node.id)
    made = f" It is made by {line}." if line else ""
    hint = f" {origin.hint}" if origin.hint else ""
    return f"It began in the {way} pass at {node.id} {node.op}{reason}.{made}{hint}"


def _values(gradient: torch.Tensor) -> torch.Tensor:
    dense = gradient.detach()
    if dense.is_nested:
        return dense.values()
    return dense.coalesce().values() if dense.layout == torch.sparse_coo else dense

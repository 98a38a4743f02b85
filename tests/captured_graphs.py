"""The graph behind an output, without a backward pass."""

from collections.abc import Mapping

import torch

from gradviz.core.graphs.graph import Graph
from gradviz.engine.recording.capture import Forward, Walk, graph_of
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.tensors.summary import Summaries


def captured(
    output: torch.Tensor,
    names: Mapping[str, torch.Tensor] | None = None,
    recorder: ForwardRecorder | None = None,
) -> Graph:
    """Return the graph behind `output` (any shape), with the values of this moment.

    Leaves are called as in `names`, `{"a": a}`, and others by their order; `recorder` listened
    while the model ran.
    """
    walk = Walk(output, names or {})
    return graph_of(walk, Forward(walk, recorder or ForwardRecorder()), Summaries())

"""A moment of a training that is read where it is drawn, and carried unread in between."""

import msgspec

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.core.graphs.trace import Trace


class RecalledMoment(msgspec.Struct, frozen=True, kw_only=True):
    """A model after `step` steps, with all that is drawn of it.

    Attributes:
        loss: The loss that the next step begins with.
        x, target: Shape (points,): the data; None where the model is no curve over x.
        grid, curve: Shape (grid points,): the x at which the curve is drawn, and its values there.
        graph, trace: The recorded backward pass, where it was asked for.
    """

    step: int
    loss: float
    equation: str
    x: Array | None = None
    target: Array | None = None
    grid: Array | None = None
    curve: Array | None = None
    graph: Graph | None = None
    trace: Trace | None = None


_DECODER = msgspec.msgpack.Decoder(RecalledMoment)


def packed(moment: RecalledMoment) -> bytes:
    """Return the moment as bytes."""
    return msgspec.msgpack.encode(moment)


def unpacked(content: bytes) -> RecalledMoment:
    """Return the moment in bytes that `packed` made; raises ValueError for others."""
    return _DECODER.decode(content)

"""The ends of a graph's edges as numbers of nodes, for work on all of them at once."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

NodeNumbers = npt.NDArray[np.int64]


class _HasEnds(Protocol):
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...


class Ends(NamedTuple):
    """For each edge the place of its source and of its target among the nodes; shape (edges,)."""

    sources: NodeNumbers
    targets: NodeNumbers


def ends_of(nodes: Sequence[str], edges: Sequence[_HasEnds]) -> Ends:
    """Return the ends of `edges`, whose sources and targets are among `nodes`."""
    place = {node: number for number, node in enumerate(nodes)}
    return Ends(
        np.fromiter((place[edge.source] for edge in edges), np.int64, len(edges)),
        np.fromiter((place[edge.target] for edge in edges), np.int64, len(edges)),
    )

"""A graph crosses between processes once for each structure; later only its values do.

Nearly all of a graph stays the same from recording to recording: its nodes, edges, shapes and
names. The sender numbers each structure that it meets, and sends it once; from then on the number
and the values of the moment are enough. The receiver puts both together, off the window's thread.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final, TypeAlias

import msgspec

from gradviz.core.graphs.graph import Graph, Node, SavedTensor
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.protocol.events import BackwardRecorded, Event, ModelBuilt


class Values(msgspec.Struct, frozen=True):
    """The values of a graph at one moment, in the order of its nodes.

    Attributes:
        structure: The number of the structure that they belong to.
        values: The forward value of each node.
        saved: The tensors that each node kept for its backward.
    """

    structure: int
    values: tuple[TensorSummary | None, ...]
    saved: tuple[tuple[SavedTensor, ...], ...]


class Structure(msgspec.Struct, frozen=True, tag=True):
    """A structure that has not crossed before: a graph without the values of any moment."""

    number: int
    graph: Graph


class GraphEvent(msgspec.Struct, frozen=True, tag=True):
    """An event whose graphs have crossed before: `graphs` has their values, the main one first."""

    event: ModelBuilt | BackwardRecorded
    graphs: tuple[Values, ...]


#: The messages on the pipe from the engine.
Crossing = Event | Structure | GraphEvent

#: All of a graph but its values: of each node its fields, and then the other fields of the graph.
_Static: TypeAlias = tuple[list[object], *tuple[object, ...]]
_STATIC_FIELDS: Final = attrgetter(
    *(name for name in Node.__struct_fields__ if name not in ("value", "saved"))
)
_GRAPH_FIELDS: Final = attrgetter(*(name for name in Graph.__struct_fields__ if name != "nodes"))
#: In the place of a graph that crosses as its values.
_EMPTY = Graph(nodes=(), edges=(), output="")


class GraphSender:
    """Makes crossings of events, and remembers the structures that have crossed."""

    def __init__(self) -> None:
        self._crossed: list[_Static] = []

    def crossings(self, events: Iterable[Event]) -> Iterator[Crossing]:
        """Yield the messages that carry `events`."""
        for event in events:
            if not isinstance(event, ModelBuilt | BackwardRecorded):
                yield event
                continue
            if isinstance(event, ModelBuilt):
                # A new model begins with other structures than those of the one before.
                self._crossed.clear()
            values: list[Values] = []
            for graph in graphs_of(event):
                static = _static(graph)
                if static not in self._crossed:
                    self._crossed.append(static)
                    yield Structure(len(self._crossed) - 1, _without_values(graph))
                values.append(_values(self._crossed.index(static), graph))
            yield GraphEvent(with_graphs(event, [_EMPTY] * len(values)), tuple(values))


class GraphReceiver:
    """Makes events of crossings; equal structures share their edges."""

    def __init__(self) -> None:
        self._structures: dict[int, Graph] = {}

    def event(self, crossing: Crossing) -> Event | None:
        """Return the event that has arrived whole, None where more of it is on its way.

        Raises:
            ValueError: a structure is meant that has not crossed.
        """
        match crossing:
            case Structure():
                if crossing.number == 0:
                    self._structures.clear()
                self._structures[crossing.number] = crossing.graph
                return None
            case GraphEvent():
                return with_graphs(crossing.event, [self._graph(each) for each in crossing.graphs])
            case _:
                return crossing

    def _graph(self, values: Values) -> Graph:
        structure = self._structures.get(values.structure)
        if structure is None:
            raise ValueError(f"structure {values.structure} has not crossed")
        if len(structure.nodes) != len(values.values) or len(values.values) != len(values.saved):
            raise ValueError(f"structure {values.structure} has another number of nodes")
        nodes = [
            msgspec.structs.replace(node, value=value, saved=saved)
            for node, value, saved in zip(structure.nodes, values.values, values.saved, strict=True)
        ]
        return msgspec.structs.replace(structure, nodes=tuple(nodes))


def graphs_of(event: ModelBuilt | BackwardRecorded) -> tuple[Graph, ...]:
    """Return the graphs of an event, the main one first."""
    return (event.graph, *event.shapes) if isinstance(event, ModelBuilt) else (event.graph,)


def with_graphs(
    event: ModelBuilt | BackwardRecorded, graphs: list[Graph]
) -> ModelBuilt | BackwardRecorded:
    """Return the event with other graphs, the main one first."""
    main, *shapes = graphs
    if isinstance(event, ModelBuilt):
        return msgspec.structs.replace(event, graph=main, shapes=tuple(shapes))
    return msgspec.structs.replace(event, graph=main)


def _without_values(graph: Graph) -> Graph:
    nodes = [msgspec.structs.replace(node, value=None, saved=()) for node in graph.nodes]
    return msgspec.structs.replace(graph, nodes=tuple(nodes))


def _values(structure: int, graph: Graph) -> Values:
    return Values(
        structure,
        tuple([node.value for node in graph.nodes]),
        tuple([node.saved for node in graph.nodes]),
    )


def _static(graph: Graph) -> _Static:
    """Return all of a graph but its values; to compare it takes little time."""
    nodes: list[object] = list(map(_STATIC_FIELDS, graph.nodes))
    return nodes, *_GRAPH_FIELDS(graph)

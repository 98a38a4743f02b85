"""A graph crosses between processes once for each structure; later only its values do.

Nearly all of a graph stays the same from recording to recording: its nodes, edges, shapes and
names. The sender numbers each structure that it meets, and sends it once; from then on the number
and the values of the moment are enough. The receiver puts both together, off the window's thread.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final, TypeAlias

import msgspec

from gradviz.core.graphs.graph import Edge, Graph, Node, SavedTensor
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Step
from gradviz.protocol.events import BackwardRecorded, Event, ModelBuilt
from gradviz.protocol.pieces import PieceReader, Pieces, in_pieces


class Values(msgspec.Struct, frozen=True):
    """The values of a graph at one moment, in the order of its nodes.

    Attributes:
        structure: The number of the structure that they belong to.
        nodes: For each node its forward value, and the tensors that it kept for its backward.
    """

    structure: int
    nodes: Pieces


class Structure(msgspec.Struct, frozen=True, tag=True):
    """A structure that has not crossed before: a graph without the values of any moment.

    Attributes:
        graph: All of it but its nodes and edges.
    """

    number: int
    graph: Graph
    nodes: Pieces
    edges: Pieces


class GraphEvent(msgspec.Struct, frozen=True, tag=True):
    """An event whose graphs have crossed before.

    Attributes:
        event: All of it but its graphs and the steps of its trace.
        graphs: The values of its graphs, the main one first.
        steps: The steps of its trace, if it has one.
    """

    event: ModelBuilt | BackwardRecorded
    graphs: tuple[Values, ...]
    steps: Pieces = ()


#: The messages on the pipe from the engine.
Crossing = Event | Structure | GraphEvent

#: All of a graph but its values: of each node its fields, and then the other fields of the graph.
_Static: TypeAlias = tuple[list[object], *tuple[object, ...]]
_STATIC_FIELDS: Final = attrgetter(
    *(name for name in Node.__struct_fields__ if name not in ("value", "saved"))
)
_GRAPH_FIELDS: Final = attrgetter(*(name for name in Graph.__struct_fields__ if name != "nodes"))
#: The forward value of a node, and what it saved.
_ValuesOfNode: TypeAlias = tuple[TensorSummary | None, tuple[SavedTensor, ...]]
_NODES: Final = PieceReader[Node](Node)
_EDGES: Final = PieceReader[Edge](Edge)
_STEPS: Final = PieceReader[Step](Step)
_VALUES: Final = PieceReader[_ValuesOfNode](_ValuesOfNode)
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
                    yield _structure(len(self._crossed) - 1, graph)
                values.append(_values(self._crossed.index(static), graph))
            bare = with_graphs(event, [_EMPTY] * len(values))
            if isinstance(bare, BackwardRecorded):
                steps = in_pieces(bare.trace.steps)
                yield GraphEvent(_with_steps(bare, ()), tuple(values), steps)
            else:
                yield GraphEvent(bare, tuple(values))


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
                self._structures[crossing.number] = msgspec.structs.replace(
                    crossing.graph,
                    nodes=tuple(_NODES.items(crossing.nodes)),
                    edges=tuple(_EDGES.items(crossing.edges)),
                )
                return None
            case GraphEvent():
                graphs = [self._graph(each) for each in crossing.graphs]
                event = with_graphs(crossing.event, graphs)
                if isinstance(event, BackwardRecorded):
                    return _with_steps(event, tuple(_STEPS.items(crossing.steps)))
                return event
            case _:
                return crossing

    def _graph(self, values: Values) -> Graph:
        structure = self._structures.get(values.structure)
        if structure is None:
            raise ValueError(f"structure {values.structure} has not crossed")
        nodes: list[Node] = []
        for pairs in _VALUES.lists(values.nodes):
            those = structure.nodes[len(nodes) : len(nodes) + len(pairs)]
            if len(those) < len(pairs):
                break
            nodes += [
                msgspec.structs.replace(node, value=value, saved=saved)
                for node, (value, saved) in zip(those, pairs, strict=True)
            ]
        else:
            if len(nodes) == len(structure.nodes):
                return structure.with_values(tuple(nodes))
        raise ValueError(f"structure {values.structure} has another number of nodes")


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


def _with_steps(event: BackwardRecorded, steps: tuple[Step, ...]) -> BackwardRecorded:
    return msgspec.structs.replace(event, trace=msgspec.structs.replace(event.trace, steps=steps))


def _structure(number: int, graph: Graph) -> Structure:
    nodes = [msgspec.structs.replace(node, value=None, saved=()) for node in graph.nodes]
    bare = msgspec.structs.replace(graph, nodes=(), edges=())
    return Structure(number, bare, in_pieces(nodes), in_pieces(graph.edges))


def _values(structure: int, graph: Graph) -> Values:
    return Values(structure, in_pieces([(node.value, node.saved) for node in graph.nodes]))


def _static(graph: Graph) -> _Static:
    """Return all of a graph but its values; to compare it takes little time."""
    nodes: list[object] = list(map(_STATIC_FIELDS, graph.nodes))
    return nodes, *_GRAPH_FIELDS(graph)

"""An engine whose graphs have groups: those of a network of two blocks, whatever was typed."""

from collections.abc import Iterable, Iterator

import msgspec
from local_engine import LocalEngine

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import Command
from gradviz.protocol.events import BackwardRecorded, Event, ModelBuilt
from gradviz.protocol.graph_crossing import graphs_of, with_graphs


def in_blocks(graph: Graph) -> Graph:
    """Return `graph` with all but its output in `net`, and there in two blocks, front and back."""
    groups = tuple(
        Group(id=name, title=name.rpartition(".")[2], kind="module", parent=parent,
              type_name=kind, path=name)
        for name, parent, kind in (
            ("net", NO_GROUP, "Network"), ("net.back", 0, "Block"), ("net.front", 0, "Block"),
        )
    )  # fmt: skip
    half = len(graph.nodes) // 2
    group_of = tuple(
        NO_GROUP if node.id == graph.output else 1 if place <= half else 2
        for place, node in enumerate(graph.nodes)
    )
    return msgspec.structs.replace(graph, groups=groups, group_of=group_of)


class _GroupingMachine(Machine):
    def handle(self, command: Command) -> Iterator[Event]:
        yield from _grouped(super().handle(command))

    def advance(self) -> Iterator[Event]:
        yield from _grouped(super().advance())


def _grouped(events: Iterable[Event]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, ModelBuilt | BackwardRecorded):
            yield with_graphs(event, [in_blocks(graph) for graph in graphs_of(event)])
        else:
            yield event


class GroupingEngine(LocalEngine):
    """The real machine, whose graphs get groups on their way to the window."""

    def __init__(self) -> None:
        super().__init__()
        self._machine = _GroupingMachine()

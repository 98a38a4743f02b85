"""Graphs on their way: each structure crosses once, and what arrives is what was sent."""

import io

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from messages import messages

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.trace import Step, Trace
from gradviz.engine.machine import Machine
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import BuildModel, TrainOneStep
from gradviz.protocol.events import BackwardRecorded, Event, ModelBuilt
from gradviz.protocol.graph_crossing import (
    Crossing,
    GraphEvent,
    GraphReceiver,
    GraphSender,
    Structure,
    Values,
)
from gradviz.protocol.pieces import PIECE_ITEMS, in_pieces


def _arrived(crossings: list[Crossing]) -> list[Event]:
    codec, pipe = Codec[Crossing](Crossing), io.BytesIO()
    for crossing in crossings:
        codec.write(pipe, crossing)
    pipe.seek(0)
    receiver = GraphReceiver()
    read: list[Crossing] = list(iter(lambda: codec.read(pipe), None))
    events = [receiver.event(crossing) for crossing in read]
    return [event for event in events if event is not None]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(messages(BackwardRecorded), max_size=3))
def test_that_any_graph_arrives_as_it_was_sent(events: list[BackwardRecorded]) -> None:
    crossings = list(GraphSender().crossings(events))
    assert _arrived(crossings) == events


def _events(source: str) -> list[Event]:
    machine = Machine()
    events = list(machine.handle(BuildModel(1, Model(source=source, points=20))))
    (built,) = [event for event in events if isinstance(event, ModelBuilt)]
    for _ in range(6):
        events += machine.handle(TrainOneStep(1, built.training))
    return events


@pytest.mark.parametrize("source", ["autograd", "dynamic", "nn"])
def test_that_each_structure_of_a_training_crosses_once(source: str) -> None:
    events = _events(source)
    crossings = list(GraphSender().crossings(events))
    assert _arrived(crossings) == events
    graphs = [event.graph for event in events if isinstance(event, BackwardRecorded)]
    shapes = [shape for event in events if isinstance(event, ModelBuilt) for shape in event.shapes]
    different = {tuple((node.id, node.op) for node in graph.nodes) for graph in (*graphs, *shapes)}
    assert sum(isinstance(each, Structure) for each in crossings) == len(different)
    assert all(not each.event.graph.nodes for each in crossings if isinstance(each, GraphEvent))


def test_that_graphs_of_one_structure_share_its_tables() -> None:
    arrived = _arrived(list(GraphSender().crossings(_events("nn"))))
    first, second, *_ = (each.graph for each in arrived if isinstance(each, BackwardRecorded))
    assert first is not second
    assert first.ends is second.ends
    assert first.likeness is second.likeness
    assert first.edges_into is second.edges_into
    alone = msgspec.structs.replace(first)
    assert alone.shared_leaves == first.shared_leaves
    assert alone.edges_out_of == first.edges_out_of


def test_that_another_model_begins_with_other_structures() -> None:
    sender, receiver = GraphSender(), GraphReceiver()
    for source in ("a x + b", "a x^2", "a x + b"):
        events = _events(source)
        arrived = [receiver.event(crossing) for crossing in sender.crossings(events)]
        assert [event for event in arrived if event is not None] == events


def test_that_values_of_an_unknown_structure_or_another_count_are_no_message() -> None:
    recorded = next(event for event in _events("a x") if isinstance(event, BackwardRecorded))
    values = Values(0, in_pieces([(None, ())]))
    receiver = GraphReceiver()
    with pytest.raises(ValueError, match="has not crossed"):
        receiver.event(GraphEvent(recorded, (values,)))
    receiver.event(Structure(0, Graph(nodes=(), edges=(), output=""), (), ()))
    with pytest.raises(ValueError, match="another number of nodes"):
        receiver.event(GraphEvent(recorded, (values,)))


def test_that_nothing_large_is_decoded_in_one_piece() -> None:
    node = Node(id="a", op="a", name="AccumulateGrad", kind="leaf")
    count = 3 * PIECE_ITEMS + 1
    nodes = tuple(msgspec.structs.replace(node, id=f"a{place}") for place in range(count))
    edges = tuple(
        Edge(id=f"e{place}", source=f"a{place + 1}", target=f"a{place}", slot=0)
        for place in range(count - 1)
    )
    steps = tuple(Step(node=each.id, grad_outputs=(), grad_inputs=()) for each in nodes)
    event = BackwardRecorded(
        1, Graph(nodes=nodes, edges=edges, output="a0"), Trace(steps=steps, leaf_grads={})
    )
    crossings = list(GraphSender().crossings([event]))
    structure, recorded = crossings
    assert isinstance(structure, Structure)
    assert isinstance(recorded, GraphEvent)
    assert isinstance(recorded.event, BackwardRecorded)
    assert not structure.graph.nodes
    assert not structure.graph.edges
    assert not recorded.event.graph.nodes
    assert not recorded.event.trace.steps
    for pieces in (structure.nodes, structure.edges, recorded.graphs[0].nodes, recorded.steps):
        sizes = [len(msgspec.msgpack.decode(piece)) for piece in pieces]
        assert max(sizes) <= PIECE_ITEMS
        assert sum(sizes) in (count, count - 1)
    assert _arrived(crossings) == [event]

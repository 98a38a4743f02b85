"""Nodes that a backward pass made are grouped by the calls that it went back through."""

import torch
from called_models import WIDTH, ids, operations_in
from torch import nn

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.second_order import Orders


def second_order(model: nn.Module, order: int = 2) -> Graph:
    """Return the graph of the gradient of `model` along ones."""
    orders = Orders(Model(source="x", order=order, direction="ones"))
    names = dict(model.named_parameters())
    with ForwardRecorder() as recorder:
        output = model(torch.ones(1, WIDTH)).sum()
        start = orders.output(output, names, recorder)
    return orders.told(start, record(start, names, recorder)).graph


def test_that_second_order_nodes_are_in_the_backward_of_their_module() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))
    graph = second_order(model)
    backward = [group for group in graph.groups if group.id.startswith("backward/")]

    assert "0" in ids(graph)
    assert {"backward/Sequential", "backward/1", "backward/2"} <= set(ids(graph))
    assert {group.title for group in backward} >= {"backward of 1", "backward of Sequential"}
    assert operations_in(graph, "backward/1") == ["TanhBackward"]
    for node, group in zip(graph.nodes, graph.group_of, strict=True):
        if group != NO_GROUP and node.kind != "leaf":
            assert graph.groups[group].id.startswith("backward/") == (node.order == 2)
    tanh = graph.groups[graph.grouping.index["backward/1"]]
    assert graph.groups[tanh.parent].id == "backward/Sequential"


def test_that_third_order_nodes_are_in_the_backward_of_a_backward() -> None:
    torch.manual_seed(0)
    graph = second_order(nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh()), order=3)

    assert "backward of backward of 1" in [group.title for group in graph.groups]
    assert all(group.parent < place for place, group in enumerate(graph.groups))
    assert len(set(ids(graph))) == len(graph.groups)


def test_that_a_run_of_second_order_has_groups_in_every_recording() -> None:
    run = Run(Model(source="module", order=2, mode="fit"))
    first, again = run.record()[1], run.record()[1]

    assert "Polynomial3" in ids(first)
    assert (first.groups, first.group_of) == (again.groups, again.group_of)

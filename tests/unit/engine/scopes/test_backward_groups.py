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


class Penalized(nn.Module):
    """A network that adds the norm of a gradient of its own to its output."""

    def __init__(self) -> None:
        super().__init__()
        self.front = nn.Linear(WIDTH, WIDTH)
        self.back = nn.Sequential(nn.Tanh(), nn.Linear(WIDTH, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return a scalar."""
        y = self.back(self.front(x)).sum()
        (slope,) = torch.autograd.grad(y, self.front.weight, create_graph=True)
        result: torch.Tensor = y + slope.pow(2).sum()
        return result


def test_that_a_gradient_within_a_forward_pass_says_which_part_it_is_the_backward_of() -> None:
    torch.manual_seed(0)
    model = Penalized()
    with ForwardRecorder() as recorder:
        output = model(torch.ones(2, WIDTH))
    graph = record(output, dict(model.named_parameters()), recorder).graph
    groups = {group.id: group for group in graph.groups}
    titles = {group.title for group in graph.groups}

    assert {"backward of front", "backward of back", "backward of back.0"} <= titles
    assert operations_in(graph, "backward/back.0") == ["TanhBackward"]
    # It is a part of the network, which is around all.
    for name in ("front", "back", "backward/front", "backward/back"):
        assert graph.groups[groups[name].parent].id == "Penalized"
    assert "backward of Penalized" not in titles
    assert all(group.parent < place for place, group in enumerate(graph.groups))


def test_that_hearing_it_changes_no_gradient() -> None:
    torch.manual_seed(0)
    model = Penalized()
    model(torch.ones(2, WIDTH)).backward()
    expected = {name: each.grad for name, each in model.named_parameters()}
    model.zero_grad()
    with ForwardRecorder() as recorder:
        output = model(torch.ones(2, WIDTH))
    told = record(output, dict(model.named_parameters()), recorder)
    found = {told.graph.node[leaf].op: each for leaf, each in told.trace.leaf_grads.items()}

    assert set(found) == set(expected)
    for name, gradient in expected.items():
        assert gradient is not None
        assert found[name].values == tuple(gradient.flatten().tolist())

"""The time of a group is that of all nodes within it."""

import torch
from called_models import SmallGPT, graph_of_calls

from gradviz.core.findings.group_times import times_of_groups
from gradviz.core.findings.health import NodeTime, Times


def test_that_times_add_up_to_those_of_the_outermost_group() -> None:
    model = SmallGPT()
    graph = graph_of_calls(lambda: model(torch.arange(3)))
    nodes = [NodeTime(node=n.id, forward_us=2.0, backward_us=None) for n in graph.nodes]
    found = times_of_groups(graph, Times(note="", nodes=tuple(nodes)))

    assert found == tuple((2.0 * size, None) for size in graph.grouping.sizes)


def test_that_groups_without_a_measured_node_have_no_time() -> None:
    model = SmallGPT()
    graph = graph_of_calls(lambda: model(torch.arange(3)))

    assert set(times_of_groups(graph, Times(note=""))) == {(None, None)}

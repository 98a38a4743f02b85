"""What arrives at a node: named by its edge, in the order in which it comes."""

from sample_graphs import scalar, shared_graph, shared_trace

from gradviz.core.graphs.accumulation import arrivals_at, every_sum, summed_outputs
from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.trace import Step, Trace


def test_that_contributions_come_in_the_order_of_the_pass_with_the_sum_so_far() -> None:
    rows = arrivals_at(shared_graph(), shared_trace(), "x")
    assert [(row.step, row.edge.id) for row in rows] == [(2, "x>lin"), (3, "x>sq")]
    assert [row.total.scalar for row in rows if row.total] == [4, 8]
    assert every_sum(shared_graph(), shared_trace()) == {"x": rows}


def test_that_a_value_that_is_used_twice_lists_what_each_use_brings() -> None:
    nodes = (
        Node(id="y", op="Mul", name="MulBackward0", kind="output"),
        Node(id="h", op="Tanh", name="TanhBackward0", kind="operation"),
    )
    edges = tuple(Edge(id=f"y.{slot}", source="h", target="y", slot=slot) for slot in (0, 1))
    graph = Graph(nodes=nodes, edges=edges, output="y")
    steps = (
        Step(node="y", grad_outputs=(scalar(1),), grad_inputs=(scalar(3), None)),
        Step(node="h", grad_outputs=(scalar(3),), grad_inputs=()),
    )
    rows = arrivals_at(graph, Trace(steps=steps, leaf_grads={}), "h")
    assert [(row.edge.slot, row.gradient) for row in rows] == [(0, scalar(3)), (1, None)]
    assert {row.total for row in rows} == {None}
    assert summed_outputs(graph, "h") == (0,)
    assert summed_outputs(graph, "y") == ()

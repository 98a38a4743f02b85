"""The part of a graph that one node is on, found in another way: by every path."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import tutorial_graph

from gradviz.core.graphs.graph import Edge, Graph, Node
from gradviz.core.graphs.isolation import isolation_of


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw an acyclic graph: edges run from higher to lower numbers."""
    count = draw(st.integers(1, 7))
    pairs = [(high, low) for high in range(count) for low in range(high)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Graph(
        nodes=tuple(
            Node(id=str(i), op="Add", name="AddBackward0", kind="operation") for i in range(count)
        ),
        edges=tuple(
            Edge(id=f"e{place}", source=str(high), target=str(low), slot=place)
            for place, (high, low) in enumerate(chosen)
        ),
        output="0",
    )


def paths(graph: Graph, node: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the nodes and edges of every path that begins at `node`."""
    yield [node], []
    for edge in graph.edges_out_of[node]:
        for nodes, edges in paths(graph, edge.target):
            yield [node, *nodes], [edge.id, *edges]


@given(graphs(), st.data())
def test_that_what_is_isolated_is_on_a_path_through_the_node(
    graph: Graph, data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from([node.id for node in graph.nodes]))
    through = [path for node in graph.nodes for path in paths(graph, node.id) if chosen in path[0]]
    isolated = isolation_of(graph, chosen)
    assert isolated.nodes == {node for nodes, _ in through for node in nodes}
    assert isolated.edges == {edge for _, edges in through for edge in edges}


def test_that_a_parameter_of_the_tutorial_is_isolated_with_its_way_to_the_loss() -> None:
    isolated = isolation_of(tutorial_graph(), "c")
    assert isolated.nodes == {"c", "mulc", "add2", "add3", "sub", "pow", "sum"}
    assert len(isolated.edges) == 6

"""The names that a graph is drawn by."""

from hypothesis import given
from hypothesis import strategies as st
from random_groups import grouped_graphs, showings

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.shown.node_names import named, named_outline


@given(grouped_graphs(), st.data())
def test_that_backward_names_change_the_titles_of_operations_alone(
    graph: Graph, data: st.DataObject
) -> None:
    outline = outline_of(graph, data.draw(showings(graph)))
    assert named_outline(outline, "forward") == outline
    drawn = named_outline(outline, "backward")
    assert drawn.graph == named(outline.graph, "backward")
    for before, after in zip(outline.graph.nodes, drawn.graph.nodes, strict=True):
        same = before.kind in ("leaf", "group")
        assert after.op == (before.op if same else before.name)
        assert (after.id, after.kind, after.value) == (before.id, before.kind, before.value)
    assert named(drawn.graph, "backward") == outline.graph

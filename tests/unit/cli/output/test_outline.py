"""The outline of a graph in a terminal: an indented tree."""

from graphs_in_groups import grouped, groupings
from grouped_graphs import gpt2
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import tutorial_graph

from gradviz.cli.output.outline_output import outline_lines
from gradviz.core.graphs.outline import Showing, outline_of


def test_that_groups_are_indented_with_class_parameters_and_nodes() -> None:
    graph = grouped(
        tutorial_graph(),
        poly=["add3"],
        poly__terms=["add2", "add1", "a", "mulc", "c"],
        poly__b=["mulb", "b"],
    )
    outline = outline_of(graph, Showing(opened=frozenset({"poly", "poly.terms"})))
    lines = list(outline_lines(graph, outline))
    assert [" ".join(line.split()) for line in lines[:5]] == [
        "d d AccumulateGrad () −0.0906",
        "poly Poly 3 parameters 8 nodes",
        "poly.b B 1 parameter 2 nodes",
        "poly.terms Terms 2 parameters 5 nodes",
        "a a AccumulateGrad () 0.0586",
    ]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    assert indents == [0, 0, 2, 2, 4, 4, 4, 4, 4, 2, 0, 0, 0, 0]
    assert lines[7].endswith("  from a, poly.b")


def test_that_a_fold_is_one_line() -> None:
    graph = gpt2()
    lines = list(outline_lines(graph, outline_of(graph, Showing())))
    (fold,) = (line for line in lines if line.startswith("h.0 … h.11 ×12"))
    assert "660 nodes" in fold
    assert "4\u202f608 parameters" in fold


@given(st.data())
def test_that_each_item_and_frame_has_one_line(data: st.DataObject) -> None:
    graph = data.draw(groupings(tutorial_graph()))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    outline = outline_of(graph, Showing(opened=opened))
    lines = list(outline_lines(graph, outline))
    assert len(lines) == len(outline.graph.nodes) + len(outline.frames)
    depth = {"": -1}
    for frame in outline.frames:
        depth[frame.id] = depth[frame.around] + 1
    expected = [depth[frame.id] for frame in outline.frames]
    expected += [depth[outline.frame_of[node.id]] + 1 for node in outline.graph.nodes]
    found = [(len(line) - len(line.lstrip())) // 2 for line in lines]
    assert sorted(found) == sorted(expected)

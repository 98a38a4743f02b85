"""A graph as it is shown, against a count of all its nodes and edges."""

from collections import Counter

import pytest
from grouped_graphs import MODELS, GraphMaker, beside, gpt2, lstm, residual
from hypothesis import given
from hypothesis import strategies as st
from random_groups import grouped_graphs, showings

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.shown.opening import with_toggled


def titles(outline: Outline) -> list[str]:
    """Return the titles of all closed groups and folds, from the input on."""
    return [node.op for node in reversed(outline.graph.nodes) if node.kind == "group"]


@given(grouped_graphs(), st.data())
def test_that_every_node_is_in_exactly_one_item(graph: Graph, data: st.DataObject) -> None:
    showing = data.draw(showings(graph, rooted=False))
    outline = outline_of(graph, showing)
    assert set(outline.item_of) == set(graph.node)
    shown = {node.id for node in outline.graph.nodes}
    frames = {frame.id for frame in outline.frames}
    assert set(outline.item_of.values()) <= shown | frames
    assert not shown & frames
    for item, nodes in outline.members.items():
        assert [node.id for node in graph.nodes if outline.item_of[node.id] == item] == list(nodes)
    assert shown == set(outline.frame_of)
    assert len(shown) == len(outline.graph.nodes)


@given(grouped_graphs(), st.data())
def test_that_the_shown_edges_stand_for_all_edges_between_different_items(
    graph: Graph, data: st.DataObject
) -> None:
    outline = outline_of(graph, data.draw(showings(graph)))
    of = outline.item_of
    bundled = Counter(edge for bundle in outline.bundles.values() for edge in bundle)
    assert set(bundled.values()) <= {1}
    shown = set(outline.frame_of)
    for edge in graph.edges:
        source, target = of.get(edge.source), of.get(edge.target)
        between = source in shown and target in shown and source != target
        marked = edge.source in graph.shared_leaves and source != edge.source
        assert (edge.id in bundled) == (between and not marked)
        if source and target and source != target and not between:
            assert source in outline.uses or marked or target not in shown or source not in shown
    for edge in outline.graph.edges:
        true = {(e.source, e.target) for e in graph.edges if e.id in outline.bundles[edge.id]}
        assert {(of[source], of[target]) for source, target in true} == {(edge.source, edge.target)}


@given(grouped_graphs(), st.data())
def test_that_opening_and_closing_a_group_gives_the_same_outline(
    graph: Graph, data: st.DataObject
) -> None:
    showing = data.draw(showings(graph))
    outline = outline_of(graph, showing)
    for item in [*outline.frame_of, *(frame.id for frame in outline.frames)]:
        if item not in outline.folds:
            once = with_toggled(graph, showing, item)
            assert outline_of(graph, with_toggled(graph, once, item)) == outline


def test_that_equal_layers_in_a_row_are_one_box() -> None:
    outline = outline_of(gpt2(), Showing())
    assert titles(outline) == ["wte", "wpe", "h.0 … h.11 ×12", "ln_f", "lm_head"]
    (groups,) = outline.folds.values()
    assert groups == tuple(f"h.{layer}" for layer in range(12))


def test_that_an_opened_layer_breaks_the_row() -> None:
    outline = outline_of(gpt2(), Showing(opened=frozenset({"h.3"})))
    assert "h.0 … h.2 ×3" in titles(outline)
    assert "h.4 … h.11 ×8" in titles(outline)
    assert [frame.group.id for frame in outline.frames] == ["h.3"]


def test_that_an_unfolded_row_is_shown_one_by_one() -> None:
    outline = outline_of(gpt2(), Showing(unfolded=frozenset({""})))
    assert [title for title in titles(outline) if title.startswith("h.")] == [
        f"h.{layer}" for layer in range(12)
    ]
    assert not outline.folds
    assert outline_of(gpt2(), Showing(folding=False)) == outline


def test_that_sums_between_equal_layers_belong_to_their_fold() -> None:
    outline = outline_of(residual(20, outside=True), Showing())
    assert titles(outline) == ["stem", "blocks.0 … blocks.19 ×20", "head"]
    assert [node.op for node in outline.graph.nodes].count("Add") == 1


def test_that_projections_of_an_attention_are_no_fold() -> None:
    make = GraphMaker()
    x = make.op("Input")
    made = [make.linear(name, x) for name in ("q_proj", "k_proj", "v_proj")]
    make.op("Attention", *made)
    assert titles(outline_of(make.graph(), Showing())) == ["q_proj", "k_proj", "v_proj"]


def test_that_very_many_children_are_shown_in_parts() -> None:
    graph = beside(5000)
    opened = frozenset({"experts"})
    assert titles(outline_of(graph, Showing(opened))) == ["0 … 4999 ×5000"]
    parts = outline_of(graph, Showing(opened, unfolded=opened))
    assert 10 <= len(parts.folds) <= 60
    assert len(titles(parts)) == len(parts.folds)
    one = outline_of(graph, Showing(opened, unfolded=opened, spread=frozenset({"experts.0"})))
    assert len(one.folds) == len(parts.folds) - 1
    assert titles(one)[:3] == ["0", "1", "2"]


def test_that_the_parameters_of_a_large_graph_belong_to_their_frames() -> None:
    graph = gpt2()
    everything = frozenset(group.id for group in graph.groups)
    outline = outline_of(graph, Showing(everything))
    assert all(node.kind != "leaf" for node in outline.graph.nodes)
    (weight,) = (node.id for node in graph.nodes if node.id in graph.shared_leaves)
    assert outline.item_of[weight] == "@wte"
    assert len(outline.uses[weight]) == 2
    drawn = outline_of(graph, Showing(everything, parameters=True))
    leaves = [node.id for node in graph.nodes if node.kind == "leaf"]
    assert [node.id for node in drawn.graph.nodes if node.kind == "leaf"] == leaves
    assert [node.kind for node in outline_of(gpt2(0), Showing(everything)).graph.nodes].count(
        "leaf"
    ) == 2 + 2


def test_that_edges_run_through_hidden_views() -> None:
    make = GraphMaker()
    x = make.leaf("x")
    view = make.op("View", make.op("Exp", x))
    make.op("Sum", make.op("Add", make.op("Transpose", view), view))
    graph = make.graph()
    outline = outline_of(graph, Showing(hidden=frozenset({"views"})))
    assert [node.op for node in outline.graph.nodes] == ["Sum", "Add", "Exp", "x"]
    assert [(e.source, e.target) for e in outline.graph.edges].count(("n1", "n4")) == 2
    assert outline.item_of[view] == "n1"


def test_that_two_edges_between_two_nodes_stay_two() -> None:
    make = GraphMaker()
    x = make.op("Exp")
    make.op("Mul", x, x)
    assert len(outline_of(make.graph(), Showing()).graph.edges) == 2
    with_group = GraphMaker()
    with with_group.call("f", "F"):
        y = with_group.op("Exp")
    with_group.op("Mul", y, y)
    outline = outline_of(with_group.graph(), Showing())
    assert [len(edges) for edges in outline.bundles.values()] == [2]


@pytest.mark.parametrize("name", MODELS)
def test_that_a_whole_model_has_an_outline(name: str) -> None:
    graph = MODELS[name]()
    outline = outline_of(graph, Showing())
    assert set(outline.item_of) == set(graph.node)
    assert outline.graph.output in outline.frame_of


def test_that_the_steps_of_a_loop_are_one_box() -> None:
    assert titles(outline_of(lstm(50), Showing())) == ["step 0 … step 49 ×50"]


def test_that_a_fold_of_a_loop_names_the_modules_that_it_calls() -> None:
    make = GraphMaker()
    x = make.leaf("x")
    for step in range(4):
        with make.call(f"step {step}", "for", "iteration"), make.call(f"down.{step}", "Conv"):
            x = make.op("Relu", make.op("Convolution", x))
    assert titles(outline_of(make.graph(), Showing())) == ["down.0 … down.3 ×4"]


def test_that_a_fold_of_one_module_names_its_calls() -> None:
    make = GraphMaker()
    x = make.leaf("x")
    for _ in range(4):
        with make.call("cell", "Cell"):
            x = make.op("Tanh", make.op("Mul", x))
    assert titles(outline_of(make.graph(), Showing())) == ["cell:1 … cell:4 ×4"]

"""The options of the part of a graph that is shown: `--expand h.3.attn` and the like."""

import argparse

import pytest
from graphs_in_groups import grouped
from grouped_graphs import GraphMaker, gpt2, lstm, residual, unet
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import tutorial_graph

from gradviz.cli.options.order_options import add_order
from gradviz.cli.options.showing_options import add_showing, showing_of
from gradviz.cli.refusals import InputError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, outline_of
from gradviz.core.graphs.shown.first_picture import MOST_BOXES

_GPT2 = gpt2()


def shown(graph: Graph, *arguments: str) -> Outline:
    parser = argparse.ArgumentParser()
    add_order(parser, drawn=True)
    add_showing(parser)
    return outline_of(graph, showing_of(graph, parser.parse_args(arguments)))


def items(outline: Outline) -> set[str]:
    return {node.id for node in outline.graph.nodes}


def frames(outline: Outline) -> set[str]:
    return {frame.group.id for frame in outline.frames}


@pytest.mark.parametrize("graph", [_GPT2, lstm(300), unet(), residual(60), tutorial_graph()])
def test_that_the_first_picture_has_few_boxes(graph: Graph) -> None:
    assert 1 < len(shown(graph).graph.nodes) <= MOST_BOXES


def test_that_all_is_every_node_and_every_frame() -> None:
    outline = shown(_GPT2, "--expand", "all")
    assert items(outline) == {node.id for node in _GPT2.nodes}
    assert frames(outline) == {group.id for group in _GPT2.groups}


def test_that_a_group_is_opened_with_those_around_it_and_no_other() -> None:
    before, after = shown(_GPT2), shown(_GPT2, "--expand", "h.3.attn")
    assert frames(after) - frames(before) == {"h.3", "h.3.attn"}
    assert "@h.3.attn.c_attn" in items(after)
    both = shown(_GPT2, "--expand", "h.3.attn", "--expand", "h.5")
    assert frames(both) == {*frames(after), "h.5"}


def test_that_a_depth_opens_so_many_levels() -> None:
    assert frames(shown(_GPT2, "--depth", "0")) == set()
    assert frames(shown(_GPT2, "--depth", "1")) == {
        group.id for group in _GPT2.groups if group.parent < 0
    }
    within = frames(shown(_GPT2, "--focus", "h.3", "--depth", "1"))
    assert within == {"h.3.ln_1", "h.3.attn", "h.3.ln_2", "h.3.mlp"}


def test_that_the_focus_is_all_that_is_shown() -> None:
    outline = shown(_GPT2, "--focus", "h.3", "--depth", "0")
    place = _GPT2.grouping.index["h.3"]
    inside = {_GPT2.nodes[each].id for each in _GPT2.grouping.nodes_within(place)}
    assert set(outline.item_of) == inside
    assert "@h.3.attn" in items(outline)


def test_that_equal_groups_are_one_by_one_without_folds() -> None:
    assert len(shown(_GPT2, "--depth", "0").folds) == 1
    outline = shown(_GPT2, "--depth", "0", "--no-fold")
    assert not outline.folds
    assert {f"@h.{place}" for place in range(12)} <= items(outline)
    # Parts of very many are boxes of several groups too.
    assert len(shown(lstm(300), "--depth", "0", "--no-fold").graph.nodes) == 301


def test_that_views_are_left_out_and_parameters_are_drawn() -> None:
    whole = shown(_GPT2, "--expand", "all")
    views = {node.id for node in _GPT2.nodes if node.op in ("View", "Transpose")}
    assert items(whole) > views
    assert not items(shown(_GPT2, "--expand", "all", "--hide", "views")) & views
    leaves = {node.id for node in _GPT2.nodes if node.kind == "leaf"}
    assert not items(shown(_GPT2, "--depth", "9")) & leaves
    assert leaves <= items(shown(_GPT2, "--depth", "9", "--parameters"))


@pytest.mark.parametrize("name", ["h.3.atn", "h.3.attention", "H.3.ATTN"])
def test_that_a_name_that_does_not_exist_is_refused_with_the_nearest(name: str) -> None:
    for option in ("--expand", "--focus"):
        with pytest.raises(InputError, match="there is no such group") as raised:
            shown(_GPT2, option, name)
        assert name in raised.value.message
        assert ".attn" in raised.value.hint


@given(st.text(max_size=300), st.sampled_from([group.id for group in _GPT2.groups]))
def test_that_any_name_that_is_none_is_refused_in_a_sentence(name: str, known: str) -> None:
    with pytest.raises(InputError) as raised:
        shown(_GPT2, f"--focus={known}/{name}")
    assert len(str(raised.value)) < 500


def test_that_a_list_of_modules_opens_each_of_them() -> None:
    assert frames(shown(_GPT2, "--depth", "0", "--expand", "h")) == {
        f"h.{place}" for place in range(12)
    }
    with pytest.raises(InputError, match="there are 12 groups") as raised:
        shown(_GPT2, "--focus", "h")
    assert raised.value.hint == "Use the name of one: h.0, h.1, h.2, …."


def test_that_a_group_outside_of_the_focus_is_refused() -> None:
    with pytest.raises(InputError, match=r"not within h\.3"):
        shown(_GPT2, "--focus", "h.3", "--expand", "h.4")


def test_that_each_call_of_a_module_has_its_name() -> None:
    make = GraphMaker()
    x = make.leaf("x")
    for _ in range(2):
        with make.call("cell", "Cell"):
            x = make.op("Add", make.op("Tanh", x), x)
    graph = make.graph()
    assert frames(shown(graph, "--depth", "0", "--expand", "cell:2")) == {"cell:2"}


def test_that_a_graph_without_groups_says_so() -> None:
    with pytest.raises(InputError, match="there is no such group") as raised:
        shown(tutorial_graph(), "--expand", "h")
    assert "The graph has none" in raised.value.hint
    assert shown(tutorial_graph(), "--expand", "all").graph.nodes == tutorial_graph().nodes


def test_that_a_negative_depth_is_refused() -> None:
    with pytest.raises(InputError, match="no depth -1"):
        shown(grouped(tutorial_graph(), loss=["pow"]), "--depth", "-1")


def test_that_the_way_of_the_edges_and_of_a_derivative_go_together() -> None:
    parser = argparse.ArgumentParser()
    add_order(parser, drawn=True)
    chosen = parser.parse_args(["--create-graph", "--direction", "LR", "--direction", "gradient"])
    assert (chosen.drawn_direction, chosen.direction) == ("LR", "gradient")
    assert parser.parse_args([]).drawn_direction == "TB"

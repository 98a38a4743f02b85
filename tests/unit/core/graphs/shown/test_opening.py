"""Opening and closing groups, as keys, clicks and options do."""

from grouped_graphs import beside, gpt2, residual, unet
from hypothesis import given
from hypothesis import strategies as st
from random_groups import grouped_graphs, showings

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Outline, Showing, outline_of
from gradviz.core.graphs.shown.opening import (
    collapse_others,
    depth,
    depths,
    opened_all,
    opened_for,
    with_folded,
    with_toggled,
)


def ids(outline: Outline) -> set[str]:
    """Return the ids of all boxes and frames."""
    return {*outline.frame_of, *(frame.id for frame in outline.frames)}


@given(grouped_graphs(), st.data())
def test_that_whatever_is_opened_for_is_seen(graph: Graph, data: st.DataObject) -> None:
    showing = data.draw(showings(graph))
    for node in graph.nodes:
        outline = outline_of(graph, opened_for(graph, showing, node.id))
        item = outline.item_of[node.id]
        # A parameter may be in its frame, and a view may be hidden in the node that feeds it.
        assert item == node.id or item not in outline.members or showing.hidden
    for group in graph.groups:
        outline = outline_of(graph, opened_for(graph, showing, group.id))
        members = graph.grouping.nodes_within(graph.grouping.index[group.id])
        shown = f"@{group.id}" in ids(outline)
        assert (
            shown
            or not members
            or outline == outline_of(graph, opened_for(graph, Showing(root=group.id), group.id))
            or showing.root
        )


@given(grouped_graphs(), st.data())
def test_that_a_toggled_group_is_toggled_back(graph: Graph, data: st.DataObject) -> None:
    showing = data.draw(showings(graph))
    outline = outline_of(graph, showing)
    for item in ids(outline) - set(outline.folds):
        once = with_toggled(graph, showing, item)
        assert with_toggled(graph, once, item) == showing
        assert (once == showing) == (item in graph.node)


def test_that_an_opened_fold_shows_its_groups_and_can_be_folded_again() -> None:
    graph = gpt2()
    (fold,) = outline_of(graph, Showing()).folds
    opened = with_toggled(graph, Showing(), fold)
    assert {f"@h.{layer}" for layer in range(12)} <= ids(outline_of(graph, opened))
    assert with_folded(graph, opened, "h.3") == Showing()


def test_that_a_very_long_fold_is_opened_part_by_part() -> None:
    graph = residual(500)
    showing = Showing()
    while "@blocks.300" not in ids(outline := outline_of(graph, showing)):
        (fold,) = (key for key, groups in outline.folds.items() if "blocks.300" in groups)
        deeper = with_toggled(graph, showing, fold)
        assert deeper != showing
        showing = deeper
    assert len(outline.graph.nodes) < 100
    assert with_folded(graph, showing, "blocks.7") == Showing()


def test_that_a_found_group_leaves_its_fold() -> None:
    graph = gpt2()
    outline = outline_of(graph, opened_for(graph, Showing(), "h.3.attn"))
    assert "@h.3.attn" in outline.frame_of
    assert [frame.group.id for frame in outline.frames] == ["h.3"]
    assert "@h.3" in ids(outline_of(graph, opened_for(graph, Showing(), "h.3")))


def test_that_others_collapse_around_what_is_looked_at() -> None:
    graph = gpt2()
    everything = opened_all(graph, Showing())
    only = collapse_others(graph, everything, "h.3.attn")
    assert only.opened == {"h.3", "h.3.attn", "h.3.attn.c_attn", "h.3.attn.c_proj"}
    assert collapse_others(graph, only, "h.5").opened == {"h.5"}


def test_that_all_within_one_group_are_opened() -> None:
    opened = opened_all(gpt2(), Showing(), "h.3.mlp").opened
    assert opened == {"h.3.mlp", "h.3.mlp.c_fc", "h.3.mlp.act", "h.3.mlp.c_proj"}


def test_that_a_depth_counts_from_the_root() -> None:
    graph = gpt2(2)
    assert depths(graph) == 3
    assert depth(graph, 0).opened == frozenset()
    assert depth(graph, 1).opened == {group.id for group in graph.groups if "." not in group.id
                                      or group.id in ("h.0", "h.1")}  # fmt: skip
    assert depth(graph, 3) == opened_all(graph, Showing())
    assert "h.0.attn.c_attn" not in depth(graph, 1, Showing(root="h.0")).opened
    assert "h.0.attn" in depth(graph, 1, Showing(root="h.0")).opened


def test_that_a_hit_outside_of_the_root_leaves_the_root() -> None:
    graph = unet()
    showing = opened_for(graph, Showing(root="down.0"), "up.1")
    assert showing.root == ""
    assert "@up.1" in ids(outline_of(graph, showing))


def test_that_one_of_very_many_is_found() -> None:
    graph = beside(5000)
    outline = outline_of(graph, opened_for(graph, Showing(), "experts.4321"))
    assert "@experts.4321" in ids(outline)
    assert len(outline.graph.nodes) < 60

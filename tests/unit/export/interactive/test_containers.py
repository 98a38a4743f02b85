"""The containers of an interactive page: every group, and folds as the outline has them."""

import pytest
from graphs_in_groups import groupings
from grouped_graphs import beside, gpt2, lstm, unet
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_graphs import tutorial_graph

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.export.interactive.containers import Containers, containers_of


def found(graph: Graph, showing: Showing) -> Containers:
    return containers_of(graph, showing, outline_of(graph, showing))


def within(containers: Containers) -> dict[str, list[str]]:
    """Return for each container by its id those right within it."""
    inside: dict[str, list[str]] = {"": []}
    for row in containers.rows:
        around = "" if row.around == NO_GROUP else containers.rows[row.around].id
        inside.setdefault(around, []).append(row.id)
    return inside


def test_that_a_fold_is_a_container_of_its_groups() -> None:
    inside = within(found(gpt2(12), Showing()))
    assert inside["⋮h.0⋮h.11"] == [f"@h.{layer}" for layer in range(12)]


def test_that_a_group_that_is_shown_by_itself_is_in_no_fold() -> None:
    inside = within(found(gpt2(12), Showing(frozenset({"h.3"}))))
    assert "@h.3" not in inside["⋮h.0⋮h.2"] + inside["⋮h.4⋮h.11"]


def test_that_there_are_no_folds_where_none_are_wanted() -> None:
    rows = found(gpt2(12), Showing(folding=False)).rows
    assert not any(row.folded for row in rows)


def test_that_a_fold_of_very_many_groups_is_in_parts() -> None:
    containers = found(lstm(1000), Showing())
    assert all(len(inside) <= 60 for inside in within(containers).values())


@pytest.mark.parametrize("graph", [gpt2(3), unet(), lstm(100), beside(300)])
def test_that_each_group_is_a_container_once_and_none_is_within_itself(graph: Graph) -> None:
    containers = found(graph, Showing())
    ids = [row.id for row in containers.rows]
    assert {f"@{group.id}" for group in graph.groups} <= set(ids)
    assert len(ids) == len(set(ids))
    for place in range(len(ids)):
        seen, at = set[int](), place
        while at != NO_GROUP:
            assert at not in seen
            seen.add(at)
            at = containers.rows[at].around


@settings(max_examples=60)
@given(st.data())
def test_that_any_first_picture_is_one_that_the_page_can_show(data: st.DataObject) -> None:
    graph = data.draw(groupings(tutorial_graph()))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    showing = Showing(opened)
    outline, containers = outline_of(graph, showing), found(graph, showing)
    places = {row.id: place for place, row in enumerate(containers.rows)}
    assert outline.members.keys() <= places.keys()
    assert {frame.id for frame in outline.frames} <= places.keys()

    def around(node: str) -> list[int]:
        above, at = [], containers.of_node[node]
        while at != NO_GROUP:
            above.append(at)
            at = containers.rows[at].around
        return above

    for item, nodes in outline.members.items():
        for node in nodes:
            assert places[item] in around(node)


def test_that_every_node_is_drawn_where_every_group_is_open() -> None:
    graph = tutorial_graph()
    assert containers_of(graph, None, None).base is graph
    model = gpt2(2)
    whole = opened_all(model, Showing(parameters=True))
    assert len(found(model, whole).base.nodes) == len(model.nodes)

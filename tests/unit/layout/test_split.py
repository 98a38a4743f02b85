"""Shared leaves drawn once per use."""

from hypothesis import given
from layout_cases import Case, acyclic, check_placement

from gradviz.core.graphs.placement import Box, Link
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place
from gradviz.layout.split import shared_leaves, split_leaves


@given(acyclic())
def test_that_after_splitting_no_leaf_is_shared(case: Case) -> None:
    boxes, links, link_of = split_leaves(*case)
    assert not shared_leaves(boxes, links)
    assert [link.target for link in links] == [link.target for link in case[1]]
    assert len({box.id for box in boxes}) == len(boxes) == len(case[0]) + len(link_of)


@given(acyclic(most=8))
def test_that_each_further_use_has_a_ghost_and_nothing_else_has(case: Case) -> None:
    boxes, links = case
    placement = place(LayoutRequest(request=1, boxes=boxes, links=links, plan="split leaves"))
    check_placement(case, placement)
    shared = shared_leaves(boxes, links)
    uses = [link for link in links if link.source in shared]
    assert len(placement.ghosts) == len(uses) - len(shared)
    assert set(placement.ghosts) <= {link.id for link in uses}


def test_that_a_ghost_lies_where_its_link_begins() -> None:
    boxes = (Box("x", 100, 40, leaf=True), Box("a", 100, 40), Box("b", 100, 40))
    links = (Link("xa", "x", "a"), Link("xb", "x", "b"))
    placement = place(LayoutRequest(request=1, boxes=boxes, links=links, plan="split leaves"))
    ((link, ghost),) = placement.ghosts.items()
    assert link == "xb"
    assert abs(placement.curves["xb"][0][0] - ghost[0]) <= 50
    assert ghost != placement.centers["x"]

"""Graphviz in this process."""

from itertools import pairwise

import pytest
from hypothesis import given
from layout_cases import Case, acyclic, check_placement

from gradviz.core.graphs.placement import Box, Direction, Link
from gradviz.layout.dot_layout import place_with_dot


@given(acyclic())
def test_that_boxes_of_any_name_lie_apart_and_links_run_downwards(case: Case) -> None:
    check_placement(case, place_with_dot(*case))


@given(acyclic(most=6))
def test_that_links_run_to_the_right_when_asked_to(case: Case) -> None:
    check_placement(case, place_with_dot(*case, "LR"), "LR")


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_that_curves_begin_and_end_at_their_boxes(direction: Direction) -> None:
    boxes = (Box("a", 120, 40), Box("b", 96, 36), Box("c", 200, 40))
    links = (Link("ab", "a", "b"), Link("ac", "a", "c"), Link("bc", "b", "c"))
    placement = place_with_dot(boxes, links, direction)
    for link in links:
        curve = placement.curves[link.id]
        for point, key in ((curve[0], link.source), (curve[-1], link.target)):
            (x, y), (width, height) = placement.centers[key], placement.sizes[key]
            assert abs(point[0] - x) <= width / 2 + 1
            assert abs(point[1] - y) <= height / 2 + 1


def test_that_two_links_between_the_same_boxes_keep_curves_of_their_own() -> None:
    boxes = (Box("a", 100, 40), Box("b", 100, 40))
    placement = place_with_dot(boxes, (Link("first", "a", "b"), Link("second", "a", "b")))
    assert placement.curves["first"] != placement.curves["second"]


def test_that_no_name_can_break_the_syntax() -> None:
    names = ['"', "\\", "\\N", "<b>", "n0", "a -> b", "a:b", "}", "中文", "\n", ""]
    boxes = tuple(Box(name, 96, 36) for name in names)
    links = tuple(Link(f"{a}→{b}", a, b) for a, b in pairwise(names))
    check_placement((boxes, links), place_with_dot(boxes, links))


def test_that_an_empty_graph_has_a_placement() -> None:
    placement = place_with_dot((), ())
    assert placement.centers == {}
    assert placement.width > 0


def test_that_a_link_from_a_box_to_itself_has_a_curve() -> None:
    placement = place_with_dot((Box("a", 100, 40),), (Link("loop", "a", "a"),))
    assert len(placement.curves["loop"]) >= 4

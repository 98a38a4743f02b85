"""The plan that cannot fail."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_cases import Case, acyclic, check_placement
from sample_graphs import chain, unrolled

from gradviz.core.graphs.placement import Box, Link
from gradviz.layout.rows import depths, place_in_rows


@given(acyclic())
def test_that_rows_hold_boxes_apart_and_links_run_downwards(case: Case) -> None:
    check_placement(case, place_in_rows(*case))


@given(acyclic())
def test_that_rows_become_columns_from_left_to_right(case: Case) -> None:
    check_placement(case, place_in_rows(*case, "LR"), "LR")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_that_cycles_are_placed_too(pairs: list[tuple[int, int]]) -> None:
    boxes = tuple(Box(str(index), 100, 40) for index in range(6))
    links = tuple(Link(f"l{i}", str(a), str(b)) for i, (a, b) in enumerate(pairs))
    placement = place_in_rows(boxes, links)
    assert len(set(placement.centers.values())) == len(boxes)
    assert set(placement.curves) == {link.id for link in links}


def test_that_the_depth_is_that_of_the_longest_path() -> None:
    boxes = tuple(Box(name, 1, 1) for name in "abcd")
    links = (Link("1", "a", "d"), Link("2", "a", "b"), Link("3", "b", "c"), Link("4", "c", "d"))
    assert depths(boxes, links) == {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.usefixtures("untraced")
def test_that_ten_thousand_boxes_take_less_than_a_second() -> None:
    for case in (chain(10_000), unrolled(1_400)):
        started = time.process_time()
        place_in_rows(*case)
        assert time.process_time() - started < 1.0

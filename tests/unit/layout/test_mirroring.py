"""Pictures whose edges run upwards, or to the left."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_cases import Case, acyclic, place_at_once

from gradviz.core.graphs.placement import OPPOSITE, TURNED, Direction
from gradviz.layout.mirroring import UNMIRRORED, mirrored, place_towards


@given(acyclic(), st.sampled_from(("BT", "RL")))
def test_that_each_link_runs_the_opposite_way_between_the_same_boxes(
    case: Case, direction: Direction
) -> None:
    boxes, links = case
    placement = place_towards(place_at_once, boxes, links, direction, 5.0)
    across = 1 if direction == "BT" else 0
    for link in links:
        curve = placement.curves[link.id]
        assert curve[0][across] > curve[-1][across]
        if link.id not in placement.ghosts:
            source, target = placement.centers[link.source], placement.centers[link.target]
            assert source[across] > target[across]
    for key, (x, y) in placement.centers.items():
        width, height = placement.sizes[key]
        assert width / 2 <= x + 1e-6
        assert x + width / 2 <= placement.width + 1e-6
        assert height / 2 <= y + 1e-6
        assert y + height / 2 <= placement.height + 1e-6


@given(acyclic(), st.sampled_from(("BT", "RL")))
def test_that_a_picture_mirrored_twice_is_the_same(case: Case, direction: Direction) -> None:
    placement = place_at_once(*case, UNMIRRORED[direction], 5.0)
    framed = msgspec.structs.replace(placement, frames={"frame": (1.0, 2.0, 3.0, 4.0)})
    twice = mirrored(mirrored(framed, direction), direction)
    assert twice.frames["frame"] == pytest.approx(framed.frames["frame"])
    for key, at in framed.centers.items():
        assert twice.centers[key] == pytest.approx(at)
    for key, curve in framed.curves.items():
        assert len(twice.curves[key]) == len(curve)


def test_that_all_ways_are_reached_by_turning_and_mirroring() -> None:
    for direction in UNMIRRORED:
        assert OPPOSITE[OPPOSITE[direction]] == direction
        assert TURNED[TURNED[direction]] == direction
        reached = {direction, TURNED[direction], OPPOSITE[direction], OPPOSITE[TURNED[direction]]}
        assert reached == set(UNMIRRORED)

"""The way from one placement to the next: it begins where the boxes were, and ends exactly."""

from grouped_graphs import gpt2

from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.core.graphs.placement import Placement
from gradviz.ui.canvas.motion import Way

_BEFORE = Placement(
    plan="dot", width=100, height=100, centers={"@a": (50, 20), "b": (50, 80)},
    sizes={"@a": (40, 20), "b": (40, 20)}, curves={},
)  # fmt: skip
_AFTER = Placement(
    plan="dot", width=200, height=300, centers={"c": (60, 60), "b": (60, 200)},
    sizes={"c": (40, 20), "b": (40, 20)}, curves={}, frames={"@a": (20, 20, 80, 100)},
)  # fmt: skip


def _way(shift: tuple[float, float] = (0.0, 0.0)) -> Way:
    return Way(_BEFORE, _AFTER, outline_of(gpt2(1), Showing()).graph, "@a", shift)


def test_that_the_way_ends_at_the_very_placement() -> None:
    assert _way().at(1.0) is _AFTER


def test_that_boxes_begin_where_they_were_and_new_ones_come_out_of_the_group() -> None:
    begun = _way((10.0, 5.0)).at(0.0)
    assert begun.centers["b"] == (60, 85)
    assert begun.centers["c"] == (60, 25)
    assert begun.frames["@a"] == (40, 15, 40, 20)


def test_that_halfway_everything_is_between() -> None:
    half = _way().at(0.5)
    assert half.centers["b"] == (55, 140)
    assert half.frames["@a"] == (25, 15, 60, 60)

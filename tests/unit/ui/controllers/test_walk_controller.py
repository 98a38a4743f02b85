"""The walk over a recording without a window: where the cursor stands, and what is selected."""

import msgspec
import pytest
from sample_graphs import tutorial_trace
from silent_engine import Bench

FORWARD = tuple(step.node for step in reversed(tutorial_trace().steps))
STEPS = len(tutorial_trace().steps)


@pytest.fixture
def walk(bench: Bench) -> Bench:
    """Return a bench whose recording has forward steps too."""
    bench.record(2, trace=msgspec.structs.replace(tutorial_trace(), forward=FORWARD))
    return bench


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [(3, 3), (-2, -2), (99, STEPS), (-99, -STEPS - 1), (0, 0)],
)
def test_that_the_cursor_stays_on_the_recording(walk: Bench, wanted: int, reached: int) -> None:
    walk.workbench.move_cursor(1)
    walk.workbench.move_cursor(wanted)
    assert walk.state.cursor == reached


def test_that_a_step_lets_the_selection_go_and_standing_still_does_not(walk: Bench) -> None:
    moved: list[int] = []
    walk.state.cursor_moved.connect(lambda: moved.append(walk.state.cursor))
    walk.workbench.select("d")
    walk.workbench.move_cursor(walk.state.cursor)
    assert (walk.state.selected, moved) == ("d", [])
    walk.workbench.move_cursor(2)
    assert (walk.state.selected, moved) == (None, [2])


def test_that_both_ends_and_the_turn_are_reached(walk: Bench) -> None:
    walk.workbench.go_to_end()
    assert walk.state.cursor == STEPS
    walk.workbench.go_to_turn()
    assert walk.state.cursor == 0
    walk.workbench.begin_walk()
    assert walk.state.cursor == 0


def test_that_a_walk_that_has_not_begun_follows_where_it_is_to_begin(walk: Bench) -> None:
    walk.workbench.choose_beginning(at_inputs=True)
    assert walk.state.cursor == -STEPS - 1
    walk.workbench.move_cursor(4)
    walk.workbench.choose_beginning(at_inputs=False)
    assert walk.state.cursor == 4
    walk.workbench.begin_walk()
    assert walk.state.cursor == 0


def test_that_a_selection_is_told_once(walk: Bench) -> None:
    told: list[str | None] = []
    walk.state.selection_changed.connect(lambda: told.append(walk.state.selected))
    for node in ("d", "d", None):
        walk.workbench.select(node)
    assert told == ["d", None]

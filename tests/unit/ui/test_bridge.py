"""Frames that wait together become one; nothing else is dropped or put in another order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.tensors import Array
from gradviz.protocol.events import Event, FrameTrained, TrainingStopped
from gradviz.ui.bridge import Bridge
from gradviz.ui.engine_process import with_frames_joined


def frame(run: int, first: int, losses: int) -> FrameTrained:
    """Return the frame of `losses` steps after step `first`."""
    return FrameTrained(
        run=run,
        step=first + losses,
        losses=Array.of(np.arange(first, first + losses, dtype=np.float64)),
        snapshot=Snapshot(
            parameters={"a": float(first)},
            equation=f"y = {first}",
            prediction=Array.of(np.full(3, float(first))),
        ),
        steps_per_second=float(first),
        learning_rate=float(first),
    )


def stopped(run: int) -> TrainingStopped:
    return TrainingStopped(run=run, step=0, reason="paused")


def test_that_waiting_frames_become_the_newest_picture_with_all_losses() -> None:
    (joined,) = with_frames_joined([frame(1, 0, 4), frame(1, 4, 2), frame(1, 6, 1)])
    newest = frame(1, 6, 1)
    assert isinstance(joined, FrameTrained)
    assert joined.losses.numpy().tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert (joined.step, joined.snapshot.parameters, joined.snapshot.equation) == (
        7,
        {"a": 6.0},
        "y = 6",
    )
    assert joined.snapshot == newest.snapshot
    assert joined.steps_per_second == newest.steps_per_second
    assert joined.learning_rate == newest.learning_rate > 0


def test_that_frames_of_another_run_are_not_joined() -> None:
    events: list[Event] = [frame(1, 0, 2), frame(2, 0, 2)]
    assert with_frames_joined(events) == events


def test_that_frames_are_not_joined_across_another_event() -> None:
    events: list[Event] = [frame(1, 0, 2), stopped(1), frame(1, 2, 2)]
    assert with_frames_joined(events) == events


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(0, 3)), max_size=12))
def test_that_joining_drops_no_loss_and_no_other_event(kinds: list[tuple[int, int]]) -> None:
    events: list[Event] = [
        frame(run, 10 * place, size) if size else stopped(run)
        for place, (run, size) in enumerate(kinds)
    ]
    joined = with_frames_joined(events)
    assert losses_of(joined) == losses_of(events)
    assert [e for e in joined if isinstance(e, TrainingStopped)] == [
        e for e in events if isinstance(e, TrainingStopped)
    ]


def losses_of(events: list[Event]) -> list[tuple[int, float]]:
    return [
        (event.run, loss)
        for event in events
        if isinstance(event, FrameTrained)
        for loss in event.losses.numpy().tolist()
    ]


def test_that_a_bridge_without_an_engine_can_be_closed_and_sends_nothing() -> None:
    bridge = Bridge(("no such program",))
    assert bridge.engine_pid is None
    bridge.close()
    bridge.close()

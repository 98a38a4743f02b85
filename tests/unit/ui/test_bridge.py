"""Frames that wait together become one; all else is heard one by one, in its order."""

from collections import deque
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.tensors import Array
from gradviz.protocol.events import Event, FrameTrained, TrainingStopped
from gradviz.ui import bridge as bridge_module
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


class _Engine:
    """In the place of an engine: what it is to say is put into it."""

    pid, alive, pristine = 1, False, True

    def __init__(
        self,
        _: object,
        on_arrival: Callable[[], None],
        on_end: Callable[["_Engine", int, str], None],
        _prepare: object,
    ) -> None:
        self._waiting: deque[Event] = deque()
        self._on_arrival = on_arrival
        self._on_end = on_end

    def say(self, *events: Event) -> None:
        for event in events:
            self._waiting.append(event)
            self._on_arrival()

    def end(self) -> None:
        self._on_end(self, 0, "")

    def next_event(self) -> Event | None:
        return self._waiting.popleft() if self._waiting else None

    def kill(self) -> None:
        pass

    def wait(self) -> None:
        pass


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[_Engine]:
    """Return the engines that bridges start from here on."""
    started: list[_Engine] = []

    def start(*arguments: object) -> _Engine:
        started.append(_Engine(*arguments))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(bridge_module, "EngineProcess", start)
    return started


def test_that_the_window_has_a_turn_of_its_own_between_two_events(
    qtbot: QtBot, engines: list[_Engine]
) -> None:
    bridge = Bridge(())
    bridge.start()
    turns: list[None] = []
    heard: list[tuple[int, int]] = []
    bridge.event_received.connect(lambda event: heard.append((event.run, len(turns))))
    other = QTimer(interval=0)
    other.timeout.connect(lambda: turns.append(None))
    other.start()
    engines[0].say(*(stopped(run) for run in range(5)))
    qtbot.waitUntil(lambda: len(heard) == 5)
    other.stop()
    assert [run for run, _ in heard] == list(range(5))
    assert len({turn for _, turn in heard}) == 5
    bridge.close()


def test_that_the_last_words_of_an_engine_are_heard_before_its_end(
    qtbot: QtBot, engines: list[_Engine]
) -> None:
    bridge = Bridge(())
    bridge.start()
    told: list[object] = []
    bridge.event_received.connect(lambda event: told.append(event.run))
    bridge.engine_ended.connect(lambda code, lines: told.append((code, lines)))
    engines[0].say(stopped(1), stopped(2), stopped(3))
    engines[0].end()
    qtbot.waitUntil(lambda: (0, "") in told)
    assert told == [1, 2, 3, (0, "")]
    bridge.close()

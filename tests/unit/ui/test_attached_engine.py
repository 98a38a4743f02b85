"""The engine's side of an attached window: real pipes, and the other program at their ends."""

import os
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from gradviz.core.choices.catalogue import Catalogue
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import Command, VisitStep
from gradviz.protocol.events import EngineStarted, Event, RecordingKept
from gradviz.protocol.graph_crossing import Crossing
from gradviz.ui.attached_engine import AttachedEngine

_STARTED = EngineStarted(Catalogue(models=(), devices=(), optimizers=(), torch="2", python="3"))


class Ends(NamedTuple):
    """An attached engine, and the ends of its pipes that the other program has."""

    engine: AttachedEngine
    events: BinaryIO
    commands: BinaryIO


@pytest.fixture
def ends() -> Iterator[Ends]:
    event_ends, command_ends = os.pipe(), os.pipe()
    received, sent = os.fdopen(event_ends[0], "rb"), os.fdopen(command_ends[1], "wb")
    events, commands = os.fdopen(event_ends[1], "wb"), os.fdopen(command_ends[0], "rb")
    engine = AttachedEngine(received, sent)
    yield Ends(engine, events, commands)
    engine.close()
    # Each side is closed by a thread of the engine's, where that was started.
    events.close()
    for stream in (commands, received, sent):
        stream.close()


def test_that_events_arrive_in_their_order_and_commands_go_out_in_theirs(
    ends: Ends, qtbot: QtBot
) -> None:
    heard: list[Event] = []
    ends.engine.event_received.connect(heard.append)
    ends.engine.start()
    codec: Codec[Crossing] = Codec(Crossing)
    sent: list[Event] = [_STARTED, *(RecordingKept(number, None) for number in range(50))]
    for event in sent:
        codec.write(ends.events, event)
    qtbot.waitUntil(lambda: heard == sent)
    read: Codec[Command] = Codec(Command)
    for step in range(3):
        ends.engine.send(VisitStep(0, step))
    assert [read.read(ends.commands) for _ in range(3)] == [VisitStep(0, step) for step in range(3)]


def test_that_one_event_is_heard_at_each_turn_of_the_loop(ends: Ends, qtbot: QtBot) -> None:
    heard: list[Event] = []
    ends.engine.event_received.connect(heard.append)
    for number in range(3):
        ends.engine._put(RecordingKept(number, None))
    for count in range(1, 4):
        ends.engine._on_turn()
        assert len(heard) == count


def test_that_the_end_of_the_program_is_told_after_all_that_it_has_said(
    ends: Ends, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(ends.engine.released):
        ends.engine.start()
        ends.events.close()


@given(garbage=st.binary(min_size=4, max_size=200))
def test_that_broken_bytes_end_the_window_and_raise_nothing(garbage: bytes) -> None:
    event_ends, command_ends = os.pipe(), os.pipe()
    with os.fdopen(event_ends[1], "wb") as events:
        events.write(garbage)
    with os.fdopen(event_ends[0], "rb") as received, os.fdopen(command_ends[1], "wb") as sent:
        engine = AttachedEngine(received, sent)
        released: list[bool] = []
        engine.released.connect(lambda: released.append(True))
        engine._read()
        assert released == [True]
    os.close(command_ends[0])

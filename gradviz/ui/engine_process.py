"""One engine of the window: its process, its events that wait, and the user's files it has run."""

import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeGuard

import msgspec
import numpy as np

from gradviz.core.errors import ProcessError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.own.source import file_of
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import Command, own_models_of
from gradviz.protocol.events import Event, FrameTrained, ModelBuilt
from gradviz.protocol.graph_crossing import Crossing, GraphReceiver
from gradviz.protocol.module_process import started


class EngineProcess:
    """Starts an engine; calls `on_arrival` and finally `on_end` from threads of its own.

    Attributes:
        run: The number of the run that it is to build.
    """

    def __init__(
        self,
        command: Sequence[str],
        on_arrival: Callable[[], None],
        on_end: Callable[["EngineProcess", int, str], None],
        prepare: Callable[[Graph], None],
    ) -> None:
        """Start it; `prepare` gets the graph of each model before anybody hears of it.

        All three are called from threads of the process.
        """
        self.run = 0
        self._files: frozenset[tuple[str, str]] = frozenset()
        self._waiting: deque[Event] = deque()
        self._on_arrival = on_arrival
        self._prepare = prepare
        graphs = GraphReceiver()
        self._child: Child[Command, Crossing] = Child(
            started(command),
            Codec(Command),
            Codec(Crossing),
            on_message=lambda crossing: self._put(graphs.event(crossing)),
            on_end=lambda code, lines: on_end(self, code, lines),
        )

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._child.alive

    @property
    def pristine(self) -> bool:
        """Tell whether it has run no file of the user's, which may change anything in it."""
        return not self._files

    def serves(self, command: Command) -> bool:
        """Tell whether no other file has been run than the one that the command runs, if any."""
        return self._files <= _files_of(command)

    def send(self, command: Command) -> None:
        """Send a command; to an engine that has ended it is lost."""
        self._files |= _files_of(command)
        try:
            self._child.send(command)
        except ProcessError:
            self._child.kill()

    def next_event(self) -> Event | None:
        """Take the first event that waits, None if none does.

        A frame of training comes joined with the frames of its run that wait right behind it.
        """
        if not self._waiting:
            return None
        taken = [self._waiting.popleft()]
        while self._waiting and _follows(self._waiting[0], taken[0]):
            taken.append(self._waiting.popleft())
        return with_frames_joined(taken)[0]

    def kill(self) -> None:
        """End the process at once, without waiting for that."""
        self._child.kill()

    def wait(self) -> None:
        """Wait until the process has ended, but not for ever."""
        self._child.close()

    def _put(self, event: Event | None) -> None:
        """Queue an event, unless more of it is on its way."""
        if event is None:
            return
        if isinstance(event, ModelBuilt):
            # An error of it is met again, and told, where the picture is wanted.
            with contextlib.suppress(Exception):
                self._prepare(event.graph)
        self._waiting.append(event)
        self._on_arrival()


def _files_of(command: Command) -> frozenset[tuple[str, str]]:
    """Return the user's files that a command runs, each with its hash."""
    files = (file_of(model) for model in own_models_of(command))
    return frozenset(file for file in files if file is not None)


def with_frames_joined(events: Sequence[Event]) -> list[Event]:
    """Return the events with each row of frames as one: the newest picture, with all the losses."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(last, FrameTrained) and _follows(event, last):
            joined[-1] = _joined(last, event)
        else:
            joined.append(event)
    return joined


def _follows(event: Event, earlier: Event) -> TypeGuard[FrameTrained]:
    """Tell whether both are frames of one run."""
    if not (isinstance(event, FrameTrained) and isinstance(earlier, FrameTrained)):
        return False
    return event.run == earlier.run


def _joined(earlier: FrameTrained, later: FrameTrained) -> FrameTrained:
    losses = np.concatenate([earlier.losses.floats(), later.losses.floats()])
    return msgspec.structs.replace(later, losses=Array.of(losses))

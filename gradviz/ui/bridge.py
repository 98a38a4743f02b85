"""The sole owner of the engine process: commands go in, events come out as Qt signals."""

from collections import deque
from collections.abc import Sequence

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Qt, Signal

from gradviz.core.errors import ProcessError
from gradviz.core.graphs.tensors import Array
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import Command
from gradviz.protocol.events import Event, FrameTrained
from gradviz.protocol.graph_crossing import Crossing, GraphReceiver


class EngineLink(QObject):
    """The window's interface to an engine, wherever that runs."""

    event_received = Signal(object)
    engine_ended = Signal(int, str)

    def start(self) -> None:
        """Start an engine; its EngineStarted follows."""

    def send(self, command: Command) -> None:
        """Hand `command` to the engine."""

    def kill(self) -> None:
        """End the engine at once, whatever it does; `engine_ended` follows."""

    def close(self) -> None:
        """End the engine and wait for it; no signal follows."""


class Bridge(EngineLink):
    """Starts, restarts and ends the engine; emits on the window's thread.

    Events wait in a queue until the window has time for them. Frames of training that wait
    together become one: the newest picture, with all the losses.
    """

    _arrived = Signal(int)
    _ended = Signal(int, int, str)

    def __init__(self, engine_command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(engine_command)
        self._child: Child[Command, Crossing] | None = None
        self._generation = 0
        #: Engines that were told to end, which are waited for when the window closes.
        self._ending: list[Child[Command, Crossing]] = []
        self._waiting: deque[Event] = deque()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def engine_pid(self) -> int | None:
        """Return the engine's process id, or None when there is no engine."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start an engine; one that still runs is ended, and not waited for."""
        self._drop()
        self._generation += 1
        generation = self._generation
        graphs = GraphReceiver()
        self._child = Child(
            self._command,
            Codec(Command),
            Codec(Crossing),
            on_message=lambda crossing: self._put(generation, graphs.event(crossing)),
            on_end=lambda code, lines: self._tell_end(generation, code, lines),
        )

    def send(self, command: Command) -> None:
        """Send a command; to an engine that has ended it is lost, and `engine_ended` follows."""
        if self._child is None:
            return
        try:
            self._child.send(command)
        except ProcessError:
            self._child.kill()

    def kill(self) -> None:
        """End the engine at once, whatever it does; `engine_ended` follows."""
        if self._child is not None:
            self._child.kill()

    def close(self) -> None:
        """End the engine and wait for that, but not for ever; no signal follows."""
        self._drop()
        ending, self._ending = self._ending, []
        for child in ending:
            child.close()

    def _drop(self) -> None:
        """End the engine, and hear nothing more of it."""
        self._generation += 1
        child, self._child = self._child, None
        self._ending = [each for each in self._ending if each.alive]
        if child is not None:
            child.kill()
            self._ending.append(child)
        self._waiting.clear()

    def _put(self, generation: int, event: Event | None) -> None:
        """Queue an event, unless more of it is on its way; called from the reader's thread."""
        if event is not None and generation == self._generation:
            self._waiting.append(event)
            self._arrived.emit(generation)

    def _tell_end(self, generation: int, code: int, lines: str) -> None:
        """Tell that an engine has ended, unless nobody asks; called from a thread of its own."""
        if generation == self._generation:
            self._ended.emit(generation, code, lines)

    def _on_arrived(self, generation: int) -> None:
        if generation != self._generation:
            return
        for event in _with_frames_joined(self._drained()):
            self.event_received.emit(event)

    def _drained(self) -> list[Event]:
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def _on_ended(self, generation: int, code: int, lines: str) -> None:
        if generation != self._generation:
            return
        self._drop()
        self.engine_ended.emit(code, lines)


def _with_frames_joined(events: Sequence[Event]) -> list[Event]:
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if (
            isinstance(event, FrameTrained)
            and isinstance(last, FrameTrained)
            and event.run == last.run
        ):
            joined[-1] = _joined(last, event)
        else:
            joined.append(event)
    return joined


def _joined(earlier: FrameTrained, later: FrameTrained) -> FrameTrained:
    losses = np.concatenate([earlier.losses.floats(), later.losses.floats()])
    return msgspec.structs.replace(later, losses=Array.of(losses))

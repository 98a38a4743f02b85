"""The engine's side of a window that another program has opened on its own tensors."""

import contextlib
import queue
import threading
from collections import deque
from typing import BinaryIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gradviz.core.language.saying import ENGLISH
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import Command, Speak
from gradviz.protocol.events import Event, ModelBuilt
from gradviz.protocol.graph_crossing import Crossing, GraphReceiver
from gradviz.ui.bridge import EngineLink


class AttachedEngine(EngineLink):
    """Reads events from one stream and writes commands to another; starts and ends no process.

    Emits on the window's thread, one event at each turn of its event loop. `released` says that
    the other program wants no window any more, or has ended.
    """

    attached = True
    released = Signal()
    _arrived = Signal()

    def __init__(self, received: BinaryIO, sent: BinaryIO, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._received = received
        self._sent = sent
        self._waiting: deque[Event] = deque()
        self._outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._open = True
        self._language = ENGLISH
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self._arrived.connect(self._turn.start, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to read and to write, each in a thread of its own."""
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True).start()

    def send(self, command: Command) -> None:
        """Hand `command` to the other program; to one that has ended it is lost."""
        self._outbox.put(command)

    def speak(self, language: str) -> None:
        """Have the other program explain its recordings in this language from now on."""
        if language != self._language:
            self._language = language
            self.send(Speak(language))

    def close(self) -> None:
        """Send nothing more; no signal follows."""
        self._open = False
        self._outbox.put(None)

    def _read(self) -> None:
        codec: Codec[Crossing] = Codec(Crossing)
        graphs = GraphReceiver()
        # Broken messages and the end of the program are one to the window: nobody answers.
        with contextlib.suppress(ValueError, OSError), self._received:
            while (crossing := codec.read(self._received)) is not None:
                event = graphs.event(crossing)
                if event is not None:
                    self._put(event)
        if self._open:
            self.released.emit()

    def _put(self, event: Event) -> None:
        if isinstance(event, ModelBuilt):
            # An error of it is met again, and told, where the picture is wanted.
            with contextlib.suppress(Exception):
                self.prepare(event.graph)
        self._waiting.append(event)
        if self._open:
            self._arrived.emit()

    def _write(self) -> None:
        codec: Codec[Command] = Codec(Command)
        with contextlib.suppress(OSError), self._sent:
            while (command := self._outbox.get()) is not None:
                codec.write(self._sent, command)

    def _on_turn(self) -> None:
        if self._waiting:
            # A dialog that opens at this event has a loop of its own, in which others are heard.
            self._turn.start()
            self.event_received.emit(self._waiting.popleft())

"""The sole owner of the engines: commands go in, events come out as Qt signals."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import ENGLISH
from gradviz.protocol.commands import BuildModel, Command, Speak
from gradviz.protocol.events import CommandFailed, Event, ModelBuilt
from gradviz.ui.engine_process import EngineProcess

#: A spare engine starts so long after the model that made it wanted.
_REST_MS = 1500


class EngineLink(QObject):
    """The window's interface to an engine, wherever that runs."""

    event_received = Signal(object)
    engine_ended = Signal(object, str)
    #: Another engine takes over with the next event: all that the one before kept is gone.
    engine_replaced = Signal()
    #: Whether it shows what another program has recorded, and builds and trains nothing itself.
    attached = False
    #: Whether it shows that from a file.
    in_file = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Gets the graph of each model before the event with it, in a thread of the engine's.
        self.prepare: Callable[[Graph], None] = lambda _graph: None

    def start(self) -> None:
        """Start an engine; its EngineStarted follows."""

    def send(self, command: Command) -> None:
        """Hand `command` to the engine."""

    def speak(self, language: str) -> None:
        """Have every engine say everything in this language from now on."""

    def kill(self) -> None:
        """End the engine at once, whatever it does; `engine_ended` follows."""

    def close(self) -> None:
        """End the engine and wait for it; no signal follows."""


class Bridge(EngineLink):
    """Starts, restarts and ends the engine; emits on the window's thread, which never waits.

    Events wait in a queue until the window has time for them, and it hears one at each turn of its
    event loop: between two large ones it paints and hears keys. Frames of training that wait
    together become one: the newest picture, with all the losses.

    A user's file may change anything in the engine that runs it, so that engine serves this file
    alone. Another model is built by the next engine, whose place is that of the current one as soon
    as it has built it; until then events of the current one wait, as for an engine that builds. If
    it fails to, the current one goes on. While the current engine has run a file, a spare one is
    kept ready.
    """

    _arrived = Signal()
    _ended = Signal(object, object, str)

    def __init__(self, engine_command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(engine_command)
        self._current: EngineProcess | None = None
        self._next: EngineProcess | None = None
        self._spare: EngineProcess | None = None
        #: Engines that were told to end, which are waited for when the window closes.
        self._ending: list[EngineProcess] = []
        self._open = True
        self._language = ENGLISH
        #: Not a queued signal: Qt hands over all of these before it looks at the keys.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self._arrived.connect(self._turn.start, Qt.ConnectionType.QueuedConnection)
        #: An engine that starts takes a processor for seconds, which the new picture needs first.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._start_spare)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def engine_pid(self) -> int | None:
        """Return the current engine's process id, or None when there is no engine."""
        return self._current.pid if self._current else None

    @property
    def spare_pid(self) -> int | None:
        """Return the process id of the engine that is kept ready, or None when there is none."""
        return self._spare.pid if self._spare else None

    def start(self) -> None:
        """Start an engine; one that still runs is ended, and not waited for."""
        self._end_all()
        self._open = True
        self._current = self._started()

    def send(self, command: Command) -> None:
        """Send a command; to an engine that has ended it is lost, and `engine_ended` follows."""
        if self._current is None:
            return
        if isinstance(command, BuildModel):
            self._builder(self._current, command).send(command)
        elif self._next is not None and self._next.run == command.run:
            self._next.send(command)
        else:
            self._current.send(command)

    def speak(self, language: str) -> None:
        """Have every engine say everything in this language, also those that start later."""
        if language != self._language:
            self._language = language
            for engine in (self._current, self._next, self._spare):
                if engine is not None:
                    engine.send(Speak(language))

    def kill(self) -> None:
        """End the engine at once, whatever it does; `engine_ended` follows."""
        for engine in (self._current, self._next):
            if engine is not None:
                engine.kill()

    def close(self) -> None:
        """End the engine and wait for that, but not for ever; no signal follows."""
        self._open = False
        self._rest.stop()
        self._end_all()
        ending, self._ending = self._ending, []
        for engine in ending:
            engine.wait()

    # Engines come and go

    def _started(self) -> EngineProcess:
        started = EngineProcess(
            self._command, self._tell_arrival, self._tell_end, lambda graph: self.prepare(graph)
        )
        if self._language != ENGLISH:
            started.send(Speak(self._language))
        return started

    def _builder(self, current: EngineProcess, command: BuildModel) -> EngineProcess:
        """Return the engine that is to build a model: the current one, or the next."""
        if current.serves(command):
            self._give_up_next()
            return current
        if self._next is not None and not self._next.serves(command):
            self._give_up_next()
        if self._next is None:
            self._next, self._spare = self._spare or self._started(), None
        self._next.run = command.run
        return self._next

    def _give_up_next(self) -> None:
        """Go on with the current engine; one that has run no file is the spare one from now on."""
        given_up, self._next = self._next, None
        if given_up is None:
            return
        if given_up.pristine and self._spare is None:
            self._spare = given_up
        else:
            self._end(given_up)
        # What the current one has said in the meantime.
        self._turn.start()

    def _take_over(self, engine: EngineProcess) -> None:
        self._end(self._current)
        self._current, self._next = engine, None
        self.engine_replaced.emit()

    def _keep_spare(self, current: EngineProcess) -> None:
        """Keep an engine ready while a user's file is open, and only then."""
        if current.pristine:
            self._rest.stop()
            self._end(self._spare)
            self._spare = None
        elif self._spare is None:
            self._rest.start()

    def _start_spare(self) -> None:
        current = self._current
        if current is not None and not current.pristine and self._spare is None:
            self._spare = self._started()

    def _end(self, engine: EngineProcess | None) -> None:
        self._ending = [each for each in self._ending if each.alive]
        if engine is not None:
            engine.kill()
            self._ending.append(engine)

    def _end_all(self) -> None:
        for engine in (self._current, self._next, self._spare):
            self._end(engine)
        self._current = self._next = self._spare = None

    # Their events and their end

    def _tell_arrival(self) -> None:
        """Tell that events wait; called from a thread of the engine's."""
        if self._open:
            self._arrived.emit()

    def _tell_end(self, engine: EngineProcess, code: int, lines: str) -> None:
        """Tell that an engine has ended; called from a thread of the engine's."""
        if self._open:
            self._ended.emit(engine, code, lines)

    def _on_turn(self) -> None:
        event = self._next_event()
        if event is not None:
            # A dialog that opens at this event has a loop of its own, in which others are heard.
            self._turn.start()
            self._hear(event)

    def _next_event(self) -> Event | None:
        """Take the event that is to be heard next; None where none waits."""
        while self._spare is not None and self._spare.next_event() is not None:
            pass
        engine = self._current if self._next is None else self._next
        return None if engine is None else engine.next_event()

    def _hear(self, event: Event) -> None:
        """Pass on an event of the current engine, or find in it how the next one did."""
        if self._next is None:
            self._pass_on(event)
        elif getattr(event, "run", None) == self._next.run:
            if isinstance(event, ModelBuilt):
                self._take_over(self._next)
                self._pass_on(event)
            elif isinstance(event, CommandFailed):
                self._give_up_next()
                self.event_received.emit(event)

    def _pass_on(self, event: Event) -> None:
        engine = self._current
        self.event_received.emit(event)
        if isinstance(event, ModelBuilt) and engine is not None and engine is self._current:
            self._keep_spare(engine)

    def _on_ended(self, engine: EngineProcess, code: int, lines: str) -> None:
        # Its last words come before its end.
        while engine in (self._current, self._next) and (event := self._next_event()) is not None:
            self._hear(event)
        if engine is self._spare:
            self._spare = None
        elif engine in (self._current, self._next):
            self._end_all()
            self.engine_ended.emit(code, lines)


class RecordingBridge(Bridge):
    """The engine of a window on a file of recorded passes: its process serves that file."""

    attached = in_file = True

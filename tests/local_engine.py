"""The real engine without a process of its own, for tests of the window."""

from collections import deque

from PySide6.QtCore import QTimer

from gradviz.engine.catalogue import catalogue
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import Ask, Command
from gradviz.protocol.events import EngineStarted
from gradviz.protocol.questions import FindRule, FindSources, Question
from gradviz.ui.bridge import EngineLink


class LocalEngine(EngineLink):
    """The real machine without a process of its own, driven by the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: deque[Command] = deque()
        self.sent: list[Command] = []
        self._machine = Machine()
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._work)

    @property
    def idle(self) -> bool:
        """Tell whether every command has been answered and nothing trains."""
        return not self._clock.isActive()

    def start(self) -> None:
        QTimer.singleShot(0, self, lambda: self.event_received.emit(EngineStarted(catalogue())))

    def send(self, command: Command) -> None:
        # The window asks for lines and rules by itself, whenever a node is looked at.
        looked = isinstance(command, Ask) and isinstance(command.question, FindSources | FindRule)
        if not looked:
            self.sent.append(command)
        self.commands.append(command)
        self._clock.start()

    @property
    def questions(self) -> list[Question]:
        """Return the questions that were sent, but for those about lines and rules."""
        return [command.question for command in self.sent if isinstance(command, Ask)]

    def close(self) -> None:
        self._clock.stop()
        self.commands.clear()

    def _work(self) -> None:
        if self.commands:
            for event in self._machine.handle(self.commands.popleft()):
                self.event_received.emit(event)
        for event in self._machine.advance():
            self.event_received.emit(event)
        if not self.commands and not self._machine.busy:
            self._clock.stop()

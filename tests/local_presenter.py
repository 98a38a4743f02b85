"""A presenter without a process of its own, for tests of an attached window."""

from collections import deque
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer

from gradviz.engine.captured.kept_pass import Shown
from gradviz.engine.presenter import Presenter
from gradviz.protocol.commands import Command
from gradviz.protocol.events import Event
from gradviz.ui.bridge import EngineLink


class LocalPresenter(EngineLink):
    """The real presenter, driven by the event loop; it shows `passes` from the start."""

    attached = True

    def __init__(self, passes: Sequence[Shown]) -> None:
        super().__init__()
        self.sent: list[Command] = []
        self._commands: deque[Command] = deque()
        self._passes = passes
        self._presenter = Presenter()
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._work)

    @property
    def busy(self) -> bool:
        """Tell whether a command waits, or a question is in hand."""
        return self._clock.isActive()

    def start(self) -> None:
        QTimer.singleShot(0, self, self._begin)

    def present(self, passes: Sequence[Shown], name: str = "loss") -> None:
        """Show other passes, as another `gradviz.show` does."""
        self._tell(self._presenter.present(name, passes))

    def send(self, command: Command) -> None:
        self.sent.append(command)
        self._commands.append(command)
        self._clock.start()

    def close(self) -> None:
        self._clock.stop()

    def _begin(self) -> None:
        self._tell([self._presenter.started()])
        self.present(self._passes)

    def _work(self) -> None:
        if self._commands:
            self._tell(self._presenter.handle(self._commands.popleft()))
        self._tell(self._presenter.advance())
        if not self._commands and not self._presenter.busy:
            self._clock.stop()

    def _tell(self, events: Iterable[Event]) -> None:
        for event in events:
            self.event_received.emit(event)

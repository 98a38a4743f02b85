"""An answer that is waited for: a long wait is told, and can be given up."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import Question
from gradviz.ui.controllers.inspection_controller import (
    Inquiry,
    InspectionController,
    ignore_refusal,
)
from gradviz.ui.state.window_state import State

#: A wait is told when it has lasted so long; most answers come sooner.
_LONG_MS = 300


class AwaitedAnswer(QObject):
    """Asks a question about the shown pass, of which one answer is awaited at a time."""

    #: The wait has become long, or was given up.
    changed = Signal()
    #: What was given up is wanted again.
    wanted = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self._inquiry: Inquiry | None = None
        self._asked_of = (0, 0)
        #: The pass about which nothing is asked any more.
        self._given_up_of = (0, 0)
        self._soon = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._soon.timeout.connect(self.changed)
        for signal in (state.model_built, state.recorded, state.engine_changed):
            signal.connect(self._on_another_pass)

    @property
    def long(self) -> bool:
        """Tell whether an answer has been awaited for a while."""
        return self._inquiry is not None and not self._soon.isActive()

    @property
    def given_up(self) -> bool:
        """Tell whether the user wants no answer about the shown pass."""
        return self._given_up_of == self._state.shown_pass

    def ask(
        self,
        question: Question,
        on_answer: Callable[[Answered], None],
        on_refusal: Callable[[Unanswered], None] = ignore_refusal,
    ) -> None:
        """Ask; an answer that is still awaited comes too, but its wait is not told."""
        self._asked_of = self._state.shown_pass
        self._inquiry = self._inspection.ask(
            question, partial(self._end, on_answer), partial(self._end, on_refusal)
        )
        self._soon.start()

    def give_up(self) -> None:
        """Wait no longer, and let nothing be asked about the shown pass until `want_again`."""
        if self._inquiry is not None:
            self._inspection.withdraw(self._inquiry)
        self._forget()
        self._given_up_of = self._state.shown_pass
        self.changed.emit()

    def want_again(self) -> None:
        """Let questions about the shown pass be asked again."""
        self._given_up_of = (0, 0)
        self.wanted.emit()

    def _end(self, tell: Callable[..., None], event: Answered | Unanswered) -> None:
        if self._inquiry is not None and event.number == self._inquiry.number:
            self._forget()
        tell(event)

    def _forget(self) -> None:
        self._inquiry = None
        self._soon.stop()

    def _on_another_pass(self) -> None:
        # An answer about another pass than the shown one does not come.
        if self._asked_of != self._state.shown_pass or self._state.engine != "ready":
            self._forget()

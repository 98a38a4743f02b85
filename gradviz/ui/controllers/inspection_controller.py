"""Questions about the recording that is shown: each asker gets the answers to its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gradviz.protocol.commands import Ask, Command, Withdraw
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import Question
from gradviz.ui.state.window_state import State


def ignore_refusal(_: Unanswered) -> None:
    """Leave it untold that a question has no answer."""


@dataclass(frozen=True)
class Inquiry:
    """A question that was asked and is not yet answered in full."""

    run: int
    number: int
    on_answer: Callable[[Answered], None]
    on_refusal: Callable[[Unanswered], None]


class InspectionController(QObject):
    """Asks the engine; an answer about an older recording than the one that is shown is dropped."""

    #: A TensorPlace that the user wants to look at.
    tensor_wanted = Signal(object)
    #: The step is to be explained.
    explanation_wanted = Signal()

    def __init__(
        self, state: State, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._send = send
        self._number = 0
        self._asked: dict[int, Inquiry] = {}
        state.engine_changed.connect(self._on_engine_changed)

    def ask(
        self,
        question: Question,
        on_answer: Callable[[Answered], None],
        on_refusal: Callable[[Unanswered], None] = ignore_refusal,
    ) -> Inquiry:
        """Ask about the recording that is shown.

        `on_answer` is called with each part of the answer, `on_refusal` with the reason why there
        is none.
        """
        self._number += 1
        inquiry = Inquiry(self._run, self._number, on_answer, on_refusal)
        self._asked[inquiry.number] = inquiry
        self._send(
            Ask(
                run=inquiry.run,
                recording=self._state.recording,
                number=inquiry.number,
                question=question,
            )
        )
        return inquiry

    def withdraw(self, inquiry: Inquiry) -> None:
        """Want no more answers to a question."""
        if self._asked.pop(inquiry.number, None) is not None:
            self._send(Withdraw(inquiry.run, inquiry.number))

    def hear(self, event: Answered | Unanswered) -> None:
        """Hand an answer, or the reason for its lack, to the asker."""
        inquiry = self._asked.get(event.number)
        if inquiry is None:
            return
        if isinstance(event, Unanswered):
            del self._asked[event.number]
            if event.reason == "failed":
                inquiry.on_refusal(event)
            return
        if event.last:
            del self._asked[event.number]
        if (event.run, event.recording) == self._state.shown_pass:
            inquiry.on_answer(event)

    def _on_engine_changed(self) -> None:
        """Drop the questions to an engine that has ended."""
        if self._state.engine != "ready":
            self.forget()

    def forget(self) -> None:
        """Expect no answers to the questions that were asked so far."""
        self._asked.clear()

    @property
    def _run(self) -> int:
        return self._state.built.run if self._state.built else 0

"""What is asked about the recording that is shown, and the answers as they come."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from gradviz.protocol.commands import (
    AskHealth,
    AskRule,
    CheckGradients,
    Command,
    StopChecks,
)
from gradviz.protocol.events import (
    ChecksStopped,
    CommandFailed,
    GradientsChecked,
    HealthMeasured,
    RuleFound,
    RulesFound,
)
from gradviz.protocol.missing_questions import AskMissing, MissingGradients
from gradviz.protocol.source_questions import AskSources, SourcesFound
from gradviz.protocol.tensor_questions import TensorAnswer, TensorLook, TensorStudy
from gradviz.ui.state.window_state import State

Answer = (
    MissingGradients
    | HealthMeasured
    | RuleFound
    | RulesFound
    | SourcesFound
    | TensorAnswer
    | GradientsChecked
    | ChecksStopped
)


class InspectionController(QObject):
    """Asks the engine; an answer about an older recording than the one that is shown is dropped."""

    #: An Answer.
    answered = Signal(object)
    #: A CommandFailed that says why there is no answer.
    refused = Signal(object)
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

    def ask_health(self, *, times: bool = False) -> None:
        """Ask for zeros and non-finite numbers to be counted, or for a timed pass."""
        self._send(AskHealth(run=self._run, recording=self._state.recording, times=times))

    def ask_rule(self, node: str) -> None:
        """Ask for the rule of a node."""
        self._send(AskRule(run=self._run, recording=self._state.recording, node=node))

    def ask_sources(self, *, libraries: bool) -> None:
        """Ask which lines made the nodes, with the text of libraries or without it."""
        recording = self._state.recording
        self._send(AskSources(run=self._run, recording=recording, libraries=libraries))

    def ask_missing(self) -> None:
        """Ask why leaves have no gradient."""
        self._send(AskMissing(run=self._run, recording=self._state.recording))

    def ask_of_tensor(self, question: TensorLook | TensorStudy) -> None:
        """Send a question about one tensor, as one about the recording that is shown."""
        recording = self._state.recording
        self._send(msgspec.structs.replace(question, run=self._run, recording=recording))

    def check_gradients(self, nodes: tuple[str, ...] = ()) -> None:
        """Ask for the gradients of some nodes, or of every leaf, to be checked."""
        recording = self._state.recording
        self._send(CheckGradients(run=self._run, recording=recording, nodes=nodes))

    def stop_checks(self) -> None:
        """Ask for no more checks."""
        self._send(StopChecks(run=self._run, recording=self._state.recording))

    def hear(self, event: Answer | CommandFailed) -> None:
        """Pass an answer on, or why there is none."""
        if isinstance(event, CommandFailed):
            self.refused.emit(event)
        elif event.recording == self._state.recording:
            self.answered.emit(event)

    @property
    def _run(self) -> int:
        return self._state.built.run if self._state.built else 0

"""The events of the engine and its end, handed to those who bring them into the window's state."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QObject

from gradviz.core.language.saying import learn
from gradviz.protocol.events import (
    Answered,
    BackwardRecorded,
    CommandFailed,
    EngineStarted,
    Event,
    ModelBuilt,
    PassesListed,
    RecordingKept,
    RunComparisonFrame,
    RunComparisonStopped,
    SaidAgain,
    StateRestored,
    StateSaved,
    StepRecalled,
    Unanswered,
)
from gradviz.ui.controllers.engine_events.engine_life import EngineLife
from gradviz.ui.controllers.engine_events.model_events import ModelEvents
from gradviz.ui.controllers.engine_events.pass_events import PassEvents
from gradviz.ui.controllers.engine_events.training_events import TrainingEvents
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, State


class EngineEventHandler(QObject):
    """Hands each event to the part that brings the state up to date by it."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        restart_engine: Callable[[], None],
        kill_engine: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._life = EngineLife(state, workbench, restart_engine, kill_engine)
        self._passes = PassEvents(state)
        self._models = ModelEvents(state, workbench, self._passes)
        self._training = TrainingEvents(state, workbench)

    def on_engine_ended(self, code: int, lines: str) -> None:
        """Say that the engine has ended, and start another one."""
        self._life.on_ended(code, lines)

    def on_engine_replaced(self) -> None:
        """Let go what was in the engine before: questions, compared runs, the kept recording."""
        run = self._workbench.standing_run
        self._workbench.inspection.forget()
        if self._state.comparison.running:
            self._workbench.comparison.hear(RunComparisonStopped(run=run, reason="replaced"))
        if self._workbench.changes.kept is not None:
            self._workbench.changes.hear(RecordingKept(run, None))

    def stop_engine(self) -> None:
        """End an engine that is not waited for any longer; another one takes its place."""
        self._life.stop()

    def restart_engine(self) -> None:
        """Start the engine anew and rebuild the model, as the user asks."""
        self._life.restart()

    def on_event(self, event: Event) -> None:
        """Bring the state up to date; events of a replaced model are ignored."""
        match event:
            case EngineStarted() | SaidAgain():
                self._hear_engine(event)
            case Answered() | Unanswered():
                self._on_answered(event)
            case _ if event.run not in (self._workbench.newest_run, self._workbench.standing_run):
                return
            case ModelBuilt():
                self._life.has_built()
                self._models.on_built(event)
            case BackwardRecorded():
                self._passes.on_recorded(event)
            case PassesListed():
                self._passes.on_listed(event)
            case (
                RecordingKept()
                | RunComparisonFrame()
                | RunComparisonStopped()
                | StateSaved()
                | StateRestored()
                | StepRecalled()
            ):
                self._hand_on(event)
            case CommandFailed():
                self._on_command_failed(event)
            case _:
                self._training.hear(event)

    def _hear_engine(self, event: EngineStarted | SaidAgain) -> None:
        """Take what is of the engine itself, and of no run."""
        if isinstance(event, EngineStarted):
            self._models.on_engine_started(event)
            return
        learn(event.texts)
        if event.texts:
            self._state.engine_said_again.emit()

    def _hand_on(
        self,
        event: RecordingKept
        | RunComparisonFrame
        | RunComparisonStopped
        | StateSaved
        | StateRestored
        | StepRecalled,
    ) -> None:
        """Hand an event to the one controller that waits for it."""
        match event:
            case RecordingKept():
                self._workbench.changes.hear(event)
            case RunComparisonFrame() | RunComparisonStopped():
                self._workbench.comparison.hear(event)
            case StateSaved() | StateRestored():
                self._workbench.sessions.hear(event)
            case StepRecalled():
                self._workbench.recalling.hear(event)
            case _:
                assert_never(event)

    def _on_answered(self, event: Answered | Unanswered) -> None:
        self._workbench.inspection.hear(event)
        if isinstance(event, Unanswered) and event.details:
            # A fault, and not a question that has no answer.
            notice = Notice("engine", event.message, event.hint, event.details)
            self._state.noticed.emit(notice)

    def _on_command_failed(self, event: CommandFailed) -> None:
        match event.subject:
            case "comparison":
                self._workbench.comparison.hear(event)
            case "recording":
                self._state.noticed.emit(Notice("recording", event.message, event.hint))
            case _:
                self._models.on_failed(event)

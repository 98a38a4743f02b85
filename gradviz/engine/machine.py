"""The engine without any input or output: a command in, the events that follow from it out."""

import time
from collections.abc import Generator, Iterator
from functools import partial
from typing import Final, Literal, assert_never

from gradviz.core.choices.settings import Training
from gradviz.core.language.catalogues import speak
from gradviz.core.language.saying import changed_texts
from gradviz.engine.failures import failure, told_failures, unanswered
from gradviz.engine.inspection.answers import Inspected, Parts, answer
from gradviz.engine.inspection.kept_recording import KeptRecording, keep, title_of
from gradviz.engine.inspection.waiting_commands import WaitingCommands
from gradviz.engine.interruption import Interruption
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay
from gradviz.engine.session import Session
from gradviz.engine.stored_session import kept_restored, state_restored, state_saved
from gradviz.engine.training.compared_runs import RunComparison
from gradviz.engine.training.recalled_steps import recalled
from gradviz.engine.training.reports import (
    built,
    divergence,
    first_not_finite,
    frame,
    reset,
    visited,
)
from gradviz.engine.training.step_loop import Slice
from gradviz.engine.training.step_pace import StepPace
from gradviz.engine.training.trainer import Trainer
from gradviz.engine.user_code import is_of_model
from gradviz.protocol.commands import (
    Ask,
    BuildModel,
    ChangeData,
    ChangeLearningRate,
    ChangePace,
    ChangeTraining,
    Command,
    CompareRuns,
    ForgetKept,
    KeepRecording,
    LimitRecording,
    PauseTraining,
    RecallStep,
    ResetTraining,
    RestoreState,
    SaveState,
    Speak,
    StartTraining,
    StopRunComparison,
    TrainOneStep,
    VisitStep,
    Withdraw,
)
from gradviz.protocol.events import (
    Event,
    OptimizerStepExplained,
    RecordingKept,
    RunComparisonStopped,
    SaidAgain,
    StopReason,
    TrainingStopped,
    Unanswered,
)
from gradviz.protocol.training_state import StateParts

FRAME_S: Final = 1 / 60

_TrainingChange = ChangeTraining | ChangeLearningRate | ChangeData
#: The commands about the training of the run, or about runs beside it.
_TrainingCommand = (
    StartTraining
    | TrainOneStep
    | PauseTraining
    | ResetTraining
    | _TrainingChange
    | VisitStep
    | CompareRuns
    | StopRunComparison
)
_SessionCommand = (
    _TrainingCommand
    | ChangePace
    | RecallStep
    | Ask
    | Withdraw
    | KeepRecording
    | ForgetKept
    | LimitRecording
    | SaveState
    | RestoreState
)


class Machine:
    """Handles one command at a time; between commands, `advance` works while `busy`.

    It trains, or repeats the steps that lead to a visited one, or trains compared runs.

    Commands that mean another run than the present one are ignored. A model that cannot be
    built leaves the run before it as it was.
    """

    def __init__(self, waiting: WaitingCommands | None = None) -> None:
        """Begin without a model; what is told to be `waiting` may end the answer in hand."""
        self._waiting = waiting or WaitingCommands()
        self._session: Session | None = None
        self._training = False
        self._travelling = False
        self._comparison: RunComparison | None = None
        self._pace = StepPace()
        self._restoring = StateParts()
        self._restoring_kept = StateParts()
        #: The recording that newer ones are compared with; it outlives its own model.
        self.kept: KeptRecording | None = None

    @property
    def busy(self) -> bool:
        """Tell whether `advance` has something to do."""
        asked = self._session is not None and self._session.tasks.left
        return asked or self._training or self._travelling or self._comparison is not None

    @property
    def wait_s(self) -> float:
        """Return how long `advance` has nothing to do though it is busy, unless a command comes."""
        only_trains = self._training and not self._travelling and self._comparison is None
        if not only_trains or self._session is None or self._session.tasks.left:
            return 0.0
        return self._pace.wait_s

    def handle(self, command: Command) -> Iterator[Event]:
        """Yield the events that follow from `command`; an error is an event too."""
        self._waiting.take(command)
        yield from told_failures(self._of(command), command.run, command)

    def _of(self, command: Command) -> Iterator[Event]:
        if isinstance(command, BuildModel):
            yield from self._completed(self._build(command))
        elif isinstance(command, Speak):
            speak(command.language)
            yield SaidAgain(changed_texts())
        elif self._session is not None and self._session.number == command.run:
            yield from self._of_session(self._session, command)
        elif isinstance(command, Ask):
            yield Unanswered(run=command.run, number=command.number, reason="replaced")

    def advance(self) -> Iterator[Event]:
        """Train for about a sixtieth of a second, and yield a frame."""
        session = self._session
        if session is None or not self.busy:
            return
        try:
            if self._travelling:
                yield from self._completed(self._travel(session, session.trainer))
            elif self._training:
                yield from self._completed(self._advance(session, session.trainer))
            if self._comparison is not None:
                yield from self._compare(session, self._comparison)
            yield from session.tasks.advance(FRAME_S, partial(self._waiting.ending, long=True))
        except BaseException as error:
            if not is_of_model(error):
                raise
            self._training = self._travelling = False
            yield from self._end_comparison("stopped")
            yield failure(session.number, error)

    def _of_session(self, session: Session, command: _SessionCommand) -> Iterator[Event]:
        match command:
            case Ask():
                yield from self._answer(session, command)
            case Withdraw():
                session.tasks.withdraw(command.number)
            case KeepRecording() | ForgetKept():
                kept = self._copied(session) if isinstance(command, KeepRecording) else None
                yield self._kept_instead(command.run, kept)
            case ChangePace():
                self._pace = StepPace(command.steps_per_second)
            case RecallStep():
                yield recalled(command, session.run, session.trainer)
            case LimitRecording():
                yield from session.limited_to(command.recording_mb)
            case SaveState():
                yield from state_saved(session, command, self.kept)
            case RestoreState():
                yield from self._take_part(session, command)
            case _:
                yield from self._completed(self._act(session, command))

    def _take_part(self, session: Session, command: RestoreState) -> Iterator[Event]:
        """Take a part of a saved state, and restore it with the last one."""
        if command.kept:
            if self._restoring_kept.take(command.part):
                kept = kept_restored(self._restoring_kept.state())
                yield self._kept_instead(command.run, kept)
        elif self._restoring.take(command.part):
            self._training = self._travelling = False
            yield from self._completed(self._restore(session))

    def _answer(self, session: Session, asked: Ask) -> Iterator[Event]:
        """Answer at once, or take a long answer in hand."""
        again = partial(self._later, session, asked)
        try:
            with self._waiting.ending(asked):
                found = answer(asked.question, self._inspected(session, asked))
        except Interruption as interruption:
            if interruption.reason == "put off":
                session.tasks.begin(asked, again(), again)
            else:
                yield Unanswered(run=asked.run, number=asked.number, reason=interruption.reason)
            return
        except BaseException as error:
            if not is_of_model(error):
                raise
            yield unanswered(asked, error)
            return
        yield from session.tasks.answer(asked, found, again)

    def _later(self, session: Session, asked: Ask) -> Parts:
        """Answer when the question has its turn, if its recording is still there."""
        found = answer(asked.question, self._inspected(session, asked))
        return (yield from found) if isinstance(found, Generator) else found

    def _inspected(self, session: Session, asked: Ask) -> Inspected:
        """Return the recording that is asked about; raises RecordingError if it is not kept."""

        def is_current() -> bool:
            return not (self._training or self._travelling)

        recording = session.newest(asked.recording)
        return Inspected(recording, RunReplay(session.run), self.kept, is_current)

    def _copied(self, session: Session) -> KeptRecording | None:
        recording = session.recording
        if recording is None:
            return None
        return keep(recording, title_of(recording, session.run), session.limit_mb)

    def _kept_instead(self, run: int, kept: KeptRecording | None) -> RecordingKept:
        self.kept = kept
        return RecordingKept(run, kept.told if kept is not None else None)

    def _completed(self, events: Iterator[Event]) -> Iterator[Event]:
        """Yield the events, with events for changed data and rates, and a classifier's images."""
        for event in events:
            session = self._session
            if session is not None and session.run.mode == "fit":
                yield from session.settings.before(session.trainer)
                session.settings.after(event)
            yield event
            if self._session is not None:
                yield from self._session.images.after(event)
                yield from self._session.plane.after(event)
        session = self._session
        if session is not None and session.run.mode == "fit":
            yield from session.settings.at_last(session.trainer)

    def _build(self, command: BuildModel) -> Iterator[Event]:
        run = Run(command.model)
        output, recording = run.recording()
        session = Session(command.run, run, command.recording_mb)
        yield from self._end_comparison("replaced")
        if self._session is not None:
            self._session.tasks.end_all()
            yield from self._session.tasks.ended()
        self._session, self._training, self._travelling = session, False, False
        self._restoring, self._restoring_kept = StateParts(), StateParts()
        yield built(session.number, run, output, recording.graph)
        yield session.told(recording)
        if run.mode == "fit":
            # The first optimizer of torch.optim takes seconds to import what it needs: now, while
            # the graph is looked at, and not when training is to begin.
            session.trainer.prepare()

    def _act(self, session: Session, command: _TrainingCommand) -> Iterator[Event]:
        trainer = session.trainer
        yield from self._arrive(session, trainer, command)
        match command:
            case StartTraining():
                self._pace = StepPace(command.steps_per_second)
                yield from self._start(session, trainer, command.training)
            case TrainOneStep():
                self._training = False
                trainer.start(command.training)
                yield from self._one_step(session, trainer)
            case PauseTraining():
                yield from self._pause(session, trainer)
            case ResetTraining():
                self._training = False
                trainer.reset()
                yield reset(session.number, session.run)
                yield session.recorded()
            case ChangeTraining() | ChangeLearningRate() | ChangeData():
                yield from self._change(session, trainer, command)
            case VisitStep():
                yield from self._pause(session, trainer)
                trainer.visit(command.step)
                self._travelling = True
            case CompareRuns():
                yield from self._pause(session, trainer)
                yield from self._end_comparison("replaced")
                self._comparison = RunComparison(command.candidates)
                yield self._comparison.frame(session.number)
            case StopRunComparison():
                yield from self._end_comparison("stopped")
            case _:
                assert_never(command)

    def _restore(self, session: Session) -> Iterator[Event]:
        yield state_restored(session, self._restoring.state())
        if session.run.mode == "fit":
            yield OptimizerStepExplained(
                session.number, session.trainer.step, session.trainer.explain()
            )
            yield session.recorded()

    def _start(self, session: Session, trainer: Trainer, training: Training) -> Iterator[Event]:
        trainer.start(training)
        yield from self._end_comparison("replaced")
        self._training = True
        session.wait_for_recording()
        if trainer.finished:
            yield from self._stop(session, trainer, "finished")

    def _pause(self, session: Session, trainer: Trainer) -> Iterator[Event]:
        if self._training:
            yield from self._stop(session, trainer, "paused")

    def _change(
        self, session: Session, trainer: Trainer, change: _TrainingChange
    ) -> Iterator[Event]:
        match change:
            case ChangeTraining():
                yield from self._change_training(session, trainer, change.training)
            case ChangeLearningRate():
                trainer.change_learning_rate(change.learning_rate)
            case ChangeData():
                if session.run.model.plotted:
                    trainer.change_data(change.model)
                    yield session.recorded()
            case _:
                assert_never(change)

    def _change_training(
        self, session: Session, trainer: Trainer, training: Training
    ) -> Iterator[Event]:
        before, going = session.run.loss, self._training
        # Where it cannot be done, the training stands still, as the window says.
        self._training = False
        trainer.change(training)
        self._training = going
        if session.run.loss != before:
            yield session.recorded()

    def _arrive(
        self, session: Session, trainer: Trainer, command: _TrainingCommand
    ) -> Iterator[Event]:
        """End a journey before another command than a journey elsewhere, or back to the start."""
        if isinstance(command, ResetTraining):
            self._travelling = False
        while self._travelling and not isinstance(command, VisitStep):
            yield from self._travel(session, trainer)

    def _travel(self, session: Session, trainer: Trainer) -> Iterator[Event]:
        if trainer.travel(FRAME_S):
            self._travelling = False
            yield visited(session.number, session.run, trainer)
            yield OptimizerStepExplained(session.number, trainer.step, trainer.explained)
            yield session.recorded()

    def _compare(self, session: Session, comparison: RunComparison) -> Iterator[Event]:
        if comparison.advance(FRAME_S):
            yield comparison.frame(session.number)
            if comparison.finished:
                yield from self._end_comparison("finished")

    def _end_comparison(
        self, reason: Literal["finished", "stopped", "replaced"]
    ) -> Iterator[Event]:
        if self._comparison is not None and self._session is not None:
            self._comparison = None
            yield RunComparisonStopped(run=self._session.number, reason=reason)

    def _advance(self, session: Session, trainer: Trainer) -> Iterator[Event]:
        pace = self._pace
        steps = min(pace.due(), trainer.training.steps - trainer.step) if pace.limited else None
        if steps == 0:
            return
        done = trainer.advance(FRAME_S, steps)
        if done.diverged:
            yield from self._diverge(session, trainer, done)
            return
        if pace.limited:
            pace.take(len(done.losses))
        speed = pace.steps_per_second if pace.limited else trainer.steps_per_second
        yield frame(session.number, session.run, trainer, done.losses, speed)
        if trainer.finished:
            yield from self._stop(session, trainer, "finished")
        elif self._is_recorded(session):
            yield session.recorded()

    def _is_recorded(self, session: Session) -> bool:
        """Tell whether the backward pass is to be shown: at a slow pace that of every step."""
        every = self._pace.slow and session.recording_s * self._pace.per_second < 1
        return every or time.perf_counter() >= session.next_recording

    def _one_step(self, session: Session, trainer: Trainer) -> Iterator[Event]:
        done = trainer.advance(FRAME_S, steps=1)
        if done.diverged:
            yield from self._diverge(session, trainer, done)
            return
        yield frame(session.number, session.run, trainer, done.losses)
        yield from self._stop(session, trainer, "paused")

    def _stop(self, session: Session, trainer: Trainer, reason: StopReason) -> Iterator[Event]:
        self._training = False
        yield OptimizerStepExplained(session.number, trainer.step, trainer.explain())
        yield session.recorded()
        yield TrainingStopped(run=session.number, step=trainer.step, reason=reason)

    def _diverge(self, session: Session, trainer: Trainer, done: Slice) -> Iterator[Event]:
        """Return to the last finite weights and show these; the pass that failed can be visited."""
        self._training = False
        bad_step = trainer.step
        if done.fault is None:
            trainer.keep_failed()
            found = first_not_finite(session.run, session.run.recording(bad_step)[1])
            trainer.return_to_finite()
            recorded = session.recorded()
        else:
            recorded = session.recorded()
            found = first_not_finite(session.run, session.recording) if session.recording else None
        kept = max(0, len(done.losses) - (bad_step - trainer.step))
        yield frame(session.number, session.run, trainer, done.losses[:kept])
        yield OptimizerStepExplained(session.number, trainer.step, trainer.explain())
        yield recorded
        yield TrainingStopped(
            run=session.number,
            step=trainer.step,
            reason="diverged",
            message=divergence(done, bad_step, trainer, found),
            failed_step=bad_step,
        )

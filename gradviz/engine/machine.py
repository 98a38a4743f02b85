"""The engine without any input or output: a command in, the events that follow from it out."""

import time
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import Any, Final, Literal

from gradviz.core.choices.settings import Training
from gradviz.core.errors import RecordingError
from gradviz.core.graphs.trace import Trace
from gradviz.engine.failures import failure
from gradviz.engine.inspection.answers import inspected, studied
from gradviz.engine.inspection.checks import checks_in_pieces
from gradviz.engine.inspection.compared_recordings import compared_in_pieces
from gradviz.engine.inspection.cooperative_tasks import CooperativeTasks
from gradviz.engine.inspection.kept_recording import KeptRecording, keep
from gradviz.engine.recording.memory_limit import limited
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.training.compared_runs import Comparison
from gradviz.engine.training.image_reports import ImageReports
from gradviz.engine.training.reports import (
    built,
    divergence,
    first_not_finite,
    frame,
    reset,
    visited,
)
from gradviz.engine.training.setting_reports import SettingReports
from gradviz.engine.training.trainer import Slice, Trainer
from gradviz.protocol.change_questions import (
    ChangeQuestion,
    CompareRecordings,
    ComparingStopped,
    KeepRecording,
    RecordingKept,
    StopComparing,
)
from gradviz.protocol.commands import (
    BuildModel,
    ChangeData,
    ChangeLearningRate,
    ChangeTraining,
    CheckGradients,
    Command,
    CompareRuns,
    Inspection,
    PauseTraining,
    ResetTraining,
    StartTraining,
    StopChecks,
    StopComparison,
    TrainOneStep,
    VisitStep,
)
from gradviz.protocol.events import (
    BackwardRecorded,
    ChecksStopped,
    ComparisonStopped,
    Event,
    StepExplained,
    StopReason,
    TrainingStopped,
)
from gradviz.protocol.tensor_questions import LimitRecording, TensorStudy

FRAME_S: Final = 1 / 60
#: While training, a backward pass is recorded at most this often, ...
RECORDING_S: Final = 0.1
#: ... and recording takes at most this share of the time, however large the graph is.
RECORDING_SHARE: Final = 0.02

_Change = ChangeTraining | ChangeLearningRate | ChangeData


class _Session:
    """The run that stands: its number, its model, its trainer, and when to record next."""

    def __init__(self, number: int, run: Run, recording_mb: int) -> None:
        self.number = number
        self.recording_mb = recording_mb
        self.run = run
        self.images = ImageReports(number, run)
        self.settings = SettingReports(number, run)
        self.next_recording = 0.0
        self.recordings = 0
        self.recording: Recording | None = None
        self.pieces = CooperativeTasks()

    @cached_property
    def trainer(self) -> Trainer:
        """Return the trainer; raises SettingError in mode "point"."""
        return Trainer(self.run)

    def recorded(self) -> BackwardRecorded:
        """Record one backward pass with the weights of this moment."""
        started = time.perf_counter()
        _, recording = self.run.recording(self.trainer.step)
        ended = time.perf_counter()
        self.next_recording = ended + max(RECORDING_S, (ended - started) / RECORDING_SHARE)
        return self.told(recording)

    def newest(self, inspection: Inspection) -> Recording:
        """Return the recording that is kept; raises RecordingError if another one is meant."""
        if self.recording is None or inspection.recording != self.recordings:
            raise RecordingError(
                "The tensors of that pass are not kept any more.", "Look at the newest pass."
            )
        return self.recording

    def told(self, recording: Recording) -> BackwardRecorded:
        """Keep the recording in place of the one before, for what is asked of it later."""
        self.pieces.forget()
        self.recording = recording
        self.recordings += 1
        recording.tensors.buffers = self._buffers
        let_go = limited(recording, self.recording_mb, partial(self._again, recording.trace))
        graph, trace = recording.graph, recording.trace
        return BackwardRecorded(self.number, graph, trace, self.recordings, let_go)

    def limited_to(self, recording_mb: int) -> Iterator[Event]:
        """Keep the tensors of a recording up to another limit, and record the same pass again."""
        self.recording_mb = recording_mb
        if self.recording is not None:
            yield self.told(self._again(self.recording.trace))

    def _again(self, trace: Trace) -> Recording:
        """Run the pass of `trace` again, and leave the model as it is."""
        memory = self.run.model.memory()
        try:
            return self.run.recording(trace.at_step)[1]
        finally:
            self.run.model.recall(memory)

    def _buffers(self, node: str) -> Mapping[str, Any]:
        """Return what the optimizer keeps for the parameter at a node."""
        known = self.recording.graph.node.get(node) if self.recording else None
        if self.run.mode != "fit" or known is None or known.op not in self.run.model.parameters:
            return {}
        return self.trainer.buffers(known.op)


class Machine:
    """Handles one command at a time; between commands, `advance` works while `training`.

    It trains, or computes again what leads to a step that is visited, or trains compared runs.

    Commands that mean another run than the one that stands are ignored. A model that cannot be
    built leaves the run before it as it was.
    """

    def __init__(self) -> None:
        self._session: _Session | None = None
        self._training = False
        self._travelling = False
        self._comparison: Comparison | None = None
        #: What newer recordings are compared with; it outlives the model that it is of.
        self._kept: KeptRecording | None = None

    @property
    def training(self) -> bool:
        """Tell whether `advance` has something to do."""
        asked = self._session is not None and self._session.pieces.left
        return asked or self._training or self._travelling or self._comparison is not None

    def handle(self, command: Command) -> Iterator[Event]:
        """Yield what follows from `command`; an error is an event too."""
        try:
            if isinstance(command, BuildModel):
                yield from self._completed(self._build(command))
            elif self._session is None or self._session.number != command.run:
                return
            elif isinstance(command, CheckGradients | StopChecks):
                self._check(self._session, command)
            elif isinstance(command, ChangeQuestion):
                yield from self._of_changes(self._session, command)
            elif isinstance(command, LimitRecording):
                yield from self._session.limited_to(command.recording_mb)
            elif isinstance(command, TensorStudy):
                answers = studied(command, self._session.newest(command))
                self._session.pieces.begin(command, answers)
            elif isinstance(command, Inspection):
                yield from inspected(command, self._session.run, self._session.newest(command))
            else:
                yield from self._completed(self._act(self._session, command))
        except Exception as error:  # noqa: BLE001 - the one place where the engine reports errors
            yield failure(command.run, error, command)

    def advance(self) -> Iterator[Event]:
        """Train for about a sixtieth of a second, and yield a frame."""
        session = self._session
        if session is None or not self.training:
            return
        try:
            if self._travelling:
                yield from self._completed(self._travel(session, session.trainer))
            elif self._training:
                yield from self._completed(self._advance(session, session.trainer))
            if self._comparison is not None:
                yield from self._compare(session, self._comparison)
            yield from session.pieces.advance(FRAME_S)
        except Exception as error:  # noqa: BLE001 - the one place where the engine reports errors
            self._training = self._travelling = False
            yield from self._end_comparison("stopped")
            yield failure(session.number, error)

    def _check(self, session: _Session, command: CheckGradients | StopChecks) -> None:
        """Take checks in hand, in place of those before, or let them be."""
        if isinstance(command, StopChecks):
            stopped = ChecksStopped(command.run, command.recording, "stopped")
            question = CheckGradients(run=command.run, recording=command.recording)
            session.pieces.begin(question, iter((stopped,)))
            return
        recording = session.newest(command)
        if self._training or self._travelling:
            raise RecordingError("The weights change while the training runs.", "Pause it first.")
        if recording.graph.order > 1:
            raise RecordingError(
                "Only first gradients are checked, and this graph is that of a gradient.",
                "Turn Model ▸ Create graph off to check them.",
            )

        def still() -> bool:
            return not (self._training or self._travelling)

        session.pieces.begin(command, checks_in_pieces(command, session.run, recording, still))

    def _of_changes(self, session: _Session, question: ChangeQuestion) -> Iterator[Event]:
        """Keep a recording, or forget it, or take a comparison with it in hand."""
        number, recording = session.recordings, session.recording
        if isinstance(question, StopComparing):
            stopped = ComparingStopped(run=question.run, recording=question.recording)
            instead = CompareRecordings(run=question.run, recording=question.recording)
            session.pieces.begin(instead, iter((stopped,)))
            return
        if isinstance(question, CompareRecordings):
            if self._kept is None:
                raise RecordingError("No recording is kept to compare with.", "Keep one first.")
            answers = compared_in_pieces(question, self._kept, session.newest(question))
            session.pieces.begin(question, answers)
            return
        keeps = isinstance(question, KeepRecording)
        self._kept = None
        if keeps and recording is not None:
            self._kept = keep(recording, session.run, session.recording_mb)
        told = self._kept.told if self._kept is not None else None
        yield RecordingKept(run=question.run, recording=number, kept=told)

    def _completed(self, events: Iterator[Event]) -> Iterator[Event]:
        """Yield the events, with the data that is new, and what a classifier has to say."""
        for event in events:
            session = self._session
            if session is not None and session.run.mode == "fit":
                yield from session.settings.before(session.trainer)
                session.settings.after(event)
            yield event
            if self._session is not None:
                yield from self._session.images.after(event)
        session = self._session
        if session is not None and session.run.mode == "fit":
            yield from session.settings.at_last(session.trainer)

    def _build(self, command: BuildModel) -> Iterator[Event]:
        run = Run(command.model)
        output, recording = run.recording()
        session = _Session(command.run, run, command.recording_mb)
        yield from self._end_comparison("replaced")
        self._session, self._training, self._travelling = session, False, False
        yield built(session.number, run, output, recording.graph)
        yield session.told(recording)
        if run.mode == "fit":
            # The first optimizer of torch.optim takes seconds to import what it needs: now, while
            # the graph is looked at, and not when training is to begin.
            session.trainer.prepare()

    def _act(self, session: _Session, command: Command) -> Iterator[Event]:
        trainer = session.trainer
        yield from self._arrive(session, trainer, command)
        match command:
            case StartTraining():
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
                self._comparison = Comparison(command.candidates)
                yield self._comparison.frame(session.number)
            case StopComparison():
                yield from self._end_comparison("stopped")

    def _start(self, session: _Session, trainer: Trainer, training: Training) -> Iterator[Event]:
        trainer.start(training)
        yield from self._end_comparison("replaced")
        self._training = True
        session.next_recording = time.perf_counter() + RECORDING_S
        if trainer.finished:
            yield from self._stop(session, trainer, "finished")

    def _pause(self, session: _Session, trainer: Trainer) -> Iterator[Event]:
        if self._training:
            yield from self._stop(session, trainer, "paused")

    def _change(self, session: _Session, trainer: Trainer, change: _Change) -> Iterator[Event]:
        match change:
            case ChangeTraining():
                yield from self._change_training(session, trainer, change.training)
            case ChangeLearningRate():
                trainer.change_learning_rate(change.learning_rate)
            case ChangeData() if session.run.model.plotted:
                trainer.change_data(change.model)
                yield session.recorded()

    def _change_training(
        self, session: _Session, trainer: Trainer, training: Training
    ) -> Iterator[Event]:
        before, going = session.run.loss, self._training
        # Where it cannot be done, the training stands still, as the window says.
        self._training = False
        trainer.change(training)
        self._training = going
        if session.run.loss != before:
            yield session.recorded()

    def _arrive(self, session: _Session, trainer: Trainer, command: Command) -> Iterator[Event]:
        """End a journey before another command than a journey elsewhere, or back to the start."""
        if isinstance(command, ResetTraining):
            self._travelling = False
        while self._travelling and not isinstance(command, VisitStep):
            yield from self._travel(session, trainer)

    def _travel(self, session: _Session, trainer: Trainer) -> Iterator[Event]:
        if trainer.travel(FRAME_S):
            self._travelling = False
            yield visited(session.number, session.run, trainer)
            yield StepExplained(session.number, trainer.step, trainer.explained)
            yield session.recorded()

    def _compare(self, session: _Session, comparison: Comparison) -> Iterator[Event]:
        if comparison.advance(FRAME_S):
            yield comparison.frame(session.number)
            if comparison.finished:
                yield from self._end_comparison("finished")

    def _end_comparison(
        self, reason: Literal["finished", "stopped", "replaced"]
    ) -> Iterator[Event]:
        if self._comparison is not None and self._session is not None:
            self._comparison = None
            yield ComparisonStopped(run=self._session.number, reason=reason)

    def _advance(self, session: _Session, trainer: Trainer) -> Iterator[Event]:
        done = trainer.advance(FRAME_S)
        if done.bad_loss is not None:
            yield from self._diverge(session, trainer, done)
            return
        yield frame(session.number, session.run, trainer, done.losses)
        if trainer.finished:
            yield from self._stop(session, trainer, "finished")
        elif time.perf_counter() >= session.next_recording:
            yield session.recorded()

    def _one_step(self, session: _Session, trainer: Trainer) -> Iterator[Event]:
        done = trainer.advance(FRAME_S, steps=1)
        if done.bad_loss is not None:
            yield from self._diverge(session, trainer, done)
            return
        yield frame(session.number, session.run, trainer, done.losses)
        yield from self._stop(session, trainer, "paused")

    def _stop(self, session: _Session, trainer: Trainer, reason: StopReason) -> Iterator[Event]:
        self._training = False
        yield StepExplained(session.number, trainer.step, trainer.explain())
        yield session.recorded()
        yield TrainingStopped(run=session.number, step=trainer.step, reason=reason)

    def _diverge(self, session: _Session, trainer: Trainer, done: Slice) -> Iterator[Event]:
        """Show the backward pass that is not finite, then return to the last finite weights."""
        self._training = False
        bad_step = trainer.step
        recorded = session.recorded()
        where = first_not_finite(session.run, session.recording) if session.recording else ""
        trainer.return_to_finite()
        kept = max(0, len(done.losses) - (bad_step - trainer.step))
        yield frame(session.number, session.run, trainer, done.losses[:kept])
        yield StepExplained(session.number, trainer.step, trainer.explain())
        yield recorded
        yield TrainingStopped(
            run=session.number,
            step=trainer.step,
            reason="diverged",
            message=divergence(done, bad_step, trainer, where),
        )

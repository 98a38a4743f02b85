"""The engine in this process, as the verbs ask it."""

import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from gradviz.cli.progress import ProgressBar
from gradviz.cli.refusals import RefusedError
from gradviz.cli.terminal import note
from gradviz.core.choices.settings import Model
from gradviz.core.collector_pause import without_collecting
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.language.saying import tr
from gradviz.protocol.commands import Ask, BuildModel, Command, KeepRecording, RestoreState
from gradviz.protocol.events import (
    Answered,
    BackwardRecorded,
    CommandFailed,
    Event,
    ModelBuilt,
    OptimizerStepExplained,
    RecordingKept,
    StateRestored,
    Unanswered,
)
from gradviz.protocol.questions import Answer, Question
from gradviz.protocol.training_state import TrainingState, parts_of

if TYPE_CHECKING:
    from gradviz.engine.inspection.kept_recording import KeptRecording
    from gradviz.engine.presenter import Presenter

RUN: Final = 1

_Answer = TypeVar("_Answer", bound=Answer)
_Event = TypeVar("_Event", bound=Event)


class RestoredState(NamedTuple):
    """A training that was taken up: what is told of it, its pass of now, and its last step."""

    told: StateRestored
    recorded: BackwardRecorded
    last: OptimizerStep | None


class Engine:
    """A machine in this process; a command that it refuses raises RefusedError."""

    def __init__(self) -> None:
        loaded = "torch" in sys.modules
        with ProgressBar(tr("loading PyTorch")), without_collecting():
            from gradviz.engine.machine import Machine
            from gradviz.engine.own.warnings_once import tell_warnings_once

            if not loaded:
                # It stays: to look through it costs a twentieth of a second, each time.
                gc.freeze()
        tell_warnings_once()
        self._machine: Machine | Presenter = Machine()
        self._source = ""

    def build(self, model: Model) -> tuple[ModelBuilt, BackwardRecorded]:
        """Build `model`, record its first pass, and prepare its training."""
        with ProgressBar(tr("building the model")):
            *_, last = self._building(model)
        return last

    def first_pass(self, model: Model) -> tuple[ModelBuilt, BackwardRecorded]:
        """Build `model` and record its first pass; to prepare a training can take seconds."""
        with ProgressBar(tr("building the model")):
            return next(self._building(model))

    def _building(self, model: Model) -> Iterator[tuple[ModelBuilt, BackwardRecorded]]:
        self._source = model.source
        yield from self._recorded(self._machine.handle(BuildModel(RUN, model)))

    def _recorded(self, events: Iterable[Event]) -> Iterator[tuple[ModelBuilt, BackwardRecorded]]:
        built: ModelBuilt | None = None
        for event in self._accepted(events):
            if isinstance(event, ModelBuilt):
                built = event
                for told in event.notes:
                    note("gradviz: " + tr("note: {told}", told=told))
            elif isinstance(event, BackwardRecorded) and built is not None:
                yield built, event

    def open_recording(self, path: Path) -> tuple[ModelBuilt, BackwardRecorded]:
        """Show the newest recorded pass of a file, about which can be asked, in place of a model.

        Raises:
            RefusedError: the file cannot be read.
        """
        from gradviz.engine.recording_file import FilePresenter

        self._source = str(path)
        self._machine = presenter = FilePresenter(path)
        *_, shown = self._recorded(presenter.shown())
        return shown

    def restore(self, state: TrainingState) -> RestoredState:
        """Let the training of the model that stands go on from a state, as far as it fits."""
        told: StateRestored | None = None
        recorded: BackwardRecorded | None = None
        last: OptimizerStep | None = None
        for part in parts_of(state):
            for event in self.follow(RestoreState(RUN, part)):
                match event:
                    case StateRestored():
                        told = event
                    case OptimizerStepExplained():
                        last = event.explained
                    case BackwardRecorded():
                        recorded = event
                    case _:
                        pass  # Other events are for a window.
        if told is None or recorded is None:
            raise AssertionError("a restored training is told and recorded")
        return RestoredState(told, recorded, last)

    def follow(self, command: Command) -> Iterator[Event]:
        """Yield all events that follow from `command`, until the machine stands still."""
        yield from self._accepted(self._machine.handle(command))
        while self._machine.busy:
            yield from self._accepted(self._machine.advance())

    def event(self, command: Command, kind: type[_Event]) -> _Event:
        """Return the first event of this kind that follows from `command`."""
        return next(event for event in self.follow(command) if isinstance(event, kind))

    def kept(self) -> "KeptRecording":
        """Keep the newest recording, and return it."""
        self.event(KeepRecording(RUN), RecordingKept)
        if self._machine.kept is None:
            raise AssertionError("a recording that stands is kept")
        return self._machine.kept

    def compare_with(self, kept: "KeptRecording") -> None:
        """Compare the recordings from here on with one that may be of another process."""
        self._machine.kept = kept

    def parts(self, question: Question, recording: int) -> Iterator[Answer]:
        """Yield the parts of the answer to a question about a recording."""
        for event in self.follow(Ask(run=RUN, recording=recording, number=0, question=question)):
            if isinstance(event, Answered):
                yield event.answer

    def answer(self, question: Question, recording: int, kind: type[_Answer]) -> _Answer:
        """Return the last part of the answer, which is of this kind."""
        *_, last = self.parts(question, recording)
        if not isinstance(last, kind):
            raise TypeError(f"{type(last).__name__} is no {kind.__name__}")
        return last

    def _accepted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, CommandFailed):
                raise RefusedError(event, self._source)
            if isinstance(event, Unanswered):
                raise RefusedError(_refusal(event), self._source)
            yield event


def _refusal(event: Unanswered) -> CommandFailed:
    """Return the refusal of a question, told as that of any command."""
    return CommandFailed(
        run=event.run,
        subject="recording",
        message=event.message,
        hint=event.hint,
        details=event.details,
    )

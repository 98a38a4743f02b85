"""Shows passes that were recorded elsewhere to a window: answers about them, and builds nothing."""

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import torch

from gradviz.core.choices.catalogue import Catalogue
from gradviz.core.choices.settings import RECORDING_MB, Model, Training
from gradviz.core.errors import ModelError, RecordingError
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.language.catalogues import speak
from gradviz.core.language.saying import changed_texts, marked, tr
from gradviz.engine.captured.kept_pass import Shown
from gradviz.engine.failures import told_failures, unanswered
from gradviz.engine.inspection.answers import Inspected, answer
from gradviz.engine.inspection.cooperative_tasks import CooperativeTasks, answered
from gradviz.engine.inspection.kept_recording import KeptRecording, keep
from gradviz.engine.runs.replay import Replay
from gradviz.engine.user_code import is_of_model
from gradviz.protocol.commands import (
    Ask,
    Command,
    ForgetKept,
    KeepRecording,
    LimitRecording,
    Speak,
    VisitStep,
    Withdraw,
)
from gradviz.protocol.events import (
    BackwardRecorded,
    EngineStarted,
    Event,
    ModelBuilt,
    PassesListed,
    RecordingKept,
    SaidAgain,
)
from gradviz.protocol.questions import ExplainMissing

#: The one run of a presenter: a window that has built nothing knows no other number.
RUN: Final = 0
_SLICE_S: Final = 1 / 60


class PassOrigin(NamedTuple):
    """Where the passes come from, in sentences that are marked for translation.

    Attributes:
        told: What is said of the output, with the `{name}` of what it is of.
        no_replay: Why a pass cannot be run again.
        builds_nothing: Why nothing can be built or trained.
    """

    told: str
    no_replay: str
    builds_nothing: str


OF_PROGRAM: Final = PassOrigin(
    marked("{name}, recorded in another program"),
    marked("This pass is that of another program, and cannot be run again from here."),
    marked("This window shows what another program has recorded, and builds and trains nothing."),
)
OF_FILE: Final = PassOrigin(
    marked("{name}, a recording in a file"),
    marked("This pass is read from a file, and cannot be run again from here."),
    marked("This window shows a recording in a file, and builds and trains nothing."),
)


@dataclass(frozen=True)
class _Elsewhere(Inspected):
    """A recording of another program, which goes on: nothing of it is run from here."""

    origin: PassOrigin = OF_PROGRAM

    @property
    def replay(self) -> Replay:
        raise RecordingError(
            tr(self.origin.no_replay),
            tr(
                "In that program, gradviz.capture(model, inputs=x) can: it has check() and "
                "missing()."
            ),
        )


class Presenter:
    """Handles one command at a time; between commands, `advance` works while `busy`.

    It knows recordings alone: what needs the program that made them is refused in a sentence.
    """

    def __init__(self, origin: PassOrigin = OF_PROGRAM) -> None:
        self._origin = origin
        self._name = ""
        self._passes: tuple[Shown, ...] = ()
        self._shown = 0
        #: Numbers the passes as they are shown, so that no answer is taken for one about another.
        self._number = 0
        self._tasks = CooperativeTasks()
        #: The recording that others are compared with.
        self.kept: KeptRecording | None = None

    @property
    def busy(self) -> bool:
        """Tell whether `advance` has something to do."""
        return self._tasks.left

    def started(self) -> EngineStarted:
        """Return the first event: that nothing can be chosen, and the versions behind it."""
        torch_version, python = str(torch.__version__), platform.python_version()
        nothing = Catalogue(
            models=(), devices=(), optimizers=(), torch=torch_version, python=python
        )
        return EngineStarted(nothing)

    def present(self, name: str, passes: Sequence[Shown], shown: int = -1) -> Iterator[Event]:
        """Yield the events that show one of `passes`, the last unless said, under a name.

        Those that were shown before are let go.
        """
        self._name, self._passes = name, tuple(passes)
        self._shown = shown % len(self._passes)
        yield self._built(self._passes[self._shown])
        yield from self._told()

    def handle(self, command: Command) -> Iterator[Event]:
        """Yield the events that follow from `command`; an error is an event too."""
        yield from told_failures(self._of(command), command.run, command)

    def advance(self) -> Iterator[Event]:
        """Work for about a sixtieth of a second on questions in hand."""
        yield from self._tasks.advance(_SLICE_S)

    def _of(self, command: Command) -> Iterator[Event]:
        match command:
            case Ask():
                yield from self._answer(command)
            case Withdraw():
                self._tasks.withdraw(command.number)
            case KeepRecording():
                shown = self._passes[self._shown]
                title = tr("{name}, {title}", name=self._name, title=shown.title)
                yield self._kept_instead(keep(shown.recording, title, RECORDING_MB))
            case Speak():
                speak(command.language)
                yield SaidAgain(changed_texts())
            case LimitRecording():
                # The tensors are the program's own, and none is let go.
                pass
            case ForgetKept():
                yield self._kept_instead(None)
            case VisitStep():
                steps = [each.step for each in self._passes]
                if command.step in steps:
                    self._shown = steps.index(command.step)
                    yield from self._told()
            case _:
                raise ModelError(
                    tr(self._origin.builds_nothing),
                    tr("Train in that program, or start gradviz by itself."),
                )

    def _built(self, shown: Shown) -> ModelBuilt:
        """Report what is shown as a model at a point, without an input to choose."""
        return ModelBuilt(
            run=RUN,
            model=Model(source=self._name),
            mode="point",
            modes=(),
            graph=shown.recording.graph,
            training=Training(optimizer="", learning_rate=1e-6),
            snapshot=Snapshot(parameters={}, equation=self._output_told()),
            output=shown.output,
        )

    def _output_told(self) -> str:
        """Return what is said of the output in place of an equation."""
        return tr(self._origin.told, name=self._name)

    def _told(self) -> Iterator[Event]:
        """Report the pass that is shown, after the end of all questions about another one."""
        self._tasks.end_all()
        yield from self._tasks.ended()
        self._number += 1
        shown = self._passes[self._shown]
        yield PassesListed(
            run=RUN,
            steps=tuple(each.step for each in self._passes),
            titles=tuple(each.title for each in self._passes),
            shown=self._shown,
            output=shown.output,
        )
        recording = shown.recording
        yield BackwardRecorded(RUN, recording.graph, recording.trace, self._number)

    def _answer(self, asked: Ask) -> Iterator[Event]:
        """Answer at once, or take a long answer in hand."""
        try:
            inspected = self._inspected(asked)
            missing = self._passes[self._shown].missing
            if isinstance(asked.question, ExplainMissing) and missing is not None:
                yield answered(asked, missing)
                return
            found = answer(asked.question, inspected)
        except BaseException as error:
            if not is_of_model(error):
                raise
            yield unanswered(asked, error)
            return
        yield from self._tasks.answer(asked, found)

    def _inspected(self, asked: Ask) -> Inspected:
        if not self._passes or asked.recording != self._number:
            raise RecordingError(
                tr("Another pass is shown by now."),
                tr("Ask again about the one that is shown."),
            )
        recording = self._passes[self._shown].recording
        return _Elsewhere(recording, kept=self.kept, origin=self._origin)

    def _kept_instead(self, kept: KeptRecording | None) -> RecordingKept:
        self.kept = kept
        return RecordingKept(RUN, kept.told if kept is not None else None)

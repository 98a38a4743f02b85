"""A workbench without a window, over an engine that notes what it is sent and says nothing."""

from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from sample_graphs import tutorial_graph, tutorial_trace

from gradviz.core.choices.catalogue import (
    Catalogue,
    DeviceEntry,
    Mode,
    ModelEntry,
    OptimizerEntry,
    SchedulerEntry,
)
from gradviz.core.choices.options import OptionEntry
from gradviz.core.choices.settings import Model, Training
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import Array
from gradviz.core.graphs.trace import Trace
from gradviz.protocol.commands import Ask, BuildModel, Command
from gradviz.protocol.events import (
    Answered,
    BackwardRecorded,
    EngineStarted,
    Event,
    ModelBuilt,
    Unanswered,
)
from gradviz.protocol.questions import (
    Answer,
    CheckGradients,
    CompareWithKept,
    ComparisonAdvanced,
    CountElements,
    CountFlops,
    ElementsCounted,
    ExplainMissing,
    FindSources,
    FlopsCounted,
    GradientsChecked,
    MissingGradients,
    MissingSearched,
    PassTimed,
    Question,
    RecordingsCompared,
    SourcesFound,
    TimePass,
)
from gradviz.ui.bridge import EngineLink
from gradviz.ui.controllers.engine_event_handler import EngineEventHandler
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State

CATALOGUE = Catalogue(
    models=(
        ModelEntry(name="autograd", title="", summary="", expression="a + b x"),
        ModelEntry(name="module", title="", summary="", modes=("point", "fit")),
        ModelEntry(name="classifier", title="", summary="", images=True),
    ),
    devices=(DeviceEntry(name="cpu", title=""),),
    optimizers=(
        OptimizerEntry(name="descent", title=""),
        OptimizerEntry(
            name="sgd",
            title="",
            options=(OptionEntry(name="momentum", kind="float", default=0.0, minimum=0.0),),
        ),
        OptimizerEntry(name="adam", title="", learning_rate=1e-3),
    ),
    schedulers=(
        SchedulerEntry(
            name="StepLR",
            title="",
            options=(OptionEntry(name="step_size", kind="int", default=30, minimum=1),),
        ),
    ),
    torch="",
    python="",
)
DESCENT = Training(optimizer="descent", learning_rate=1e-6)
_SOON_MS = 3000


class SilentEngine(EngineLink):
    """Notes what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Command] = []
        #: All questions, also those before `sent` was cleared.
        self.asked: list[Ask] = []
        self.starts = 0

    def start(self) -> None:
        self.starts += 1

    def send(self, command: Command) -> None:
        self.sent.append(command)
        if isinstance(command, Ask):
            self.asked.append(command)


class Bench:
    """The state, the workbench and what brings events to them; a test plays user and engine."""

    def __init__(self) -> None:
        self.engine = SilentEngine()
        self.state = State()
        self.workbench = Workbench(self.state, self.engine.send, self.state)
        self._handler = EngineEventHandler(
            self.state, self.workbench, self.engine.start, self.engine.kill, self.state
        )

    @property
    def sent(self) -> list[Command]:
        """Return what the engine has been sent since `forget`."""
        return self.engine.sent

    def forget(self) -> None:
        """Look from here on only at what is sent later."""
        self.sent.clear()

    def hear(self, *events: Event) -> None:
        """Let the engine say something."""
        for event in events:
            self._handler.on_event(event)

    def start(self) -> None:
        """Let the engine be ready."""
        self.hear(EngineStarted(CATALOGUE))

    def end(self, code: int = 1, lines: str = "") -> None:
        """Let the engine end, with the last lines that it wrote."""
        self._handler.on_engine_ended(code, lines)

    @property
    def built(self) -> Model:
        """Return the model that the engine was asked for last."""
        return next(each.model for each in reversed(self.sent) if isinstance(each, BuildModel))

    def build(self, mode: Mode = "fit", graph: Graph | None = None, **changes: Any) -> None:
        """Let the engine build the model that it was asked for last, with `changes`."""
        model = msgspec.structs.replace(self.workbench.asked, **changes)
        curve = Array.of(np.array([0.0, 1.0])) if mode == "fit" else None
        self.hear(
            ModelBuilt(
                run=self.workbench.newest_run, model=model, mode=mode, modes=(mode,),
                graph=graph or tutorial_graph(), training=DESCENT, output=0.0,
                snapshot=Snapshot(parameters={"a": 1.0}, equation="y = a", prediction=curve),
                x=curve, target=curve,
            )
        )  # fmt: skip

    def record(
        self, recording: int = 1, graph: Graph | None = None, trace: Trace | None = None
    ) -> None:
        """Let the engine record a backward pass of the model that stands."""
        run = self.workbench.standing_run
        graph, trace = graph or tutorial_graph(), trace or tutorial_trace()
        self.hear(BackwardRecorded(run, graph, trace, recording))

    def rested(self, qtbot: QtBot) -> None:
        """Wait until no controller has anything to do by itself any more."""
        timers = self.state.findChildren(QTimer)
        qtbot.waitUntil(lambda: not any(each.isActive() for each in timers), timeout=_SOON_MS)

    # Questions about a recording, and their answers

    @property
    def questions(self) -> list[Question]:
        """Return the questions that the engine has been sent since `forget`."""
        return [command.question for command in self.sent if isinstance(command, Ask)]

    def answer(self, answer: Answer, *, recording: int = 0, last: bool = True) -> None:
        """Let the engine answer about the recording that is shown, or about another one."""
        shown = recording or self.state.recording
        asked = self._asked(type(answer))
        self.hear(
            Answered(
                run=self.workbench.standing_run,
                recording=shown,
                number=asked.number,
                answer=answer,
                last=last,
            )
        )

    def refuse(self, kind: type[Question]) -> None:
        """Let the engine have no answer to the newest question of this kind."""
        asked = next(each for each in reversed(self.engine.asked) if type(each.question) is kind)
        self.hear(
            Unanswered(
                run=asked.run, number=asked.number, reason="failed", message="Gone.", hint="Record."
            )
        )

    def _asked(self, kind: type[Answer]) -> Ask:
        """Return the newest question that has answers of this type."""
        kinds = _QUESTIONS[kind]
        return next(each for each in reversed(self.engine.asked) if type(each.question) is kinds)


#: The question that each type of answer is of.
_QUESTIONS: dict[type[Answer], type[Question]] = {
    ComparisonAdvanced: CompareWithKept,
    ElementsCounted: CountElements,
    FlopsCounted: CountFlops,
    GradientsChecked: CheckGradients,
    MissingGradients: ExplainMissing,
    MissingSearched: ExplainMissing,
    PassTimed: TimePass,
    RecordingsCompared: CompareWithKept,
    SourcesFound: FindSources,
}


def standing_bench(mode: Mode = "fit") -> Bench:
    """Return a bench on which a model stands and its first backward pass is recorded."""
    bench = Bench()
    bench.start()
    bench.build(mode)
    bench.record()
    bench.forget()
    return bench

"""What a user's file changes in its process stays there: every other model has another engine."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
import psutil
import pytest
from own_models import NET, model_of, written
from promised import Tell
from pytestqt.qtbot import QtBot

from gradviz.app import ENGINE_COMMAND
from gradviz.core.choices.comparison import Candidate
from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.protocol.commands import Ask, BuildModel, CompareRuns, KeepRecording, StartTraining
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    EngineStarted,
    Event,
    FrameTrained,
    ModelBuilt,
    RecordingKept,
    RunComparisonFrame,
    Unanswered,
)
from gradviz.protocol.questions import CompareWithKept
from gradviz.ui.bridge import Bridge

ANSWER_MS = 60_000
TYPED = Model(source="sin(a x) + b x^2", mode="point", at=0.5)
#: Each of them would change a typed expression that the same process builds after it.
CHANGES = """
import os, threading, time
torch.set_default_dtype(torch.float64)
os.chdir("/")
torch.sin = torch.cos
torch.Tensor.sin = torch.Tensor.cos
torch.manual_seed = lambda seed: torch.default_generator
torch.Generator.manual_seed = lambda self, seed: self
def draw():
    while True:
        torch.rand(1)
        time.sleep(0.001)
threading.Thread(target=draw, daemon=True).start()
"""

_DEVICE = "torch.set_default_device('meta')"

Kind = TypeVar("Kind", bound=Event)


class Engines:
    """A bridge, and what it has told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bridge = Bridge(ENGINE_COMMAND)
        self.events: list[Event] = []
        self.ends: list[tuple[int, str]] = []
        self.replaced: list[int] = []
        self._qtbot = qtbot
        self.bridge.event_received.connect(self.events.append)
        self.bridge.engine_ended.connect(lambda code, lines: self.ends.append((code, lines)))
        self.bridge.engine_replaced.connect(lambda: self.replaced.append(len(self.events)))
        self.bridge.start()
        self.until(lambda: bool(self.of(EngineStarted)))

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=ANSWER_MS)

    def of(self, kind: type[Kind], run: int | None = None) -> list[Kind]:
        return [
            event
            for event in self.events
            if isinstance(event, kind) and run in (None, getattr(event, "run", None))
        ]

    def build(self, run: int, model: Model) -> tuple[ModelBuilt, BackwardRecorded]:
        """Build a model, and return its first two events as of run 0."""
        self.bridge.send(BuildModel(run, model))
        self.until(lambda: bool(self.of(BackwardRecorded, run) or self.of(CommandFailed, run)))
        assert not self.of(CommandFailed, run)
        built, recorded = self.of(ModelBuilt, run)[0], self.of(BackwardRecorded, run)[0]
        return msgspec.structs.replace(built, run=0), msgspec.structs.replace(recorded, run=0)

    def refused(self, run: int) -> bool:
        """Tell whether a model could not be built."""
        return bool(self.of(CommandFailed, run))

    @property
    def pid(self) -> int:
        pid = self.bridge.engine_pid
        assert pid is not None
        return pid


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[Engines]:
    made = Engines(qtbot)
    yield made
    made.bridge.close()


def encoded(events: tuple[ModelBuilt, BackwardRecorded]) -> bytes:
    """Return the bytes of the events, in which the numbers are exact."""
    return msgspec.msgpack.encode([msgspec.structs.asdict(event) for event in events])


@pytest.mark.parametrize("change", [CHANGES, _DEVICE], ids=["much", "the device"])
def test_that_nothing_that_a_file_changes_reaches_another_model(
    change: str, engines: Engines, tmp_path: Path, tell: Tell
) -> None:
    fresh = encoded(engines.build(1, TYPED))
    pid, path = engines.pid, written(tmp_path, f"{NET}\n{change}\n")
    engines.bridge.send(BuildModel(2, model_of(path)))
    engines.until(lambda: bool(engines.of(ModelBuilt, 2) or engines.of(CommandFailed, 2)))
    assert encoded(engines.build(3, TYPED)) == fresh
    assert engines.pid != pid
    assert psutil.Process(engines.pid).cwd() == str(Path.cwd())
    assert not engines.ends
    lines = len(change.strip().splitlines())
    tell(f"after a file with {lines} line(s) of changes to its process: byte for byte as before")


def test_that_a_file_that_changed_and_another_file_have_engines_of_their_own(
    engines: Engines, tmp_path: Path
) -> None:
    changing = f"{NET}\ntorch.set_default_dtype(torch.float64)\n"
    first, second = written(tmp_path, changing, "a.py"), written(tmp_path, NET, "b.py")
    engines.build(1, model_of(first))
    pid = engines.pid
    engines.build(2, model_of(first))
    assert engines.pid == pid
    dtypes = {tensor.dtype for tensor in _values(engines.build(3, model_of(second))[1])}
    assert dtypes == {"float32"}
    other = engines.pid
    assert other != pid
    written(tmp_path, f"{NET}\n", "b.py")
    engines.build(4, model_of(second))
    assert engines.pid not in (pid, other)
    engines.until(lambda: not psutil.pid_exists(pid) and not psutil.pid_exists(other))


def _values(recorded: BackwardRecorded) -> list[TensorSummary]:
    return [node.value for node in recorded.graph.nodes if node.value is not None]


def test_that_a_second_engine_is_kept_ready_only_while_a_file_is_open(
    engines: Engines, tmp_path: Path
) -> None:
    engines.build(1, TYPED)
    engines.build(2, Model(source="autograd"))
    assert not engines.bridge.spare_pid
    first = engines.pid
    engines.build(3, model_of(written(tmp_path, NET)))
    assert engines.pid == first
    engines.until(lambda: engines.bridge.spare_pid is not None)
    spare = engines.bridge.spare_pid
    assert spare is not None
    engines.build(4, TYPED)
    assert engines.pid == spare
    assert engines.bridge.spare_pid is None
    assert len(engines.of(EngineStarted)) == 1
    engines.until(lambda: not psutil.pid_exists(first))


def test_that_a_model_that_cannot_be_built_leaves_the_one_before_with_all_it_has(
    engines: Engines, tmp_path: Path
) -> None:
    engines.build(1, model_of(written(tmp_path, NET)))
    pid = engines.pid
    engines.bridge.send(KeepRecording(1))
    # It goes on for longer than another engine takes to start.
    training = msgspec.structs.replace(engines.of(ModelBuilt, 1)[0].training, steps=1_000_000)
    engines.bridge.send(StartTraining(1, training))
    engines.until(lambda: bool(engines.of(FrameTrained, 1)))
    for run, model in ((2, Model(source="a + * x")), (3, model_of(tmp_path / "net.py", "Nothing"))):
        engines.bridge.send(BuildModel(run, model))
        engines.until(partial(engines.refused, run))
    other = written(tmp_path, "raise ValueError", "other.py")
    engines.bridge.send(BuildModel(4, model_of(other)))
    engines.until(lambda: bool(engines.of(CommandFailed, 4)))
    trained = len(engines.of(FrameTrained, 1))
    engines.until(lambda: len(engines.of(FrameTrained, 1)) > trained)
    assert (engines.pid, engines.replaced, engines.ends) == (pid, [], [])
    assert engines.of(RecordingKept, 1)[0].kept is not None


def test_that_the_replacement_is_told_before_the_model_that_is_built_and_old_questions_are_lost(
    engines: Engines, tmp_path: Path
) -> None:
    engines.build(1, model_of(written(tmp_path, NET)))
    _, recorded = engines.build(2, TYPED)
    assert len(engines.replaced) == 1
    assert isinstance(engines.events[engines.replaced[0]], ModelBuilt)
    engines.bridge.send(
        Ask(run=2, recording=recorded.recording, number=7, question=CompareWithKept())
    )
    engines.until(lambda: bool(engines.of(Unanswered, 2)))


def test_that_an_engine_that_compared_a_file_builds_no_other_model(
    engines: Engines, tmp_path: Path
) -> None:
    fresh = encoded(engines.build(1, TYPED))
    built, _ = engines.build(2, Model(source="autograd"))
    pid, path = engines.pid, written(tmp_path, f"{NET}\ntorch.sin = torch.cos\n")
    training: Training = msgspec.structs.replace(built.training, steps=3)
    models = (Model(source="autograd"), model_of(path))
    candidates = tuple(Candidate(title="", model=each, training=training) for each in models)
    engines.bridge.send(CompareRuns(2, candidates))
    engines.until(lambda: bool(engines.of(RunComparisonFrame, 2)))
    assert encoded(engines.build(3, TYPED)) == fresh
    assert engines.pid != pid


def test_that_the_death_of_the_engine_that_builds_is_told_and_that_of_a_spare_one_is_not(
    engines: Engines, tmp_path: Path
) -> None:
    engines.build(1, model_of(written(tmp_path, NET)))
    engines.until(lambda: engines.bridge.spare_pid is not None)
    spare = engines.bridge.spare_pid
    assert spare is not None
    psutil.Process(spare).kill()
    engines.until(lambda: engines.bridge.spare_pid is None)
    assert not engines.ends
    path = written(tmp_path, "import os\nos._exit(3)\n", "ends.py")
    engines.bridge.send(BuildModel(2, model_of(path)))
    engines.until(lambda: bool(engines.ends))
    assert engines.ends[0][0] == 3
    assert engines.bridge.engine_pid is None

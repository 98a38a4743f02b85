"""The engine as a real process: its messages, its end, and what it survives."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
from own_models import NET, written
from process_lines import line_of

from gradviz.core.choices.settings import Model, Training
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import BuildModel, Command, PauseTraining, StartTraining
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    EngineStarted,
    Event,
    FrameTrained,
    ModelBuilt,
    TrainingStopped,
)
from gradviz.protocol.graph_crossing import Crossing, GraphReceiver, Structure
from gradviz.protocol.module_process import module_command, started

Kind = TypeVar("Kind")

_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 60
_LONG = Training(optimizer="descent", learning_rate=1e-6, steps=10_000_000)


class Engine:
    """A started engine, and what it has sent."""

    def __init__(self, command: Sequence[str] = module_command("gradviz.engine")) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.ends: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()
        graphs = GraphReceiver()
        self.crossed: list[Crossing] = []

        def take(crossing: Crossing) -> None:
            self.crossed.append(crossing)
            event = graphs.event(crossing)
            if event is not None:
                self.events.put(event)

        self.child: Child[Command, Crossing] = Child(
            started(command),
            Codec(Command),
            Codec(Crossing),
            take,
            lambda code, words: self.ends.put((code, words)),
        )
        self.started = self.until(EngineStarted)

    def until(self, kind: type[Kind]) -> Kind:
        """Return the next event of that kind, passing over others."""
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            with contextlib.suppress(queue.Empty):
                event = self.events.get(timeout=1)
                if isinstance(event, kind):
                    return event
        raise AssertionError(f"no {kind.__name__} came")


@pytest.fixture
def engine() -> Iterator[Engine]:
    started = Engine()
    yield started
    started.child.close()


def _training(engine: Engine) -> None:
    engine.child.send(BuildModel(1, Model(source="autograd")))
    engine.until(BackwardRecorded)
    engine.child.send(StartTraining(1, _LONG))
    engine.until(FrameTrained)


def test_that_it_offers_its_catalogue_first(engine: Engine) -> None:
    catalogue = engine.started.catalogue
    assert [model.name for model in catalogue.models] == [
        "numpy",
        "tensors",
        "autograd",
        "function",
        "nn",
        "optim",
        "module",
        "dynamic",
        "classifier",
    ]
    assert catalogue.devices[0].name == "cpu"
    assert catalogue.torch


def test_that_it_builds_trains_pauses_and_lives_on_after_a_failure(engine: Engine) -> None:
    _training(engine)
    engine.child.send(PauseTraining(1))
    stopped = engine.until(TrainingStopped)
    assert (stopped.run, stopped.reason) == (1, "paused")
    engine.child.send(BuildModel(2, Model(source="a + * x")))
    assert engine.until(CommandFailed).subject == "expression"
    engine.child.send(BuildModel(3, Model(source="5x^3 + 2x^2 + 4x + 8")))
    assert engine.until(ModelBuilt).output == 64.0
    trace = engine.until(BackwardRecorded).trace
    assert [gradient.scalar for gradient in trace.leaf_grads.values()] == [72.0]


def test_that_a_training_that_waits_for_its_next_step_stops_at_once(engine: Engine) -> None:
    engine.child.send(BuildModel(1, Model(source="autograd")))
    training = engine.until(ModelBuilt).training
    # The second step would be due in a quarter of an hour.
    engine.child.send(StartTraining(1, training, 0.001))
    engine.until(FrameTrained)
    engine.child.send(PauseTraining(1))
    assert engine.until(TrainingStopped).step == 1


def test_that_a_command_is_handled_soon_while_training(engine: Engine) -> None:
    _training(engine)
    sent = time.monotonic()
    engine.child.send(PauseTraining(1))
    engine.until(TrainingStopped)
    assert time.monotonic() - sent < 1.0


def test_that_it_ends_at_once_when_its_input_ends_while_training(engine: Engine) -> None:
    _training(engine)
    started = time.monotonic()
    engine.child.close(timeout_s=10)
    assert time.monotonic() - started < 2.0
    assert engine.ends.get(timeout=5) == (0, "")


def test_that_it_ends_when_its_window_is_killed() -> None:
    script = (
        "import sys, time\n"
        "sys.path.insert(0, 'tests')\n"
        "from end2end.test_engine_process import Engine, _training\n"
        "engine = Engine()\n"
        "_training(engine)\n"
        "print(engine.child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as window:
        pid = int(line_of(window))
        window.kill()
        deadline = time.monotonic() + 10
        while psutil.pid_exists(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
    assert not psutil.pid_exists(pid)


def test_that_ctrl_c_in_the_terminal_is_left_to_the_window(engine: Engine) -> None:
    os.kill(engine.child.pid, signal.SIGINT)
    engine.child.send(BuildModel(1, Model(source="x^2")))
    assert engine.until(ModelBuilt).output == 4.0


def test_that_bytes_that_are_no_command_end_it_with_a_word() -> None:
    done = subprocess.run(
        module_command("gradviz.engine"),
        input=b"\x03\x00\x00\x00abc",
        capture_output=True,
        timeout=_PATIENCE_S,
    )
    assert done.returncode == 1
    assert b"no command" in done.stderr


def test_that_what_a_model_prints_does_not_break_the_messages() -> None:
    script = (
        "from gradviz.engine import machine, worker\n"
        "run = machine.Run\n"
        "machine.Run = lambda settings: print('noise') or run(settings)\n"
        "worker.work()\n"
    )
    engine = Engine((sys.executable, "-c", script))
    engine.child.send(BuildModel(1, Model(source="x^2")))
    assert engine.until(ModelBuilt).output == 4.0
    engine.child.close()
    assert "noise" in engine.ends.get(timeout=5)[1]


def test_that_the_graph_of_a_training_crosses_the_pipe_once(engine: Engine) -> None:
    engine.child.send(BuildModel(1, Model(source="autograd")))
    engine.until(ModelBuilt)
    first = engine.until(BackwardRecorded)
    engine.child.send(StartTraining(1, _LONG))
    later = engine.until(BackwardRecorded)
    assert sum(isinstance(each, Structure) for each in engine.crossed) == 1
    assert later.graph.edges is first.graph.edges
    values = [tuple(node.value for node in event.graph.nodes) for event in (first, later)]
    assert values[0] != values[1]


_SELF_WILLED = """
import os, subprocess, sys
started = subprocess.Popen(
    [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
)
with open(MARK, "w") as mark:
    mark.write(str(started.pid))
"""


@pytest.mark.parametrize("forward", ["x.sum()", "x.sum() * sum(range(10 ** 11))"])
def test_that_all_that_a_file_has_started_ends_when_the_window_is_killed(
    forward: str, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    code = _SELF_WILLED.replace("MARK", repr(str(mark))) + NET.replace(
        "return self.second", f"return {forward} * self.second"
    )
    path = written(tmp_path, code)
    script = (
        "import sys, time\n"
        "sys.path.insert(0, 'tests')\n"
        "from pathlib import Path\n"
        "from end2end.test_engine_process import Engine\n"
        "from own_models import model_of\n"
        "from gradviz.protocol.commands import BuildModel\n"
        "engine = Engine()\n"
        f"engine.child.send(BuildModel(1, model_of(Path({str(path)!r}))))\n"
        f"mark = Path({str(mark)!r})\n"
        "while not mark.exists() or not mark.read_text():\n"
        "    time.sleep(0.01)\n"
        "print(engine.child.pid, mark.read_text(), flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as window:
        pids = [int(pid) for pid in line_of(window).split()]
        window.kill()
    deadline = time.monotonic() + 10
    while any(map(psutil.pid_exists, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    left = [pid for pid in pids if psutil.pid_exists(pid)]
    for pid in left:
        psutil.Process(pid).kill()
    assert len(pids) == 2
    assert not left

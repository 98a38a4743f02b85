"""The layout process itself: its limits, and that it does not outlive who asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from process_lines import line_of
from sample_graphs import unrolled

from gradviz.core.graphs.placement import Placement
from gradviz.layout.messages import (
    AnswerCrossing,
    LayoutAnswer,
    LayoutFailed,
    LayoutRequest,
    arrived,
)
from gradviz.protocol.codec import Codec

ROOT = Path(__file__).parents[3]
REQUESTS = Codec[LayoutRequest](LayoutRequest)
ANSWERS = Codec[AnswerCrossing](AnswerCrossing)

Process = subprocess.Popen[bytes]


@pytest.fixture
def process() -> Iterator[Process]:
    started = subprocess.Popen(
        [sys.executable, "-m", "gradviz.layout"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    yield started
    started.kill()
    started.communicate()


def ask(process: Process, request: LayoutRequest) -> LayoutAnswer | None:
    assert process.stdin is not None
    buffer = BytesIO()
    REQUESTS.write(buffer, request)
    process.stdin.write(buffer.getvalue())
    process.stdin.flush()
    message = ANSWERS.read(process.stdout)  # type: ignore[arg-type]
    return None if message is None else arrived(message)


def request_for(times: int, limit_s: float = 30.0) -> LayoutRequest:
    boxes, links = unrolled(times)
    return LayoutRequest(request=7, boxes=boxes, links=links, limit_s=limit_s)


def test_that_a_request_is_answered_under_its_number(process: Process) -> None:
    answer = ask(process, request_for(1))
    assert isinstance(answer, Placement)
    assert answer.request == 7


def test_that_a_refused_graph_is_answered_and_the_process_goes_on(process: Process) -> None:
    boxes, links = unrolled(1)
    answer = ask(process, LayoutRequest(request=7, boxes=boxes[:-1], links=links))
    assert isinstance(answer, LayoutFailed)
    assert "does not exist" in answer.message
    assert isinstance(ask(process, request_for(1)), Placement)


def test_that_the_end_of_its_input_ends_it(process: Process) -> None:
    ask(process, request_for(1))
    _, stderr = process.communicate(timeout=3)
    assert process.returncode == 0
    assert stderr == b""


def test_that_its_memory_is_capped_at_one_gibibyte(process: Process) -> None:
    ask(process, request_for(1))
    assert psutil.Process(process.pid).rlimit(psutil.RLIMIT_AS) == (1 << 30, 1 << 30)


def test_that_it_loads_neither_qt_nor_torch_nor_numpy() -> None:
    code = "import sys, gradviz.layout.__main__; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert not {"PySide6", "torch", "numpy"} & set(loaded.stdout.split())


def test_that_its_own_limit_ends_it_while_graphviz_works(process: Process) -> None:
    started = time.monotonic()
    assert ask(process, request_for(80, limit_s=0.5)) is None
    assert process.wait(timeout=5) != 0
    assert 0.4 < time.monotonic() - started < 5


def test_that_it_is_gone_soon_after_its_parent_was_killed() -> None:
    code = (
        "from gradviz.layout import client\n"
        "from sample_graphs import unrolled\n"
        "client.promising_plans = lambda boxes, links: ('dot',)\n"
        "asking = client.LayoutClient()\n"
        "asking.start()\n"
        "print(asking.pid, flush=True)\n"
        "asking.place(*unrolled(80), deadline_s=2)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE
    ) as parent:
        child = psutil.Process(int(line_of(parent)))
        time.sleep(0.5)
        assert child.is_running()
        os.kill(parent.pid, signal.SIGKILL)
    child.wait(timeout=5)

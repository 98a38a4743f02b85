"""A child process: what it says arrives, how it ends is told, and nothing of it stays."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import psutil
import pytest
from process_lines import line_of

from gradviz.core.errors import ProcessError
from gradviz.protocol.child import Child
from gradviz.protocol.codec import Codec
from gradviz.protocol.module_process import module_command, started


class Word(msgspec.Struct, frozen=True):
    """A message of one text."""

    text: str


_ECHO = """
import sys
from gradviz.protocol.child import claim_standard_streams
from gradviz.protocol.codec import Codec
import msgspec
class Word(msgspec.Struct, frozen=True):
    text: str
source, sink = claim_standard_streams()
codec = Codec(Word)
while (word := codec.read(source)) is not None:
    print("stray output")
    codec.write(sink, Word(word.text.upper()))
"""


class Heard:
    """A child that runs `code`, with all that was heard of it."""

    def __init__(self, code: str) -> None:
        self.words: queue.Queue[Word] = queue.Queue()
        self.ends: queue.Queue[tuple[int, str]] = queue.Queue()
        codec: Codec[Word] = Codec(Word)
        self.child: Child[Word, Word] = Child(
            started((sys.executable, "-c", code)),
            codec,
            codec,
            self.words.put,
            lambda code, lines: self.ends.put((code, lines)),
        )


def test_that_an_answer_arrives_whatever_else_the_child_prints() -> None:
    heard = Heard(_ECHO)
    heard.child.send(Word("one"))
    heard.child.send(Word("two"))
    assert [heard.words.get(timeout=20).text for _ in range(2)] == ["ONE", "TWO"]
    heard.child.close()
    assert heard.ends.get(timeout=5)[0] == 0


def test_that_the_end_is_told_with_the_last_words_of_the_child() -> None:
    heard = Heard("import sys; sys.stderr.write('out of paper\\n'); sys.exit(3)")
    code, lines = heard.ends.get(timeout=20)
    assert (code, "out of paper" in lines) == (3, True)
    with pytest.raises(ProcessError):
        heard.child.send(Word("too late"))
    heard.child.close()


def test_that_a_child_that_talks_nonsense_is_ended() -> None:
    heard = Heard(
        "import sys, time; print('hello, this is no message'); sys.stdout.flush(); time.sleep(60)"
    )
    code, lines = heard.ends.get(timeout=20)
    assert code != 0
    assert "no message" in lines
    heard.child.close()


def test_that_a_child_that_does_not_listen_is_closed_by_force() -> None:
    heard = Heard("import time; time.sleep(60)")
    pid = heard.child.pid
    heard.child.close(timeout_s=0.2)
    assert not psutil.pid_exists(pid)
    assert not heard.child.alive


def test_that_a_module_is_not_searched_in_the_folder_of_the_user() -> None:
    assert module_command("gradviz.engine")[1:] == ("-P", "-m", "gradviz.engine")


@pytest.mark.parametrize("written", ["x", "\r 50%", "x\n"], ids=["no end", "bar", "lines"])
def test_that_a_flood_of_output_takes_no_memory(written: str) -> None:
    heard = Heard(
        f"import sys\nfor _ in range(400): sys.stderr.write({written!r} * 65536)\n"
        f"sys.stderr.write('\\nthe end')\n{_ECHO}"
    )
    before = psutil.Process().memory_info().rss
    heard.child.send(Word("one"))
    assert heard.words.get(timeout=60).text == "ONE"
    grown = psutil.Process().memory_info().rss - before
    heard.child.close()
    lines = heard.ends.get(timeout=5)[1]
    assert len(lines) <= 1 << 15
    assert "the end" in lines
    assert grown < 1 << 24


#: Leaves processes behind that hold every pipe: a fork that has its own session, and a program.
_LEAVING = """
import os, subprocess, sys, time
first = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=(0, 1, 2))
second = os.fork()
if second == 0:
    os.setsid()
    time.sleep(60)
third = subprocess.Popen(
    [sys.executable, "-c", "import time; time.sleep(60)"],
    start_new_session=True, stdin=0, stdout=1, stderr=2,
)
sys.stderr.write(f"{first.pid} {second} {third.pid}\\n")
sys.stderr.flush()
"""


def gone(pids: list[int]) -> bool:
    """Tell whether the processes end while they are waited for; those that do not are ended."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(psutil.pid_exists(pid) and _runs(pid) for pid in pids):
            return True
        time.sleep(0.02)
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid).kill()
    return False


def _runs(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@pytest.mark.parametrize("ending", ["os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_that_an_end_is_told_though_others_hold_the_pipes_and_these_are_ended(ending: str) -> None:
    heard = Heard(f"{_LEAVING}{ending}")
    code, lines = heard.ends.get(timeout=20)
    assert code in (3, -9)
    assert gone([int(pid) for pid in lines.split()])
    heard.child.close()


def test_that_closing_ends_all_that_a_child_has_started() -> None:
    heard = Heard(f"{_LEAVING}\nsys.stdin.read()\ntime.sleep(60)")
    heard.child.close(timeout_s=1.0)
    _, lines = heard.ends.get(timeout=5)
    assert gone([int(pid) for pid in lines.split()])


def test_that_messages_to_a_child_that_does_not_read_wait_without_whoever_sends_them() -> None:
    heard = Heard("import time; time.sleep(60)")
    for _ in range(100):
        heard.child.send(Word("x" * 65536))
    assert heard.child.alive
    heard.child.kill()
    assert heard.ends.get(timeout=20)[0] == -9


def test_that_a_message_that_cannot_be_written_ends_the_child_with_the_reason() -> None:
    heard = Heard("import time; time.sleep(60)")
    heard.child.send(Word(object()))  # type: ignore[arg-type]
    code, lines = heard.ends.get(timeout=20)
    assert code == -9
    assert "could not be sent" in lines


def test_that_a_child_hears_nothing_of_its_messages_by_input_of_its_own() -> None:
    told = "sink.write(b'') or codec.write(sink, Word(repr(sys.stdin.read())))"
    heard = Heard(f"{_ECHO.replace('while (word', f'{told}{chr(10)}while (word')}")
    assert heard.words.get(timeout=20).text == "''"
    heard.child.send(Word("one"))
    assert heard.words.get(timeout=20).text == "ONE"
    heard.child.close()


_ENDLESS = {
    "waits": "time.sleep(60)",
    "holds the lock of the interpreter": "sum(range(10 ** 11))",
    "is stopped": "os.kill(os.getpid(), signal.SIGSTOP)",
}


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("kind", _ENDLESS)
def test_that_a_child_and_its_group_end_with_the_parent(kind: str, ending: signal.Signals) -> None:
    child = (
        "import os, signal, subprocess, sys, time\n"
        "left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "sys.stderr.write(f'{left.pid}')\n"
        "from test_child import Word\n"
        "from gradviz.protocol.child import claim_standard_streams\n"
        "from gradviz.protocol.codec import Codec\n"
        "Codec(Word).write(claim_standard_streams()[1], Word(f'{os.getpid()} {left.pid}'))\n"
        f"{_ENDLESS[kind]}\n"
    )
    parent = (
        "from test_child import Heard\n"
        "import time\n"
        f"heard = Heard({child!r})\n"
        "print(heard.words.get().text, flush=True)\n"
        "time.sleep(60)\n"
    )
    above = Path(__file__).parents
    folders = os.pathsep.join([str(above[0]), str(above[2]), str(above[3])])
    environment = {**os.environ, "PYTHONPATH": folders}
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True, env=environment
    ) as window:
        pids = [int(pid) for pid in line_of(window).split()]
        window.send_signal(ending)
    assert len(pids) == 2
    assert gone(pids)

"""A child process: what it says arrives, how it ends is told, and nothing of it stays."""

import queue
import sys

import msgspec
import psutil
import pytest

from gradviz.core.errors import ProcessError
from gradviz.protocol.child import Child, module_command
from gradviz.protocol.codec import Codec


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
            (sys.executable, "-c", code),
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

"""A writer that was killed leaves the old bytes, and the next one cleans up after it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from process_lines import line_of

from gradviz.export import leftovers
from gradviz.export.atomic import replacing, write_bytes

ROOT = Path(__file__).parents[3]
SIZE = 3_000_000

_WRITE_FOR_EVER = """
import sys
from pathlib import Path
from gradviz.export.atomic import replacing
print(flush=True)
while True:
    for letter in (b"b", b"c"):
        with replacing(Path(sys.argv[1])) as stream:
            for _ in range(30):
                stream.write(letter * 100_000)
"""


def leftover_names(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".gradviz-*.tmp")]


@pytest.fixture
def dead() -> int:
    """Return the number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def killed_while_writing(path: Path, moments: int) -> None:
    """Kill a writer with an unfinished file, a number of looks at the folder after the first."""
    command = [sys.executable, "-c", _WRITE_FOR_EVER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        line_of(writer)
        for _ in range(moments):
            list(path.parent.iterdir())
        while not leftover_names(path.parent):
            pass
        writer.send_signal(signal.SIGKILL)


def test_that_after_a_kill_at_any_moment_there_are_old_bytes_or_new_and_then_no_leftovers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"a" * SIZE)
    found = 0
    for looks in (0, 1, 3, 10, 30, 100, 300, 1000):
        killed_while_writing(path, looks)
        content = path.read_bytes()
        assert len(content) == SIZE
        assert len(set(content)) == 1
        found += len(leftover_names(tmp_path))
        write_bytes(tmp_path / "another.svg", b"new")
        assert {each.name for each in tmp_path.iterdir()} == {"graph.svg", "another.svg"}
    # Else the writers were killed between two files, and nothing was shown.
    assert found


def test_that_the_unfinished_file_of_a_living_writer_is_not_touched(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WRITE_FOR_EVER, str(tmp_path / "graph.svg")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=-1) as writer:
        line_of(writer)
        for number in range(200):
            write_bytes(tmp_path / "another.svg", b"%d" % number)
        still_writes = writer.poll() is None
        writer.kill()
        _, told = writer.communicate()
    assert (still_writes, told) == (True, b"")


def test_that_an_unfinished_file_that_looks_dead_is_kept_while_it_is_locked(
    tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpid", lambda: dead)
    with replacing(tmp_path / "graph.svg") as stream:
        stream.write(b"new")
        (unfinished,) = leftover_names(tmp_path)
        assert f"-{dead}-" in unfinished
        os.utime(tmp_path / unfinished, (1, 1))
        write_bytes(tmp_path / "another.svg", b"new")
        assert leftover_names(tmp_path) == [unfinished]
    assert (tmp_path / "graph.svg").read_bytes() == b"new"


def named(machine: str, process: int) -> str:
    return f".gradviz-{machine}-{process}-0123456789abcdef.tmp"


def cases(dead: int) -> Iterator[tuple[str, bool, bool]]:
    """Yield names with whether they are old, and whether they go."""
    here = leftovers._machine()
    yield named(here, dead), False, True
    # A number that a living process has: of the writer itself, or of one that got it later.
    yield named(here, os.getpid()), False, False
    yield named(here, os.getpid()), True, True
    # Nothing is known here of the processes of another machine.
    yield named("00000000", dead), False, False
    yield named("00000000", dead), True, True
    yield ".gradviz-0123456789abcdef.tmp", False, False
    yield ".gradviz-0123456789abcdef.tmp", True, True
    yield ".gradviz-notes.txt", True, False
    yield "mine.tmp", True, False


def test_that_the_process_and_the_age_tell_an_unlocked_leftover(tmp_path: Path, dead: int) -> None:
    for name, old, goes in cases(dead):
        left = tmp_path / name
        left.write_bytes(b"half")
        if old:
            begun = time.time() - leftovers._OLD_S - 60
            os.utime(left, (begun, begun))
        write_bytes(tmp_path / "graph.svg", b"new")
        assert left.exists() != goes, (name, old)
        left.unlink(missing_ok=True)


def test_that_a_link_with_the_name_of_a_leftover_does_no_harm(tmp_path: Path, dead: int) -> None:
    mine = tmp_path / "mine.svg"
    mine.write_bytes(b"mine")
    link = tmp_path / named(leftovers._machine(), dead)
    link.symlink_to(mine)
    write_bytes(tmp_path / "graph.svg", b"new")
    assert mine.read_bytes() == b"mine"


def test_that_where_there_are_no_locks_the_process_in_the_name_counts(
    tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr("fcntl.flock", refuse)
    gone = tmp_path / named(leftovers._machine(), dead)
    alive = tmp_path / named(leftovers._machine(), os.getpid())
    for left in (gone, alive):
        left.write_bytes(b"half")
    write_bytes(tmp_path / "graph.svg", b"new")
    assert (gone.exists(), alive.exists()) == (False, True)

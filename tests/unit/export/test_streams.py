"""Pipes, terminals and descriptors are written to, and never replaced by files."""

import os
import pty
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gradviz.core.errors import ExportError
from gradviz.export import streams
from gradviz.export.atomic import write_bytes

ROOT = Path(__file__).parents[3]
#: More than a pipe holds.
LONG = bytes(range(256)) * 2000


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "pipe.svg"
    os.mkfifo(path)
    return path


class Reader:
    """Reads all that comes through a named pipe, in a thread."""

    def __init__(self, path: Path) -> None:
        self.read = b""
        self._path = path
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        self.read = self._path.read_bytes()

    def all(self) -> bytes:
        self._thread.join()
        return self.read


def names_of(path: Path, tmp_path: Path) -> Iterator[Path]:
    yield path
    (tmp_path / "link.svg").symlink_to(path)
    yield tmp_path / "link.svg"
    (tmp_path / "relative.svg").symlink_to("link.svg")
    yield tmp_path / "relative.svg"


def test_that_a_named_pipe_stays_one_and_its_reader_gets_everything(
    fifo: Path, tmp_path: Path
) -> None:
    for name in names_of(fifo, tmp_path):
        reader = Reader(fifo)
        write_bytes(name, LONG, waiting=True)
        assert reader.all() == LONG
        assert stat.S_ISFIFO(fifo.lstat().st_mode)
    assert not list(tmp_path.glob(".gradviz*"))


def test_that_a_pipe_that_nobody_reads_is_refused_at_once_where_nobody_can_interrupt(
    fifo: Path,
) -> None:
    with pytest.raises(ExportError, match="nobody reads from it") as raised:
        write_bytes(fifo, b"new")
    assert raised.value.hint
    assert stat.S_ISFIFO(fifo.lstat().st_mode)


def test_that_a_pipe_with_a_slow_reader_gets_everything(fifo: Path) -> None:
    reading = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reading, True)
    # Until the end of the writer under test there is one, so that the reader waits for it.
    held = os.open(fifo, os.O_WRONLY)
    came: list[bytes] = []

    def read() -> None:
        with os.fdopen(reading, "rb", buffering=0) as stream:
            while part := stream.read(1000):
                came.append(part)

    reader = threading.Thread(target=read)
    reader.start()
    write_bytes(fifo, LONG)
    os.close(held)
    reader.join()
    assert b"".join(came) == LONG


def test_that_a_reader_that_stops_reading_is_told(
    fifo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_PATIENCE_MS", 1)
    reading = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(ExportError, match="stopped reading"):
        write_bytes(fifo, LONG)
    os.close(reading)


def test_that_a_reader_that_goes_is_told(fifo: Path) -> None:
    reading = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    writing = streams.opened_stream(fifo, waiting=False)
    assert writing is not None
    os.close(reading)
    writing.close()
    with pytest.raises(ExportError, match=r"nobody reads|reader has gone"):
        write_bytes(fifo, LONG)


def test_that_a_terminal_is_written_to(tmp_path: Path) -> None:
    control, terminal = pty.openpty()
    for name in names_of(Path(os.ttyname(terminal)), tmp_path):
        write_bytes(name, b"new")
        assert os.read(control, 100) == b"new"
    assert stat.S_ISCHR(os.fstat(terminal).st_mode)
    assert os.ttyname(terminal)
    os.close(control)
    os.close(terminal)


def test_that_a_descriptor_is_written_to_whatever_it_leads_to(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before ")
    with log.open("ab") as appended:
        number = appended.fileno()
        write_bytes(Path(f"/dev/fd/{number}"), b"first ")
        write_bytes(Path(f"/proc/self/fd/{number}"), b"second ")
        (tmp_path / "link.svg").symlink_to(f"/dev/fd/{number}")
        write_bytes(tmp_path / "link.svg", b"third")
        appended.write(b".")
    assert log.read_bytes() == b"before first second third."


def test_that_a_descriptor_that_is_a_socket_is_written_to() -> None:
    here, there = socket.socketpair()
    with here, there:
        write_bytes(Path(f"/dev/fd/{here.fileno()}"), b"new")
        assert there.recv(100) == b"new"


def test_that_a_descriptor_that_is_closed_is_an_error_for_the_user() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    with pytest.raises(ExportError, match="Bad file descriptor"):
        write_bytes(Path(f"/dev/fd/{writing}"), b"new")


def test_that_a_socket_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "socket.svg"
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))
        with pytest.raises(ExportError, match="it is a socket"):
            write_bytes(path, b"new")
    assert stat.S_ISSOCK(path.lstat().st_mode)


def test_that_a_block_device_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "disk.svg"
    path.write_bytes(b"old")
    true_stat = os.stat

    def seen_as_a_disk(name: Any, **options: Any) -> os.stat_result:
        found = true_stat(name, **options)
        if str(name) != str(path):
            return found
        return os.stat_result((stat.S_IFBLK | 0o600, *tuple(found)[1:]))

    monkeypatch.setattr(os, "stat", seen_as_a_disk)
    with pytest.raises(ExportError, match="block device") as raised:
        write_bytes(path, b"new")
    assert raised.value.hint
    monkeypatch.undo()
    assert path.read_bytes() == b"old"


_WRITE_TO_STDOUT = """
import sys
from pathlib import Path
from gradviz.export.atomic import write_bytes
write_bytes(Path(sys.argv[1]), b"x" * 500_000, waiting=True)
"""


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/stderr"])
def test_that_the_standard_streams_carry_it(name: str) -> None:
    command = [sys.executable, "-c", _WRITE_TO_STDOUT, name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout + done.stderr == b"x" * 500_000

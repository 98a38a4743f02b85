"""Files are replaced at once or not at all."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gradviz.core.errors import ExportError
from gradviz.export.atomic import write_bytes

ROOT = Path(__file__).parents[3]


def test_that_the_new_bytes_are_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "图 <a>.svg"
    path.write_bytes(b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def failing(code: int) -> Callable[..., None]:
    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_that_a_failed_write_says_why_and_keeps_the_old_bytes(
    code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(code))
    with pytest.raises(ExportError, match=words) as raised:
        write_bytes(path, b"new")
    assert raised.value.hint
    assert "graph.svg" in raised.value.message
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


#: The system refuses to write more than 4 KiB to a file, as a full disk would; in a process of
#: its own, because the limit would hold for this one's log too.
_FULL_DISK = """
import resource, sys
from pathlib import Path
from gradviz.core.errors import ExportError
from gradviz.export.atomic import write_bytes
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    write_bytes(Path(sys.argv[1]), b"x" * 100_000)
except ExportError as error:
    print(error)
"""


def test_that_a_disk_that_is_full_half_way_leaves_the_old_bytes(tmp_path: Path) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", _FULL_DISK, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "no space left" in done.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nowhere does not exist"):
        write_bytes(tmp_path / "nowhere" / "graph.svg", b"new")


def test_that_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="no folder"):
        write_bytes(tmp_path / "file" / "graph.svg", b"new")


def test_that_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="it is a folder"):
        write_bytes(tmp_path, b"new")


def test_that_a_file_that_is_read_only_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    # The administrator may write everywhere, so that a file's mode would prove nothing.
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(ExportError, match="read-only"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"


def test_that_an_impossible_name_is_an_error_for_the_user(tmp_path: Path) -> None:
    for name in ("a\0b.svg", "x" * 300 + ".svg"):
        with pytest.raises(ExportError):
            write_bytes(tmp_path / name, b"new")


def test_that_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.svg", tmp_path / "link.svg"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_that_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_bytes(tmp_path / "graph.svg", b"new")
    (tmp_path / "plain").touch()
    assert (tmp_path / "graph.svg").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_that_a_file_that_is_replaced_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_bytes(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", mode)


@pytest.mark.parametrize("killed_in", ["os.fsync", "pathlib.Path.replace"])
def test_that_a_process_killed_while_writing_leaves_the_old_bytes(
    killed_in: str, tmp_path: Path
) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    module, _, name = killed_in.rpartition(".")
    code = (
        "import os, pathlib, signal, sys\n"
        "from gradviz.export.atomic import write_bytes\n"
        f"{module}.{name} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_bytes(pathlib.Path(sys.argv[1]), b'new' * 100_000)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"

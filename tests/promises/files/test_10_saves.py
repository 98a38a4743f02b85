"""A save that is killed, or has no room, leaves the old bytes or the new, never a mixture."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from process_lines import line_of
from promised import Tell, extent

from gradviz.core.choices.settings import Model, Training
from gradviz.session_files.contents import SavedSession, StoredSession
from gradviz.session_files.reading import read_session
from gradviz.ui.controllers.sessions.own_file import ChangedElsewhereError, save

KILLS = extent(6, 100)
_ROOT = Path(__file__).parents[3]
_OLD, _NEW = b"old" * 400_000, b"new!" * 400_000
_WRITER = """
import pathlib, sys, time
from gradviz.export.atomic import write_bytes
path, old, new = pathlib.Path(sys.argv[1]), b"old" * 400_000, b"new!" * 400_000
started = time.perf_counter()
while True:
    write_bytes(path, new)
    write_bytes(path, old)
    if started:
        print(time.perf_counter() - started, flush=True)
        started = 0.0
"""


def test_that_a_kill_at_any_moment_leaves_one_whole_content(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(_OLD)
    chance = random.Random(10)  # noqa: S311 - moments, not secrets
    found = {_OLD: 0, _NEW: 0}
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path)], cwd=_ROOT, stdout=subprocess.PIPE
        ) as writer:
            # Another moment each time, within the next writings.
            time.sleep(3 * chance.random() * float(line_of(writer)))
            os.kill(writer.pid, signal.SIGKILL)
        found[path.read_bytes()] += 1
    # Else all came at the same part of a writing, and nothing was shown.
    assert all(found.values()) or KILLS < 50
    from gradviz.export.atomic import write_bytes

    write_bytes(path, _NEW)
    assert list(tmp_path.iterdir()) == [path]
    tell(f"{KILLS} kills: {found[_OLD]} times the old bytes, {found[_NEW]} times the new")


def test_that_a_disk_that_is_full_at_any_byte_leaves_the_old_bytes(
    tmp_path: Path, tell: Tell
) -> None:
    path = tmp_path / "graph.svg"
    sizes = [0, 1, 4095, 4096, 4097, 65_536, 1_000_000, len(_NEW) - 1]
    code = (
        "import pathlib, resource, sys\n"
        "from gradviz.core.errors import ExportError\n"
        "from gradviz.export.atomic import write_bytes\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "size = int(sys.argv[2])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "try:\n"
        "    write_bytes(pathlib.Path(sys.argv[1]), b'new!' * 400_000)\n"
        "except ExportError as error:\n"
        "    print(error.message, error.hint)\n"
    )
    for size in sizes:
        path.write_bytes(_OLD)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(size)],
            cwd=_ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert "there is no space left" in done.stdout
        assert path.read_bytes() == _OLD
        assert list(tmp_path.iterdir()) == [path]
    tell(f"room for {len(sizes)} different numbers of bytes: the old bytes each time")


_SESSION_WRITER = """
import pathlib, sys
from gradviz.core.choices.settings import Model, Training
from gradviz.session_files.contents import SavedSession, StoredSession
from gradviz.ui.controllers.sessions.own_file import save
path = pathlib.Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    session = SavedSession(
        text=str(number),
        model=Model(source="a + b x"),
        training=Training(optimizer="adam", learning_rate=1e-3, steps=number),
        steps_done=number,
    )
    save(path, StoredSession(session, str(number).encode() * 100_000), None)
"""


def test_that_a_window_that_is_killed_while_it_saves_leaves_one_whole_session(
    tmp_path: Path, tell: Tell
) -> None:
    path = tmp_path / "fit.gviz"
    chance = random.Random(11)  # noqa: S311 - moments, not secrets
    seen = set()
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", _SESSION_WRITER, str(path)], cwd=_ROOT, stdout=subprocess.PIPE
        ) as writer:
            line_of(writer)
            while not path.exists() and writer.poll() is None:
                pass
            for _ in range(chance.randrange(4_000_000)):
                pass
            os.kill(writer.pid, signal.SIGKILL)
        session, tensors, _ = read_session(path)
        assert session.text == str(session.steps_done) == str(session.training.steps)
        assert tensors == session.text.encode() * 100_000
        seen.add(session.steps_done)
    tell(f"{KILLS} kills while a session is saved: each time a whole one, {len(seen)} of them")


def test_that_a_session_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "fit.gviz"
    stored = _stored(1)
    save(path, stored, None)
    before = path.read_bytes()
    code = (
        "import pathlib, resource, signal, sys\n"
        "from gradviz.core.errors import ExportError\n"
        "from gradviz.session_files.contents import StoredSession\n"
        "from gradviz.session_files.reading import read_session\n"
        "from gradviz.ui.controllers.sessions.own_file import save\n"
        "path, size = pathlib.Path(sys.argv[1]), int(sys.argv[2])\n"
        "session = read_session(path).session\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "try:\n"
        "    save(path, StoredSession(session, bytes(100_000)), None)\n"
        "except ExportError as error:\n"
        "    print(error)\n"
    )
    for size in (0, 1, 500, 4096, 100_000):
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(size)],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "fit.gviz could not be written: there is no space left" in done.stdout, done
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]


def test_that_two_windows_that_save_at_once_do_not_overwrite_one_another(tmp_path: Path) -> None:
    path = tmp_path / "fit.gviz"
    opened = save(path, _stored(0), None)
    answers: list[bool] = []

    def one(number: int) -> None:
        try:
            save(path, _stored(number), opened)
        except ChangedElsewhereError:
            answers.append(False)
        else:
            answers.append(True)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(True) == 1
    assert read_session(path).session.steps_done > 0


def _stored(number: int) -> StoredSession:
    training = Training(optimizer="adam", learning_rate=1e-3)
    session = SavedSession(model=Model(source="a"), training=training, steps_done=number)
    return StoredSession(session, b"")

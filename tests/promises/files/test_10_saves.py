"""A save that is killed, or has no room, leaves the old bytes or the new, never a mixture."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from promised import Tell, extent

KILLS = extent(6, 100)
_ROOT = Path(__file__).parents[3]
_OLD, _NEW = b"old" * 400_000, b"new!" * 400_000
_WRITER = """
import pathlib, sys
from gradviz.export.atomic import write_bytes
path, old, new = pathlib.Path(sys.argv[1]), b"old" * 400_000, b"new!" * 400_000
print("ready", flush=True)
while True:
    write_bytes(path, new)
    write_bytes(path, old)
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
            assert writer.stdout is not None
            writer.stdout.readline()
            # Another moment each time: so many turns of a loop later.
            for _ in range(chance.randrange(200_000)):
                pass
            os.kill(writer.pid, signal.SIGKILL)
        found[path.read_bytes()] += 1
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

"""The file of what a user trusts: contents with their paths, kept, bounded and read again."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from own_models import written
from process_lines import line_of

from gradviz.core.errors import OwnModelError
from gradviz.own.siblings import read_model_files
from gradviz.own.trust import TrustedFiles, trusted_files_path


def test_that_trust_is_kept_for_a_content_and_not_for_another(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "trusted_files"
    first, second = "a" * 64, "b" * 64
    assert first not in TrustedFiles(path)
    TrustedFiles(path).add(first)
    TrustedFiles(path).add(first)
    assert first in TrustedFiles(path)
    assert second not in TrustedFiles(path)
    assert path.read_text() == f"{first}\n"
    path.write_bytes(b"\xff\x00 damaged\n" + first.encode())
    assert first in TrustedFiles(path)
    assert "damaged" not in TrustedFiles(path)


def test_that_trust_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OwnModelError, match="cannot be remembered"):
        TrustedFiles(tmp_path / "file" / "trusted_files").add("a" * 64)


def test_that_trust_is_kept_in_the_folder_of_the_users_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert trusted_files_path() == tmp_path / "gradviz" / "trusted_files"


def test_that_a_file_is_told_to_be_new_trusted_or_changed(tmp_path: Path) -> None:
    store = TrustedFiles(tmp_path / "trusted_files")
    late = written(tmp_path, "K = 1\n", "late.py")
    written(tmp_path, "", "helper.py")
    path = written(tmp_path, "import helper\n")
    files = read_model_files(str(path), [late])
    assert set(store.standings(files.every).values()) == {"new"}
    store.trust(files)
    assert set(store.standings(files.every).values()) == {"trusted"}
    written(tmp_path, "# other\n", "helper.py")
    again = read_model_files(str(path), store.found_late(path))
    assert store.standings(again.every) == {
        path: "trusted",
        tmp_path / "helper.py": "changed",
        late: "trusted",
    }
    assert store.found_late(path) == (late,)
    assert store.found_late(late) == ()


@pytest.mark.parametrize("places", ["[", "[1]", '["a", "b", "c"]', "{}", "x", "[[]]"])
def test_that_a_damaged_line_trusts_nothing_and_harms_no_other(tmp_path: Path, places: str) -> None:
    path = tmp_path / "trusted_files"
    first, second, third = "a" * 64, "b" * 64, "c" * 64
    path.write_text(f'{first} {places}\n{second} ["/a.py"]\n{second[:9]}')
    assert first not in TrustedFiles(path)
    assert second in TrustedFiles(path)
    TrustedFiles(path).add(third)
    assert all(each in TrustedFiles(path) for each in (second, third))


_ADDING = """
import hashlib, sys
from pathlib import Path
from gradviz.own.trust import TrustedFiles
path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(50):
    TrustedFiles(path).add(hashlib.sha256(f"{name}{number}".encode()).hexdigest())
"""


def test_that_two_processes_that_trust_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "trusted_files"
    path.write_bytes(b"damaged \xff")
    runs = [
        subprocess.Popen(
            (sys.executable, "-c", _ADDING, str(path), name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        for name in "ab"
    ]
    for run in runs:
        assert line_of(run) == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    for run in runs:
        run.communicate()
        assert run.returncode == 0
    wanted = {hashlib.sha256(f"{name}{n}".encode()).hexdigest() for name in "ab" for n in range(50)}
    assert set(path.read_text().split()) == wanted
    assert len(path.read_text().splitlines()) == 100


def test_that_no_more_is_kept_than_the_newest_lines(tmp_path: Path) -> None:
    path = tmp_path / "trusted_files"
    hashes = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(10_001)]
    path.write_text("".join(f"{each}\n" for each in hashes[:-1]))
    TrustedFiles(path).add(hashes[-1])
    assert path.read_text().split() == hashes[1:]

"""Standard output is for results alone, and a terminal is shown text alone."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_models import HEAD, written

from gradviz import cli
from gradviz.cli.terminal import visible

_MAIN = Path(__file__).parents[3] / "main.py"
_LOUD = HEAD + (
    "import os, sys, warnings\n"
    "from ctypes import CDLL, c_char_p\n"
    "os.write(1, b'bytes at import\\n')\n"
    "if sys.platform != 'win32':\n"
    "    CDLL(None).printf(c_char_p(b'printf\\n'))\n"
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.w = nn.Parameter(torch.ones(2))\n"
    "    def forward(self):\n"
    "        os.write(1, b'bytes in forward\\n')\n"
    "        os.system('echo a child')\n"
    "        self.w.register_hook(lambda g: print('printed in a hook'))\n"
    "        warnings.warn('warned \\x1b[31m')\n"
    "        return self.w * 2\n"
)
_LOUD_LINES = ("bytes at import", "bytes in forward", "a child", "printed in a hook")


def _run(folder: Path, *arguments: str, closed: int | None = None) -> tuple[int, str, str]:
    """Run the command line as a process; with one of the standard streams closed."""
    command = (sys.executable, str(_MAIN), *arguments)
    if closed is not None:
        command = ("/bin/sh", "-c", f'exec "$@" {closed}>&-', "sh", *command)
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "APPDATA": str(folder)}
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_that_whatever_a_model_writes_is_no_result(tmp_path: Path) -> None:
    path = written(tmp_path, _LOUD)
    code, out, err = _run(tmp_path, "train", str(path), "--trust", "--json", "--steps", "2")
    assert code == 0
    assert [set(json.loads(line)) for line in out.splitlines()] == [
        {"step", "loss"},
        {"step", "loss"},
        {"result", "equation", "steps_per_second"},
    ]
    assert all(line in err for line in _LOUD_LINES)
    assert "printf" in err or sys.platform == "win32"
    assert "warned \\x1b[31m" in err


@pytest.mark.parametrize(("closed", "code"), [(1, 141), (2, 0)])
def test_that_a_closed_stream_is_no_failure_of_the_program(
    tmp_path: Path, closed: int, code: int
) -> None:
    found, out, err = _run(tmp_path, "models", closed=closed)
    assert (found, err) == (code, "")
    assert ("autograd" in out) == (closed == 2)
    target = tmp_path / "graph.dot"
    assert _run(tmp_path, "graph", "a x", "-o", str(target), closed=1)[0] in (0, 141)
    assert "digraph {" in target.read_text()


def test_that_names_and_contents_of_files_are_shown_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a\x1b[31m\u202e"
    folder.mkdir()
    table = folder / "t.csv"
    table.write_text("1,2\n3,\x9b31m\u2066\n", encoding="utf-8")
    path = written(folder, HEAD + "class Net(nn.Linear):\n    bad\x0c = \u200e\n")
    for arguments in (
        ("train", "a x", "--data", str(table)),
        ("train", "a x", "--data", f"{table}\x7f"),
        ("step", f"{path}:Net"),
        ("step", f"{path}:Net", "--trust"),
        ("step", f"{folder}/no.py"),
        ("step", "a \x1b x"),
        ("tensor", "a x", "\x1b[31m", "value"),
    ):
        assert cli.main(arguments) in (1, 2)
        captured = capsys.readouterr()
        assert captured.out == ""
        assert not _raw(captured.err), captured.err
        assert re.search(r"\\(x1b|x9b31m|u202e|x7f)|U\+001B", captured.err), captured.err
    with pytest.raises(SystemExit):
        cli.main(["step", "a x", "another\x1b"])
    assert "another\\x1b" in capsys.readouterr().err


def test_that_the_carets_stand_under_the_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["step", "x + \x1b 3"]) == 2
    assert "x + \\x1b 3\n    ^^^^\n" in capsys.readouterr().err


def test_that_json_keeps_the_characters(tmp_path: Path) -> None:
    body = (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.register_parameter('a\\x1b\\u202e', nn.Parameter(torch.ones(2)))\n"
        "    def forward(self):\n        return next(self.parameters()) * 2\n"
    )
    path = written(tmp_path, HEAD + body)
    code, out, _ = _run(tmp_path, "graph", str(path), "--trust", "--json")
    assert code == 0
    assert not _raw(out)
    assert "a\x1b\u202e" in [node["op"] for node in json.loads(out)["nodes"]]
    code, out, _ = _run(tmp_path, "graph", str(path))
    assert not _raw(out)
    assert "a\\x1b\\u202e" in out


@given(text=st.text())
def test_that_only_characters_that_a_terminal_shows_are_left(text: str) -> None:
    shown = visible(text)
    assert not _raw(shown)
    assert visible(shown) == shown
    shown.encode()
    if text.isprintable():
        assert shown == text


def _raw(text: str) -> list[str]:
    """Return the control characters of a text, other than the ends of lines and tabs."""
    return re.findall(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text
    )

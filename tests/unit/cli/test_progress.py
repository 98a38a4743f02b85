"""Progress, colours and notes: at a terminal alone, and not where they are not wanted."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gradviz import cli

_MAIN = Path(__file__).parents[3] / "main.py"
_TRAIN = ("train", "autograd", "--steps", "2000")


def at_terminal(*arguments: str, **environment: str) -> str:
    """Return all that a command writes to a terminal of its own, which is its standard error."""
    terminal, end = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, str(_MAIN), *arguments],
        stdout=subprocess.PIPE,
        stderr=end,
        env={**clean, "TERM": "xterm", **environment},
    ):
        os.close(end)
        written = b""
        while True:
            try:
                part = os.read(terminal, 1 << 16)
            except OSError:
                # Nobody holds the other end any longer.
                break
            if not part:
                break
            written += part
    os.close(terminal)
    return written.decode()


def test_that_a_terminal_has_a_bar_and_is_left_clean() -> None:
    written = at_terminal(*_TRAIN)
    assert "loading PyTorch" in written
    last = re.split(r"\r|\n", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", written))[-1]
    assert last.strip() == ""


def test_that_quiet_has_no_bar_and_no_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert at_terminal(*_TRAIN, "--quiet") == ""
    assert cli.main(["graph", "e^x", "--at", "1", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert cli.main(["graph", "e^x", "--at", "1"]) == 0
    assert "gradviz: " in capsys.readouterr().err


def test_that_quiet_tells_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["graph", "x +* 2", "--quiet"]) == 2
    assert "gradviz: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_that_an_error_is_coloured_where_colours_are_wanted(
    environment: dict[str, str], coloured: bool
) -> None:
    written = at_terminal("train", "x^2", "--option", "none", **environment)
    assert ("\x1b[31mgradviz:\x1b[0m " in written) == coloured
    assert "gradviz:" in written


def test_that_nothing_but_text_goes_where_no_terminal_is() -> None:
    command = [sys.executable, str(_MAIN), *_TRAIN]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout

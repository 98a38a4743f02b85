"""`gradviz code`: what it prints is a script that does what `gradviz train` does."""

import subprocess
import sys
from pathlib import Path

import pytest

from gradviz import cli


def _lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert cli.main(list(arguments)) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(("steps", "told"), [("200", 2), ("45", 6), ("3", 3)])
def test_that_the_script_prints_what_training_prints(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, steps: str, told: int
) -> None:
    chosen = ["a + b x", "--optimizer", "adam", "--steps", steps, "--seed", "3"]
    expected = _lines(capsys, "train", *chosen)
    path = tmp_path / "script.py"
    path.write_text("\n".join(_lines(capsys, "code", *chosen)))
    run = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == expected
    assert len(expected) == told + 1


def test_that_the_script_is_written_to_the_file_that_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "fit.py"
    printed = _lines(capsys, "code", "autograd")
    assert _lines(capsys, "code", "autograd", "-o", str(path)) == []
    assert path.read_text().splitlines() == printed


def test_that_a_point_gives_the_script_of_its_gradient(capsys: pytest.CaptureFixture[str]) -> None:
    assert "backward()" in "\n".join(_lines(capsys, "code", "5x^3 + 2x^2 + 4x + 8", "--at", "2"))


def test_that_a_file_that_cannot_be_written_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["code", "autograd", "-o", str(tmp_path / "no" / "folder.py")]) == 1
    assert "folder.py" in capsys.readouterr().err

"""Where a library raises while it is loaded, shell and engine say one sentence and no traceback."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from gradviz.core.tried_versions import NOT_LOADED
from gradviz.protocol.module_process import module_command

_ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command with a stand-in for a library; return its exit code and what it complained."""

    def done(command: Sequence[str], library: str, text: str) -> tuple[int, list[str]]:
        folder = tmp_path / library
        folder.mkdir()
        (folder / "__init__.py").write_text(text)
        places = os.pathsep.join([str(tmp_path), str(_ROOT)])
        ended = subprocess.run(
            command, env={**os.environ, "PYTHONPATH": places}, capture_output=True, text=True
        )
        return ended.returncode, ended.stderr.splitlines()

    return done


@pytest.mark.parametrize("verb", [["step", "x^2", "--at", "2"], ["models"], ["check", "x^2"]])
@pytest.mark.parametrize("text", ["raise OSError('no symbol')", "import gone"])
def test_that_a_torch_that_cannot_be_loaded_is_told_in_the_shell(
    run: Run, verb: list[str], text: str
) -> None:
    code, told = run([sys.executable, "-m", "gradviz", *verb], "torch", text)
    assert code == 1
    assert len(told) == 1
    assert told[0].startswith("gradviz: PyTorch ")
    assert " cannot be loaded (" in told[0]


def test_that_a_pyside_that_cannot_be_loaded_is_told_in_the_shell(run: Run) -> None:
    code, told = run([sys.executable, "-m", "gradviz"], "PySide6", "raise ImportError('libGL')")
    assert code == 1
    assert len(told) == 1
    assert told[0].startswith("gradviz: PySide6 ")
    assert "(ImportError: libGL)" in told[0]


def test_that_an_engine_without_torch_ends_with_the_sentence_for_the_window(run: Run) -> None:
    command = module_command("gradviz.engine")
    code, told = run(command, "torch", "raise OSError('no symbol')")
    assert code == NOT_LOADED
    assert len(told) == 1
    assert " cannot be loaded (OSError: no symbol): install PyTorch from " in told[0]

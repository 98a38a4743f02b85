"""The scripts and the notebook in examples/ run as they are, and do what they say."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from documentation_pages import ROOT
from nbclient import NotebookClient
from shown_programs import Program, closed

_EXAMPLES = ROOT / "examples"
#: What each script prints, and the files that it writes.
_SCRIPTS = {
    "polynomial": ("the gradient of a is -22536.4", "polynomial.svg"),
    "attention": ("gradviz.Capture of output", "attention.svg"),
    "torchviz": ("torchviz.svg", "torchviz.svg"),
    "where_is_the_nan": ("step 4, loss 0: it begins at SqrtBackward0", ""),
    "own_derivative": ("differences differs", ""),
}


@pytest.mark.parametrize("name", _SCRIPTS)
def test_that_a_script_runs_and_does_what_it_says(name: str, tmp_path: Path) -> None:
    printed, written = _SCRIPTS[name]
    done = subprocess.run(
        [sys.executable, "-W", "error", str(_EXAMPLES / f"{name}.py")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert printed in done.stdout
    if written:
        assert "<svg" in (tmp_path / written).read_text(encoding="utf-8")


def test_that_the_script_with_a_window_ends_when_it_is_closed() -> None:
    program = Program((_EXAMPLES / "show_loss.py").read_text(encoding="utf-8"))
    try:
        closed(program.window())
        assert program.ended() == (0, "", "")
    finally:
        program.end()


def test_that_each_script_is_tried() -> None:
    scripts = {path.stem for path in _EXAMPLES.glob("*.py")}
    assert scripts == {*_SCRIPTS, "show_loss"}


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the notebook after all its cells have run."""
    written: Any = nbformat.read(  # type: ignore[no-untyped-call]
        _EXAMPLES / "notebook.ipynb", as_version=4
    )
    folder = tmp_path_factory.mktemp("notebook")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder)}
    return NotebookClient(written, timeout=120).execute(cwd=str(folder), env=environment)


def _shown(notebook: Any, kind: str) -> list[str]:
    """Return all that the cells have shown in one of the forms of a notebook."""
    outputs = (each for cell in notebook.cells for each in cell.get("outputs", ()))
    return [output["data"][kind] for output in outputs if kind in output.get("data", {})]


def test_that_a_notebook_shows_captures_as_pictures(notebook: Any) -> None:
    pictures = _shown(notebook, "text/html")
    assert len(pictures) == 3
    assert all("<svg" in each or "srcdoc" in each for each in pictures)


def test_that_the_notebook_has_the_exact_gradients_and_verdicts(notebook: Any) -> None:
    texts = _shown(notebook, "text/plain")
    assert "({'x': tensor(72.)}, None)" in texts
    assert "['agrees', 'agrees', 'agrees', 'agrees']" in texts

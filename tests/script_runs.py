"""Runs scripts in a plain Python, and the engine's training beside them."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from process_lines import line_of

from gradviz import cli
from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.catalogue import catalogue
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.export.scripts.script import script

#: Runs the scripts that each line names; what they print, or how one failed, is one line too.
_RUNNER = """
import contextlib, io, json, os, runpy, sys, traceback
for line in sys.stdin:
    folder, paths = json.loads(line)
    os.chdir(folder)
    printed, failure = [], ""
    for path in paths:
        text = io.StringIO()
        try:
            with contextlib.redirect_stdout(text):
                runpy.run_path(path)
        except BaseException:
            failure = traceback.format_exc()
            break
        printed.append(text.getvalue())
    print(json.dumps([printed, failure]), flush=True)
"""
_plain_python: list["subprocess.Popen[str]"] = []


@contextmanager
def plain_python() -> Iterator[None]:
    """Start a Python that knows nothing of this project; it imports torch once for all scripts."""
    command = (sys.executable, "-I", "-c", _RUNNER)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        _plain_python.append(process)
        try:
            yield
        finally:
            _plain_python.remove(process)
            process.communicate()


def written(model: Model, training: Training, mode: Mode = "fit") -> str:
    return script(model, training, mode, catalogue())


def printed(folder: Path, *scripts: str) -> list[list[str]]:
    """Run the scripts in the Python of `plain_python`, or in one for them; return their lines."""
    if not _plain_python:
        with plain_python():
            return printed(folder, *scripts)
    paths = [folder / f"script_{number}.py" for number in range(len(scripts))]
    for path, text in zip(paths, scripts, strict=True):
        path.write_text(text)
    (process,) = _plain_python
    assert process.stdin is not None
    process.stdin.write(json.dumps([str(folder), list(map(str, paths))]) + "\n")
    process.stdin.flush()
    texts, failure = json.loads(line_of(process))
    assert failure == ""
    return [text.splitlines() for text in texts]


def trained(model: Model, training: Training) -> list[str]:
    """Return what the engine's own training gives, as the tutorial prints it."""
    run = Run(model)
    trainer = Trainer(run)
    trainer.start(training)
    done = trainer.advance(math.inf)
    assert done.bad_loss is None
    losses = [f"{t} {loss}" for t, loss in enumerate(done.losses) if t % 100 == 99]
    return [*losses, f"Result: {run.model.equation()}"]


def assert_the_script_trains(
    folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str
) -> None:
    """Run the script of `gradviz code`: it prints what `gradviz train` prints."""
    assert cli.main(["train", *arguments]) == 0
    expected = capsys.readouterr().out.splitlines()
    assert cli.main(["code", *arguments]) == 0
    (found,) = printed(folder, capsys.readouterr().out)
    assert len(found) > 1
    assert found == expected


def suited(source: str, steps: int = 200, seed: int = 0) -> tuple[Model, Training]:
    """Return a model with the training that the engine proposes for it."""
    model = Model(source=source, seed=seed, mode="fit")
    start = Run(model).model.training
    return model, msgspec.structs.replace(start, steps=steps)


def assert_the_same(folder: Path, cases: list[tuple[Model, Training]]) -> None:
    lines = printed(folder, *(written(*case) for case in cases))
    for found, case in zip(lines, cases, strict=True):
        assert len(found) > 1
        assert found == trained(*case), case

"""Runs scripts in a plain Python, and the engine's training beside them."""

import math
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from gradviz import cli
from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.catalogue import catalogue
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.export.scripts.script import script

#: Runs several scripts, because every import of torch takes a second.
_RUNNER = """
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path)
    print("end of the script")
"""


def written(model: Model, training: Training, mode: Mode = "fit") -> str:
    return script(model, training, mode, catalogue())


def printed(folder: Path, *scripts: str) -> list[list[str]]:
    """Run the scripts in a Python that knows nothing of this project; return their lines."""
    paths = [folder / f"script_{number}.py" for number in range(len(scripts))]
    for path, text in zip(paths, scripts, strict=True):
        path.write_text(text)
    done = subprocess.run(
        [sys.executable, "-I", "-c", _RUNNER, *map(str, paths)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [part.splitlines() for part in done.stdout.split("end of the script\n")[:-1]]


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

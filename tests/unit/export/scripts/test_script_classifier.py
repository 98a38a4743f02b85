"""The classifier's script, run in a Python of its own, prints the losses of the engine."""

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import torch
from image_files import write_fashion

from gradviz.core.choices.options import Options
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExportError
from gradviz.engine.catalogue import catalogue
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.export.scripts.script import script

SGD = Training(optimizer="sgd", learning_rate=1e-3, steps=101)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Compute as the script does: several threads of two processes wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def written(model: Model, training: Training) -> str:
    return script(model, training, "fit", catalogue())


def assert_the_same(folder: Path, model: Model, training: Training) -> str:
    """Run the script without this project; return the result line, which is the engine's too."""
    path = folder / "script.py"
    path.write_text(written(model, training))
    done = subprocess.run(
        [sys.executable, "-I", path],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    run = Run(model)
    trainer = Trainer(run)
    trainer.start(training)
    losses = trainer.advance(math.inf).losses
    result = f"Result: {run.model.equation()}"
    assert done.stdout.splitlines() == [f"99 {losses[99]}", result]
    return result


def test_that_the_script_draws_the_same_shapes_and_prints_the_same_losses(tmp_path: Path) -> None:
    momentum = Training(optimizer="sgd", learning_rate=0.01, steps=101, options={"momentum": 0.9})
    assert_the_same(tmp_path, Model(source="classifier", mode="fit", seed=3), momentum)


@pytest.mark.parametrize("optimizer", ["descent", "lbfgs"])
def test_that_the_script_reads_the_files_and_updates_as_the_optimizer_needs_it(
    tmp_path: Path, optimizer: str
) -> None:
    write_fashion(tmp_path)
    model = Model(source="classifier", mode="fit", data_folder=str(tmp_path))
    options: Options = {"max_iter": 1} if optimizer == "lbfgs" else {}
    training = Training(optimizer=optimizer, learning_rate=0.01, steps=101, options=options)
    assert f"FashionMNIST in {tmp_path.name}" in assert_the_same(tmp_path, model, training)


def test_that_the_script_names_the_drawn_shapes_and_not_this_project() -> None:
    text = written(Model(source="classifier", mode="fit"), SGD)
    assert "drawn shapes, not FashionMNIST" in text
    assert "gradviz" not in text


@pytest.mark.parametrize("loss", ["NLLLoss", "MultiMarginLoss"])
def test_that_the_script_of_another_loss_of_classes_prints_the_losses_of_the_engine(
    tmp_path: Path, loss: str
) -> None:
    model = Model(source="classifier", mode="fit")
    assert_the_same(tmp_path, model, msgspec.structs.replace(SGD, loss=loss))


def test_that_the_classifier_has_no_script_for_another_loss() -> None:
    other = Training(optimizer="sgd", learning_rate=1e-3, steps=5, loss="MSELoss, sum")
    with pytest.raises(ExportError, match="cross-entropy alone"):
        written(Model(source="classifier", mode="fit"), other)

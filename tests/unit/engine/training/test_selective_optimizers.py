"""The optimizers of sparse gradients or of matrices alone: their steps and refusals."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from own_models import HEAD, model_of, written

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import SettingError
from gradviz.engine.catalogue import catalogue
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.export.scripts.script import script

_MODELS = (
    HEAD
    + """
class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(5, 3, sparse=True)
    def forward(self, words):
        return (self.table(words) - 1).pow(2).sum()
class Matrix(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 4, bias=False)
    def forward(self, x):
        return (self.layer(x) - 1).pow(2).sum()
"""
)
_INPUTS = {"Words": "randint(0, 3, (4,))", "Matrix": "randn(5, 3)"}
#: The optimizers with the model that each works for.
_CASES = [("sparseadam", "Words"), *([("muon", "Matrix")] if hasattr(torch.optim, "Muon") else [])]
_cases = pytest.mark.parametrize(("name", "model"), _CASES)


def _model(folder: Path, name: str) -> Model:
    path = written(folder, _MODELS, "selective_models.py")
    return model_of(path, name, inputs=_INPUTS[name])


def _training(name: str) -> Training:
    return Training(optimizer=name, learning_rate=1e-2, steps=100)


def _losses_of_torch(run: Run, optimizer: torch.optim.Optimizer) -> list[float]:
    losses = []
    for _ in range(100):
        loss = run.model.forward(run.x)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return losses


@_cases
def test_that_the_losses_are_those_of_torch_and_come_back_with_every_visited_step(
    tmp_path: Path, name: str, model: str
) -> None:
    settings = _model(tmp_path, model)
    trainer = Trainer(Run(settings))
    trainer.start(_training(name))
    losses = trainer.advance(math.inf).losses
    run = Run(settings)
    (kind,) = (kind for title, kind in vars(torch.optim).items() if title.lower() == name)
    assert losses == _losses_of_torch(run, kind(list(run.model.parameters.values()), lr=1e-2))
    assert losses[-1] < losses[0]
    for step in (3, 60, 99):
        trainer.visit(step)
        assert trainer.travel(math.inf)
        assert trainer.loss_now() == losses[step]
        assert trainer.explained is not None
        assert trainer.explained.parameters[0].buffers


@_cases
def test_that_the_script_prints_the_losses_of_the_engine(
    tmp_path: Path, name: str, model: str
) -> None:
    run = Run(_model(tmp_path, model))
    trainer = Trainer(run)
    trainer.start(_training(name))
    losses = trainer.advance(math.inf).losses
    parts = run.model.own_parts()
    path = tmp_path / "script.py"
    path.write_text(script(run.settings, _training(name), run.mode, catalogue(), parts))
    command = (sys.executable, "-I", str(path))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"99 {losses[99]}"


@pytest.mark.parametrize(
    ("name", "model", "message"),
    [
        ("adam", "Words", "Adam does not take sparse .* Choose Adagrad, LBFGS, SGD or SparseAdam"),
        ("rprop", "Words", "Rprop does not take sparse gradients"),
        ("sparseadam", "Matrix", "SparseAdam is for sparse gradients alone"),
    ],
)
def test_that_gradients_of_another_layout_are_refused_and_nothing_is_changed(
    tmp_path: Path, name: str, model: str, message: str
) -> None:
    run = Run(_model(tmp_path, model))
    trainer = Trainer(run)
    trainer.start(_training(name))
    before = [parameter.detach().clone() for parameter in run.model.parameters.values()]
    with pytest.raises(SettingError, match=message):
        trainer.advance(math.inf)
    assert trainer.step == 0
    for parameter, value in zip(run.model.parameters.values(), before, strict=True):
        assert torch.equal(parameter, value)
        assert parameter.grad is None
    trainer.change(_training("sgd"))
    assert len(trainer.advance(math.inf, steps=3).losses) == 3


@pytest.mark.skipif(not hasattr(torch.optim, "Muon"), reason="this PyTorch has no Muon")
def test_that_muon_is_refused_for_a_parameter_that_is_no_matrix() -> None:
    trainer = Trainer(Run(Model(source="module")))
    with pytest.raises(SettingError, match=r"Muon is for matrices alone.* the shape \(\)"):
        trainer.start(_training("muon"))
    assert trainer.training.optimizer != "muon"

"""`gradviz tensor`: any tensor of a pass, printed, counted and saved."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from gradviz import cli
from gradviz.core.choices.settings import Model
from gradviz.engine.runs.run import Run


def _gradient() -> torch.Tensor:
    """Return the gradient of the loss by y_pred."""
    run = Run(Model(source="autograd"))
    y_pred = run.model.forward(run.x)
    assert run.target is not None
    return torch.autograd.grad(run.loss(y_pred, run.target), y_pred)[0]


@pytest.mark.parametrize("memory", ["512", "0"])
def test_that_the_saved_array_is_the_tensor_whatever_is_kept(tmp_path: Path, memory: str) -> None:
    path = tmp_path / "gradient.npy"
    arguments = ["tensor", "autograd", "Sub", "grad_input", "--npy", str(path)]
    assert cli.main([*arguments, "--memory", memory]) == 0
    assert np.array_equal(np.load(path, allow_pickle=False), _gradient().numpy())


def test_that_json_has_the_first_values_and_the_statistics_of_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["tensor", "autograd", "Sub", "grad_input", "--count", "3", "--json"]
    assert cli.main(arguments) == 0
    document, expected = json.loads(capsys.readouterr().out), _gradient().double()
    assert document["values"] == expected[:3].tolist()
    assert document["statistics"]["std"] == pytest.approx(expected.std().item())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Mul", "value"], "There are 3 nodes Mul."),
        (["nothing", "value"], "There is no node nothing."),
        (["a", "saved", "--name", "none"], "not there any more, or never was"),
    ],
)
def test_that_a_tensor_that_cannot_be_found_is_told(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert cli.main(["tensor", "autograd", *arguments]) == 2
    assert message in capsys.readouterr().err

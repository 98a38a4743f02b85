"""What the command line says of the data: the target, its noise, a file, and where to start."""

import json
from pathlib import Path

import pytest
import torch

from gradviz import cli


def losses(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[float]:
    """Train for 100 steps and return the losses that are printed."""
    assert cli.main(["train", *arguments, "--steps", "100", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line["loss"] for line in lines if "loss" in line]


def test_that_training_fits_what_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--target", "cos(2x)", "--noise", "0.1", "--points", "50", "--range", "-2", "3")
    start = ("--dtype", "float64", "--init", "a=0.3", "--seed", "7", "--lr", "1e-4")
    x = torch.linspace(-2.0, 3.0, 50, dtype=torch.float64)
    noise = torch.randn(50, generator=torch.Generator().manual_seed(7), dtype=torch.float64)
    y = torch.cos(2 * x) + 0.1 * noise
    a = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    for _ in range(100):
        loss = (a * x - y).pow(2).sum()
        (gradient,) = torch.autograd.grad(loss, [a])
        with torch.no_grad():
            a -= 1e-4 * gradient
    assert losses(capsys, "a x", *data, *start) == [loss.item()]


def test_that_training_fits_two_columns_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "points.csv").write_text("x,y\n0,1\n1,3\n2,5\n")
    monkeypatch.chdir(tmp_path)
    said = ("a + b x", "--data", "points.csv", "--init", "a=1", "--init", "b=2")
    assert losses(capsys, *said) == [0.0]
    assert cli.main(["code", *said]) == 0
    assert repr(str(tmp_path / "points.csv")) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--target", "a x"), "no parameters"),
        (("--target", "x +"), "target cannot be read"),
        (("--target", "log(x)"), "not finite at x = −3.14159"),
        (("--noise", "-1"), "noise −1"),
        (("--noise", "nan"), "noise nan"),
        (("--points", "1"), "1 point does"),
        (("--range", "2", "1"), "from 2 to 1"),
        (("--range", "0", "inf"), "from 0 to inf"),
        (("--data", "none.csv"), "There is no file"),
        (("--data", " "), "names no file"),
        (("--data", "none.csv", "--points", "7"), "--points does not go with --data"),
        (("--init", "z=1"), "no parameter 'z'"),
        (("--init", "a"), "--init a is no start"),
        (("--init", "a=inf"), "--init a=inf is no start"),
        (("--init", "a=1e99"), "cannot start at 1e99"),
    ],
)
def test_that_what_cannot_be_used_is_told(
    said: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["graph", "a x", *said]) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_that_data_is_for_a_curve_over_x(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["graph", "classifier", "--target", "cos(x)"]) == 2
    assert "--target is for a model that is a curve over x" in capsys.readouterr().err


def test_that_double_precision_starts_at_the_number_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = ("graph", "a x", "--at", "0.1", "--init", "a=0.3", "--dtype", "float64", "--json")
    assert cli.main(list(said)) == 0
    nodes = json.loads(capsys.readouterr().out)["nodes"]
    assert {node["dtype"] for node in nodes} == {"float64"}
    values = [node["value"] for node in nodes if isinstance(node["value"], float)]
    assert 0.3 * 0.1 in values

"""The training's settings on the command line: what they change, and what is refused."""

import json

import pytest

from gradviz import cli


def _out(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command prints that does what it is asked."""
    assert cli.main(list(arguments)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_that_train_takes_the_options_of_the_optimizer(capsys: pytest.CaptureFixture[str]) -> None:
    def adam(*options: str) -> str:
        common = ("train", "autograd", "--steps", "200", "--optimizer", "adam")
        return _out(capsys, *common, *options)

    assert adam() == adam("--lr", "1e-3")
    assert adam() == adam("--option", "betas=0.9,0.999")
    assert adam() != adam("--option", "betas=0.5,0.9")
    assert adam() != adam("--option", "amsgrad=on", "--option", "eps=1")


def test_that_the_rate_suits_the_optimizer(capsys: pytest.CaptureFixture[str]) -> None:
    common = ("train", "autograd", "--steps", "200", "--optimizer")
    assert _out(capsys, *common, "sgd") == _out(capsys, *common, "sgd", "--lr", "1e-6")
    assert _out(capsys, *common, "lbfgs") == _out(capsys, *common, "lbfgs", "--lr", "1")


def test_that_optimizers_are_listed_with_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {entry["name"]: entry for entry in json.loads(_out(capsys, "optimizers", "--json"))}
    assert next(iter(listed)) == "descent"
    (beta,) = (each for each in listed["adam"]["options"] if each["name"] == "betas_2")
    assert (beta["kind"], beta["default"]) == ("float", 0.999)
    assert (beta["minimum"], beta["maximum"], beta["below"]) == (0.0, 1.0, True)
    assert "momentum=0   0 ≤ momentum" in _out(capsys, "optimizers")


@pytest.mark.parametrize(
    ("optimizer", "option", "message"),
    [
        ("adam", "betas_1=1", "0 ≤ betas_1 < 1"),
        ("adam", "eps=small", "“small”"),
        ("adam", "amsgrad=2", "true or false"),
        ("adam", "rho=1", "no option 'rho'"),
        ("adam", "eps", "sets no option"),
        ("lbfgs", "max_iter=1.5", "whole number"),
        ("sgd", "nesterov=on", "nesterov needs momentum"),
        ("descent", "momentum=0.5", "It has none"),
        ("magic", "momentum=0.5", "descent, sgd"),
    ],
)
def test_that_an_option_that_cannot_work_ends_with_2_and_a_message(
    capsys: pytest.CaptureFixture[str], optimizer: str, option: str, message: str
) -> None:
    assert cli.main(["train", "a x", "--optimizer", optimizer, "--option", option]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_that_train_takes_a_loss(capsys: pytest.CaptureFixture[str]) -> None:
    common = ("train", "autograd", "--steps", "100", "--lr", "1e-6", "--json", "--loss")
    first = {
        loss: json.loads(_out(capsys, *common, loss).splitlines()[0])["loss"]
        for loss in ("MSELoss, sum", "MSELoss, mean")
    }
    assert first["MSELoss, sum"] > 1000 > first["MSELoss, mean"]
    assert cli.main([*common, "L3"]) == 2
    assert "L1Loss, mean" in capsys.readouterr().err


def test_that_train_follows_a_scheduler(capsys: pytest.CaptureFixture[str]) -> None:
    def trained(*options: str) -> str:
        return _out(capsys, "train", "a x", "--steps", "200", "--lr", "1e-5", *options)

    steady = trained()
    assert trained("--scheduler", "StepLR", "--scheduler-option", "step_size=500") == steady
    changed = trained("--scheduler", "StepLR", "--scheduler-option", "step_size=50")
    half = trained("--scheduler", "ConstantLR", "--scheduler-option", "factor=1")
    assert changed != steady == half


def test_that_schedulers_are_listed_with_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {entry["name"]: entry for entry in json.loads(_out(capsys, "schedulers", "--json"))}
    assert listed["OneCycleLR"]["peaks"]
    assert listed["StepLR"]["options"][0]["name"] == "step_size"
    text = _out(capsys, "schedulers")
    assert "step_size=500   1 ≤ step_size, a whole number" in text
    assert "--lr is its max_lr" in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scheduler", "SlowLR"], "Choose one of: StepLR"),
        (["--scheduler", "StepLR", "--scheduler-option", "step_size=0"], "1 ≤ step_size"),
        (
            ["--scheduler", "StepLR", "--scheduler-option", "T_max=3"],
            "This scheduler has no option",
        ),
        (["--scheduler-option", "step_size=3"], "--scheduler-option is for a scheduler"),
        (
            ["--scheduler", "OneCycleLR", "--scheduler-option", "total_steps=10"],
            "Change one of its options",
        ),
    ],
)
def test_that_a_schedule_that_cannot_work_ends_with_2_and_a_message(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    shared = ["--scheduler-option", "pct_start=0.1"] if "OneCycleLR" in options else []
    assert cli.main(["train", "a x", *options, *shared]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err

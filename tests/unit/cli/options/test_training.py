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


def test_that_train_follows_schedulers_in_turn_and_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def trained(*options: str) -> str:
        return _out(capsys, "train", "a x", "--steps", "200", "--lr", "1e-6", *options)

    steady = trained()
    shown = trained("--scheduler", "SequentialLR")
    parts = "LinearLR(total_iters=100), ExponentialLR"
    assert trained("--scheduler", "SequentialLR", "--schedulers", parts, "--milestones", "100") == (
        shown
    )
    assert shown != trained("--scheduler", "SequentialLR", "--milestones", "50") != steady
    factors = "LambdaLR(lr_lambda=1/(1 + t)), MultiStepLR(milestones=[10, 90], gamma=0.5)"
    assert trained("--scheduler", "ChainedScheduler", "--schedulers", factors) != steady
    alone = trained("--scheduler", "StepLR", "--scheduler-option", "step_size=50")
    chain = ("--scheduler", "ChainedScheduler", "--schedulers", "StepLR(step_size=50)")
    assert trained(*chain) == alone != steady


@pytest.mark.parametrize(
    ("scheduler", "options", "message"),
    [
        ("SequentialLR", ["--schedulers", "StepLR, StepLR"], "need 1 milestone"),
        ("SequentialLR", ["--milestones", "9,5"], "need 1 milestone, and here are 2"),
        ("SequentialLR", ["--milestones", "soon"], "“soon” is no milestone"),
        ("ChainedScheduler", ["--milestones", "9"], "has no milestones"),
        ("ChainedScheduler", ["--schedulers", "SlowLR()"], "Choose one of: StepLR"),
        ("ChainedScheduler", ["--schedulers", "StepLR(gamma=-1)"], "0 ≤ gamma"),
        ("ChainedScheduler", ["--schedulers", "StepLR(gamma)"], "sets no option"),
        ("ChainedScheduler", ["--schedulers", "StepLR(gamma=1"], "brackets in “StepLR"),
        ("ChainedScheduler", ["--schedulers", "StepLR)("], "brackets in “StepLR"),
        ("ChainedScheduler", ["--schedulers", "StepLR 3"], "is no scheduler with its options"),
        ("ChainedScheduler", ["--schedulers", "ReduceLROnPlateau()"], "follows the loss"),
        (
            "SequentialLR",
            ["--schedulers", "StepLR(), SequentialLR(StepLR())", "--milestones", "3"],
            "is made of parts itself",
        ),
        ("StepLR", ["--milestones", "3"], "--milestones is for a scheduler that is made of"),
        ("", ["--schedulers", "StepLR"], "--schedulers is for a scheduler that is made of"),
    ],
)
def test_that_a_composition_that_cannot_work_ends_with_2_and_a_message(
    capsys: pytest.CaptureFixture[str], scheduler: str, options: list[str], message: str
) -> None:
    assert cli.main(["train", "a x", "--scheduler", scheduler, *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_that_schedulers_are_listed_with_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {entry["name"]: entry for entry in json.loads(_out(capsys, "schedulers", "--json"))}
    assert listed["OneCycleLR"]["peaks"]
    assert listed["StepLR"]["options"][0]["name"] == "step_size"
    text = _out(capsys, "schedulers")
    assert "step_size=500   1 ≤ step_size, a whole number" in text
    assert "--lr is its max_lr" in text
    assert '--schedulers "LinearLR(total_iters=100), ExponentialLR()"   in turn' in text
    assert listed["SequentialLR"]["composition"]["milestones"] == [100]


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

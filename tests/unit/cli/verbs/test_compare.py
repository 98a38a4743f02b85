"""`gradviz compare`: every pair of an optimizer and a seed, and what is refused."""

import json

import pytest

from gradviz import cli


def _lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert cli.main(["compare", *arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_that_every_pair_of_optimizer_and_seed_is_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _lines(
        capsys, "autograd", "--optimizer", "sgd,adam", "--seeds", "0,1", "--steps", "250"
    )
    titles = ["sgd, seed 0", "sgd, seed 1", "adam, seed 0", "adam, seed 1"]
    *rows, last = lines
    assert [row["step"] for row in rows] == [99, 199]
    assert all(list(row["losses"]) == titles for row in rows)  # type: ignore[call-overload]
    results = last["results"]
    assert isinstance(results, list)
    assert [result["title"] for result in results] == titles
    assert [result["learning_rate"] for result in results] == [1e-6, 1e-6, 1e-3, 1e-3]
    assert {(result["state"], result["steps"]) for result in results} == {("finished", 250)}


def test_that_a_compared_run_has_the_losses_that_train_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row, last = _lines(
        capsys, "dynamic", "--optimizer", "sgd", "--lr", "1e-8", "--seeds", "3,0", "--steps", "100"
    )
    common = ("--optimizer", "sgd", "--lr", "1e-8", "--steps", "100", "--json")
    for seed in ("3", "0"):
        assert cli.main(["train", "dynamic", "--seed", seed, *common]) == 0
        alone = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        title = f"sgd, seed {seed}"
        assert row["losses"][title] == alone[0]["loss"]  # type: ignore[index]
        results = {each["title"]: each for each in last["results"]}  # type: ignore[attr-defined]
        assert results[title]["equation"] == alone[-1]["equation"]


def test_that_a_run_that_diverges_is_told_and_the_others_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("autograd", "--optimizer", "sgd,adam", "--lr", "0.01", "--steps", "100")
    assert cli.main(["compare", *arguments]) == 0
    captured = capsys.readouterr()
    assert "sgd, seed 0: The loss is" in captured.err
    row, *results = captured.out.splitlines()
    assert row.startswith("99  –  ")
    assert ["diverged" in results[0], "finished" in results[1]] == [True, True]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--seeds", "0"), "1 run cannot be compared"),
        (("--seeds", "0,1,2,3,4,5,6,7,8"), "9 runs cannot be compared"),
        (("--seeds", "0,one"), "no list of seeds"),
        (("--seeds", "0,-1"), "The seed -1 does not work"),
        (("--seeds", "0,1", "--optimizer", "sgd,magic"), "magic"),
        (("--seeds", "0,1", "--steps", "0"), "0 steps do not work"),
    ],
)
def test_that_what_cannot_be_compared_ends_with_2_and_a_message(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert cli.main(["compare", "autograd", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_that_several_models_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    narrow, wide = "Linear(1, 2), Tanh(), Linear(2, 1)", "Linear(1, 8), ReLU(), Linear(8, 1)"
    arguments = (narrow, "--with", wide, "--points", "20", "--steps", "100", "--json")
    assert cli.main(["compare", *arguments]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [each["title"] for each in last["results"]] == [
        f"{narrow}, adam, seed 0",
        f"{wide}, adam, seed 0",
    ]
    assert cli.main(["train", wide, *arguments[3:]]) == 0
    alone = json.loads(capsys.readouterr().out.splitlines()[0])
    assert last["results"][1]["loss"] == alone["loss"]

"""What changed, on the command line, and the graph of the gradient."""

import json

import pytest

from gradviz.cli.entry import main


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command line, which succeeds, and return what it prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_that_the_same_pass_twice_is_identical(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Identical bit for bit" in told(capsys, "diff", "autograd", "--exit-code")


def test_that_two_expressions_differ_by_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(told(capsys, "diff", "a + b x", "a + b x + c x^2", "--json"))
    assert sorted(node["op"] for node in document["came"]) == ["Add", "Mul", "c"]
    assert (document["went"], document["identical"]) == ([], False)


def test_that_training_steps_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    one = json.loads(told(capsys, "diff", "autograd", "--at-step", "10", "--json"))
    other = json.loads(told(capsys, "diff", "autograd", "--at-step=0", "--at-step=10", "--json"))
    assert one == other
    for change in one["changed"]:
        if isinstance(change["old"], float) and change["difference"] is not None:
            assert change["difference"] == pytest.approx(change["new"] - change["old"], rel=1e-12)
    assert main(["diff", "autograd", "--at-step", "10", "--exit-code"]) == 1


def test_that_a_rate_of_learning_needs_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "autograd", "--lr", "1"]) == 2
    assert "--at-step" in capsys.readouterr().err


def test_that_another_seed_and_another_x_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert "a: value" in told(capsys, "diff", "a x", "--other-seed", "1")
    assert "x: gradient 4 -> 6" in told(capsys, "diff", "x^2", "--at", "2", "--other-at", "3")


def test_that_the_hessian_vector_product_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    cubic = "5x^3 + 2x^2 + 4x + 8"
    document = json.loads(told(capsys, "step", cubic, "--at", "2", "--create-graph", "--json"))
    assert document["hessian_vector_product"] == {"x": 64.0}
    assert "third derivative of x: 30" in told(capsys, "step", cubic, "--order", "3")
    assert main(["graph", cubic, "--direction", "x"]) == 2
    assert "--create-graph" in capsys.readouterr().err
    assert main(["graph", "numpy", "--create-graph"]) != 0
    assert "written by hand" in capsys.readouterr().err

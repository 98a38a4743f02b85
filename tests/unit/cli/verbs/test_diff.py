"""What changed, on the command line, and the graph of the gradient."""

import json
from pathlib import Path

import pytest
from own_models import NET, written

from gradviz.cli.entry import main
from gradviz.cli.verbs import diff


@pytest.fixture(autouse=True)
def _trust_is_remembered_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


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


def test_that_a_file_changes_nothing_in_the_pass_that_it_is_compared_with(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    changing = f"{NET}\ntorch.tanh = torch.sin\ntorch.set_default_dtype(torch.float64)\n"
    first, second = written(tmp_path, changing, "first.py"), written(tmp_path, NET, "second.py")
    given = ("--input", "ones(2, 3)", "--trust", "--json")
    both = json.loads(told(capsys, "diff", str(first), str(second), *given))
    assert not both["identical"]
    alone = json.loads(told(capsys, "step", str(second), *given))
    new = {change["node"]: change["new"] for change in both["changed"] if change["what"] == "value"}
    values = {node["id"]: node["value"] for node in alone["nodes"] if node["id"] in new}
    assert values == new


def test_that_a_pass_of_another_process_is_compared_as_one_of_this_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = NET.replace("torch.tanh", "torch.sin")
    first, second = written(tmp_path, NET, "first.py"), written(tmp_path, content, "second.py")
    given = ("diff", str(first), str(second), "--trust", "--json", "--at-step", "3")
    elsewhere = json.loads(told(capsys, *given))
    monkeypatch.setattr(diff, "names_file", lambda _: False)
    assert elsewhere == json.loads(told(capsys, *given))
    assert elsewhere["changed"]


def test_that_a_first_file_that_is_refused_or_ends_its_process_is_told(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, NET, "refused.py")
    assert main(["diff", str(path), "a x", "--input", "randn(2; 3)", "--trust"]) == 2
    assert capfd.readouterr().err.count("randn(2; 3)") == 1
    path = written(tmp_path, "import os\nos._exit(3)\n", "ends.py")
    assert main(["diff", str(path), "a x", "--trust"]) == 3
    path = written(tmp_path, "import os\nos.kill(os.getpid(), 9)\n", "killed.py")
    assert main(["diff", str(path), "a x", "--trust"]) == 1
    assert "was ended by signal 9" in capfd.readouterr().err

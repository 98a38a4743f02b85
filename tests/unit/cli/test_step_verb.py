"""`gradviz step --at-step`: the backward pass after some training, and what its last step did."""

import json

import pytest

from gradviz import cli
from gradviz.core.choices.settings import Model, Training
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer


def test_that_the_backward_pass_after_some_steps_is_told_with_the_last_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["step", "optim", "--at-step", "7", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    trainer = Trainer(Run(Model(source="optim")))
    losses = trainer.advance(60.0, steps=8).losses
    assert document["at_step"] == 7
    assert document["output"] == losses[7]
    assert document["optimizer"]["name"] == "rmsprop"
    assert document["optimizer"]["loss"] == losses[6]
    for row in document["optimizer"]["parameters"].values():
        assert row["state"]["step"] == 7.0
        assert "square_avg" in row["state"]


def test_that_the_steps_are_done_with_the_optimizer_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["--at-step", "4", "--optimizer", "adam", "--lr", "0.01", "--option", "eps=1e-6"]
    assert cli.main(["step", "autograd", *asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    trainer = Trainer(Run(Model(source="autograd")))
    trainer.start(Training(optimizer="adam", learning_rate=0.01, options={"eps": 1e-6}))
    assert document["output"] == trainer.advance(60.0, steps=5).losses[4]


def test_that_an_optimizer_needs_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["step", "autograd", "--optimizer", "adam"]) == 2
    assert "--at-step" in capsys.readouterr().err


def test_that_the_last_step_is_told_in_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["step", "autograd", "--at-step", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("after 3 steps")
    assert [line.split(":")[0].strip() for line in lines[-4:]] == ["a", "b", "c", "d"]
    assert all("gradient" in line and "update" in line for line in lines[-4:])


@pytest.mark.parametrize("more", [["--at-step", "-1"], ["--at-step", "2", "--at", "3"]])
def test_that_a_step_that_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert cli.main(["step", "autograd", *more]) == 2
    assert capsys.readouterr().out == ""


def test_that_the_terms_of_a_sum_are_listed_by_edge_as_they_come(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["step", "5x^3 + 2x^2 + 4x + 8", "--at", "2"]
    assert cli.main([*asked, "--json"]) == 0
    ((node, rows),) = json.loads(capsys.readouterr().out)["sums"].items()
    assert [(row["gradient"], row["total"]) for row in rows] == [(4, 4), (8, 12), (60, 72)]
    assert cli.main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-4] == f"sum at {node} x, of 3:"
    assert [line.split("edge ")[1].split()[0] for line in lines[-3:]] == [
        row["edge"] for row in rows
    ]


def test_that_the_middle_of_a_long_sum_is_left_out_in_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["step", " + ".join(["x"] * 41), "--at", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = lines[lines.index(next(line for line in lines if line.startswith("sum at"))) + 1 :]
    assert len(told) == 13
    assert told[6].strip() == "… 29 more"
    assert told[-1].endswith("sum so far 41")


def test_that_each_backward_step_has_its_rule_with_the_live_numbers_in_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["step", "5x^3 + 2x^2 + 4x + 8", "--at", "2", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    rules = {step["node"]: step["rule"] for step in document["steps"]}
    assert set(rules) == {node["id"] for node in document["nodes"]}
    cube = next(node["id"] for node in document["nodes"] if node["label"] == "x³")
    (line,) = rules[cube]["inputs"]
    assert rules[cube]["upstream"] == [5]
    assert (line["local"], line["result"]) == (12, 60)
    assert line["equation"] == "∂y/∂x = grad ⊙ exponent · self^(exponent − 1)"
    assert line["formula"] == "pow_backward(grad, self, exponent)"
    for step in document["steps"]:
        for line in step["rule"]["inputs"]:
            assert line["result"] == step["grad_inputs"][line["slot"]]


def test_that_the_rules_stand_below_their_steps_where_they_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["step", "autograd", "--at-step", "2"]
    assert cli.main(asked) == 0
    plain = capsys.readouterr().out.splitlines()
    assert cli.main([*asked, "--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in plain] == plain
    place = next(i for i, line in enumerate(lines) if "∂loss/∂b = Σ over dim 0 of" in line)
    assert lines[place + 1].strip().startswith("PyTorch: mul_tensor_backward(")
    assert "upstream (2000,) norm" in lines[place + 2]
    assert ", result " in lines[place + 2]
    assert "; of other (2000,) norm" in lines[place + 2]
    above = [line for line in lines[:place] if "->" in line]
    assert above[-1].split()[2] == "Mul:"


def test_that_the_forward_steps_are_explained_too(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["step", "relu(x - 3)", "--at", "2"]
    assert cli.main([*asked, "--explain"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    place = next(i for i, line in enumerate(lines) if line.startswith("forward   2"))
    assert lines[place + 1] == "Sub x − 3 took x and gave −1."
    assert any(line.endswith("because its input, −1, is not above 0.") for line in lines)
    assert cli.main([*asked, "--json"]) == 0
    forward = json.loads(capsys.readouterr().out)["forward"]
    assert forward[1]["explanation"] == ["Sub x − 3 took x and gave −1."]

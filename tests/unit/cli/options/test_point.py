"""`--at`: x alone, or each input of an expression."""

import json

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradviz import cli
from gradviz.cli.options.point_options import parsed_point
from gradviz.cli.refusals import InputError


@given(st.dictionaries(st.sampled_from("xyz"), st.floats(-1e6, 1e6), min_size=1))
def test_that_a_point_is_read_as_it_is_written(point: dict[str, float]) -> None:
    text = ",".join(f"{name}={value!r}" for name, value in point.items())
    assert parsed_point(text) == point
    assert parsed_point(text.replace("=", " = ").replace(",", " , ")) == point


def test_that_a_bare_number_is_x() -> None:
    assert parsed_point("-2.5") == {"x": -2.5}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("q=2", "q is no input, and x, y and z are"),
        ("=2", "nothing is no input"),
        ("x=1,x=2", "x is given twice"),
        ("x=", "nothing is no number"),
        ("x=two", "two is no number"),
        ("", "nothing is no number"),
        ("2,3", "2 stands there without a letter"),
        ("x=1,", "nothing stands there without a letter"),
        ("y=inf", "inf is no finite number"),
        ("nan", "nan is no finite number"),
        ("x=1e999", "1e999 is no finite number"),
    ],
)
def test_that_what_is_no_point_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        parsed_point(text)
    assert "--at x=2,y=3,z=1" in refused.value.hint


@given(st.text(max_size=30) | st.text(st.sampled_from("xyz=,.-e12 inf")))
def test_that_any_text_is_a_point_or_refused(text: str) -> None:
    try:
        point = parsed_point(text)
    except InputError:
        return
    assert point
    assert set(point) <= {"x", "y", "z"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["step", "x y", "--at", "z=1"], "x y has no input z. Its inputs are x, y."),
        (["step", "x^2", "--at", "y=1"], "x^2 has no input y."),
        (["step", "y z", "--at", "2"], "y z has no input x. Its inputs are y, z."),
        (["step", "autograd", "--at", "y=1"], "autograd has no input y."),
        (["step", "x y", "--at", "y=1e60"], "y cannot be 1e60."),
        (["diff", "x y", "--at", "y=1", "--other-at", "y=b"], "b is no number"),
        (["step", "y = x y", "--at", "2"], "y is the result here"),
        (["train", "a x y"], "Choose At a point to give y and z values"),
        (["step", "a x y", "--at-step", "3"], "In a fit y is the target"),
    ],
)
def test_that_a_point_of_another_model_ends_with_2_and_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert cli.main(arguments) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.out == ""


def test_that_every_partial_derivative_is_printed_with_the_whole_point(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["step", "x y + sin(z)", "--at", "y=3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    z = torch.tensor(1.0, requires_grad=True)
    torch.sin(z).backward()  # type: ignore[no-untyped-call]
    assert z.grad is not None
    assert lines[0] == "f = 6.84147 at x = 2, y = 3, z = 1"
    assert f"gradient of z: {z.grad.item():.6g}" in lines
    assert {"gradient of x: 3", "gradient of y: 2"} <= set(lines)


def test_that_the_document_has_every_partial_derivative(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["step", "x y z", "--at", "x=2,y=3,z=5", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["leaf_grads"] == {"x": 15.0, "y": 10.0, "z": 6.0}
    rules = [line["equation"] for step in document["steps"] for line in step["rule"]["inputs"]]
    assert any(rule.startswith("∂f/∂z = ") for rule in rules)
    told = " ".join(line for step in document["steps"] for line in step["explanation"])
    assert "For a small change of y, f changes 10 times as much" in told


def test_that_sympy_checks_every_partial_derivative(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "x y + sin(z) y + a z", "--at", "x=2,y=3,z=1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("agrees  gradient, sympy's derivative" in line for line in lines) == 4
    assert lines[-1] == "4 of 4 agree"


def test_that_two_points_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diff", "x y", "--at", "y=3", "--other-at", "x=2,y=4"]) == 0
    out = capsys.readouterr().out
    assert "compared with x y, at x = 2, y = 3, seed 0:" in out
    assert "gradient 3 -> 4" in out

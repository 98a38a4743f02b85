"""The option that takes e as a number or as a parameter, and the messages on how it is taken."""

import json

import pytest

from gradviz import cli


@pytest.mark.parametrize(
    ("arguments", "output", "said"),
    [
        (["e^x"], 7.389056205749512, "e is Euler's number, 2.718… With --e parameter"),
        (["e^x", "--e", "number"], 7.389056205749512, "e is Euler's number, 2.718…\n"),
        (["0 x + (e)^x", "--init", "e=3"], 9.0, "e is a parameter. With --e number"),
        (["e^x", "--e", "parameter", "--init", "e=3"], 9.0, "e is a parameter.\n"),
        (["e x", "--e", "number"], 5.43656349182128, "e is Euler's number"),
    ],
)
def test_that_e_is_taken_as_it_is_wanted_and_that_is_told(
    capsys: pytest.CaptureFixture[str], arguments: list[str], output: float, said: str
) -> None:
    assert cli.main(["step", *arguments, "--at", "2", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["output"] == pytest.approx(output, rel=1e-6)
    assert said in printed.err


def test_that_the_document_has_the_reading_and_the_notes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["graph", "e^x + log(x)", "--at", "-1", "--json"]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["e"] == "number"
    note = "log is defined for numbers above 0. x = −1 gives nan."
    assert document["notes"] == [note]
    assert f"gradviz: note: {note}" in printed.err


def test_that_a_text_without_e_has_neither(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["graph", "exp(x)", "--at", "1", "--json"]) == 0
    printed = capsys.readouterr()
    assert not {"e", "notes"} & set(json.loads(printed.out))
    assert printed.err == ""


def test_that_a_parameter_starts_at_a_value_by_its_letter_of_greek(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["step", "θ x", "--init", "θ=0.25", "--at", "2", "--json"]
    assert cli.main(arguments) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["output"] == 0.5
    assert document["leaf_grads"] == {"x": 0.25, "theta": 2.0}

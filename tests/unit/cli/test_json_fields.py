"""Every field of every verb's JSON is named in its section of the documentation."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from gradviz import cli
from gradviz.cli.verbs import command_line

_PAGE = (Path(__file__).parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
#: These hold things by their own names.
_BY_NAME = ("losses", "result")
#: The verbs whose documents are tried with the graph, and the head of every other one's section.
_GRAPHS = ("graph", "step")
_SECTIONS = {
    "check": "`gradviz check`",
    "health": "`gradviz health`",
    "diff": "`gradviz diff`",
    "tensor": "`gradviz tensor`",
    "train": "`gradviz train` and `gradviz compare`",
    "compare": "`gradviz train` and `gradviz compare`",
    "formula": "`gradviz formula`",
    "models": "The lists",
    "optimizers": "The lists",
    "schedulers": "The lists",
    "devices": "The lists",
    "bench": "`gradviz bench`",
    "doctor": "`gradviz doctor`",
}


def fields(value: Any) -> set[str]:
    """Return the names of all fields at any depth, without the names of things."""
    if isinstance(value, list):
        return set().union(*map(fields, value))
    if not isinstance(value, dict):
        return set()
    inside = (fields(each) for name, each in value.items() if name not in _BY_NAME)
    return set(value).union(*inside)


def section(verb: str) -> set[str]:
    """Return the words in code of a verb's section."""
    found = re.search(rf"^### {_SECTIONS[verb]}\n(.*?)(?=^### |\Z)", _PAGE, re.M | re.S)
    assert found
    return set(re.findall(r"`(\w+)`", found[1]))


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a x"],
        ["health", "a log(x)", "--at", "-1"],
        ["diff", "a + b x", "a + b x + c x^2"],
        ["tensor", "autograd", "Sub", "grad_input"],
        ["train", "a x", "--steps", "3"],
        ["compare", "a x", "--optimizer", "sgd,adam", "--steps", "3"],
        ["formula", "a + b x", "--fit"],
        ["models"],
        ["optimizers"],
        ["devices"],
        ["bench", "x^2 a", "--rounds", "1"],
        ["doctor"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_that_every_field_is_documented(
    capsys: pytest.CaptureFixture[str], arguments: Sequence[str]
) -> None:
    cli.main([*arguments, "--json"])
    lines = capsys.readouterr().out.splitlines()
    assert lines
    documents = [json.loads(line, parse_constant=pytest.fail) for line in lines]
    assert fields(documents) - section(arguments[0]) - _tensor_fields() == set()


def _tensor_fields() -> set[str]:
    """Return the fields of a large tensor, which the page describes once for all documents."""
    return {"shape", "min", "max", "mean", "norm", "dtype", "device", "finite"}


def test_that_the_fields_of_a_scheduler_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schedulers", "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    parts = [part for entry in entries for part in entry["composition"]["parts"]]
    assert parts
    assert {field for part in parts for field in part} <= section("schedulers")
    for part in parts:
        # The options of a part are by their own names.
        part["options"] = []
    assert fields(entries) - section("schedulers") == set()


def test_that_every_verb_with_json_has_a_section() -> None:
    _, verbs = command_line()
    with_json = {
        name
        for name, verb in verbs.choices.items()
        if any("--json" in action.option_strings for action in verb._actions)
    }
    assert with_json == {*_SECTIONS, *_GRAPHS}

"""A graph and its pass as the command line prints them: strict JSON, and tables."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gradviz import cli
from gradviz.cli.output.graph_output import graph_lines, pass_json, pass_lines
from gradviz.core.choices.settings import Model
from gradviz.engine.runs.run import Run
from gradviz.export.formats.json import graph_document
from gradviz.export.strict_json import json_line

_PAGE = Path(__file__).parents[4] / "docs" / "json.md"
#: These hold names of the model in place of fields.
_BY_NAME = ("leaf_grads", "hessian_vector_product", "third_derivative", "sums", "state", "named")


def fields(value: Any, *, named: bool = False) -> set[str]:
    """Return the names of all fields at any depth of `value`, without the names of its things."""
    if isinstance(value, list):
        return set().union(*map(fields, value))
    if not isinstance(value, dict):
        return set()
    found = set() if named else set(value)
    for name, each in value.items():
        found |= fields(each, named=not named and name in (*_BY_NAME, "parameters"))
    return found


def test_that_the_document_of_a_step_has_the_promised_fields() -> None:
    output, graph, trace = Run(Model(source="5x^3 + 2x^2 + 4x + 8")).record()
    document: Any = pass_json(graph, trace, output, {})
    promised = {"version", "output", "output_node", "nodes", "edges", "steps", "leaf_grads"}
    assert set(document) == {*promised, "at_step", "forward", "schema"}
    assert [step["node"] for step in document["forward"]] == list(trace.forward)
    assert document["output"] == 64.0
    assert document["leaf_grads"] == {"x": 72.0}
    assert len(document["steps"]) == 9


@pytest.mark.parametrize("source", ["log(x)", "autograd", "function", "sqrt(x - 9)"])
def test_that_documents_are_strict_json(source: str) -> None:
    output, graph, trace = Run(Model(source=source, at=0.0)).record()
    for document in (graph_document(graph), pass_json(graph, trace, output, {})):
        assert "NaN" not in re.sub('"NaN"', "", json_line(document))
        assert json_line(json.loads(json_line(document))) == json_line(document)


@pytest.mark.parametrize("source", ["5x^3 + 2x^2 + 4x + 8", "autograd", "numpy", "a log(x)"])
def test_that_the_graph_itself_has_the_value_of_its_output(source: str) -> None:
    output, graph, _ = Run(Model(source=source, at=0.5)).record()
    assert json_line(graph_document(graph)["output"]) == json_line(output)


@pytest.mark.parametrize(
    "arguments",
    [
        ["5x^3 + 2x^2 + 4x + 8", "--create-graph", "--source"],
        ["a x^3", "--order", "3"],
        ["numpy"],
        ["autograd", "--at-step", "2", "--optimizer", "adam"],
        ["function"],
    ],
)
def test_that_every_field_is_documented(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert cli.main(["step", *arguments, "--json"]) == 0
    documented = set(re.findall(r"`(\w+)`", _PAGE.read_text()))
    # The sections by node hold their nodes by id.
    document = json.loads(capsys.readouterr().out)
    document["source"] = list(document.get("source", {"nodes": {}})["nodes"].values())
    assert fields(document) - documented == set()


def test_that_the_table_has_a_line_for_each_node() -> None:
    _, graph, trace = Run(Model(source="autograd")).record()
    lines = list(graph_lines(graph))
    assert len(lines) == 13
    assert lines[0].startswith("n0   Sum")
    assert "b·x" in next(line for line in lines if line.startswith("n8 "))
    assert len(list(pass_lines(graph, trace))) == 13 + 13 + 4


def test_that_the_steps_say_which_gradient_was_sent_where() -> None:
    _, graph, trace = Run(Model(source="5x^3 + 2x^2 + 4x + 8")).record()
    lines = list(pass_lines(graph, trace))
    backward = [line for line in lines if not line.startswith("forward")]
    assert len(lines) - len(backward) == len(trace.forward)
    assert backward[7] == "  8  n6 Pow: 5  ->  n8 60"
    assert lines[-1] == "gradient of x: 72"

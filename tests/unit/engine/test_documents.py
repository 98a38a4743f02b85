"""What is printed: JSON that any reader takes, and tables for a terminal."""

import json
import math

import pytest
import torch

from gradviz.core.choices.settings import Model
from gradviz.engine.documents import (
    graph_document,
    graph_lines,
    number,
    step_document,
    step_lines,
    tensor,
)
from gradviz.engine.runs.run import Run
from gradviz.engine.tensors.summary import summarize


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.5, 1.5),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (math.nan, "NaN"),
        (None, "NaN"),
    ],
)
def test_that_a_number_json_does_not_have_is_a_word(value: float, expected: object) -> None:
    assert number(value) == expected


def test_that_small_tensors_are_nested_lists_in_their_shape() -> None:
    assert tensor(summarize(torch.arange(6.0).reshape(1, 2, 3))) == [[[0, 1, 2], [3, 4, 5]]]
    assert tensor(summarize(torch.tensor(3.0))) == 3.0
    assert tensor(summarize(torch.empty(0))) == []
    assert tensor(summarize(torch.empty(2, 0))) == [[], []]
    assert tensor(None) is None


def test_that_large_tensors_are_described() -> None:
    described = tensor(summarize(torch.ones(100)))
    assert described == {"shape": [100], "min": 1.0, "max": 1.0, "mean": 1.0, "norm": 10.0}


def test_that_the_step_document_has_what_the_promise_names() -> None:
    output, graph, trace = Run(Model(source="5x^3 + 2x^2 + 4x + 8")).record()
    document = step_document(graph, trace, output)
    promised = {"output", "output_node", "nodes", "edges", "steps", "leaf_grads"}
    assert set(document) == {*promised, "forward"}
    assert [step["node"] for step in document["forward"]] == list(trace.forward)  # type: ignore[index,union-attr,call-overload]
    assert document["output"] == 64.0
    assert document["leaf_grads"] == {"x": 72.0}
    assert len(document["steps"]) == 9  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["log(x)", "autograd", "function", "sqrt(x - 9)"])
def test_that_documents_are_strict_json(source: str) -> None:
    output, graph, trace = Run(Model(source=source, at=0.0)).record()
    for document in (graph_document(graph, output), step_document(graph, trace, output)):
        assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_that_the_table_has_a_line_for_each_node() -> None:
    _, graph, trace = Run(Model(source="autograd")).record()
    lines = list(graph_lines(graph))
    assert len(lines) == 13
    assert lines[0].startswith("n0   Sum")
    assert "b·x" in next(line for line in lines if line.startswith("n8 "))
    assert len(list(step_lines(graph, trace))) == 13 + 13 + 4


def test_that_the_steps_say_what_was_sent_where() -> None:
    _, graph, trace = Run(Model(source="5x^3 + 2x^2 + 4x + 8")).record()
    lines = list(step_lines(graph, trace))
    backward = [line for line in lines if not line.startswith("forward")]
    assert len(lines) - len(backward) == len(trace.forward)
    assert backward[7] == "  8  n6 Pow: 5  ->  n8 60"
    assert lines[-1] == "gradient of x: 72"

"""JSON files."""

import json
import math

import msgspec
import pytest
from export_cases import LABELS
from sample_graphs import labelled_graph, scalar, shared_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.trace import Step, Trace
from gradviz.export.figure import GraphFigure
from gradviz.export.json import Document, render


def test_that_graph_and_trace_read_back_as_they_were() -> None:
    written = render(GraphFigure(graph=tutorial_graph(), trace=tutorial_trace(), cursor=5))
    document = msgspec.json.decode(written, type=Document)
    assert document.graph == tutorial_graph()
    assert document.trace == tutorial_trace()
    assert (document.version, document.cursor) == (1, 5)


@pytest.mark.parametrize("label", LABELS)
def test_that_any_label_reads_back_as_it_was(label: str) -> None:
    written = json.loads(render(GraphFigure(graph=labelled_graph(label))))
    assert written["graph"]["nodes"][0]["label"] == label


def test_that_a_number_that_is_not_finite_does_not_break_the_file() -> None:
    trace = Trace(
        steps=(Step(node="y", grad_outputs=(scalar(math.nan),), grad_inputs=()),), leaf_grads={}
    )

    def refuse(name: str) -> None:
        pytest.fail(f"{name} is no JSON")

    written = render(GraphFigure(graph=shared_graph(), trace=trace))
    step = json.loads(written, parse_constant=refuse)["trace"]["steps"][0]
    assert step["grad_outputs"][0]["values"] == [None]


def test_that_the_same_graph_gives_the_same_bytes() -> None:
    first, second = (render(GraphFigure(graph=tutorial_graph())) for _ in range(2))
    assert first == second

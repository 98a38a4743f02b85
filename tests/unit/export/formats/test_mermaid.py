"""Mermaid flowcharts."""

import html
import re

import pytest
from export_cases import LABELS
from grouped_graphs import gpt2
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import labelled_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.mermaid import render
from gradviz.export.origin import Origin
from gradviz.render.characters import visible
from gradviz.render.style import LIGHT

_NODE = re.compile(r' +(n\d+)\["([^"]*)"\]')
_EDGE = re.compile(r'  (n\d+) (-->|==>|-\.->)(?:\|"([^"]*)"\|)? (n\d+)')
_OTHER = re.compile(r" +(subgraph g\d+\[\"[^\"]*\"\]|end|linkStyle [\d,]+ .*|class(Def)? .*)")


def read(figure: GraphFigure) -> tuple[dict[str, list[str]], list[tuple[str, str]], list[str]]:
    """Return the lines of each node, the edges, and all other lines; every line is one of these."""
    nodes, edges, others = dict[str, list[str]](), list[tuple[str, str]](), list[str]()
    for line in render(figure).decode().splitlines():
        if node := _NODE.fullmatch(line):
            texts = node[2].split("<br>")
            nodes[node[1]] = [html.unescape(re.sub(r"#(\d+);", r"&#\1;", each)) for each in texts]
        elif edge := _EDGE.fullmatch(line):
            edges.append((edge[1], edge[4]))
        else:
            assert line == "flowchart TB" or line.startswith("%% ") or _OTHER.fullmatch(line), line
            others.append(line.strip())
    return nodes, edges, others


def test_that_nodes_and_edges_are_those_of_the_graph() -> None:
    graph = tutorial_graph()
    nodes, edges, others = read(GraphFigure(graph=graph, trace=tutorial_trace(), cursor=5))
    ids = dict(zip(nodes, (node.id for node in graph.nodes), strict=True))
    assert [(ids[a], ids[b]) for a, b in edges] == [(e.source, e.target) for e in graph.edges]
    names = {key: name for name, key in ids.items()}
    assert nodes[names["muld"]] == ["Mul", "d x³", "(2000,)", "grad ‖·‖ 958.5"]
    assert f"class {names['muld']} now_" in others
    assert any(line.endswith(f"stroke:{LIGHT.now}") for line in others)


def test_that_open_groups_are_subgraphs_within_one_another() -> None:
    graph, showing = gpt2(3), Showing(frozenset({"h.1", "h.1.attn"}))
    figure = GraphFigure(graph=graph, showing=showing)
    _, _, others = read(figure)
    outline = outline_of(graph, showing)
    opened = [line for line in others if line.startswith("subgraph")]
    assert len(opened) == len(outline.frames) == others.count("end")
    depth = 0
    for line in others:
        depth += line.startswith("subgraph") - (line == "end")
        assert depth >= 0
    assert render(figure).decode().count("\n    subgraph") == 1


@pytest.mark.parametrize("label", LABELS)
def test_that_any_label_is_there_as_it_was(label: str) -> None:
    nodes, _, others = read(GraphFigure(graph=labelled_graph(label), origin=Origin(model=label)))
    assert any(visible(label) in texts for texts in nodes.values())
    assert sum(line.startswith("%% model: ") for line in others) == 1


@given(st.text(min_size=1, max_size=60))
def test_that_no_text_breaks_out_of_its_label(label: str) -> None:
    nodes, _, _ = read(GraphFigure(graph=labelled_graph(label)))
    assert any(visible(label) in texts for texts in nodes.values())

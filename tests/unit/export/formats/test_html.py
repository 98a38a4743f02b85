"""The interactive page as a file: all of it is within, and nothing in it is taken for code."""

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from export_cases import LABELS, figure_of, outlined_figure, tutorial_figure
from grouped_graphs import gpt2, lstm
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_graphs import labelled_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.outline import Showing
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.html import page_text, render
from gradviz.export.interactive.notebook_frame import framed
from gradviz.export.origin import Origin
from gradviz.render.characters import visible

pytestmark = pytest.mark.usefixtures("qapp")


class Parsed(HTMLParser):
    """The elements of a page with their attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._last = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._last = f"{tag} {attrs[0][1] if attrs else ''}".strip()

    def handle_data(self, data: str) -> None:
        # A long text comes in pieces.
        self.texts.setdefault(self._last, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        self._last = ""

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.elements if each == tag]


def data_of(figure: GraphFigure) -> Any:
    """Return the data of a page as its script reads them."""
    text = page_text(figure)
    found = re.search(r'<script type="application/json"[^>]*>([^<]*)</script>', text)
    assert found is not None
    if "data-packed" in found[0]:
        return json.loads(zlib.decompress(base64.b64decode(found[1])))
    return json.loads(found[1])


def test_that_the_policy_allows_only_the_script_and_style_of_the_page() -> None:
    parsed = Parsed(page_text(tutorial_figure()))
    (policy,) = (
        each["content"]
        for each in parsed.attributes("meta")
        if each.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        text = "".join(parsed.texts[name])
        hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in policy
    assert "unsafe" not in policy


def test_that_nothing_outside_the_file_is_referred_to() -> None:
    parsed = Parsed(page_text(tutorial_figure()))
    for tag, attributes in parsed.elements:
        assert not {"src", "href", "style"} & set(attributes), tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert tag not in {"link", "img", "iframe", "base", "object", "embed", "form"}
    script = "".join(parsed.texts["script"])
    for reach in ("fetch(", "XMLHttp", "WebSocket", "import", "eval", "innerHTML", "Function("):
        assert reach not in script


@pytest.mark.parametrize("label", [*LABELS, "</script><script>alert(1)</script>", "<!--"])
def test_that_any_text_is_data_and_never_markup(label: str) -> None:
    origin = Origin(model=label, torch=label, seed=1)
    figure = msgspec.structs.replace(figure_of(labelled_graph(label)), origin=origin)
    plain = Parsed(page_text(figure_of(labelled_graph("y"))))
    parsed = Parsed(page_text(figure))
    body = [tag for tag, _ in parsed.elements if tag != "meta"]
    assert body == [tag for tag, _ in plain.elements if tag != "meta"]
    assert any(node[3] == visible(label) for node in data_of(figure)["nodes"])
    told = {each.get("name"): each.get("content") for each in parsed.attributes("meta")}
    assert told["gradviz-model"] == visible(label)
    assert told["gradviz-seed"] == "1"


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_that_any_text_is_read_back(label: str) -> None:
    figure = figure_of(labelled_graph(label))
    assert any(node[3] == visible(label) for node in data_of(figure)["nodes"])


def test_that_the_same_graph_gives_the_same_bytes() -> None:
    assert render(tutorial_figure()) == render(tutorial_figure())


def test_that_the_steps_are_those_of_the_pass() -> None:
    data = data_of(figure_of(tutorial_graph(), tutorial_trace(), 5))
    ids = [node.id for node in tutorial_graph().nodes]
    assert [ids[step[0]] for step in data["steps"]] == [
        step.node for step in tutorial_trace().steps
    ]
    assert [ids[node] for node in data["forward"]] == list(tutorial_trace().forward)
    assert data["cursor"] == 5


def test_that_a_large_page_is_packed() -> None:
    figure = outlined_figure(lstm(1000), Showing())
    assert len(render(figure)) < 1_500_000
    assert len(data_of(figure)["nodes"]) == len(figure.graph.nodes)


def test_that_a_frame_has_no_rights_and_holds_the_whole_page() -> None:
    figure = outlined_figure(gpt2(2), Showing())
    (attributes,) = Parsed(framed(page_text(figure), "graph", 400)).attributes("iframe")
    assert attributes["sandbox"] == "allow-scripts"
    assert attributes["srcdoc"] == page_text(figure)
    assert "400px" in (attributes["style"] or "")

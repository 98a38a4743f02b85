"""Labels are the same in every format, and no exported file refers to anything outside itself."""

import json
import re
from xml.etree import ElementTree as ET

import networkx
import pygraphviz
import pytest
from export_cases import LABELS, figure_of, tutorial_figure
from hypothesis import given, settings
from hypothesis import strategies as st
from promised import Tell, extent
from PySide6.QtGui import QImage
from sample_graphs import labelled_graph

from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.render.characters import visible

pytestmark = pytest.mark.usefixtures("qapp")

EXAMPLES = extent(10, 300)
#: Namespaces of SVG, GraphML and the metadata of PDF and PNG: nothing is fetched from these.
_NAMESPACES = tuple(
    f"http://{name}".encode()
    for name in (
        *("www.w3.org/", "purl.org/", "ns.adobe.com/", "www.aiim.org/", "www.npes.org/"),
        "graphml.graphdrawing.org/",
    )
)
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def test_that_any_label_is_read_back_from_every_format(tell: Tell) -> None:
    tried = set(LABELS)

    @given(st.text(min_size=1, max_size=30))
    @settings(max_examples=EXAMPLES)
    def any_text(label: str) -> None:
        tried.add(label)

    any_text()
    for label in sorted(tried):
        _read_back(label)
    tell(f"{len(tried)} labels through {len(EXPORTERS)} formats, all as they were")


def _read_back(label: str) -> None:
    graph = labelled_graph(label)
    figure = figure_of(graph)
    written = {suffix: exporter.render(figure) for suffix, exporter in EXPORTERS.items()}
    assert json.loads(written[".json"])["nodes"][0]["label"] == label
    svg = ET.fromstring(written[".svg"])  # noqa: S314 - our own file
    # One that is too long for its node is whole in the list of names beneath the graph.
    texts = [_spaces(each.text or "") for each in svg.iter(_SVG_TEXT)]
    assert any(_spaces(visible(label)) in text for text in texts)
    node = pygraphviz.AGraph(string=written[".dot"].decode()).nodes()[0]
    assert node is not None
    graph_of = networkx.parse_graphml(written[".graphml"].decode())
    assert any(data.get("label") == visible(label) for _, data in graph_of.nodes(data=True))
    assert not QImage.fromData(written[".png"]).isNull()
    assert written[".pdf"].rstrip().endswith(b"%%EOF")


def _spaces(text: str) -> str:
    return " ".join(text.split())


def test_that_no_file_refers_to_anything_outside_itself(tell: Tell) -> None:
    figure = tutorial_figure()
    addresses = {
        address
        for exporter in EXPORTERS.values()
        for address in re.findall(rb"\w+://[\w./#-]+", exporter.render(figure))
    }
    assert {each for each in addresses if not each.startswith(_NAMESPACES)} == set()
    links = re.compile(rb"\b(href|src)\s*=|@import|/URI\b|/GoToR|/Launch|/JavaScript")
    assert not any(links.search(each.render(figure)) for each in EXPORTERS.values())
    assert not any(
        links.search(each.render(GraphFigure(graph=figure.graph, placement=figure.placement)))
        for each in EXPORTERS.values()
    )
    tell(f"{len(addresses)} names of formats, and no address, in {len(EXPORTERS)} files")

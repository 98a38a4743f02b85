"""The elements of an SVG file: ids, classes and titles that other programs can rely on."""

import json
from xml.etree import ElementTree as ET

import msgspec
import pytest
from export_cases import LABELS, figure_of, outlined_figure, tutorial_figure
from grouped_graphs import gpt2
from sample_graphs import labelled_graph, tutorial_graph

from gradviz.core.graphs.outline import Showing
from gradviz.export.formats.svg import render
from gradviz.export.origin import Origin
from gradviz.render.characters import visible

pytestmark = pytest.mark.usefixtures("qapp")

SVG = "{http://www.w3.org/2000/svg}"


def elements(svg: bytes, kind: str) -> dict[str, ET.Element]:
    """Return the elements of a class by their ids."""
    return {
        each.attrib["id"]: each
        for each in ET.fromstring(svg).iter(f"{SVG}g")  # noqa: S314 - our own file
        if kind in (each.get("class") or "").split()
    }


def test_that_each_node_is_an_element_with_its_texts_and_a_title() -> None:
    found = elements(render(tutorial_figure(cursor=5)), "node")
    assert set(found) == {f"node-{node.id}" for node in tutorial_graph().nodes}
    node = found["node-muld"]
    assert node.get("class") == "node operation now"
    assert found["node-sum"].get("class") == "node output done"
    assert found["node-d"].get("class") == "node leaf idle"
    title = node.findtext(f"{SVG}title") or ""
    assert title.startswith("Mul: MulBackward0, d x³, shape (2000,), float32, value ‖·‖ 508.2")
    assert "Mul" in [text.text for text in node.iter(f"{SVG}text")]


def test_that_each_edge_is_an_element_with_its_line() -> None:
    found = elements(render(tutorial_figure(cursor=5)), "edge")
    assert set(found) == {f"edge-{edge.id.replace('>', '_')}" for edge in tutorial_graph().edges}
    edge = found["edge-d_muld"]
    assert edge.findtext(f"{SVG}title") == "d → Mul"
    assert len(list(edge.iter(f"{SVG}path"))) == 1
    assert found["edge-muld_add3"].get("class") == "edge now"


def test_that_ids_are_the_same_at_every_step() -> None:
    first, last = (elements(render(tutorial_figure(step)), "node") for step in (0, 13))
    assert list(first) == list(last)


def test_that_nodes_and_groups_are_within_the_group_around_them() -> None:
    svg = render(outlined_figure(gpt2(2), Showing(frozenset({"h.1", "h.1.attn"}))))
    attention = elements(svg, "group")["h.1.attn"]
    inside = [each.get("class") or "" for each in attention if each.tag == f"{SVG}g"]
    assert any(each.startswith("node operation") for each in inside)
    assert "group" in inside


@pytest.mark.parametrize("label", LABELS)
def test_that_a_title_shows_any_label_as_it_was(label: str) -> None:
    (node,) = elements(render(figure_of(labelled_graph(label))), "leaf").values()
    assert (node.findtext(f"{SVG}title") or "").startswith(visible(label))


@pytest.mark.parametrize("model", ["a + b x", *LABELS])
def test_that_the_metadata_names_model_torch_and_seed(model: str) -> None:
    origin = Origin(model=model, seed=3, torch="2.13.0")
    svg = render(msgspec.structs.replace(tutorial_figure(), origin=origin))
    text = ET.fromstring(svg).findtext(f"{SVG}metadata")  # noqa: S314 - our own file
    found = json.loads(text or "")
    assert (found["model"], found["torch"], found["seed"]) == (model, "2.13.0", 3)
    assert found["generator"].startswith("gradviz ")


def test_that_a_transparent_drawing_has_no_ground() -> None:
    figure = figure_of(tutorial_graph())
    ground = f'<rect x="0" y="0" width="{render(figure).split(b"viewBox")[1].split()[2].decode()}"'
    assert ground.encode() in render(figure)
    assert ground.encode() not in render(msgspec.structs.replace(figure, transparent=True))

"""SVG files."""

import re
from xml.etree import ElementTree as ET

import msgspec
import pytest
from export_cases import LABELS, figure_of, outlined_figure, tutorial_figure
from graphs_in_groups import grouped, groupings
from grouped_graphs import gpt2
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer
from sample_graphs import labelled_graph, tutorial_graph, tutorial_trace

from gradviz.core.graphs.outline import Showing
from gradviz.core.graphs.placement import PlanReason, layout_text
from gradviz.core.graphs.union_layout import Marks
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.svg import render
from gradviz.export.page import opened_buffer, page, paint_page
from gradviz.render.characters import visible
from gradviz.render.fonts import fonts
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own file


def texts(svg: bytes) -> list[str]:
    return [(element.text or "") for element in parsed(svg).iter(f"{SVG}text")]


def test_that_every_text_is_text() -> None:
    found = texts(render(tutorial_figure()))
    for text in ("Mul", "MulBackward0", "d x³", "grad ‖·‖ 958.5", "grad 497938", "0.8372"):
        assert any(text == each.strip() for each in found), text


def test_that_the_size_is_the_pictures_in_css_pixels() -> None:
    figure = tutorial_figure(cursor=0)
    root = parsed(render(figure))
    width, height = (
        float(root.attrib[side].removesuffix("mm")) * 96 / 25.4 for side in ("width", "height")
    )
    assert width == pytest.approx(figure.placed.width, abs=1.5)
    assert height == pytest.approx(figure.placed.height, abs=1.5)
    assert [float(number) for number in root.attrib["viewBox"].split()] == pytest.approx(
        [0, 0, width, height], abs=1
    )


def test_that_the_title_says_what_is_shown() -> None:
    title = parsed(render(tutorial_figure())).findtext(f"{SVG}title")
    assert title == "Autograd graph with 13 nodes, backward step 5 of 13"


def test_that_nothing_outside_the_file_is_referred_to() -> None:
    svg = render(tutorial_figure())
    for element in parsed(svg).iter():
        names = {name.rpartition("}")[2] for name in element.attrib}
        assert not names & {"href", "src", "style", "onload"}
        assert element.tag.removeprefix(SVG) not in {"script", "image", "style", "use"}
    addresses = set(re.findall(rb'"(\w+://[^"]*)"', svg))
    assert addresses == {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}


@pytest.mark.parametrize("label", LABELS)
def test_that_any_label_is_there_as_it_was(label: str) -> None:
    assert visible(label) in texts(render(figure_of(labelled_graph(label))))


def test_that_the_same_graph_gives_the_same_bytes() -> None:
    assert render(tutorial_figure()) == render(tutorial_figure())


def test_that_the_step_is_highlighted_and_nothing_is_before_it() -> None:
    now = LIGHT.now.lower().encode()
    assert now in render(tutorial_figure(cursor=5))
    assert now not in render(figure_of(tutorial_graph()))


def test_that_a_browser_without_our_font_takes_one_without_serifs() -> None:
    families = set(re.findall(rb'font-family="([^"]*)"', render(tutorial_figure())))
    assert families
    assert all(family.endswith(b", sans-serif") for family in families)
    assert fonts().title.font.family().encode() in b" ".join(families)


def test_that_it_looks_like_the_screen() -> None:
    renderer = QSvgRenderer(render(tutorial_figure()))
    assert renderer.isValid()
    image = QImage(renderer.viewBox().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert image.pixelColor(1, 1) == QColor(LIGHT.canvas)
    center = tutorial_figure().placed.centers["muld"]
    left = round(center[0] - tutorial_figure().placed.sizes["muld"][0] / 2 + 5)
    assert image.pixelColor(left, round(center[1])).name().upper() == LIGHT.now_tint.fill


@pytest.mark.parametrize("reason", ["", "graph", "time", "failure"])
def test_that_the_description_says_by_which_plan_it_was_laid_out(reason: PlanReason) -> None:
    figure = tutorial_figure()
    placed = msgspec.structs.replace(figure.placed, plan="rows", reason=reason)
    figure = msgspec.structs.replace(figure, placement=placed)
    described = parsed(render(figure)).findtext(f"{SVG}desc")
    assert described == f"Drawn by gradviz, {layout_text(placed)}."
    assert "in rows" in described
    assert ("not done in time" in described) == (reason == "time")


def groups(svg: bytes) -> dict[str, tuple[str, list[str]]]:
    """Return for each <g> of a group by its id its title, and the ids of those right within."""
    found = {}
    for element in parsed(svg).iter(f"{SVG}g"):
        if element.get("class") == "group":
            inner = [each.get("id") or "" for each in element if each.get("class") == "group"]
            found[element.attrib["id"]] = (element.findtext(f"{SVG}title") or "", inner)
    return found


def test_that_each_group_is_an_element_within_that_of_the_group_around_it() -> None:
    svg = render(outlined_figure(gpt2(4), Showing(frozenset({"h.1", "h.1.attn"}))))
    found = groups(svg)
    assert set(found["h.1"][1]) == {"h.1.ln_1", "h.1.attn", "h.1.ln_2", "h.1.mlp"}
    assert set(found["h.1.attn"][1]) == {"h.1.attn.c_attn", "h.1.attn.c_proj"}
    assert found["h.1"][0].startswith("h.1: GPT2Block, ")
    assert found["h.1.mlp"] == ("h.1.mlp: GPT2MLP, 19 nodes", [])
    softmax = next(each for each in parsed(svg).iter(f"{SVG}g") if each.get("id") == "h.1.attn")
    assert "Softmax" in "".join(softmax.itertext())
    ids = [each.get("id") for each in parsed(svg).iter() if each.get("id") is not None]
    assert len(ids) == len(set(ids))


@settings(max_examples=25)
@given(st.data())
def test_that_any_groups_are_elements_and_leave_the_drawing_as_it_is(data: st.DataObject) -> None:
    graph = data.draw(groupings(tutorial_graph()))
    opened = data.draw(st.frozensets(st.sampled_from([group.id for group in graph.groups])))
    cursor = data.draw(st.integers(0, 13))
    figure = outlined_figure(graph, Showing(opened), tutorial_trace(), cursor)
    outline = figure.outline
    assert outline is not None
    svg = render(figure)
    shown = {frame.group.id for frame in outline.frames}
    shown |= {item.removeprefix("@") for item in outline.members}
    found = groups(svg)
    assert set(found) == shown
    around = {frame.id: frame.around for frame in outline.frames}
    for item, frame in (*outline.frame_of.items(), *around.items()):
        if frame and (item in outline.members or item in around):
            assert item.removeprefix("@") in found[frame.removeprefix("@")][1]
    assert drawn(svg) == drawn_without_groups(figure)


def drawn(svg: bytes) -> list[str]:
    """Return all shapes of a document and the characters of its texts, in any order."""
    kinds = {f"{SVG}{kind}" for kind in ("rect", "path", "polygon", "ellipse", "circle")}
    shapes = [each for each in parsed(svg).iter() if each.tag in kinds]
    # Qt cuts a text in pieces where its script changes.
    characters = [character for text in texts(svg) for character in text]
    return sorted([*characters, *(ET.tostring(each).decode().strip() for each in shapes)])


def drawn_without_groups(figure: GraphFigure) -> list[str]:
    """Return the shapes and texts that Qt's generator writes for the plain painting."""
    area = page(figure)
    buffer = opened_buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRectF(QPointF(0, 0), area.size()))
    painter = QPainter(generator)
    paint_page(painter, figure, area)
    painter.end()
    return drawn(bytes(buffer.data().data()))


@pytest.mark.parametrize("label", LABELS)
def test_that_any_name_of_a_group_has_an_element_with_that_title(label: str) -> None:
    title = label.replace(".", "")
    graph = grouped(labelled_graph("y"), **{title: ["y"]})
    for opened in (frozenset({title}), frozenset[str]()):
        found = groups(render(outlined_figure(graph, Showing(opened))))
        ((told, _),) = found.values()
        assert told.startswith(visible(title))


def test_that_a_shared_weight_has_its_mark_at_each_use() -> None:
    figure = outlined_figure(gpt2(), Showing())
    assert sorted(figure.picture.shared) == ["@lm_head", "@wte"]
    root = parsed(render(figure))
    for name in ("wte", "lm_head"):
        (group,) = (each for each in root.iter(f"{SVG}g") if each.get("id") == name)
        assert "1" in [element.text for element in group.iter(f"{SVG}text")]
    (other,) = (each for each in root.iter(f"{SVG}g") if each.get("id") == "wpe")
    assert "1" not in [element.text for element in other.iter(f"{SVG}text")]


def test_that_the_halo_of_an_edge_that_came_is_drawn_once_beneath_all_groups() -> None:
    figure = outlined_figure(gpt2(4), Showing(frozenset({"h.1", "h.1.attn"})))
    came = frozenset(edge.id for edge in figure.shown.edges[:3])
    marked = msgspec.structs.replace(figure, marks=Marks(came_edges=came))
    halos = [
        element
        for element in parsed(render(marked)).iter(f"{SVG}g")
        if element.get("stroke-width") == "7" and element.get("stroke") == LIGHT.came.lower()
    ]
    assert sum(len(halo.findall(f"{SVG}path")) for halo in halos) == len(came)

"""PDF documents."""

import re
import zlib

import msgspec
import pytest
from export_cases import LABELS, figure_of, tutorial_figure
from sample_graphs import labelled_graph

from gradviz.core.graphs.placement import Placement, layout_text
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.pdf import remark, render
from gradviz.export.origin import Origin

pytestmark = pytest.mark.usefixtures("qapp")


def media_box(pdf: bytes) -> list[float]:
    found = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)
    assert len(found) == 1
    return [float(number) for number in found[0].split()]


def content(pdf: bytes) -> bytes:
    """Return the drawing operators of the page."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    drawn = []
    for stream in streams:
        try:
            drawn.append(zlib.decompress(stream))
        except zlib.error:
            drawn.append(stream)
    return b"\n".join(drawn)


def test_that_there_is_one_page_of_the_pictures_size() -> None:
    figure = tutorial_figure(cursor=0)
    box = media_box(render(figure))
    assert box[2] == pytest.approx(figure.placed.width * 0.75, abs=1.5)
    assert box[3] == pytest.approx(figure.placed.height * 0.75, abs=1.5)


def test_that_text_is_text_and_can_be_searched() -> None:
    drawn = content(render(tutorial_figure()))
    assert b"Tj" in drawn or b"TJ" in drawn
    # The map from glyphs to characters knows the norm's bars and the minus.
    assert b"<2016>" in drawn
    assert b"<2212>" in drawn


def test_that_it_is_drawn_in_vectors() -> None:
    pdf = render(tutorial_figure())
    assert b"/Subtype /Image" not in pdf
    assert pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("label", LABELS)
def test_that_any_label_can_be_drawn(label: str) -> None:
    assert render(figure_of(labelled_graph(label))).rstrip().endswith(b"%%EOF")


def test_that_a_huge_picture_is_scaled_to_what_readers_accept() -> None:
    wide = Placement(plan="rows", width=100_000, height=1_000, centers={}, curves={}, sizes={})
    box = media_box(render(GraphFigure(graph=tutorial_figure().graph, placement=wide)))
    assert box[2] <= 14_400
    assert box[2] / box[3] == pytest.approx(100, rel=0.02)


def test_that_it_is_said_when_the_page_is_smaller_than_the_picture() -> None:
    graph = tutorial_figure().graph
    placed = [
        Placement(plan="rows", width=100, height=height, centers={}, curves={}, sizes={})
        for height in (19_200, 192_000)
    ]
    whole, scaled = (remark(GraphFigure(graph=graph, placement=each)) for each in placed)
    assert whole == ""
    assert "at 0.1 of its size" in scaled
    assert "14\u202f400 points" in scaled


def test_that_the_document_says_by_which_plan_it_was_laid_out() -> None:
    figure = tutorial_figure()
    placed = msgspec.structs.replace(figure.placed, plan="rows", reason="time")
    pdf = render(msgspec.structs.replace(figure, placement=placed))
    # Qt writes the texts about a document in UTF-16.
    assert layout_text(placed).encode("utf-16-be") in pdf


def test_that_the_document_info_names_model_torch_and_seed() -> None:
    origin = Origin(model="a + (b) x", seed=3, torch="2.13.0")
    pdf = render(msgspec.structs.replace(tutorial_figure(), origin=origin))
    told = "; model a + (b) x; PyTorch 2.13.0; seed 3; laid out".encode("utf-16-be")
    for character in (b"(", b")"):
        told = told.replace(character, b"\\" + character)
    assert told in pdf


def test_that_a_transparent_page_is_not_filled() -> None:
    figure = tutorial_figure(cursor=0)
    filled, bare = (
        content(render(msgspec.structs.replace(figure, transparent=each))) for each in (False, True)
    )
    assert len(re.findall(rb" re\s*f", filled)) == len(re.findall(rb" re\s*f", bare)) + 1

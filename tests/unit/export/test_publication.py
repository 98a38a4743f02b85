"""Drawings for print: their size on paper, their fonts, their colours and their caption."""

import re

import numpy as np
import numpy.typing as npt
import pytest
from contrasts import contrast
from export_cases import figure_of, tutorial_figure
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from sample_graphs import labelled_graph, wide_graph

from gradviz.core.errors import ExportError
from gradviz.export.caption import numbers_of
from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.export.origin import Origin
from gradviz.export.publication import PRINTED, Publication
from gradviz.export.sheets import remark_of, sheet_of
from gradviz.render.fonts import fonts
from gradviz.render.style import LIGHT, PUBLICATION

pytestmark = pytest.mark.usefixtures("qapp")

POINTS_PER_MM = 72 / 25.4


def printed(
    width_mm: float = 85.0, caption: str | bool = False, scale: float = 300 / 96
) -> GraphFigure:
    figure = replace(tutorial_figure(scale=scale), origin=Origin(model="a + b x"))
    return figure.printed(Publication(width_mm=width_mm, caption=caption))


def size_of_svg(svg: bytes) -> tuple[float, float]:
    found = re.search(rb'<svg width="([\d.]+)mm" height="([\d.]+)mm"', svg)
    assert found is not None
    return float(found[1]), float(found[2])


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return flat[:, : 3 * plain.width()]


def view_box(svg: bytes) -> tuple[float, float]:
    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    return float(found[1]), float(found[2])


def size_of_pdf(pdf: bytes) -> tuple[float, float]:
    (box,) = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)
    left, bottom, right, top = map(float, box.split())
    return (right - left) / POINTS_PER_MM, (top - bottom) / POINTS_PER_MM


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(10, 1000), st.sampled_from([False, True, "One.", "w" * 300]))
def test_that_each_format_has_the_size_in_millimetres(width: float, caption: str | bool) -> None:
    figure = printed(width, caption, scale=1.0)
    height = sheet_of(figure).size_mm.height()
    svg = EXPORTERS[".svg"].render(figure)
    assert size_of_svg(svg) == pytest.approx((width, height), abs=1e-3)
    wide, high = view_box(svg)
    assert wide / high == pytest.approx(width / height, rel=1e-3)
    assert size_of_pdf(EXPORTERS[".pdf"].render(figure)) == pytest.approx((width, height), abs=1e-3)
    image = QImage.fromData(EXPORTERS[".png"].render(figure))
    assert image.widthMM() == pytest.approx(width, abs=1.5)
    assert image.width() == pytest.approx(width / 25.4 * 96, abs=1)


def test_that_the_objects_of_a_pdf_are_where_its_table_says() -> None:
    pdf = EXPORTERS[".pdf"].render(printed(caption=True))
    table = pdf[int(pdf.rsplit(b"startxref", 1)[1].split()[0]) :]
    assert table.startswith(b"xref")
    offsets = [int(each) for each in re.findall(rb"(\d{10}) 00000 n", table)]
    assert offsets
    for number, offset in enumerate(offsets, start=1):
        assert pdf[offset:].startswith(b"%d 0 obj" % number)


def test_that_the_fonts_are_in_the_file() -> None:
    pdf = EXPORTERS[".pdf"].render(printed(caption=True))
    described = pdf.count(b"/Type /FontDescriptor")
    assert described >= 1
    assert len(re.findall(rb"/FontFile[23]? \d+ 0 R", pdf)) == described
    svg = EXPORTERS[".svg"].render(printed(caption=True))
    assert b"<text" not in svg
    # Each node tells its text still, to the mouse and to a search.
    assert b"<title>Sub: " in svg


def test_that_the_outlines_of_an_svg_look_like_its_text() -> None:
    for figure in (printed(), figure_of(labelled_graph("x ‖x³‖")).printed(Publication())):
        image = QImage.fromData(EXPORTERS[".png"].render(replace(figure, scale=4.0)))
        drawn = QImage(image.size(), QImage.Format.Format_RGB32)
        drawn.fill("#ffffff")
        painter = QPainter(drawn)
        QSvgRenderer(QByteArray(EXPORTERS[".svg"].render(figure))).render(painter)
        painter.end()
        # A third of the ink of such a picture is that of its texts.
        expected = 255 - pixels(image).mean()
        assert 255 - pixels(drawn).mean() == pytest.approx(expected, rel=0.05)


def test_that_there_is_no_grey_ground_and_no_wider_line() -> None:
    svg = EXPORTERS[".svg"].render(printed()).decode().lower()
    plain = EXPORTERS[".svg"].render(tutorial_figure()).decode().lower()
    assert LIGHT.canvas.lower() in plain
    assert LIGHT.canvas.lower() not in svg
    assert PUBLICATION.canvas == "#FFFFFF"

    def widest(text: str) -> float:
        return max(map(float, re.findall(r'stroke-width="([\d.]+)"', text)))

    assert widest(svg) < widest(plain)


@pytest.mark.parametrize("color", ["text", "secondary", "now_text", "done_text", "edge", "accent"])
def test_that_text_and_lines_are_dark_on_white_and_on_every_tint(color: str) -> None:
    for ground in ("#FFFFFF", *(tint.fill for tint in PUBLICATION.kinds.values())):
        assert contrast(getattr(PUBLICATION, color), ground) >= 4.5


def test_that_an_image_has_no_black_rim() -> None:
    image = QImage.fromData(EXPORTERS[".png"].render(printed(caption="w " * 200)))
    for x in range(0, image.width(), 7):
        assert image.pixelColor(x, image.height() - 1).name() == "#ffffff"
    assert image.dotsPerMeterX() == pytest.approx(300 / 0.0254, abs=1)


def test_that_a_small_graph_is_not_enlarged() -> None:
    assert sheet_of(printed(1000)).scale == 1.0
    assert sheet_of(printed(40)).scale < 1.0


def test_that_the_caption_tells_the_numbers_of_the_moment() -> None:
    figure = printed(caption=True)
    steps = len(figure.trace.steps) if figure.trace is not None else 0
    assert numbers_of(figure).endswith(f"gradients after backward step 5 of {steps}.")
    assert numbers_of(figure).startswith("a + b x: ")
    trace = figure.trace
    assert trace is not None
    trained = replace(figure, trace=replace(trace, at_step=300), cursor=0)
    assert "training step 300, loss = " in numbers_of(trained)
    assert numbers_of(trained).endswith("before any gradient.")
    forward = replace(figure, trace=replace(trace, forward=("x", "sum")), cursor=-2)
    assert "forward step 1 of 2" in numbers_of(forward)


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_that_a_caption_never_runs_over_the_edge(text: str) -> None:
    sheet = sheet_of(printed(30, text))
    assert all(
        fonts().subtitle.width(line) <= sheet.size.width() or len(line) == 1 for line in sheet.lines
    )
    kept = "".join("".join(sheet.lines).split())
    assert len(kept) <= len(text)
    if text.isascii() and text.isprintable():
        assert kept == "".join(text.split())


@pytest.mark.parametrize(
    "width", [0, -1, 9.99, 1000.1, 10_000, float("nan"), float("inf"), float("-inf"), True, "85"]
)
def test_that_a_width_that_does_not_work_is_told_in_a_sentence(width: float) -> None:
    with pytest.raises(ExportError, match=r"A width of .* mm does not work\.") as told:
        Publication(width_mm=width)
    assert "from 10 to 1000" in told.value.hint


def test_that_a_drawing_that_is_too_high_tells_the_width_that_works() -> None:
    figure = printed(caption="w " * 20)
    high = replace(figure, placement=replace(figure.placed, height=100_000.0))
    with pytest.raises(ExportError, match="mm high") as told:
        sheet_of(high)
    found = re.search(r"at most (\d+) mm", told.value.hint)
    assert found is not None
    fitting = replace(high, publication=Publication(width_mm=float(found[1])))
    assert sheet_of(fitting).size_mm.height() <= 5080


def test_that_letters_too_small_to_read_are_told() -> None:
    assert remark_of(printed(1000)) == ""
    assert "points high" in remark_of(printed(15))
    assert "points high" in EXPORTERS[".svg"].remark(printed(15))
    assert EXPORTERS[".svg"].remark(tutorial_figure()) == ""


@pytest.mark.parametrize("suffix", [each for each in EXPORTERS if each not in PRINTED])
def test_that_data_has_no_style(suffix: str) -> None:
    with pytest.raises(ExportError, match="style publication is for drawings"):
        EXPORTERS[suffix].render(figure_of(wide_graph(4)).printed(Publication()))

"""PNG images."""

import io
from pathlib import Path

import msgspec
import pytest
from export_cases import LABELS, figure_of, tutorial_figure
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage
from sample_graphs import labelled_graph

from gradviz.core.errors import ExportError
from gradviz.core.graphs.placement import Placement, layout_text
from gradviz.export.figure import GraphFigure
from gradviz.export.formats import png
from gradviz.export.formats.png import render, save_image
from gradviz.export.origin import Origin
from gradviz.render.style import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def image_of(figure: GraphFigure) -> QImage:
    return QImage.fromData(render(figure))


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 3.3])
def test_that_the_scale_is_in_the_size_and_in_the_resolution(scale: float) -> None:
    figure = tutorial_figure(cursor=0, scale=scale)
    image = image_of(figure)
    assert image.width() == pytest.approx(figure.placed.width * scale, abs=1.5 * scale + 1)
    assert image.dotsPerMeterX() == pytest.approx(96 * scale / 0.0254, abs=1)


def test_that_the_background_is_the_light_canvas_and_the_step_is_orange() -> None:
    figure = tutorial_figure(scale=1.0)
    image = image_of(figure)
    assert image.pixelColor(0, 0) == QColor(LIGHT.canvas)
    (x, y), (width, _) = figure.placed.centers["muld"], figure.placed.sizes["muld"]
    assert image.pixelColor(round(x - width / 2 + 5), round(y)).name().upper() == (
        LIGHT.now_tint.fill
    )


def test_that_the_image_says_what_it_shows() -> None:
    assert image_of(tutorial_figure()).text("Title").endswith("backward step 5 of 13")


@pytest.mark.parametrize("label", LABELS)
def test_that_any_label_can_be_drawn(label: str) -> None:
    assert not image_of(figure_of(labelled_graph(label))).isNull()


def test_that_an_image_too_large_is_made_at_the_largest_scale_that_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(png, "_MOST_PIXELS", 4_000_000)
    figure = tutorial_figure(cursor=0, scale=1000.0)
    image = image_of(figure)
    assert 0.97 < image.width() * image.height() / png._MOST_PIXELS <= 1
    scale = float(png.remark(figure).split("The scale is ")[1].split(",")[0])
    assert image.width() == pytest.approx(figure.placed.width * scale, rel=0.01)
    assert "not 1000, at which an image of " in png.remark(figure)
    assert png.remark(msgspec.structs.replace(figure, scale=scale)) == ""


@given(
    width=st.floats(1, 4_000_000),
    height=st.floats(1, 4_000_000),
)
def test_that_the_largest_scale_is_possible_and_the_next_one_is_not(
    width: float, height: float
) -> None:
    size = QSizeF(width, height)
    largest = png.largest_scale(size)
    assert largest == 0 or png.possible(png.image_size(size, largest))
    assert not png.possible(png.image_size(size, largest + 0.03))
    if largest:
        offered = png.scales(size, (1, 2, 8))
        assert all(png.possible(pixels) for _, pixels in offered)
        assert offered[-1][0] in (8, largest)
    else:
        with pytest.raises(ExportError, match="too large"):
            png.scales(size, (1, 2, 8))


def test_that_a_graph_too_large_for_any_image_is_sent_to_svg() -> None:
    wide = Placement(plan="rows", width=9e6, height=9e6, centers={}, curves={}, sizes={})
    figure = tutorial_figure()
    with pytest.raises(ExportError, match="too large") as raised:
        render(GraphFigure(graph=figure.graph, placement=wide, scale=1.0))
    assert raised.value.hint == "Use SVG."


def test_that_a_plot_is_saved_whole(tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_ARGB32)
    image.fill(QColor("#E4572E"))
    save_image(image, tmp_path / "plot.png")
    assert QImage(str(tmp_path / "plot.png")).pixelColor(5, 5) == QColor("#E4572E")


def test_that_an_empty_image_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="empty"):
        save_image(QImage(), tmp_path / "plot.png")
    assert not list(tmp_path.iterdir())


def test_that_the_image_says_by_which_plan_it_was_laid_out() -> None:
    figure = tutorial_figure()
    placed = msgspec.structs.replace(figure.placed, plan="rows", reason="time")
    image = image_of(msgspec.structs.replace(figure, placement=placed))
    assert image.text("Description") == f"Drawn by gradviz, {layout_text(placed)}."
    assert "in time" in layout_text(placed)


def test_that_the_texts_name_model_torch_and_seed() -> None:
    origin = Origin(model="a + 中文\x1b", seed=3, torch="2.13.0")
    image = image_of(msgspec.structs.replace(tutorial_figure(), origin=origin))
    assert image.text("Model") == "a + 中文␛"
    assert (image.text("PyTorch"), image.text("Seed")) == ("2.13.0", "3")
    assert image.text("Software").startswith("gradviz ")


def test_that_a_transparent_image_shows_what_lies_beneath_and_its_nodes_do_not() -> None:
    figure = msgspec.structs.replace(tutorial_figure(scale=1.0), transparent=True)
    image = image_of(figure)
    (x, y), (width, _) = figure.placed.centers["muld"], figure.placed.sizes["muld"]
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(round(x - width / 2 + 5), round(y)) == QColor(LIGHT.now_tint.fill)


def test_that_pillow_reads_the_resolution_and_the_texts() -> None:
    image = Image.open(io.BytesIO(render(tutorial_figure(scale=300 / 96))))
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert image.text["Software"].startswith("gradviz ")  # type: ignore[attr-defined]

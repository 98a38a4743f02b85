"""Frames are painted beneath their nodes, and their title lines where these can be read."""

import numpy as np
import pytest
from graphs_in_groups import grouped, placed_outline, recorded
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.outline import Outline
from gradviz.core.graphs.placement import Placement
from gradviz.render.fonts import fonts
from gradviz.render.groups.frame_painter import fitting, title_rect, title_width
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.painter import paint
from gradviz.render.style import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")


def _opened() -> tuple[Outline, OutlinePictures, Placement]:
    graph, trace = recorded("5x^3 + 2x^2 + 4x + 8")
    graph = grouped(graph, block=[node.id for node in graph.nodes[1:6]])
    outline, placed = placed_outline(graph, "block")
    return outline, OutlinePictures(OutlineIndex(outline, graph), trace), placed


def _painted(cursor: int, theme: Theme = LIGHT, scale: float = 1.0) -> QImage:
    outline, pictures, placement = _opened()
    size = QRectF(0, 0, placement.width * scale, placement.height * scale).toAlignedRect().size()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(theme.canvas)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint(painter, outline.graph, pictures.at(cursor), placement, theme, scale=scale)
    painter.end()
    return image


def _pixels(image: QImage, rect: QRectF) -> np.ndarray:
    part = image.copy(rect.toAlignedRect()).convertToFormat(QImage.Format.Format_RGB32)
    found = np.frombuffer(part.constBits(), np.uint8).reshape(part.height(), part.width(), 4)
    # The image, whose memory it is, ends with this function.
    return found.copy()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_that_a_frame_is_filled_and_has_its_title(qapp: QApplication, theme: Theme) -> None:
    _, _, placement = _opened()
    (rect,) = placement.frames.values()
    image = _painted(0, theme)
    fill = image.pixelColor(int(rect[0]) + 6, int(rect[1] + rect[3]) - 6).name().upper()
    assert fill == theme.bar
    assert _pixels(image, title_rect(QRectF(*rect))).std() > 5


def test_that_a_frame_changes_when_the_walk_is_within() -> None:
    assert _painted(0) != _painted(3)


def test_that_a_frame_seen_from_afar_is_named_as_large_as_on_the_screen() -> None:
    _, _, placement = _opened()
    ((left, top, width, height),) = placement.frames.values()
    scale = 0.3
    image = _painted(0, scale=scale)
    name = QRectF(left * scale + 4, top * scale + 4, 30, fonts().title.height)
    assert width * scale > 60
    assert height * scale > 60
    assert _pixels(image, name).std() > 20


def test_that_the_title_line_leaves_out_the_last_facts_first() -> None:
    face = fonts().subtitle
    facts = ("GPT2Block", "9 of 21", "12,704 parameters", "68 nodes")
    whole = " · ".join(facts)
    assert fitting(facts, face, face.width(whole)) == whole
    assert fitting(facts, face, face.width(whole) - 1) == " · ".join(facts[:3])
    assert fitting(facts, face, face.width("GPT2Block")) == "GPT2Block"
    assert fitting(facts, face, 2.0) == ""


def test_that_a_title_line_has_room_for_title_class_and_progress() -> None:
    group = Group(id="h.3", title="h.3", kind="module", type_name="GPT2Block")
    faces = fonts()
    least = faces.title.width("h.3") + faces.subtitle.width("GPT2Block · 888 of 888")
    assert title_width(group) >= least

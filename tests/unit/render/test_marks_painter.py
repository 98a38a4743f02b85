"""The marks of what came and what went, told by the pixels that they leave."""

from itertools import pairwise

import msgspec
import pytest
from changing_graphs import add_chain
from PySide6.QtGui import QColor, QImage, QPainter

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import Marks, UnionLayout, shape_of
from gradviz.layout.rows import place_in_rows
from gradviz.render.measure import boxes
from gradviz.render.painter import paint
from gradviz.render.picture import picture
from gradviz.render.style import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")


def changed(before: str, after: str) -> tuple[Graph, Placement, Marks]:
    graphs = add_chain(before), add_chain(after)
    union_layout = UnionLayout()
    for graph in graphs:
        union_layout.add(graph, shape_of(graph), boxes(graph))
    whole = place_in_rows(union_layout.boxes, union_layout.links)
    old, new = (shape_of(graph) for graph in graphs)
    return graphs[1], union_layout.placement_of(new, whole), union_layout.marks(old, new, whole)


def painted(graph: Graph, placement: Placement, marks: Marks, theme: Theme = LIGHT) -> QImage:
    image = QImage(round(placement.width), round(placement.height), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.canvas))
    painter = QPainter(image)
    paint(painter, graph, picture(graph), placement, theme, marks=marks)
    painter.end()
    return image


def colors(image: QImage, left: float, top: float, size: int = 24) -> set[str]:
    part = image.copy(round(left), round(top), size, size)
    return {part.pixelColor(x, y).name().upper() for x in range(size) for y in range(size)}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_that_what_came_has_a_ring_with_a_sign_and_what_stayed_has_not(theme: Theme) -> None:
    graph, placement, marks = changed("ab", "abc")
    image = painted(graph, placement, marks, theme)
    assert marks.came
    for node in graph.nodes:
        (x, y), (width, height) = placement.centers[node.id], placement.sizes[node.id]
        corner = colors(image, x - width / 2 - 12, y - height / 2 - 12, 14)
        assert (theme.came in corner) == (node.id in marks.came)
    came = next(iter(marks.came))
    x, y = (placement.centers[came][i] - placement.sizes[came][i] / 2 - 5 for i in range(2))
    sign, ground = image.pixelColor(round(x), round(y)), QColor(theme.canvas)
    assert abs(sign.lightness() - ground.lightness()) < 5


def test_that_what_went_is_left_as_an_outline() -> None:
    graph, placement, marks = changed("abc", "ab")
    image, plain = painted(graph, placement, marks), painted(graph, placement, Marks())
    assert len(marks.gone) == 3
    for node in marks.gone:
        left, top = (node.center[i] - node.size[i] / 2 for i in range(2))
        assert LIGHT.gone in colors(image, left - 8, top - 8, 16)
        assert LIGHT.gone not in colors(plain, left - 8, top - 8, 16)


def test_that_a_node_with_other_numbers_has_a_sign_and_the_others_have_none() -> None:
    graph, placement, _ = changed("ab", "ab")
    one = graph.nodes[0].id
    image = painted(graph, placement, Marks(changed=frozenset({one})))
    plain = painted(graph, placement, Marks())
    for node in graph.nodes:
        (x, y), (width, height) = placement.centers[node.id], placement.sizes[node.id]
        corner = (x - width / 2 - 6, y - height / 2 - 6, 14)
        assert (colors(image, *corner) != colors(plain, *corner)) == (node.id == one)


def test_that_what_a_backward_pass_computed_has_one_more_outline() -> None:
    graph, placement, _ = changed("ab", "ab")
    twice = msgspec.structs.replace(
        graph, nodes=tuple(msgspec.structs.replace(node, order=2) for node in graph.nodes)
    )
    for node in graph.nodes:
        (x, y), (width, _) = placement.centers[node.id], placement.sizes[node.id]
        lines = []
        for each in (graph, twice):
            image = painted(each, placement, Marks())
            across = [
                image.pixelColor(round(x - width / 2) + place, round(y)).name()
                for place in range(-2, 7)
            ]
            lines.append(sum(a != b for a, b in pairwise(across)))
        assert lines[1] > lines[0]

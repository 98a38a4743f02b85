"""What a step has painted anew, pixel for pixel what painting all of the graph anew gives."""

import msgspec
import numpy as np
import pytest
from graphs_in_groups import grouped, placed_outline
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.trace import Trace
from gradviz.core.graphs.union_layout import Marks
from gradviz.core.graphs.walk import first_cursor, last_cursor
from gradviz.engine.runs.run import Run
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.plans import place
from gradviz.render.cut import LONG
from gradviz.render.groups.outline_index import OutlineIndex
from gradviz.render.groups.outline_pictures import OutlinePictures
from gradviz.render.layers.sight import COARSE_SCALE
from gradviz.render.measure import boxes, links
from gradviz.render.picture_cache import PictureCache
from gradviz.render.style import LIGHT
from gradviz.ui.canvas import ground
from gradviz.ui.canvas.ground import Ground
from gradviz.ui.canvas.view import GraphView

#: Of 255 for each colour.
_SMOOTHED = 8
#: The chip of the last stands out of its placement.
_MODELS = ("5x^3 + 2x^2 + 4x + 8", "sin(x)")


def _recorded(source: str) -> tuple[Graph, Trace]:
    return Run(Model(source=source)).record()[1:]


def _placed(graph: Graph) -> Placement:
    """Return a placement in which a leaf that is used again has a further copy in a corner."""
    placement = place(LayoutRequest(request=1, boxes=boxes(graph), links=links(graph)))
    leaf = next(node.id for node in graph.nodes if node.kind == "leaf" and node.op == "x")
    *_, last = graph.edges_out_of[leaf]
    width, height = placement.sizes[leaf]
    return msgspec.structs.replace(placement, ghosts={last.id: (width / 2, height / 2)})


@pytest.fixture
def view(qtbot: QtBot) -> GraphView:
    made = GraphView(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def _on_screen(view: GraphView) -> QImage:
    """Return what is on the screen once all that was asked for has been painted."""
    QApplication.processEvents()
    # Qt paints some milliseconds later, at the rate of the screen, unless it is asked to now.
    QApplication.sendEvent(view, QEvent(QEvent.Type.UpdateRequest))
    return view.screen().grabWindow(view.winId()).toImage()


def _finished(view: GraphView) -> QImage:
    """Return what is on the screen once also what was left for later has been painted."""
    _on_screen(view)
    while view.unfinished:
        _on_screen(view)
    return _on_screen(view)


def _differ(one: QImage, other: QImage) -> bool:
    """Tell whether pixels differ by more than edges that are smoothed otherwise do."""
    if one == other:
        return False
    first, second = (np.frombuffer(image.constBits(), np.uint8) for image in (one, other))
    return bool((np.maximum(first, second) - np.minimum(first, second) > _SMOOTHED).any())


def _share_that_differs(one: QImage, other: QImage) -> float:
    first, second = (np.frombuffer(image.constBits(), np.uint8) for image in (one, other))
    return float((np.maximum(first, second) - np.minimum(first, second) > _SMOOTHED).mean())


# All is in sight: Qt begins the dashes of a line elsewhere where the line is cut off.
@pytest.mark.parametrize("size", [(100, 56), (760, 600)])
@pytest.mark.parametrize("source", _MODELS)
def test_that_a_walk_is_painted_as_if_each_step_were_painted_anew(
    view: GraphView, source: str, size: tuple[int, int]
) -> None:
    view.resize(*size)
    graph, trace = _recorded(source)
    placement = _placed(graph)
    picture_cache = PictureCache(graph, trace)
    view.show_graph(graph, picture_cache.at(0), placement, Marks(), another=True)
    _show_whole(view, placement)
    assert (view.scale_factor < COARSE_SCALE) == (size == (100, 56))
    before, moved = _on_screen(view), 0
    walk = range(first_cursor(trace), last_cursor(trace) + 1)
    for cursor in (*walk, *reversed(walk)):
        view.show_picture(graph, picture_cache.at(cursor))
        in_part = _on_screen(view)
        view.forget_painted()
        assert not _differ(in_part, _on_screen(view)), cursor
        moved += _differ(before, in_part)
        before = in_part
    assert moved >= 2 * len(trace.steps)


def _show_whole(view: GraphView, placement: Placement) -> None:
    """Let all be seen, however small."""
    room = view.viewport().rect()
    fitting = min(room.width() / placement.width, room.height() / placement.height)
    if fitting < view.scale_factor:
        view.zoom_by(fitting / view.scale_factor)
        view.centerOn(placement.width / 2, placement.height / 2)


@pytest.mark.parametrize("size", [(100, 56), (760, 600)])
@pytest.mark.parametrize("opened", [(), ("net",), ("net", "net.inner")])
def test_that_a_walk_in_groups_is_painted_as_if_each_step_were_painted_anew(
    view: GraphView, opened: tuple[str, ...], size: tuple[int, int]
) -> None:
    view.resize(*size)
    graph, trace = _recorded("5x^3 + 2x^2 + 4x + 8")
    names = [node.id for node in graph.nodes]
    graph = grouped(graph, net=names[1:4], net__inner=names[4:9])
    outline, placement = placed_outline(graph, *opened)
    pictures = OutlinePictures(OutlineIndex(outline, graph), trace)
    view.show_graph(outline.graph, pictures.at(0), placement, Marks(), another=True)
    _show_whole(view, placement)
    walk = range(first_cursor(trace), last_cursor(trace) + 1)
    for cursor in (*walk, *reversed(walk)):
        view.show_picture(outline.graph, pictures.at(cursor))
        in_part = _finished(view)
        view.forget_painted()
        assert not _differ(in_part, _finished(view)), cursor


def test_that_a_scroll_is_painted_as_if_all_were_painted_anew(view: GraphView) -> None:
    view.resize(300, 200)
    graph, trace = _recorded("a + b x + sin(c x)^2")
    picture_cache = PictureCache(graph, trace)
    placement = place(LayoutRequest(request=1, boxes=boxes(graph), links=links(graph)))
    view.show_graph(graph, picture_cache.at(0), placement, Marks(), another=True)
    view.actual_size()
    bars = (view.horizontalScrollBar(), view.verticalScrollBar())
    before, moved = _on_screen(view), 0
    for step, (across, down) in enumerate(((7, 0), (0, 9), (-11, 13), (40, -30), (1, 1)), start=1):
        for bar, by in zip(bars, (across, down), strict=True):
            bar.setValue(bar.value() + by)
        view.show_picture(graph, picture_cache.at(step))
        in_part = _on_screen(view)
        view.forget_painted()
        anew = _on_screen(view)
        # Where Qt cuts a line off, its dashes begin elsewhere: a few pixels are allowed for.
        assert _share_that_differs(in_part, anew) < 0.002, step
        moved += _share_that_differs(before, in_part) > 0.02
        before = in_part
    assert moved == 5


def _large(view: GraphView) -> tuple[Graph, PictureCache, Placement]:
    """Return a graph of many parts, with edges many times longer than the view."""
    text = " + ".join(f"{'abc'[term % 3]} sin({'bca'[term % 3]} x)" for term in range(60))
    graph, trace = _recorded(text)
    request = LayoutRequest(request=1, boxes=boxes(graph), links=links(graph), plan="rows")
    view.resize(700, 500)
    return graph, PictureCache(graph, trace), place(request)


@pytest.fixture
def _in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the rest for later after each part."""
    monkeypatch.setattr(ground, "_AT_ONCE", 0)
    monkeypatch.setattr(ground, "_PIECE_S", 0.0)


@pytest.mark.usefixtures("_in_small_pieces")
@pytest.mark.parametrize("whole", [True, False])
def test_that_a_graph_painted_in_pieces_looks_as_if_it_were_painted_at_once(
    view: GraphView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    graph, picture_cache, placement = _large(view)
    view.show_graph(graph, picture_cache.at(0), placement, Marks(), another=True)
    if not whole:
        view.actual_size()
    assert placement.height > LONG
    for cursor in (0, 1, 2, 3, 200):
        view.show_picture(graph, picture_cache.at(cursor))
        view.show_selected(graph.nodes[cursor].id)
        view.viewport().repaint()
        assert view.unfinished or not whole
        qtbot.waitUntil(lambda: not view.unfinished)
    in_pieces = _on_screen(view)
    monkeypatch.setattr(ground, "_AT_ONCE", 10_000)
    view.forget_painted()
    at_once = _on_screen(view)
    assert not view.unfinished
    # Where Qt cuts a line off, its dashes begin elsewhere: a few pixels are allowed for.
    assert _share_that_differs(in_pieces, at_once) < 0.002


@pytest.mark.usefixtures("_in_small_pieces")
def test_that_the_image_before_stays_until_a_large_graph_is_painted_anew(
    view: GraphView, qtbot: QtBot
) -> None:
    graph, picture_cache, placement = _large(view)
    view.show_graph(graph, picture_cache.at(0), placement, Marks(), another=True)
    view.viewport().repaint()
    assert view.unfinished
    qtbot.waitUntil(lambda: not view.unfinished)
    before = _on_screen(view)
    view.show_selected(graph.nodes[0].id)
    view.viewport().repaint()
    assert view.unfinished
    assert view.screen().grabWindow(view.winId()).toImage() == before
    qtbot.waitUntil(lambda: not view.unfinished)
    assert _on_screen(view) != before


@pytest.mark.usefixtures("_in_small_pieces")
def test_that_a_fast_walk_over_a_large_graph_is_painted_on_the_way(
    view: GraphView, qtbot: QtBot
) -> None:
    graph, picture_cache, placement = _large(view)
    view.show_graph(graph, picture_cache.at(0), placement, Marks(), another=True)
    seen: list[int] = []
    found = view.findChild(Ground)
    assert found is not None
    found.painted.connect(lambda: seen.append(1))
    walk = iter(range(1, 200))

    def step() -> None:
        view.show_picture(graph, picture_cache.at(next(walk)))
        view.viewport().repaint()

    # Each step comes before the one before it could be painted.
    stepping = QTimer(interval=0)
    stepping.timeout.connect(step)
    stepping.start()
    qtbot.waitUntil(lambda: len(seen) > 2)
    stepping.stop()

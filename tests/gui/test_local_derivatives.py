"""The derivative of each node by each of its inputs, shown beside the edges between them."""

from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot
from window_acts import action, rested, typed

from gradviz.core.graphs.tensors import TensorSummary
from gradviz.ui.controllers.rules import local_derivatives
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice

pytestmark = pytest.mark.usefixtures("layouts")
_CHOICE = "gradviz.view.local_derivatives"


def _shown(window: MainWindow) -> dict[tuple[str, str], float]:
    """Return the numbers on the edges, by the labels of their ends."""
    picture, graph = window.canvas.picture(), window.state.graph
    assert picture is not None
    assert graph is not None
    named = {node.id: node.label or node.op for node in graph.nodes}
    return {
        (named[edge.source], named[edge.target]): picture.local[edge.id]
        for edge in graph.edges
        if edge.id in picture.local
    }


def _at_a_point(window: MainWindow, qtbot: QtBot, text: str) -> None:
    typed(window, qtbot, text)
    window.workbench.choose_mode("point")
    rested(window, qtbot)


def test_that_each_edge_between_numbers_shows_the_derivative_that_torch_has(
    window: MainWindow, qtbot: QtBot
) -> None:
    _at_a_point(window, qtbot, "sin(x^2) + 3x")
    assert _shown(window) == {}
    action(window, _CHOICE).trigger()
    qtbot.waitUntil(lambda: len(_shown(window)) == 5)
    graph = window.state.graph
    assert graph is not None
    place = next(node.value for node in graph.nodes if node.op == "x")
    assert isinstance(place, TensorSummary)
    x = torch.tensor(place.scalar, requires_grad=True)
    square = x**2
    (by_x,) = torch.autograd.grad(square, x, retain_graph=True)
    (by_square,) = torch.autograd.grad(torch.sin(square), square)
    found = _shown(window)
    assert found["x", "x²"] == by_x.item()
    assert by_square.item() in found.values()
    assert sorted(found.values()).count(1.0) == 2
    assert found["x", "3·x"] == 3.0
    action(window, _CHOICE).trigger()
    assert _shown(window) == {}


def test_that_another_model_and_another_x_have_their_own(window: MainWindow, qtbot: QtBot) -> None:
    action(window, _CHOICE).trigger()
    _at_a_point(window, qtbot, "4x")
    qtbot.waitUntil(lambda: list(_shown(window).values()) == [4.0])
    typed(window, qtbot, "7x")
    qtbot.waitUntil(lambda: list(_shown(window).values()) == [7.0])


def test_that_they_are_read_out_and_written_into_files(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    action(window, _CHOICE).trigger()
    _at_a_point(window, qtbot, "4x")
    qtbot.waitUntil(lambda: bool(_shown(window)))
    parts = window.canvas.view.spoken_parts()
    assert parts is not None
    known = [parts.part(key) for key in tuple(parts.keys())]
    assert any(part and "derivative by x 4" in part.value for part in known)
    path = tmp_path / "graph.svg"
    window.exports.write_graph(path)
    qtbot.waitUntil(path.exists)
    assert "∂ 4" in path.read_text(encoding="utf-8")


def test_that_a_graph_without_single_numbers_and_one_too_large_say_so_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Notice] = []
    window.state.noticed.connect(told.append)
    monkeypatch.setattr(local_derivatives, "MOST_NODES", 3)
    action(window, _CHOICE).trigger()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "up to 3 nodes" in told[0].message
    typed(window, qtbot, "5x + 2")
    rested(window, qtbot)
    assert len(told) == 1

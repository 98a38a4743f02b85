"""The inspector of a group: its operations, its times, and its parameters with their gradients."""

import runpy
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import torch
from local_engine import LocalEngine
from own_models import HEAD, model_of, written
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from torch.utils.flop_counter import FlopCounterMode
from window_acts import SOON_MS, inspected, rested

from gradviz.core.graphs.outline import item_id
from gradviz.core.number_text import counted, short
from gradviz.protocol.questions import CountElements, CountFlops, TimePass
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.inspector.inspector_panel import InspectorPanel

pytestmark = pytest.mark.usefixtures("layouts")

#: Half of the units in front are dead.
NET = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.front = nn.Sequential(nn.Linear(3, 4), nn.ReLU())
            self.back = nn.Linear(4, 2)
            with torch.no_grad():
                for place, each in enumerate(self.parameters()):
                    each.copy_(torch.linspace(0.1, 1 + place, each.numel()).view_as(each))
                self.front[0].bias.copy_(torch.tensor([1.0, -99.0, 1.0, -99.0]))

        def forward(self, x):
            return self.back(self.front(x))


    def example_inputs():
        return torch.linspace(-0.1, 1, 15).view(5, 3)
    """
)


@pytest.fixture
def net(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> dict[str, Any]:
    """Show the model in the window with the inspector in front, and return what its file has."""
    path = written(tmp_path, NET)
    window.workbench.choose_own(model_of(path, "Net"))
    qtbot.waitUntil(lambda: bool(window.state.graph and window.state.graph.groups), timeout=SOON_MS)
    window.show_panel("inspector")
    rested(window, qtbot)
    return runpy.run_path(str(path))


def panel(window: MainWindow) -> InspectorPanel:
    found = window.panels.widgets["inspector"]
    assert isinstance(found, InspectorPanel)
    return found


def choose(window: MainWindow, qtbot: QtBot, group: str) -> None:
    window.workbench.showing.find(item_id(group))
    rested(window, qtbot)


def value(window: MainWindow, name: str) -> str:
    """Return the value beside a name."""
    texts = inspected(window)
    return texts[texts.index(name) + 1]


def test_that_a_group_has_the_operations_that_torch_counts_for_its_module(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any], engine: LocalEngine
) -> None:
    assert not [each for each in engine.questions if isinstance(each, CountFlops)]
    module = net["Net"]()
    with FlopCounterMode(display=False) as front:
        hidden = module.front(net["example_inputs"]())
    with FlopCounterMode(display=False) as back:
        module.back(hidden)
    choose(window, qtbot, "front")
    assert value(window, "FLOPs forwards") == counted(front.get_total_flops())
    choose(window, qtbot, "back")
    assert value(window, "FLOPs forwards") == counted(back.get_total_flops())
    assert len([each for each in engine.questions if isinstance(each, CountFlops)]) == 1


def test_that_a_group_without_a_product_says_so(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any]
) -> None:
    choose(window, qtbot, "front.1")
    assert value(window, "FLOPs forwards").startswith("0: no matrix product")


def test_that_nothing_is_counted_while_no_group_is_inspected(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any], engine: LocalEngine
) -> None:
    graph = window.state.graph
    assert graph is not None
    window.workbench.select(graph.output)
    rested(window, qtbot)
    window.panels.docks["inspector"].hide()
    choose(window, qtbot, "front")
    kinds = {type(each) for each in engine.questions}
    assert not kinds & {CountFlops, CountElements, TimePass}


def test_that_the_parameters_have_the_gradients_that_torch_computes(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any]
) -> None:
    module = net["Net"]()
    module(net["example_inputs"]()).sum().backward()
    choose(window, qtbot, "front.0")
    table = panel(window).parameters.table
    assert panel(window).parameters.isVisible()
    expected = {}
    for name in ("weight", "bias"):
        parameter = module.front[0].get_parameter(name)
        gradient, norm = parameter.grad, torch.linalg.vector_norm(parameter.grad).item()
        ratio = norm / torch.linalg.vector_norm(parameter).item()
        share = (gradient == 0).float().mean().item()
        assert share == 0.5
        expected[name] = (short(norm, 5), short(ratio, 5), "50 %")
    rows = [table.whole_texts(row) for row in range(table.model().rowCount())]
    assert {row[0]: _rounded(row) for row in rows} == expected


def _rounded(row: tuple[str, ...]) -> tuple[str, ...]:
    return short(float(row[1]), 5), short(float(row[2]), 5), row[3]


def test_that_a_parameter_without_a_gradient_has_dashes(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any]
) -> None:
    graph, trace = window.state.graph, window.state.trace
    assert graph is not None
    assert trace is not None
    leaf = next(node.id for node in graph.nodes if node.op == "back.bias")
    del trace.leaf_grads[leaf]
    choose(window, qtbot, "back")
    table = panel(window).parameters.table
    rows = {table.whole_texts(row)[0]: table.whole_texts(row)[1:] for row in range(2)}
    assert rows["bias"] == ("–", "–", "–")
    assert "–" not in rows["weight"]


def test_that_a_double_click_on_a_parameter_shows_its_tensor(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any]
) -> None:
    choose(window, qtbot, "front.0")
    table = panel(window).parameters.table
    place = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(window.workbench.inspection.tensor_wanted) as wanted:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    graph = window.state.graph
    assert graph is not None
    assert graph.node[wanted.args[0].node].op == f"front.0.{table.whole_texts(0)[0]}"


def test_that_the_times_of_a_group_are_measured_when_that_is_asked_for(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any], engine: LocalEngine
) -> None:
    choose(window, qtbot, "front")
    assert value(window, "time") == "not measured"
    assert panel(window).measure.isVisible()
    QTest.mouseClick(panel(window).measure, Qt.MouseButton.LeftButton)
    rested(window, qtbot)
    assert value(window, "time forwards").endswith("µs")
    assert value(window, "time backwards").endswith("µs")
    assert not panel(window).measure.isVisible()
    times = window.workbench.health.times
    assert times is not None
    graph = window.state.graph
    assert graph is not None
    inside = {graph.nodes[i].id for i in graph.grouping.nodes_within(graph.grouping.index["front"])}
    total = sum(each.backward_us or 0 for each in times.nodes if each.node in inside)
    assert value(window, "time backwards") == f"{short(total, 3)} µs"


def test_that_the_graph_of_a_gradient_says_why_there_are_no_figures(
    window: MainWindow, qtbot: QtBot, net: dict[str, Any]
) -> None:
    window.workbench.choose_order(2)
    rested(window, qtbot)
    choose(window, qtbot, "front")
    assert "graph of a gradient" in value(window, "FLOPs forwards")
    QTest.mouseClick(panel(window).measure, Qt.MouseButton.LeftButton)
    rested(window, qtbot)
    assert "of a gradient" in value(window, "time")

"""The health panel: what a graph is coloured by, what is marked, and from where on."""

from pathlib import Path

import pytest
from own_models import HEAD, model_of, written
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, press, shown, stands, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.health_panel import HealthPanel
from gradviz.ui.panels.missing_panel import MissingPanel

pytestmark = pytest.mark.usefixtures("layouts")
_SOON_MS = 5000


def _panel(window: MainWindow, qtbot: QtBot) -> HealthPanel:
    panel = window.panels.widgets["health"]
    assert isinstance(panel, HealthPanel)
    panel.come_to_front()
    qtbot.waitUntil(lambda: panel.seen, timeout=_SOON_MS)
    return panel


def test_that_a_dead_place_is_listed_and_a_click_selects_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "relu(x - 3)")
    panel = _panel(window, qtbot)
    qtbot.waitUntil(lambda: panel.places.count() == 3, timeout=_SOON_MS)
    item = panel.places.item(1)
    assert "dead" in item.text()
    place = panel.places.visualItemRect(item).center()
    QTest.mouseClick(panel.places.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.state.selected == item.data(Qt.ItemDataRole.UserRole)


def test_that_the_graph_is_coloured_by_what_is_chosen_with_a_legend(
    window: MainWindow, qtbot: QtBot
) -> None:
    controller = window.workbench.health
    assert controller.shades.fills == {}
    action(window, "gradviz.view.colour_gradient").trigger()
    qtbot.waitUntil(lambda: bool(controller.shades.fills), timeout=_SOON_MS)
    assert window.state.graph is not None
    assert controller.shades.fills.keys() == window.state.graph.node.keys()
    assert controller.shades.legend is not None
    action(window, "gradviz.view.colour_zeros").trigger()
    qtbot.waitUntil(
        lambda: controller.note == "" and bool(controller.shades.fills), timeout=_SOON_MS
    )
    action(window, "gradviz.view.colour_off").trigger()
    qtbot.waitUntil(lambda: controller.shades.fills == {}, timeout=_SOON_MS)


def test_that_a_threshold_marks_other_places_and_is_remembered(
    window: MainWindow, qtbot: QtBot, settings: QSettings
) -> None:
    panel = _panel(window, qtbot)
    assert panel.places.count() == 0
    panel.exploding.setValue(100.0)
    qtbot.waitUntil(lambda: panel.places.count() > 0, timeout=_SOON_MS)
    assert "exploding" in panel.places.item(0).text()
    assert float(str(settings.value("health/exploding"))) == 100.0
    panel.reset.click()
    qtbot.waitUntil(lambda: panel.places.count() == 0, timeout=_SOON_MS)


DEEP = HEAD + (
    "class Deep(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.layers = nn.ModuleList(nn.Linear(8, 8) for _ in range(10))\n"
    "        self.spare = nn.Parameter(torch.ones(2))\n"
    "    def forward(self, x):\n"
    "        for layer in self.layers:\n"
    "            x = torch.sigmoid(layer(x / 8))\n"
    "        return x.sum()\n"
    "def example_inputs():\n"
    "    return torch.ones(4, 8)\n"
)


def _of_deep(window: MainWindow, qtbot: QtBot, folder: Path) -> HealthPanel:
    path = written(folder, DEEP)
    window.workbench.choose_own(model_of(path))
    qtbot.waitUntil(lambda: stands(window, str(path)) and shown(window), timeout=_SOON_MS)
    panel = _panel(window, qtbot)
    qtbot.waitUntil(lambda: "(Linear)" in _beginning(panel, 0), timeout=_SOON_MS)
    return panel


def _beginning(panel: HealthPanel, row: int) -> str:
    item = panel.beginnings.item(row)
    return item.text() if item is not None else ""


def test_that_a_click_on_a_layer_selects_the_node_where_it_begins_to_vanish(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _of_deep(window, qtbot, tmp_path)
    rows = [_beginning(panel, row) for row in range(panel.beginnings.count())]
    layers = [each for each in rows if "(Linear)" in each]
    assert layers == sorted(layers, reverse=True), "the backward pass reaches the last layer first"
    assert layers[-1] == "From Addmm in layers.0 (Linear)"
    last = panel.beginnings.item(rows.index(layers[-1]))
    panel.beginnings.scrollToItem(last)
    place = panel.beginnings.visualItemRect(last).center()
    QTest.mouseClick(panel.beginnings.viewport(), Qt.MouseButton.LeftButton, pos=place)
    graph, selected = window.state.graph, window.state.selected
    assert graph is not None
    assert selected is not None
    first = [node.id for node in graph.nodes if node.op == "Addmm"][-1]
    assert selected == first
    assert "vanishing in layers.0 (Linear) from Addmm on" in last.toolTip()
    assert "net.py:11: x = torch.sigmoid(layer(x / 8))" in last.toolTip()


def test_that_the_layers_are_reached_by_keys_and_named(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _of_deep(window, qtbot, tmp_path)
    panel.beginnings.setFocus()
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_Return)
    first = panel.beginnings.item(0).data(Qt.ItemDataRole.UserRole)
    assert window.state.selected == first
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert window.state.selected not in (None, first)
    assert panel.beginnings.accessibleName()
    assert panel.missing.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_parameters_without_gradient_are_counted_and_a_click_tells_why(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _of_deep(window, qtbot, tmp_path)
    qtbot.waitUntil(panel.missing.isVisible, timeout=_SOON_MS)
    assert panel.missing.text() == "1 of 21 parameters without gradient"
    QTest.mouseClick(panel.missing, Qt.MouseButton.LeftButton)
    reasons = window.panels.widgets["missing"]
    assert isinstance(reasons, MissingPanel)
    qtbot.waitUntil(lambda: reasons.seen and reasons.table.hasFocus(), timeout=_SOON_MS)
    assert reasons.model.rows[0].name == "spare"


def test_that_a_healthy_graph_has_neither_beginnings_nor_missing_parameters(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    panel = _panel(window, qtbot)
    qtbot.waitUntil(lambda: window.workbench.missing.found is not None, timeout=_SOON_MS)
    assert not panel.beginnings.isVisible()
    assert not panel.missing.isVisible()
    assert "No place is marked" in panel.summary.text()


def test_that_beginnings_go_with_the_graph_that_they_are_of(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = _of_deep(window, qtbot, tmp_path)
    typed(window, qtbot, "a + b x")
    qtbot.waitUntil(lambda: not panel.beginnings.isVisible(), timeout=_SOON_MS)
    qtbot.waitUntil(lambda: not panel.missing.isVisible(), timeout=_SOON_MS)

"""The health panel: what a graph is coloured by, what is marked, and from where on."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.health_panel import HealthPanel

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

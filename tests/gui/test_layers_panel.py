"""The form that stacks layers, with real clicks and keys: it writes the field and reads it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, stands, type_in, typed

from gradviz.expression.networks.stacking import FIRST_NETWORK
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.layers_panel import LayersPanel

pytestmark = pytest.mark.usefixtures("layouts")


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> LayersPanel:
    action(window, "gradviz.model.layers").trigger()
    found = window.panels.widgets["layers"]
    assert isinstance(found, LayersPanel)
    qtbot.waitUntil(lambda: found.seen, timeout=SOON_MS)
    return found


def _rows(panel: LayersPanel) -> list[str]:
    return [panel.list.item(row).text().split(None, 1)[1] for row in range(panel.list.count())]


def _click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def _enter(panel: LayersPanel, name: str, text: str) -> None:
    box = panel.options.controls[name]
    assert isinstance(box, QSpinBox | QLineEdit)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)


def test_that_a_network_is_begun_and_stacked(
    window: MainWindow, panel: LayersPanel, qtbot: QtBot
) -> None:
    assert panel.begin.isVisible()
    _click(panel.begin)
    qtbot.waitUntil(lambda: stands(window, FIRST_NETWORK), timeout=SOON_MS)
    assert _rows(panel) == ["Linear(1, 16)", "Tanh()", "Linear(16, 1)"]
    panel.list.setCurrentRow(0)
    _enter(panel, "out_features", "8")
    assert window.top.field.text() == "Linear(1, 8), Tanh(), Linear(8, 1)"
    panel.list.setCurrentRow(1)
    _click(panel.add)
    assert _rows(panel)[2] == "Tanh()"
    panel.kind.setFocus()
    QTest.keyClicks(panel.kind, "Linear")
    wide = "Linear(1, 8), Tanh(), Linear(8, 16), Linear(16, 1)"
    qtbot.waitUntil(lambda: stands(window, wide), timeout=SOON_MS)
    assert window.top.field.text() == wide


def test_that_it_is_used_by_keys_alone(
    window: MainWindow, panel: LayersPanel, qtbot: QtBot
) -> None:
    typed(window, qtbot, "Linear(1, 4), Tanh(), Dropout(p=0.1), Linear(4, 1)")
    panel.list.setFocus()
    panel.list.setCurrentRow(1)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.top.field.text() == "Linear(1, 4), Dropout(p=0.1), Tanh(), Linear(4, 1)"
    assert panel.list.currentRow() == 2
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert panel.kind.currentText() == "Dropout"
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    text = "Linear(1, 4), Tanh(), Linear(4, 1)"
    qtbot.waitUntil(lambda: stands(window, text), timeout=SOON_MS)
    assert _rows(panel) == ["Linear(1, 4)", "Tanh()", "Linear(4, 1)"]


def test_that_it_follows_the_field(window: MainWindow, panel: LayersPanel, qtbot: QtBot) -> None:
    typed(window, qtbot, "nn.Linear(1, 4), nn.ReLU(), nn.Linear(4, 1)")
    assert _rows(panel) == ["Linear(1, 4)", "ReLU()", "Linear(4, 1)"]
    type_in(window, "Linear(1, 4), ReLU(), Linear(5, 1)")
    assert window.state.error is not None
    assert _rows(panel)[2] == "Linear(5, 1)"
    panel.list.setCurrentRow(0)
    _enter(panel, "out_features", "6")
    text = "Linear(1, 6), ReLU(), Linear(6, 1)"
    qtbot.waitUntil(lambda: stands(window, text), timeout=SOON_MS)
    assert window.state.error is None
    typed(window, qtbot, "a x + b")
    assert panel.begin.isVisible()
    assert not panel.list.isVisible()

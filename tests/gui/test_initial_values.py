"""Where parameters start: typed into the panel of results with real keys."""

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, typed

from gradviz.core.number_text import stored
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.result_panel import ResultPanel

pytestmark = pytest.mark.usefixtures("layouts")


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> ResultPanel:
    widget = window.panels.widgets["result"]
    assert isinstance(widget, ResultPanel)
    typed(window, qtbot, "a x + b")
    qtbot.waitUntil(lambda: list(widget.fields) == ["a", "b"], timeout=SOON_MS)
    return widget


def enter(panel: ResultPanel, name: str, text: str) -> None:
    field = panel.fields[name]
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def parameters(window: MainWindow) -> dict[str, float]:
    return window.state.progress.parameters


def drawn() -> dict[str, float]:
    """Return what the seed 0 gives."""
    torch.manual_seed(0)
    return {"a": torch.randn(()).item(), "b": torch.randn(()).item()}


def test_that_a_parameter_starts_at_what_is_typed_until_its_field_is_emptied(
    window: MainWindow, qtbot: QtBot, panel: ResultPanel
) -> None:
    assert parameters(window) == drawn()
    enter(panel, "b", "0.25")
    qtbot.waitUntil(lambda: parameters(window)["b"] == 0.25, timeout=SOON_MS)
    assert parameters(window)["a"] == drawn()["a"]
    qtbot.waitUntil(lambda: panel.fields["b"].text() == "0.25", timeout=SOON_MS)
    window.workbench.choose_steps(3)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 3, timeout=SOON_MS)
    qtbot.waitUntil(panel.fields["b"].isReadOnly, timeout=SOON_MS)
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: parameters(window)["b"] == 0.25, timeout=SOON_MS)
    qtbot.waitUntil(lambda: not panel.fields["b"].isReadOnly(), timeout=SOON_MS)
    enter(panel, "b", "")
    qtbot.waitUntil(lambda: parameters(window) == drawn(), timeout=SOON_MS)


@pytest.mark.parametrize("text", ["much", "inf", "1e39"])
def test_that_what_is_no_start_is_refused(
    window: MainWindow, qtbot: QtBot, panel: ResultPanel, text: str
) -> None:
    enter(panel, "a", text)
    qtbot.waitUntil(lambda: "a cannot start at" in panel.message.text(), timeout=SOON_MS)
    assert parameters(window) == drawn()
    assert window.state.model.initial == {}
    qtbot.waitUntil(lambda: panel.fields["a"].text() == stored(drawn()["a"]), timeout=SOON_MS)


def test_that_a_start_stays_with_the_parameter_and_not_with_another_model(
    window: MainWindow, qtbot: QtBot, panel: ResultPanel
) -> None:
    enter(panel, "b", "0.25")
    qtbot.waitUntil(lambda: parameters(window)["b"] == 0.25, timeout=SOON_MS)
    typed(window, qtbot, "a x^2 + b")
    assert parameters(window)["b"] == 0.25
    typed(window, qtbot, "a x^2")
    assert window.state.model.initial == {}
    window.workbench.choose_model("module")
    qtbot.waitUntil(lambda: "d" in parameters(window), timeout=SOON_MS)
    assert parameters(window)["b"] == drawn()["b"]

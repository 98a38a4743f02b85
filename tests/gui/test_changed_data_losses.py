"""Losses of other data are not joined: the curve has a gap, and a mark says where."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.loss_panel import LossPanel

pytestmark = pytest.mark.usefixtures("layouts")


def trained(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    """Train `steps` steps, one by one."""
    for _ in range(steps):
        before = window.state.progress.step
        action(window, "gradviz.train.step").trigger()
        qtbot.waitUntil(
            lambda before=before: window.state.progress.explained_step == before + 1,  # type: ignore[misc]
            timeout=SOON_MS,
        )


def loss_panel(window: MainWindow) -> LossPanel:
    panel = window.panels.widgets["loss"]
    assert isinstance(panel, LossPanel)
    window.show_panel("loss")
    panel.draw()
    return panel


def gaps(panel: LossPanel) -> list[float]:
    """Return the steps before which the curve is broken."""
    assert panel.curve is not None
    steps, losses = panel.curve.getOriginalDataset()
    return [float(step) for step in steps[np.isnan(losses)]]


def test_that_the_curve_breaks_where_the_data_were_changed(
    window: MainWindow, qtbot: QtBot
) -> None:
    trained(window, qtbot, 4)
    assert gaps(loss_panel(window)) == []
    window.workbench.choose_data(target="cos(x)")
    qtbot.waitUntil(lambda: window.state.progress.data_steps == (4,), timeout=SOON_MS)
    trained(window, qtbot, 3)
    panel = loss_panel(window)
    assert gaps(panel) == [4.0]
    assert [mark.value() for mark in panel.data_marks] == [4]
    assert "data changed" in panel.data_marks[0].label.toPlainText()
    assert "other data" in panel.reading(4.0)
    assert "other data" not in panel.reading(3.0)


def test_that_the_mark_goes_with_the_steps_that_it_is_about(
    window: MainWindow, qtbot: QtBot
) -> None:
    trained(window, qtbot, 4)
    window.workbench.choose_data(target="cos(x)")
    qtbot.waitUntil(lambda: window.state.progress.data_steps == (4,), timeout=SOON_MS)
    trained(window, qtbot, 2)
    window.workbench.visit_step(2)
    qtbot.waitUntil(lambda: window.state.progress.explained_step == 2, timeout=SOON_MS)
    trained(window, qtbot, 2)
    panel = loss_panel(window)
    assert gaps(panel) == []
    assert panel.data_marks == []
    steps, losses = panel.branches[0].getOriginalDataset()
    assert [float(step) for step in steps[np.isnan(losses)]] == [4.0]
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: window.state.progress.step == 0, timeout=SOON_MS)
    assert window.state.progress.data_steps == ()


def test_that_a_change_before_the_first_step_is_no_break(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_data(target="cos(x)")
    trained(window, qtbot, 2)
    assert gaps(loss_panel(window)) == []

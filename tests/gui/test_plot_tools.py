"""Reading the plots, and taking them away: cross, zoom, menu, image and numbers."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, answering

from gradviz.core.errors import ExportError
from gradviz.core.number_text import short
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots import plot_panel
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.plots.plot_panel import PlotPanel

pytestmark = pytest.mark.usefixtures("layouts")


def shown(window: MainWindow, qtbot: QtBot, name: str) -> PlotPanel:
    panel = window.panels.widgets[name]
    assert isinstance(panel, PlotPanel)
    window.panels.widgets[name].come_to_front()
    qtbot.waitUntil(lambda: panel.seen and panel.plot is not None, timeout=SOON_MS)
    return panel


def trained(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    window.workbench.choose_steps(steps)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == steps, timeout=4 * SOON_MS)
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=SOON_MS)


def accept(dialog: QDialog, path: Path) -> None:
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()


def choose(panel: PlotPanel, text: str) -> None:
    action = next(each for each in panel.menu().actions() if each.text() == text)
    assert action.isEnabled()
    action.trigger()


def test_that_the_cross_tells_the_values_of_the_curves(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 40)
    panel = shown(window, qtbot, "loss")
    assert panel.crosshair is not None
    assert not panel.crosshair.readout.isVisible()
    panel.crosshair.show_at(QPointF(12.3, 1.0))
    losses = window.state.progress.losses.values
    assert panel.crosshair.readout.text() == f"step 12\nloss  {short(float(losses[12]))}"
    assert panel.crosshair.readout.isVisible()


def test_that_the_cross_follows_the_mouse_and_leaves_with_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = shown(window, qtbot, "fit")
    assert panel.plot is not None
    assert panel.crosshair is not None
    viewport, cross = panel.plot.viewport(), panel.crosshair
    middle = viewport.rect().center()
    place = QPointF(middle)
    QApplication.sendEvent(
        viewport, QEnterEvent(place, place, QPointF(viewport.mapToGlobal(middle)))
    )
    viewport.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=True)
    QTest.mouseMove(viewport, middle)
    qtbot.waitUntil(lambda: cross.lines[0].isVisible(), timeout=SOON_MS)
    assert "target" in cross.readout.text()
    assert "y_pred" in cross.readout.text()
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert not any(line.isVisible() for line in cross.lines)
    assert not cross.readout.isVisible()


def test_that_a_double_click_shows_all_again(window: MainWindow, qtbot: QtBot) -> None:
    panel = shown(window, qtbot, "fit")
    assert panel.plot is not None
    box = panel.plot.getViewBox()
    whole = box.viewRange()
    box.scaleBy((0.25, 0.25))
    box.sigRangeChangedManually.emit([True, True])
    assert box.viewRange() != whole
    QTest.mouseDClick(panel.plot.viewport(), Qt.MouseButton.LeftButton)
    assert np.allclose(box.viewRange(), whole)


def test_that_the_loss_goes_to_a_linear_axis_and_stays_there(
    window: MainWindow, qtbot: QtBot, settings: QSettings
) -> None:
    trained(window, qtbot, 40)
    panel = shown(window, qtbot, "loss")
    assert isinstance(panel, LossPanel)
    assert panel.plot is not None
    choose(panel, "Logarithmic axis")
    assert panel.logarithmic
    choose(panel, "Linear axis")
    largest = window.state.progress.losses.values.max()
    assert panel.plot.getViewBox().viewRange()[1][1] >= largest
    assert settings.value("loss_axis") == "linear"


def test_that_a_linear_axis_has_room_for_losses_that_are_not_above_zero(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = shown(window, qtbot, "loss")
    assert isinstance(panel, LossPanel)
    assert panel.plot is not None
    window.state.progress.losses.extend(np.array([2.0, 0.0, -3.5]))
    panel.choose_axis("linear")
    _, curve = panel.plot.listDataItems()[-1].getData()
    assert curve.tolist() == [2.0, 0.0, -3.5]
    low, high = panel.plot.getViewBox().viewRange()[1]
    assert low <= -3.5
    assert high >= 2.0


def test_that_the_data_are_every_loss_in_all_digits(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    trained(window, qtbot, 60)
    path = tmp_path / "loss.csv"
    clock = answering(QFileDialog, lambda dialog: accept(dialog, path))
    choose(shown(window, qtbot, "loss"), "Export data as CSV…")
    assert not clock.isActive()
    qtbot.waitUntil(path.exists)
    header, *rows = csv.reader(path.read_text().splitlines())
    assert header == ["step", "loss"]
    assert [float(loss) for _, loss in rows] == window.state.progress.losses.values.tolist()


def test_that_data_that_cannot_be_written_are_told_of(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _: bytes) -> None:
        raise ExportError(f"{path.name}: there is no space left.")

    monkeypatch.setattr(plot_panel, "write_bytes", full)
    trained(window, qtbot, 5)
    answering(QFileDialog, lambda dialog: accept(dialog, tmp_path / "loss.csv"))
    with qtbot.waitSignal(window.state.noticed) as noticed:
        choose(shown(window, qtbot, "loss"), "Export data as CSV…")
    assert noticed.args is not None
    assert noticed.args[0].message == "loss.csv: there is no space left."


def test_that_the_image_is_copied_and_written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = shown(window, qtbot, "fit")
    choose(panel, "Copy image")
    assert QGuiApplication.clipboard().image().width() == 1280
    path = tmp_path / "fit.png"
    clock = answering(QFileDialog, lambda dialog: accept(dialog, path))
    choose(panel, "Export image…")
    assert not clock.isActive()
    qtbot.waitUntil(path.exists)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_that_the_norms_of_the_gradients_are_those_that_were_recorded(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = shown(window, qtbot, "gradients")
    trained(window, qtbot, 30)
    qtbot.waitUntil(lambda: window.state.trace is not None and window.state.trace.at_step == 30)
    trace, graph = window.state.trace, window.state.graph
    assert trace is not None
    assert graph is not None
    panel.draw()
    for leaf, gradient in trace.leaf_grads.items():
        curve = next(each for each in panel.series() if each.name == graph.node[leaf].op)
        assert curve.x[0] == 0
        assert curve.x[-1] == 30
        assert curve.y[-1] == gradient.norm

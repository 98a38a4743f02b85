"""The plots: axes with names, on the scale that shows the curve, data as dots, the curve whole."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, pass_time, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.compare_panel import ComparePanel
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.plots.plot_panel import PlotPanel

pytestmark = pytest.mark.usefixtures("layouts")


def shown(window: MainWindow, qtbot: QtBot, name: str) -> PlotPanel:
    panel = window.panels.widgets[name]
    assert isinstance(panel, PlotPanel)
    panel.come_to_front()
    qtbot.waitUntil(lambda: panel.seen and panel.plot is not None, timeout=SOON_MS)
    return panel


def fit(window: MainWindow, qtbot: QtBot) -> FitPanel:
    panel = shown(window, qtbot, "fit")
    assert isinstance(panel, FitPanel)
    panel.draw()
    return panel


def labels(panel: PlotPanel) -> tuple[str, str]:
    assert panel.plot is not None
    bottom, left = (panel.plot.getAxis(side) for side in ("bottom", "left"))
    return bottom.labelText, left.labelText


def with_losses(window: MainWindow, qtbot: QtBot, losses: list[float]) -> LossPanel:
    panel = shown(window, qtbot, "loss")
    assert isinstance(panel, LossPanel)
    window.state.progress.losses.extend(np.array(losses))
    panel.draw()
    return panel


@pytest.mark.parametrize(
    ("losses", "name"),
    [([2.29, 2.2, 2.01], "loss"), ([3.0, -3.5], "loss"), ([2e5, 900.0, 8.8], "loss (log)")],
)
def test_that_the_loss_has_the_axis_that_shows_it(
    window: MainWindow, qtbot: QtBot, losses: list[float], name: str
) -> None:
    panel = with_losses(window, qtbot, losses)
    assert labels(panel) == ("step", name)
    assert panel.plot is not None
    assert panel.curve is not None
    _, curve = panel.curve.getData()
    assert np.isfinite(curve).all()
    low, high = panel.plot.getViewBox().viewRange()[1]
    assert low <= curve.min() <= curve.max() <= high
    assert curve.max() - curve.min() > 0.3 * (high - low)


def test_that_the_axis_is_chosen_in_the_menu_and_remembered(
    window: MainWindow, qtbot: QtBot, settings: QSettings
) -> None:
    panel = with_losses(window, qtbot, [2.29, 2.2, 2.01])
    for title, scale, name in (
        ("Logarithmic axis", "log", "loss (log)"),
        ("Linear axis", "linear", "loss"),
        ("Automatic axis", "auto", "loss"),
    ):
        entries = {each.text(): each for each in panel.menu().actions()}
        entries[title].trigger()
        assert settings.value("loss_axis") == scale
        assert labels(panel) == ("step", name)
        again = {each.text(): each for each in panel.menu().actions()}
        assert [text for text, each in again.items() if each.isChecked()] == [title]


def test_that_every_plot_names_its_axes(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    for name, expected in {
        "fit": ("x", "y"),
        "residual": ("x", "y_pred − y"),
        "parameters": ("step", "parameter"),
        "gradients": ("step", "norm of the gradient (log)"),
    }.items():
        assert labels(shown(window, qtbot, name)) == expected


def test_that_few_data_are_dots_and_the_curve_runs_through_many_x(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "six.csv"
    path.write_text("x,y\n3,9\n0,0\n1,1\n5,25\n2,4\n4,16\n")
    window.workbench.choose_data(data_file=str(path))
    state = window.state
    qtbot.waitUntil(lambda: bool(state.built and state.built.grid is not None), timeout=SOON_MS)
    window.workbench.choose_steps(1)
    window.workbench.choose_learning_rate(1e-9)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: state.progress.explained_step == 1, timeout=SOON_MS)
    panel = fit(window, qtbot)
    dots = panel.curves["target"]
    assert dots.opts["symbol"] == "o"
    assert dots.opts["pen"].style() == Qt.PenStyle.NoPen
    assert sorted(dots.getData()[0]) == [0, 1, 2, 3, 4, 5]
    x, y = panel.curves["prediction"].getData()
    assert len(x) >= 500
    assert (x[0], x[-1]) == (0.0, 5.0)
    values = state.progress.parameters
    expected = sum(values[name] * x**power for power, name in enumerate("abcd"))
    assert np.allclose(y, expected, rtol=1e-4, atol=1e-4)
    first, _ = panel.curves["first"].getData()
    assert len(first) == len(x)
    assert "target  9" in panel.reading(3.0)
    residual = shown(window, qtbot, "residual")
    residual.draw()
    assert residual.curve.opts["symbol"] == "o"  # type: ignore[attr-defined]


def test_that_a_function_of_dense_x_stays_a_line(window: MainWindow, qtbot: QtBot) -> None:
    assert window.state.built is not None
    assert window.state.built.grid is None
    assert fit(window, qtbot).curves["target"].opts["symbol"] is None


def test_that_a_pole_is_a_gap_and_leaves_room_for_the_rest(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "tan(x)")
    panel = fit(window, qtbot)
    assert panel.plot is not None
    low, high = panel.plot.getViewBox().viewRange()[1]
    assert high - low < 100
    _, y = panel.curves["prediction"].getOriginalDataset()
    assert np.isnan(y).any()


def test_that_lines_are_two_pixels_wide(window: MainWindow, qtbot: QtBot) -> None:
    loss = shown(window, qtbot, "loss")
    assert isinstance(loss, LossPanel)
    assert loss.curve is not None
    for curve in (fit(window, qtbot).curves["prediction"], loss.curve):
        assert curve.opts["pen"].widthF() == 2


def test_that_compared_runs_share_the_axis_of_the_loss(window: MainWindow, qtbot: QtBot) -> None:
    comparison = window.workbench.comparison
    comparison.add_present()
    comparison.add_other_optimizer("adam")
    window.workbench.choose_steps(5)
    panel = shown(window, qtbot, "compare")
    assert isinstance(panel, ComparePanel)
    comparison.run_or_stop()
    qtbot.waitUntil(lambda: window.state.comparison.step > 0, timeout=SOON_MS)
    panel.choose_axis("log")
    assert labels(panel) == ("step", "loss (log)")
    panel.choose_axis("linear")
    assert labels(panel) == ("step", "loss")
    _, y = panel.curves[0].getData()
    assert y[0] == window.state.comparison.runs[0].losses.values[0]


def test_that_the_numbers_of_a_narrow_axis_do_not_run_into_each_other(qtbot: QtBot) -> None:
    from gradviz.ui.panels.plots.empty_plot import empty_plot

    plot = empty_plot()
    qtbot.addWidget(plot)
    axis = plot.getAxis("bottom")
    for width, whole in ((900, True), (120, False)):
        plot.resize(width, 200)
        plot.show()
        plot.setXRange(0, 2000, padding=0)
        texts = axis.tickStrings([0, 500, 1000, 1500, 2000], 1.0, 500)
        assert all(texts) is whole
        assert texts[0] == "0"


def test_that_an_axis_that_is_shorter_than_its_name_leaves_it_out(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = shown(window, qtbot, "gradients")
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.plot is not None
    name = panel.plot.getAxis("left").label
    for height in (300, 130, 300):
        panel.resize(400, height)
        qtbot.waitUntil(lambda: name.isVisible() is (panel.height() == 300), timeout=SOON_MS)


def test_that_names_of_axes_that_hardly_fit_come_and_go_no_more_than_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = shown(window, qtbot, "gradients")
    monkeypatch.setattr(type(panel), "axis_names", ("a name as long as the other", "b" * 30))
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.show()
    panel.draw()
    assert panel.plot is not None
    axes = [panel.plot.getAxis(side) for side in ("bottom", "left")]
    changes: list[bool] = []
    for axis in axes:
        monkeypatch.setattr(axis, "showLabel", _counting(axis.showLabel, changes))
    panel.resize(800, 700)
    qtbot.waitUntil(lambda: all(each.label.isVisible() for each in axes), timeout=SOON_MS)
    box, names = panel.plot.getViewBox(), [axis.label.boundingRect().width() for axis in axes]
    width, height = panel.width() - box.width(), panel.height() - box.height()
    for less in range(2, 16, 2):
        panel.resize(800, 700)
        pass_time(30)
        changes.clear()
        panel.resize(round(names[0] + width) - less, round(names[1] + height) - less)
        for _ in range(20):
            pass_time(2)
        assert len(changes) <= 2


def _counting(show: Callable[[bool], None], changes: list[bool]) -> Callable[[bool], None]:
    def counted(shown: bool = True) -> None:
        changes.append(shown)
        show(shown)

    return counted

"""The landscape of the loss, with real clicks, keys and drags."""

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, rested, typed

from gradviz.protocol.questions import MapLandscape
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.landscape.landscape_panel import LandscapePanel
from gradviz.ui.panels.plots.dragged_point import DraggedPoint
from gradviz.ui.panels.plots.fit_panel import FitPanel

pytestmark = pytest.mark.usefixtures("layouts")
#: The grid is computed on a machine that does other things too.
PATIENT_MS = 6 * SOON_MS


@pytest.fixture(autouse=True)
def _every_move_counts() -> Iterator[None]:
    """Let no move of the mouse be left out that comes soon after another one."""
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    pg.setConfigOption("mouseRateLimit", before)


def panel_of(window: MainWindow, qtbot: QtBot) -> LandscapePanel:
    panel = window.panels.widgets["landscape"]
    assert isinstance(panel, LandscapePanel)
    panel.come_to_front()
    qtbot.waitUntil(lambda: panel.seen, timeout=SOON_MS)
    return panel


def mapped(window: MainWindow, qtbot: QtBot, across: str, up: str) -> None:
    """Wait until the landscape over these numbers is there, and is that of this moment."""
    controller = window.workbench.landscape

    def there() -> bool:
        found = controller.landscape
        return (
            found is not None
            and (found.across, found.up) == (across, up)
            and not controller.stale
            and controller._inquiry is None
        )

    qtbot.waitUntil(there, timeout=PATIENT_MS)


def drawn(panel: LandscapePanel, qtbot: QtBot) -> None:
    """Wait until the plot has what the controller has."""

    def shown() -> bool:
        found, items, point = panel._controller.landscape, panel.items, panel._point()
        if found is None or panel._shown is not found or items is None or point is None:
            return False
        place = items.point.pos()
        return (place.x(), place.y()) == point

    qtbot.waitUntil(shown, timeout=SOON_MS)


def choose(panel: LandscapePanel, across: str, up: str) -> None:
    for box, name in ((panel.controls.across, across), (panel.controls.up, up)):
        box.setCurrentText(name)
        line = box.lineEdit()
        assert line is not None
        QTest.keyClick(line, Qt.Key.Key_Return)
    panel.controls._choose()


def drag(panel: LandscapePanel, qtbot: QtBot, by: QPoint) -> None:
    """Drag the point of the panel with the mouse."""
    drawn(panel, qtbot)
    assert panel.plot is not None
    assert panel.items is not None
    drag_point(panel.plot, panel.items.point, by)


def drag_point(view: pg.PlotWidget, point: DraggedPoint, by: QPoint) -> None:
    start = view.mapFromScene(view.getViewBox().mapViewToScene(QPointF(point.pos())))
    target = view.viewport()
    QTest.mouseMove(target, start)
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.4, 0.7, 1.0):
        place = start + QPoint(round(by.x() * part), round(by.y() * part))
        QTest.mouseMove(target, place)
        QApplication.processEvents()
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=start + by)


def test_that_the_map_shows_the_loss_of_torch_its_way_and_the_negative_gradient(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "b")
    found = window.workbench.landscape.landscape
    assert found is not None
    values = found.values.floats()
    x = torch.linspace(-torch.pi, torch.pi, 2000)
    for row, column in ((0, 0), (50, 20), (99, 99)):
        a, b = float(found.x.floats()[column]), float(found.y.floats()[row])
        assert values[row, column] == pytest.approx(
            (a + b * x - x.sin()).pow(2).sum().item(), rel=1e-4
        )
    qtbot.waitUntil(
        lambda: panel.items is not None and panel.items.map.isVisible(), timeout=SOON_MS
    )
    assert panel.items is not None
    assert panel.axis_names == ("a", "b")
    point = panel.items.point.pos()
    parameters = window.state.progress.parameters
    assert (point.x(), point.y()) == (parameters["a"], parameters["b"])
    slopes = panel._slopes()
    assert panel.items._direction == (-(slopes[0] or 0), -(slopes[1] or 0))
    window.workbench.choose_steps(30)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 30, timeout=SOON_MS)
    mapped(window, qtbot, "a", "b")
    way = panel._way()
    assert way[0].tolist() == [point.x(), point.y()]
    now = window.state.progress.parameters
    assert way[-1].tolist() == [now["a"], now["b"]]
    qtbot.waitUntil(
        lambda: panel.items is not None and panel.items.way.isVisible(), timeout=SOON_MS
    )


def test_that_the_start_is_dragged_and_the_loss_follows(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "b")
    qtbot.waitUntil(
        lambda: panel.items is not None and panel.items.map.isVisible(), timeout=4 * SOON_MS
    )
    before, asked = window.state.progress.parameters, len(_maps(window))
    drag(panel, qtbot, QPoint(30, -20))
    qtbot.waitUntil(
        lambda: (
            window.state.progress.parameters["a"] > before["a"]
            and window.state.progress.parameters["b"] > before["b"]
            and not window.state.building
        ),
        timeout=4 * SOON_MS,
    )
    a, b = (window.state.model.initial[name] for name in ("a", "b"))
    qtbot.waitUntil(
        lambda: window.state.progress.parameters == pytest.approx({"a": a, "b": b}),
        timeout=4 * SOON_MS,
    )
    x = torch.linspace(-torch.pi, torch.pi, 2000)
    loss = (a + b * x - x.sin()).pow(2).sum().item()
    assert window.state.built is not None
    assert window.state.built.output == pytest.approx(loss, rel=1e-4)
    # The others have not moved: it is the same landscape.
    assert len(_maps(window)) == asked


def test_that_a_point_that_has_been_left_is_not_dragged_until_a_reset(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "b")
    window.workbench.train_one_step()
    qtbot.waitUntil(lambda: window.state.progress.step == 1, timeout=SOON_MS)
    mapped(window, qtbot, "a", "b")
    panel.draw()
    assert panel.items is not None
    assert not panel.items.point.movable
    assert "Reset" in panel.items.point.toolTip()
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: window.state.progress.step == 0, timeout=SOON_MS)
    panel.draw()
    assert panel.items.point.movable


def test_that_one_parameter_has_a_curve_with_its_tangent(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "")
    qtbot.waitUntil(
        lambda: panel.items is not None and panel.items.tangent.isVisible(), timeout=SOON_MS
    )
    assert panel.items is not None
    x, y = panel.items.tangent.getData()
    trace = window.state.trace
    assert trace is not None
    (gradient,) = trace.leaf_grads.values()
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(gradient.scalar)
    assert not panel.controls.up.isEnabled()


def test_that_x_moves_along_the_curve_of_a_point_and_the_graph_follows(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "5x^3 + 2x^2 + 4x + 8")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "x", "")
    assert panel._slopes() == (72.0,)
    drag(panel, qtbot, QPoint(-40, 0))
    qtbot.waitUntil(lambda: window.state.model.at < 2, timeout=SOON_MS)
    at = window.state.model.at
    qtbot.waitUntil(
        lambda: panel._slopes()[0] == pytest.approx(15 * at * at + 4 * at + 4, rel=1e-5),
        timeout=SOON_MS,
    )


def test_that_x_moves_along_the_curve_beside_the_graph_too(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "x^2")
    panel = window.panels.widgets["fit"]
    assert isinstance(panel, FitPanel)
    panel.come_to_front()
    qtbot.waitUntil(
        lambda: (
            panel.handle is not None
            and panel.handle.isVisible()
            and (panel.handle.pos().x(), panel.handle.pos().y()) == (2, 4)
        ),
        timeout=SOON_MS,
    )
    # The heading takes its lines, and the plot moves.
    rested(window, qtbot)
    assert panel.handle is not None
    assert panel.plot is not None
    drag_point(panel.plot, panel.handle, QPoint(-40, 0))
    qtbot.waitUntil(lambda: window.state.model.at < 2, timeout=SOON_MS)
    at = window.state.model.at
    qtbot.waitUntil(lambda: panel._slope() == pytest.approx(2 * at), timeout=SOON_MS)
    qtbot.waitUntil(
        lambda: panel.handle is not None and panel.handle.pos().y() == pytest.approx(at * at),
        timeout=SOON_MS,
    )
    assert window.top.points.boxes["x"].value() == pytest.approx(at)


def test_that_the_input_of_the_curve_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "x y + sin(z)")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "x", "")
    choose(panel, "z", "a curve")
    mapped(window, qtbot, "z", "")
    found = window.workbench.landscape.landscape
    assert found is not None
    assert found.values.floats()[0] == pytest.approx(2 + np.sin(found.x.floats()), abs=1e-5)
    assert panel._slopes()[0] == pytest.approx(np.cos(1.0), rel=1e-6)
    choose(panel, "x", "y")
    mapped(window, qtbot, "x", "y")
    assert panel._slopes() == (1.0, 2.0)


def test_that_a_number_that_is_not_there_is_said(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "b")
    choose(panel, "q[3]", "b")
    qtbot.waitUntil(lambda: "no number 'q[3]'" in panel.controls.note.text(), timeout=SOON_MS)
    assert panel.controls.note.isVisible()


def test_that_a_smaller_part_is_computed_anew(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "b")
    first = window.workbench.landscape.landscape
    assert first is not None
    panel.controls.nearer.click()
    controller = window.workbench.landscape
    qtbot.waitUntil(
        lambda: controller.landscape is not first and controller.landscape is not None,
        timeout=PATIENT_MS,
    )
    second = controller.landscape
    assert second is not None
    assert np.ptp(second.x.floats()) < np.ptp(first.x.floats())
    panel.controls.whole.click()
    qtbot.waitUntil(
        lambda: (
            controller.landscape is not None
            and np.ptp(controller.landscape.x.floats()) == pytest.approx(np.ptp(first.x.floats()))
        ),
        timeout=PATIENT_MS,
    )


def test_that_compared_runs_have_their_ways(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    panel = panel_of(window, qtbot)
    workbench, comparison = window.workbench, window.state.comparison
    workbench.choose_steps(40)
    workbench.comparison.add_present()
    workbench.comparison.add_other_optimizer("adam")
    workbench.comparison.run_or_stop()
    qtbot.waitUntil(lambda: comparison.step == 40 and not comparison.running, timeout=PATIENT_MS)
    panel = panel_of(window, qtbot)
    mapped(window, qtbot, "a", "b")
    panel.draw()
    ways = panel._runs()
    assert sorted(ways) == [1, 2]
    start = [window.state.progress.parameters[name] for name in "ab"]
    assert all(way[0].tolist() == start for way in ways.values())
    assert ways[1][-1].tolist() != ways[2][-1].tolist()
    assert panel.items is not None
    assert [run.isVisible() for run in panel.items.runs[:3]] == [True, True, False]


def test_that_without_numbers_the_panel_says_how_to_get_some(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = panel_of(window, qtbot)
    assert window.state.built is not None
    window.state.built = None
    panel.refresh()
    assert not panel.has_something()
    assert "Type an expression" in panel._empty.text()


def _maps(window: MainWindow) -> list[MapLandscape]:
    return [each for each in window._engine.questions if isinstance(each, MapLandscape)]  # type: ignore[attr-defined]

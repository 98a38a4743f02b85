"""After a training that diverged, everything shown is of one step, which is named."""

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.result_panel import ResultPanel

pytestmark = pytest.mark.usefixtures("layouts")
_ALT = Qt.KeyboardModifier.AltModifier


def diverged(window: MainWindow, qtbot: QtBot) -> int:
    """Train until the loss is not finite; return the newest step."""
    window.workbench.choose_learning_rate(1e-4)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.notices.isVisible(), timeout=10_000)
    return window.state.progress.step


def texts(window: MainWindow) -> dict[str, str]:
    """Return each place that names the step."""
    widgets = window.panels.widgets
    window.show_panel("result")
    result, fit = widgets["result"], widgets["fit"]
    assert isinstance(result, ResultPanel)
    assert isinstance(fit, FitPanel)
    fit.draw()
    status = window.statusBar().findChildren(QLabel)
    return {
        "graph": window.canvas.readout.text(),
        "result": result.moment.text(),
        "fit": fit.heading.text(),
        "timeline": next(w.text() for w in window.timeline.findChildren(QLabel, "where")),
        "history": window.history.sign.text(),
        "status": next(each.text() for each in status if "trained" in each.text()),
    }


def leaves(window: MainWindow) -> dict[str, float]:
    """Return the parameters as the graph shows them."""
    graph = window.state.graph
    assert graph is not None
    return {
        node.op: node.value.scalar
        for node in graph.nodes
        if node.kind == "leaf" and node.value is not None and node.value.scalar is not None
    }


def at_one_step(window: MainWindow, step: int) -> bool:
    state = window.state
    at = state.trace.at_step if state.trace else None
    return (state.progress.step, at, state.progress.explained_step) == (step, step, step)


def test_that_graph_and_result_are_of_the_last_finite_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_panel("inspector")
    newest = diverged(window, qtbot)
    assert at_one_step(window, newest)
    assert leaves(window) == window.state.progress.parameters
    assert window.state.progress.failed_step == newest + 1
    window.workbench.select(window.state.graph.output)  # type: ignore[union-attr]
    qtbot.waitUntil(
        lambda: all(f"{newest:,}" in text for text in texts(window).values()), timeout=SOON_MS
    )
    inspector = window.panels.widgets["inspector"].place.text()  # type: ignore[attr-defined]
    assert f"step {newest:,}" in inspector


def test_that_the_pass_that_failed_can_be_visited_and_is_named_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    newest = diverged(window, qtbot)
    press(window, Qt.Key.Key_Right, _ALT)
    qtbot.waitUntil(lambda: at_one_step(window, newest + 1), timeout=SOON_MS)
    state = window.state
    assert leaves(window) == state.progress.parameters
    graph = state.graph
    assert graph is not None
    output = graph.node[graph.output].value
    assert output is not None
    assert not output.finite
    failed = "the pass that failed"
    qtbot.waitUntil(lambda: all(failed in text for text in texts(window).values()), timeout=SOON_MS)
    assert not action(window, "gradviz.train.visit_forward").isEnabled()
    loss = window.panels.widgets["loss"]
    assert isinstance(loss, LossPanel)
    loss.draw()
    qtbot.waitUntil(lambda: failed in loss.heading.text(), timeout=SOON_MS)
    press(window, Qt.Key.Key_End, _ALT)
    qtbot.waitUntil(lambda: at_one_step(window, newest), timeout=SOON_MS)


def test_that_training_goes_on_from_the_last_finite_step_and_forgets_the_failure(
    window: MainWindow, qtbot: QtBot
) -> None:
    newest = diverged(window, qtbot)
    press(window, Qt.Key.Key_Right, _ALT)
    qtbot.waitUntil(lambda: at_one_step(window, newest + 1), timeout=SOON_MS)
    window.workbench.choose_learning_rate(1e-12)
    action(window, "gradviz.train.step").trigger()
    qtbot.waitUntil(lambda: window.state.progress.failed_step is None, timeout=SOON_MS)
    progress = window.state.progress
    assert progress.step == newest + 1
    assert progress.failed_step is None
    assert not progress.branches
    assert len(progress.losses) == newest + 1
    assert all(map(math.isfinite, progress.losses.values))
    assert "newest" in window.history.sign.text()

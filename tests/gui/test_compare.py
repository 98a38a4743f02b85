"""Runs side by side in the window: the list, the plot, and what each of them comes to."""

import numpy as np
import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_acts import action, typed

from gradviz.core.choices.comparison import MOST
from gradviz.core.number_text import equation_text
from gradviz.protocol.commands import CompareRuns
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.compare_panel import ComparePanel
from gradviz.ui.state.comparison_state import ComparisonState

pytestmark = pytest.mark.usefixtures("layouts")


def panel_of(window: MainWindow) -> ComparePanel:
    """Bring the panel to the front and return it."""
    window.panels.widgets["compare"].come_to_front()
    panel = window.panels.widgets["compare"]
    assert isinstance(panel, ComparePanel)
    panel.set_seen(True)
    return panel


def click(button: object) -> None:
    """Click on the middle of a button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def compared(window: MainWindow, qtbot: QtBot) -> ComparisonState:
    """Press Compare and wait until all runs stand still."""
    click(panel_of(window).run_button)
    comparison = window.state.comparison
    qtbot.waitUntil(lambda: comparison.running, timeout=5000)
    qtbot.waitUntil(lambda: not comparison.running, timeout=20_000)
    return comparison


def add(panel: ComparePanel, place: int) -> None:
    """Choose what stands at a place of the menu: this run, or another seed."""
    panel.additions.actions()[place].trigger()


def add_optimizer(panel: ComparePanel, name: str) -> None:
    """Choose an optimizer of the menu."""
    next(each for each in panel.optimizers.actions() if each.data() == name).trigger()


def test_that_runs_are_added_trained_together_and_told(window: MainWindow, qtbot: QtBot) -> None:
    panel = panel_of(window)
    assert panel.hint.isVisible()
    assert not panel.run_button.isEnabled()
    window.workbench.choose_steps(120)
    add(panel, 0)
    assert not panel.run_button.isEnabled()
    add(panel, 1)
    add_optimizer(panel, "adam")
    assert not panel.hint.isVisible()
    first, seeded, other = (run.candidate for run in window.state.comparison.runs)
    assert (first.model, first.training) == (other.model, window.state.training)
    assert (seeded.model.seed, seeded.training) == (first.model.seed + 1, first.training)
    assert (other.training.optimizer, other.training.learning_rate) == ("adam", 1e-3)
    runs = compared(window, qtbot).runs
    assert [len(run.losses) for run in runs] == [120, 120, 120]
    assert {run.standing.state for run in runs if run.standing} == {"finished"}
    panel.refresh()
    texts = [panel.runs.item(row, 1) for row in range(3)]
    for item, run in zip(texts, runs, strict=True):
        assert item is not None
        assert run.standing is not None
        assert item.text() == f"{run.last_loss:.6g}"
        assert equation_text(run.standing.equation) in item.toolTip()


def test_that_a_compared_run_has_the_losses_of_the_training_of_the_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x + c x^2")
    window.workbench.choose_steps(150)
    window.workbench.comparison.add_present()
    window.workbench.comparison.add_other_seed()
    runs = compared(window, qtbot).runs
    assert window.state.progress.step == 0
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 150, timeout=20_000)
    assert np.array_equal(runs[0].losses.values, window.state.progress.losses.values)
    assert not np.array_equal(runs[1].losses.values, window.state.progress.losses.values)


def test_that_every_run_has_a_curve_in_its_colour_with_its_number_at_the_end(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_steps(60)
    panel = panel_of(window)
    for _ in range(MOST):
        add(panel, 1)
    assert not panel.add_button.isEnabled()
    runs = compared(window, qtbot).runs
    for theme in ("light", "dark"):
        window.choose_theme(theme)
        qtbot.waitUntil(window.updatesEnabled)
        colours = [curve.opts["pen"].color().name() for curve in panel.curves]
        assert len(set(colours)) == MOST
        labels = [label.toPlainText() for label in panel.labels]
        assert labels == [str(run.number) for run in runs]
    panel.refresh()
    for label, run in zip(panel.labels, runs, strict=True):
        assert run.last_loss is not None
        assert label.isVisible()
        assert label.pos().x() == 59
        assert label.pos().y() == pytest.approx(np.log10(run.last_loss))
    names = [series.name for series in panel.series()]
    assert names == [f"{run.number} {run.candidate.title}" for run in runs]


def test_that_stop_ends_all_runs_and_the_list_can_be_changed_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_steps(10_000_000)
    panel = panel_of(window)
    for _ in range(3):
        add(panel, 1)
    click(panel.run_button)
    comparison = window.state.comparison
    qtbot.waitUntil(lambda: comparison.step > 10, timeout=10_000)
    assert panel.run_button.text() == "Stop"
    assert not panel.add_button.isEnabled()
    click(panel.run_button)
    qtbot.waitUntil(lambda: not comparison.running, timeout=5000)
    assert len({len(run.losses) for run in comparison.runs}) == 1
    panel.runs.selectRow(1)
    click(panel.remove_button)
    assert [run.number for run in comparison.runs] == [1, 3]
    add(panel, 0)
    assert [run.number for run in comparison.runs] == [1, 2, 3]


def test_that_a_run_that_diverges_is_told_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_steps(100)
    window.workbench.comparison.add_present()
    window.workbench.choose_learning_rate(0.5)
    window.workbench.comparison.add_present()
    runs = compared(window, qtbot).runs
    panel = panel_of(window)
    panel.refresh()
    item = panel.runs.item(1, 1)
    assert item is not None
    assert item.text().endswith("diverged")
    assert "The loss is" in item.toolTip()
    assert window.state.comparison.best is runs[0]


def test_that_the_actions_follow_what_can_be_done(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    adding = action(window, "gradviz.train.add_to_comparison")
    compare = action(window, "gradviz.train.compare")
    assert (adding.isEnabled(), compare.isEnabled()) == (True, False)
    window.workbench.choose_steps(20)
    adding.trigger()
    window.workbench.choose_seed(7)
    qtbot.waitUntil(lambda: window.state.built is not None and window.state.built.model.seed == 7)
    adding.trigger()
    assert compare.isEnabled()
    compare.trigger()
    qtbot.waitUntil(lambda: not window.state.comparison.running, timeout=10_000)
    sent = next(each for each in engine.sent if isinstance(each, CompareRuns))
    assert [candidate.model.seed for candidate in sent.candidates] == [0, 7]
    typed(window, qtbot, "sin(x)")
    assert (adding.isEnabled(), compare.isEnabled()) == (False, False)


def test_that_the_comparison_stands_still_when_another_model_is_built(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_steps(10_000_000)
    window.workbench.comparison.add_present()
    window.workbench.comparison.add_other_seed()
    window.workbench.comparison.run_or_stop()
    qtbot.waitUntil(lambda: window.state.comparison.step > 0, timeout=10_000)
    typed(window, qtbot, "a x")
    assert not window.state.comparison.running
    assert len(window.state.comparison.runs) == 2


def test_that_a_run_that_cannot_be_built_is_told_above_the_graph(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.comparison.add_present()
    window.workbench.comparison.add_other_optimizer("no such optimizer")
    window.workbench.comparison.run_or_stop()
    qtbot.waitUntil(window.notices.isVisible, timeout=5000)
    assert "Run 2" in window.notices.text.text()
    assert not window.state.comparison.running

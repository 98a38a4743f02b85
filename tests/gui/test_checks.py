"""The checks panel: what was found of each gradient, and a way to stop."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, click, place_of, press, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.checks_panel import ChecksPanel


def _panel(window: MainWindow) -> ChecksPanel:
    (panel,) = window.findChildren(ChecksPanel)
    return panel


def _rows(panel: ChecksPanel) -> list[tuple[str, ...]]:
    return [panel.table.whole_texts(row) for row in range(panel.table.model().rowCount())]


def test_that_every_leaf_is_listed_with_a_verdict_in_words(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b")
    action(window, "gradviz.step.check_leaves").trigger()
    panel = _panel(window)
    assert window.state.checking
    assert panel.stop_button.isVisible()
    qtbot.waitUntil(lambda: not window.state.checking, timeout=4 * SOON_MS)
    rows = _rows(panel)
    methods = ["torch.autograd.grad", "finite differences", "sympy's derivative"]
    assert [row[1:] for row in rows] == [(method, leaf) for leaf in "ab" for method in methods]
    assert {row[0] for row in rows} == {"✓ agrees"}
    assert "2 of 2 agree" in panel.summary.text()
    assert "float64" in panel.details.text() or "Bit for bit" in panel.details.text()


def test_that_the_selected_node_alone_is_checked_and_another_pass_forgets_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "5x^3 + 2x")
    node = next(n.id for n in window.state.graph.nodes if n.op == "Add")  # type: ignore[union-attr]
    click(window, place_of(window, node))
    press(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.state.checking, timeout=4 * SOON_MS)
    panel = _panel(window)
    assert {row[2].partition(":")[0] for row in _rows(panel)} == {"Add"}
    assert any("what goes to" in row[2] for row in _rows(panel))
    typed(window, qtbot, "2x")
    assert panel.empty.isVisible()
    assert not panel.table.isVisible()


def test_that_checks_are_cancelled_by_hand_and_barred_while_training(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: window.state.model.source == "classifier" and not window.state.building,
                    timeout=4 * SOON_MS)  # fmt: skip
    window.workbench.checks.check_leaves()
    panel = _panel(window)
    panel.stop_button.click()
    qtbot.waitUntil(lambda: not window.state.checking, timeout=4 * SOON_MS)
    assert len(window.workbench.checks.found) < 6
    window.workbench.train_or_pause()
    assert not panel.leaves_button.isEnabled()
    assert "Pause" in panel.leaves_button.toolTip()
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=4 * SOON_MS)
    assert panel.leaves_button.isEnabled()

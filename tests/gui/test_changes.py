"""Two recordings laid over one another in the window."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press, shown, typed

from gradviz.core.findings.changes import Changes
from gradviz.engine import machine
from gradviz.engine.inspection import compared_recordings
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.changes_panel import ChangesPanel

pytestmark = pytest.mark.usefixtures("layouts")


def panel(window: MainWindow) -> ChangesPanel:
    """Return the panel."""
    found = window.panels.widgets["changes"]
    assert isinstance(found, ChangesPanel)
    return found


def kept(window: MainWindow, qtbot: QtBot) -> None:
    """Keep the recording that is shown, with the key for it."""
    press(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.workbench.changes.kept is not None, timeout=SOON_MS)


def compared(window: MainWindow, qtbot: QtBot) -> Changes:
    """Return how the recording that is shown differs, once that is known."""
    controller = window.workbench.changes
    qtbot.waitUntil(lambda: controller.changes is not None and shown(window), timeout=SOON_MS)
    assert controller.changes is not None
    return controller.changes


def rows(window: MainWindow) -> list[str]:
    """Return the texts of the list."""
    listed = panel(window).rows
    return [listed.item(row).text() for row in range(listed.count())]


def test_that_the_panel_says_first_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    found = panel(window)
    window.panels.widgets["changes"].come_to_front()
    qtbot.waitUntil(lambda: "Press Keep" in found.summary.text(), timeout=SOON_MS)
    assert not action(window, "gradviz.view.clear_kept").isEnabled()


def test_that_an_edit_marks_and_lists_what_came(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    kept(window, qtbot)
    typed(window, qtbot, "a + b x + c x^2")
    changes = compared(window, qtbot)
    graph = window.state.graph
    assert graph is not None
    assert sorted(graph.node[node].op for node in changes.came) == ["Add", "Mul", "c"]
    qtbot.waitUntil(lambda: bool(window.canvas.marks.came), timeout=SOON_MS)
    assert window.canvas.marks.came == set(changes.came)
    assert window.canvas.marks.changed == changes.changed_nodes - set(changes.came)
    assert any(text.startswith("+ c") for text in rows(window))
    assert "since a + b x" in window.canvas.changes.text()


def test_that_what_went_is_drawn_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x + c x^2")
    kept(window, qtbot)
    typed(window, qtbot, "a + b x")
    compared(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.canvas.marks.gone), timeout=SOON_MS)
    assert sorted(node.title for node in window.canvas.marks.gone) == ["Add", "Mul", "c"]
    assert any(text == "− c went" for text in rows(window))


def test_that_one_more_step_of_training_is_compared(window: MainWindow, qtbot: QtBot) -> None:
    kept(window, qtbot)
    assert compared(window, qtbot).identical
    assert "Identical bit for bit" in panel(window).summary.text()
    action(window, "gradviz.train.step").trigger()
    controller = window.workbench.changes
    qtbot.waitUntil(
        lambda: controller.changes is not None and not controller.changes.identical, timeout=SOON_MS
    )
    changes = compared(window, qtbot)
    assert not changes.came
    listed = panel(window).rows
    listed.itemClicked.emit(listed.item(0))
    assert window.state.selected == changes.changed[0].node


def test_that_a_long_comparison_shows_how_far_it_is_and_can_be_cancelled(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared_recordings, "_SLICE", 1)
    monkeypatch.setattr(compared_recordings, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(machine, "FRAME_S", 0.0)
    controller, told = window.workbench.changes, panel(window).summary

    def cancel() -> None:
        if controller.progress is not None:
            seen.append(told.text())
            panel(window).cancel.click()

    seen: list[str] = []
    controller.changed.connect(cancel)
    kept(window, qtbot)
    qtbot.waitUntil(lambda: "cancelled" in told.text(), timeout=SOON_MS)
    assert "nodes" in seen[0]
    assert panel(window).cancel.isHidden()
    controller.changed.disconnect(cancel)
    action(window, "gradviz.train.step").trigger()
    assert compared(window, qtbot).count


def test_that_clear_lets_it_go(window: MainWindow, qtbot: QtBot) -> None:
    kept(window, qtbot)
    typed(window, qtbot, "a x")
    compared(window, qtbot)
    action(window, "gradviz.view.clear_kept").trigger()
    qtbot.waitUntil(lambda: window.workbench.changes.kept is None, timeout=SOON_MS)
    assert not window.canvas.marks
    assert not rows(window)
    assert not action(window, "gradviz.view.clear_kept").isEnabled()


def test_that_another_model_ends_the_comparison_with_a_sentence(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    kept(window, qtbot)
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: window.workbench.changes.kept is None, timeout=SOON_MS)
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)
    assert not window.canvas.marks
    assert "since" not in window.canvas.changes.text()
    assert "a + b x, step 0, seed 0" in window.notices.text.text()
    assert "let go" in window.notices.text.text()
    assert window.notices.isVisible()


def test_that_another_seed_is_compared_with_the_kept_recording(
    window: MainWindow, qtbot: QtBot
) -> None:
    kept(window, qtbot)
    run = window.workbench.standing_run
    window.workbench.choose_seed(5)
    qtbot.waitUntil(lambda: window.workbench.standing_run != run, timeout=SOON_MS)
    assert compared(window, qtbot).count
    assert not window.notices.isVisible()

"""The panels behind Fit and Loss: code, console, residual and parameters over time."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, answering, rested, typed

from gradviz.export.scripts.script import script
from gradviz.protocol.events import TrainingStopped
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.code_panel import CodePanel
from gradviz.ui.panels.console_panel import MAXIMUM_LINES, ConsolePanel
from gradviz.ui.panels.plots.parameters_panel import ParametersPanel
from gradviz.ui.panels.plots.residual_panel import ResidualPanel

pytestmark = pytest.mark.usefixtures("layouts")

BEHIND = ("residual", "code", "parameters", "console")


def raised(window: MainWindow, qtbot: QtBot, name: str) -> None:
    """Bring a tab to the front, as a click on it does."""
    window.panels.widgets[name].come_to_front()
    qtbot.waitUntil(lambda: window.panels.widgets[name].seen, timeout=SOON_MS)


def trained(window: MainWindow, qtbot: QtBot, steps: int) -> None:
    window.workbench.choose_steps(steps)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=4 * SOON_MS)
    rested(window, qtbot)


def code_of(window: MainWindow) -> CodePanel:
    panel = window.panels.widgets["code"]
    assert isinstance(panel, CodePanel)
    return panel


def console_of(window: MainWindow) -> ConsolePanel:
    panel = window.panels.widgets["console"]
    assert isinstance(panel, ConsolePanel)
    return panel


def expected_script(window: MainWindow) -> str:
    state = window.state
    assert state.built is not None
    assert state.catalogue is not None
    return script(state.built.model, state.training, state.built.mode, state.catalogue)


def test_that_tabs_that_nobody_sees_draw_and_write_nothing_while_training(
    window: MainWindow, qtbot: QtBot
) -> None:
    trained(window, qtbot, 300)
    for name in BEHIND:
        assert not window.panels.widgets[name].seen
    assert code_of(window).text.toPlainText() == ""
    assert console_of(window).text.toPlainText() == ""
    for name in ("residual", "parameters"):
        panel = window.panels.widgets[name]
        assert isinstance(panel, ResidualPanel | ParametersPanel)
        assert panel.frames_drawn == 0
        assert panel.plot is None


def test_that_the_code_follows_what_is_set(window: MainWindow, qtbot: QtBot) -> None:
    raised(window, qtbot, "code")
    code = code_of(window)
    assert code.text.toPlainText() == expected_script(window)
    window.workbench.choose_learning_rate(2e-6)
    qtbot.waitUntil(lambda: "learning_rate = 2e-06" in code.text.toPlainText(), timeout=SOON_MS)
    typed(window, qtbot, "sin(x)^2")
    wanted = "torch.sin(x) ** 2"
    qtbot.waitUntil(lambda: wanted in code.text.toPlainText(), timeout=SOON_MS)
    assert code.text.toPlainText() == expected_script(window)


def test_that_the_code_is_copied(window: MainWindow, qtbot: QtBot) -> None:
    raised(window, qtbot, "code")
    code_of(window).copying.click()
    assert QGuiApplication.clipboard().text() == expected_script(window)


def test_that_what_has_no_script_is_said_and_offers_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    catalogue = window.state.catalogue
    assert catalogue is not None
    models = [msgspec.structs.replace(entry, script=None) for entry in catalogue.models]
    window.state.catalogue = msgspec.structs.replace(catalogue, models=tuple(models))
    raised(window, qtbot, "code")
    code = code_of(window)
    assert code.note.text() == "The model autograd has no script. Choose another model."
    assert code.text.toPlainText() == ""
    assert not code.copying.isEnabled()
    assert not code.saving.isEnabled()


def saved(window: MainWindow, path: Path) -> None:
    def answer(dialog: object) -> None:
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.accept()

    clock = answering(QFileDialog, answer)
    code_of(window).saving.click()
    clock.stop()


def test_that_the_code_is_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    raised(window, qtbot, "code")
    saved(window, tmp_path / "mine.py")
    qtbot.waitUntil((tmp_path / "mine.py").exists, timeout=SOON_MS)
    assert (tmp_path / "mine.py").read_text() == expected_script(window)


def test_that_code_that_cannot_be_saved_is_told_of(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(window, qtbot, "code")
    gone = tmp_path / "gone" / "mine.py"
    monkeypatch.setattr("gradviz.ui.panels.code_panel.asked_path", lambda *_: gone)
    code_of(window).saving.click()
    qtbot.waitUntil(window.notices.isVisible, timeout=SOON_MS)
    assert "the folder" in window.notices.text.text()
    assert "does not exist" in window.notices.text.text()


def test_that_the_console_prints_what_the_tutorial_prints(window: MainWindow, qtbot: QtBot) -> None:
    trained(window, qtbot, 350)
    losses = window.state.progress.losses.values
    raised(window, qtbot, "console")
    console = console_of(window)
    assert console.text.toPlainText().splitlines() == [
        "# autograd, seed 0, descent, learning rate 1e-06",
        *(f"{step} {losses[step]}" for step in (99, 199, 299)),
        f"Result: {window.state.progress.equation}",
    ]
    trained(window, qtbot, 350)
    losses = window.state.progress.losses.values
    assert console.text.toPlainText().splitlines()[5:] == [
        *(f"{step} {losses[step]}" for step in (399, 499, 599, 699)),
        f"Result: {window.state.progress.equation}",
    ]
    assert tuple(console.text.toPlainText().splitlines()) == console.lines


def test_that_a_console_that_was_cleared_goes_on_with_what_comes(
    window: MainWindow, qtbot: QtBot
) -> None:
    raised(window, qtbot, "console")
    trained(window, qtbot, 200)
    console = console_of(window)
    console.clearing.click()
    assert console.text.toPlainText() == ""
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: window.state.progress.step == 0, timeout=SOON_MS)
    trained(window, qtbot, 100)
    assert [line.split()[0] for line in console.lines] == ["#", "99", "Result:"]


def test_that_the_console_tells_where_a_run_diverged(window: MainWindow, qtbot: QtBot) -> None:
    raised(window, qtbot, "console")
    window.workbench.choose_learning_rate(1.0)
    trained(window, qtbot, 300)
    lines = console_of(window).lines
    assert lines[-2].startswith("Result: y = ")
    assert lines[-1].startswith("# The loss is ")


def test_that_the_console_keeps_the_last_lines_of_a_long_run(
    window: MainWindow, qtbot: QtBot
) -> None:
    raised(window, qtbot, "console")
    state, console = window.state, console_of(window)
    assert state.built is not None
    state.progress.running = True
    state.training_changed.emit()
    count = 100 * (MAXIMUM_LINES + 50)
    state.progress.losses.extend(np.ones(count))
    window.engine_event_handler.on_event(
        TrainingStopped(run=state.built.run, step=count, reason="finished")
    )
    rested(window, qtbot)
    assert len(console.lines) == MAXIMUM_LINES
    assert console.lines[-2] == f"{count - 1} 1.0"
    assert console.text.blockCount() == MAXIMUM_LINES
    assert console.text.toPlainText().splitlines()[-2:] == list(console.lines[-2:])


def test_that_the_residual_is_the_prediction_less_the_target(
    window: MainWindow, qtbot: QtBot
) -> None:
    raised(window, qtbot, "residual")
    trained(window, qtbot, 100)
    panel, state = window.panels.widgets["residual"], window.state
    assert isinstance(panel, ResidualPanel)
    assert panel.curve is not None
    assert state.built is not None
    assert state.built.target is not None
    assert state.progress.prediction is not None
    expected = state.progress.prediction - state.built.target.floats()
    (whole,) = panel.series()
    assert np.array_equal(whole.y, expected)
    assert np.isin(panel.curve.getData()[1], expected).all()


def test_that_the_parameters_are_drawn_from_the_first_step_to_the_last(
    window: MainWindow, qtbot: QtBot
) -> None:
    first = dict(window.state.progress.parameters)
    trained(window, qtbot, 1500)
    raised(window, qtbot, "parameters")
    panel = window.panels.widgets["parameters"]
    assert isinstance(panel, ParametersPanel)
    assert len(panel.curves) == 4
    last = window.state.progress.parameters
    for curve, name in zip(panel.curves, "abcd", strict=True):
        steps, values = curve.getData()
        assert (steps[0], steps[-1]) == (0, 1500)
        assert (values[0], values[-1]) == (first[name], last[name])


def test_that_another_model_has_other_curves(window: MainWindow, qtbot: QtBot) -> None:
    raised(window, qtbot, "parameters")
    typed(window, qtbot, "a sin(b x)")
    panel = window.panels.widgets["parameters"]
    assert isinstance(panel, ParametersPanel)
    qtbot.waitUntil(lambda: len(panel.curves) == 2, timeout=SOON_MS)

"""What a model is fitted to, entered in the training panel with real keys."""

import math
from pathlib import Path

import numpy as np
import pytest
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, answering, typed

from gradviz.protocol.commands import BuildModel, ChangeData
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.code_panel import CodePanel
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.training.data_form import DataForm
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")


@pytest.fixture
def form(window: MainWindow, engine: LocalEngine) -> DataForm:
    panel = window.panels.widgets["training"]
    assert isinstance(panel, TrainingPanel)
    engine.sent.clear()
    return panel.data


def enter(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def target_of(window: MainWindow) -> np.ndarray:
    built = window.state.built
    assert built is not None
    assert built.target is not None
    return built.target.floats()


def shown_target(window: MainWindow) -> str:
    """Return the target that the bar on top names, without its marks of HTML."""
    text = QTextDocumentFragment.fromHtml(window.top.target.text()).toPlainText()
    return text.removeprefix("target ")


def test_that_another_target_is_fitted_from_the_same_weights(
    window: MainWindow, qtbot: QtBot, form: DataForm, engine: LocalEngine
) -> None:
    window.workbench.choose_steps(30)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 30, timeout=SOON_MS)
    before = dict(window.state.progress.parameters)
    engine.sent.clear()
    enter(form.target, "cos(2x) + 1")
    qtbot.waitUntil(lambda: target_of(window)[0] == pytest.approx(2.0), timeout=SOON_MS)
    assert [type(command) for command in engine.sent] == [ChangeData]
    assert window.state.progress.step == 30
    assert window.state.progress.parameters == before
    assert shown_target(window) == "cos(2x) + 1"
    fit = window.panels.widgets["fit"]
    assert isinstance(fit, FitPanel)
    qtbot.waitUntil(lambda: "─ cos(2x) + 1" in fit.heading.text(), timeout=SOON_MS)
    assert "sin(x)" not in fit.heading.text()
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.step == 60, timeout=SOON_MS)


def test_that_noise_and_range_are_taken(window: MainWindow, qtbot: QtBot, form: DataForm) -> None:
    enter(form.noise, "0.5")
    enter(form.low, "-1")
    enter(form.high, "2 pi")
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.high == 2 * math.pi,
        timeout=SOON_MS,
    )
    built = window.state.built
    assert built is not None
    assert built.x is not None
    x = built.x.floats()
    assert (built.model.noise, built.model.low, x[0]) == (0.5, -1.0, -1.0)
    assert 0.3 < float(np.std(target_of(window) - np.sin(x))) < 0.7
    assert shown_target(window) == "sin(x) + noise"


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("target", "a x", "a means nothing in it"),
        ("target", "sin(", "expected"),
        ("target", "log(x)", "not finite at x"),
        ("noise", "much", "no standard deviation"),
        ("noise", "-1", "no standard deviation"),
        ("low", "4", "must end above"),
        ("high", "far", "no number"),
        ("data_file", "/nowhere/points.csv", "There is no file"),
    ],
)
def test_that_what_cannot_be_used_stays_with_the_reason_under_it(
    window: MainWindow, qtbot: QtBot, form: DataForm, field: str, text: str, told: str
) -> None:
    before = window.state.built
    line = getattr(form, field)
    message = form.messages["range" if field in ("low", "high") else field]
    enter(line, text)
    qtbot.waitUntil(lambda: told in message.text(), timeout=SOON_MS)
    assert not message.isHidden()
    assert line.text() == text
    assert line.property("wrong")
    assert window.state.built is before
    assert window.state.model == (before.model if before else None)
    good = {"target": "x", "noise": "0", "low": "-2", "high": "2", "data_file": ""}[field]
    enter(line, good)
    qtbot.waitUntil(message.isHidden, timeout=SOON_MS)
    assert not line.property("wrong")


def test_that_a_file_takes_the_place_of_the_target(
    window: MainWindow, qtbot: QtBot, form: DataForm, tmp_path: Path
) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x;y\n2;1\n1;0.5\n")

    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(path))
        dialog.accept()

    clock = answering(QFileDialog, choose)  # type: ignore[arg-type]
    QTest.mouseClick(form.browse, Qt.MouseButton.LeftButton)
    clock.stop()
    qtbot.waitUntil(lambda: list(target_of(window)) == [0.5, 1.0], timeout=SOON_MS)
    assert form.data_file.text() == str(path)
    assert not form.target.isEnabled()
    assert shown_target(window) == "points.csv"
    enter(form.data_file, "")
    qtbot.waitUntil(lambda: len(target_of(window)) == 2000, timeout=SOON_MS)
    assert form.target.isEnabled()
    assert shown_target(window) == "sin(x)"


def test_that_another_precision_builds_the_model_anew(
    window: MainWindow, qtbot: QtBot, form: DataForm, engine: LocalEngine
) -> None:
    form.dtype.setFocus()
    QTest.keyClick(form.dtype, Qt.Key.Key_Down)
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.dtype == "float64",
        timeout=SOON_MS,
    )
    assert isinstance(engine.sent[-1], BuildModel)
    assert target_of(window).dtype == np.float64


def test_that_the_data_stays_with_another_model(
    window: MainWindow, qtbot: QtBot, form: DataForm
) -> None:
    enter(form.target, "cos(x)")
    typed(window, qtbot, "a x + b")
    built = window.state.built
    assert built is not None
    assert built.model.target == "cos(x)"
    assert target_of(window)[0] == pytest.approx(-1.0)
    assert shown_target(window) == "cos(x)"


def test_that_every_field_is_reached_by_the_keyboard_and_has_a_name(form: DataForm) -> None:
    controls = (form.target, form.noise, form.points, form.low, form.high)
    for control in (*controls, form.data_file, form.browse, form.dtype):
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_the_script_follows_the_data(window: MainWindow, qtbot: QtBot, form: DataForm) -> None:
    code = window.panels.widgets["code"]
    assert isinstance(code, CodePanel)
    window.panels.widgets["code"].come_to_front()
    qtbot.waitUntil(lambda: "y = torch.sin(x)" in code.text.toPlainText(), timeout=SOON_MS)
    enter(form.target, "x^2")
    qtbot.waitUntil(lambda: "y = x ** 2" in code.text.toPlainText(), timeout=SOON_MS)
    enter(form.noise, "0.25")
    qtbot.waitUntil(lambda: "y = y + 0.25 *" in code.text.toPlainText(), timeout=SOON_MS)


def test_that_a_model_is_built_though_the_target_typed_before_is_refused(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_data(target="log(x)")
    window.workbench.choose_model("function")
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.source == "function",
        timeout=SOON_MS,
    )
    assert window.state.model.target == "sin(x)"

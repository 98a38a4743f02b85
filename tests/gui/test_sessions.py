"""Sessions in the window: saved, opened, gone on with as if nothing had been between."""

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from local_engine import LocalEngine
from own_models import NET, model_of, written
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_acts import action, rested, shown, typed
from windows import PATIENCE_MS

from gradviz.core.choices.settings import Model, Training
from gradviz.protocol.commands import BuildModel
from gradviz.session_files.contents import SavedSession
from gradviz.session_files.reading import read_session
from gradviz.session_files.writing import write_session
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

_SAVE, _SAVE_AS = "gradviz.file.save_session", "gradviz.file.save_session_as"


def _trained(window: MainWindow, qtbot: QtBot, text: str, steps: int) -> None:
    typed(window, qtbot, text)
    window.workbench.choose_optimizer("adam")
    window.workbench.choose_scheduler("ReduceLROnPlateau")
    window.workbench.choose_steps(steps)
    _train(window, qtbot)


def _train(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=PATIENCE_MS)
    rested(window, qtbot)


def _save(window: MainWindow, qtbot: QtBot, identifier: str = _SAVE) -> None:
    with qtbot.waitSignal(window.session_files.saved, timeout=PATIENCE_MS):
        action(window, identifier).trigger()


def _open(window: MainWindow, qtbot: QtBot, session_path: Path) -> None:
    with qtbot.waitSignal(window.workbench.sessions.taken, timeout=PATIENCE_MS):
        window.session_files.open(session_path)
    rested(window, qtbot)
    qtbot.waitUntil(lambda: shown(window), timeout=PATIENCE_MS)


def _losses(window: MainWindow) -> np.ndarray:
    return window.state.progress.losses.values.copy()


def test_that_a_session_goes_on_bit_for_bit(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    _trained(window, qtbot, "a + b x + c x^2", 120)
    action(window, "gradviz.view.direction").trigger()
    window.workbench.choose_workspace("train")
    window.workbench.move_cursor(3)
    _save(window, qtbot)
    again = open_another()
    _open(again, qtbot, session_path)
    assert again.top.field.text() == "a + b x + c x^2"
    assert again.state.training == window.state.training
    assert again.state.progress.step == 120
    assert again.state.progress.parameters == window.state.progress.parameters
    assert np.array_equal(_losses(again), _losses(window))
    assert again.canvas.direction == "LR"
    assert again.state.workspace == "train"
    assert again.state.cursor == 3
    for each in (window, again):
        _train(each, qtbot)
    assert again.state.progress.step == 240
    assert np.array_equal(_losses(again), _losses(window))
    assert again.state.progress.parameters == window.state.progress.parameters


def _compared(window: MainWindow) -> bool:
    return window.workbench.changes.changes is not None


@pytest.mark.parametrize("steps", [0, 30])
def test_that_the_recording_for_comparison_is_in_the_session(
    window: MainWindow,
    qtbot: QtBot,
    session_path: Path,
    open_another: Callable[[], MainWindow],
    steps: int,
) -> None:
    typed(window, qtbot, "a + b x")
    window.workbench.choose_steps(30)
    window.workbench.changes.keep()
    qtbot.waitUntil(lambda: window.workbench.changes.kept is not None, timeout=PATIENCE_MS)
    if steps:
        _train(window, qtbot)
    _save(window, qtbot)
    again = open_another()
    _open(again, qtbot, session_path)
    qtbot.waitUntil(lambda: again.workbench.changes.kept is not None, timeout=PATIENCE_MS)
    assert again.workbench.changes.kept == window.workbench.changes.kept
    for each in (window, again):
        qtbot.waitUntil(partial(_compared, each), timeout=PATIENCE_MS)
    assert again.workbench.changes.changes == window.workbench.changes.changes
    assert not again.session_files.modified


def test_that_an_earlier_step_is_still_shown_and_can_be_gone_on_from(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    _trained(window, qtbot, "a + b x", 60)
    window.workbench.visit_step(20)
    rested(window, qtbot)
    _save(window, qtbot)
    again = open_another()
    _open(again, qtbot, session_path)
    qtbot.waitUntil(lambda: again.state.progress.newest is not None, timeout=PATIENCE_MS)
    assert (again.state.progress.step, again.state.progress.newest) == (20, 60)
    assert again.state.progress.parameters == window.state.progress.parameters


def test_that_the_title_tells_the_file_and_whether_it_is_behind(
    window: MainWindow, qtbot: QtBot, session_path: Path
) -> None:
    typed(window, qtbot, "a + b x")
    _save(window, qtbot)
    assert window.windowTitle() == "fit.gviz[*] — gradviz"
    assert not window.isWindowModified()
    window.workbench.choose_steps(77)
    assert window.isWindowModified()
    _save(window, qtbot)
    assert not window.isWindowModified()
    assert read_session(session_path).session.training.steps == 77


def _question(window: MainWindow) -> QMessageBox:
    question = window.session_files.question
    assert question is not None
    return question


def _answer(window: MainWindow, button: QMessageBox.StandardButton) -> None:
    QTest.mouseClick(_question(window).button(button), Qt.MouseButton.LeftButton)


def test_that_a_file_that_another_window_has_saved_is_not_replaced_unasked(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    typed(window, qtbot, "a + b x")
    _save(window, qtbot)
    other = open_another()
    _open(other, qtbot, session_path)
    other.workbench.choose_steps(11)
    _save(other, qtbot)
    theirs = session_path.read_bytes()
    window.workbench.choose_steps(22)
    action(window, _SAVE).trigger()
    qtbot.waitUntil(lambda: window.session_files.question is not None, timeout=PATIENCE_MS)
    assert "another window" in _question(window).text()
    _answer(window, QMessageBox.StandardButton.Cancel)
    assert session_path.read_bytes() == theirs
    assert window.isWindowModified()
    action(window, _SAVE).trigger()
    qtbot.waitUntil(lambda: window.session_files.question is not None, timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.session_files.saved, timeout=PATIENCE_MS):
        _answer(window, QMessageBox.StandardButton.Yes)
    assert read_session(session_path).session.training.steps == 22


def test_that_an_untouched_window_ends_without_a_question(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    assert not window.session_files.worth_keeping
    action(window, "gradviz.file.quit").trigger()
    assert not window.isVisible()


def test_that_a_training_is_not_lost_at_the_end_unasked(
    window: MainWindow, qtbot: QtBot, session_path: Path
) -> None:
    _trained(window, qtbot, "a + b x", 20)
    action(window, "gradviz.file.quit").trigger()
    assert window.isVisible()
    _answer(window, QMessageBox.StandardButton.Cancel)
    assert window.isVisible()
    action(window, "gradviz.file.quit").trigger()
    _answer(window, QMessageBox.StandardButton.Save)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)
    assert read_session(session_path).session.steps_done == 20


def test_that_recent_sessions_are_offered_and_forgotten(
    window: MainWindow, qtbot: QtBot, session_path: Path
) -> None:
    typed(window, qtbot, "a + b x")
    _save(window, qtbot)
    menu = window.session_files.menu
    menu.aboutToShow.emit()
    titles = [each.text() for each in menu.actions() if not each.isSeparator()]
    assert titles == ["fit.gviz", "Clear recent"]
    menu.actions()[-1].trigger()
    menu.aboutToShow.emit()
    assert [each.text() for each in menu.actions()] == ["Nothing was opened yet"]


def test_that_a_dropped_session_is_opened(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    typed(window, qtbot, "a + 3 b x")
    _save(window, qtbot)
    again = open_another()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(session_path))])
    drop = QDropEvent(
        QPointF(QPoint(50, 50)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(again.workbench.sessions.taken, timeout=PATIENCE_MS):
        again.dropEvent(drop)
    assert again.top.field.text() == "a + 3 b x"


def test_that_a_window_can_begin_with_a_session(
    window: MainWindow, qtbot: QtBot, session_path: Path, settings: QSettings
) -> None:
    _trained(window, qtbot, "a + b x", 30)
    _save(window, qtbot)
    engine = LocalEngine()
    begun = MainWindow(engine, settings)
    qtbot.addWidget(begun)
    begun.open_expression(str(session_path))
    with qtbot.waitSignal(begun.workbench.sessions.taken, timeout=PATIENCE_MS):
        engine.start()
    assert begun.state.progress.step == 30
    assert begun.windowTitle() == "fit.gviz[*] — gradviz"
    assert begun.state.training == window.state.training
    begun.close()


def test_that_settings_without_training_are_taken_up_too(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    typed(window, qtbot, "a sin(b x)")
    window.workbench.choose_optimizer("adam")
    window.workbench.choose_steps(99)
    window.workbench.choose_seed(5)
    rested(window, qtbot)
    _save(window, qtbot)
    again = open_another()
    _open(again, qtbot, session_path)
    assert again.state.training == window.state.training
    assert again.state.model.seed == 5
    assert not again.isWindowModified()


def test_that_a_half_typed_text_is_not_kept_in_place_of_the_model(
    window: MainWindow, qtbot: QtBot, session_path: Path, open_another: Callable[[], MainWindow]
) -> None:
    typed(window, qtbot, "a + b x")
    window.workbench.type_text("a + b x +")
    window.workbench.finish_typing()
    assert window.state.error is not None
    _save(window, qtbot)
    again = open_another()
    _open(again, qtbot, session_path)
    assert again.top.field.text() == "a + b x"
    assert again.state.error is None


def test_that_a_damaged_file_is_one_sentence_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gviz"
    broken.write_bytes(b"PK\x03\x04 and no more")
    before = window.windowTitle()
    window.session_files.open(broken)
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    assert "broken.gviz is no session of gradviz" in window.notices.text.text()
    assert window.windowTitle() == before


def test_that_a_file_that_cannot_be_written_is_told_and_stays_modified(
    window: MainWindow, qtbot: QtBot, session_path: Path
) -> None:
    typed(window, qtbot, "a + b x")
    session_path.mkdir()
    action(window, _SAVE).trigger()
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    assert "fit.gviz could not be written: it is a folder" in window.notices.text.text()
    assert window.session_files.path is None


def test_that_a_closing_by_the_program_itself_asks_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    _trained(window, qtbot, "a + b x", 20)
    event = QCloseEvent()
    assert not event.spontaneous()
    window.close()
    assert not window.isVisible()


def _of_own_file(window: MainWindow, qtbot: QtBot, file: Path) -> None:
    """Train a model of the user's own file, and save its session."""
    window.own_models.open(Model(source=f"{file}:Net"))
    dialog = window.own_models.dialog
    assert dialog is not None
    dialog.run.click()
    qtbot.waitUntil(lambda: window.own_models.dialog is None, timeout=PATIENCE_MS)
    rested(window, qtbot)
    window.workbench.choose_steps(10)
    _train(window, qtbot)
    _save(window, qtbot)


def _trust(window: MainWindow, qtbot: QtBot) -> None:
    """Run the file that the window asks about."""
    with qtbot.waitSignal(window.workbench.sessions.taken, timeout=PATIENCE_MS):
        qtbot.waitUntil(lambda: window.own_models.dialog is not None, timeout=PATIENCE_MS)
        assert window.own_models.dialog is not None
        window.own_models.dialog.run.click()


def test_that_trust_is_asked_anew_for_the_file_of_a_model(
    window: MainWindow,
    qtbot: QtBot,
    session_path: Path,
    tmp_path: Path,
    open_another: Callable[[], MainWindow],
) -> None:
    _of_own_file(window, qtbot, written(tmp_path, NET))
    again = open_another()
    again.session_files.open(session_path)
    _trust(again, qtbot)
    assert again.state.progress.step == 10
    assert np.array_equal(_losses(again), _losses(window))
    with zipfile.ZipFile(session_path) as archive:
        assert sorted(archive.namelist()) == ["session.json", "tensors.safetensors"]


def test_that_a_changed_file_is_told_and_trained_on_where_it_can_be(
    window: MainWindow,
    qtbot: QtBot,
    session_path: Path,
    tmp_path: Path,
    open_another: Callable[[], MainWindow],
) -> None:
    file = written(tmp_path, NET)
    _of_own_file(window, qtbot, file)
    file.write_text(NET.replace("torch.tanh", "torch.sin"), encoding="utf-8")
    again = open_another()
    again.session_files.open(session_path)
    _trust(again, qtbot)
    assert again.state.progress.step == 10
    assert "net.py has changed since the session was saved" in again.notices.text.text()
    file.write_text(NET.replace("hidden=4", "hidden=5"), encoding="utf-8")
    third = open_another()
    third.session_files.open(session_path)
    _trust(third, qtbot)
    assert third.state.progress.step == 0
    assert "other shapes than in the session" in third.notices.text.text()


def test_that_a_file_that_has_gone_can_be_found_again(
    window: MainWindow,
    qtbot: QtBot,
    session_path: Path,
    tmp_path: Path,
    open_another: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = written(tmp_path, NET)
    _of_own_file(window, qtbot, file)
    moved = file.rename(tmp_path / "moved.py")
    again = open_another()
    before = again.state.built
    again.session_files.open(session_path)
    qtbot.waitUntil(lambda: again.session_files.question is not None, timeout=PATIENCE_MS)
    assert f"gone: {file}" in _question(again).text()
    assert "its 10 trained steps" in _question(again).informativeText()
    _answer(again, QMessageBox.StandardButton.Cancel)
    assert again.state.built is before
    again.session_files.open(session_path)
    qtbot.waitUntil(lambda: again.session_files.question is not None, timeout=PATIENCE_MS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    _answer(again, QMessageBox.StandardButton.Open)
    _trust(again, qtbot)
    assert again.state.progress.step == 10


def test_that_a_session_that_says_it_is_trusted_runs_nothing(
    window: MainWindow, qtbot: QtBot, engine: LocalEngine, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    file = written(tmp_path, f"open({str(ran)!r}, 'w').close()\n{NET}", "evil.py")
    model = model_of(file, "Net")
    assert model.trusted
    session_path = tmp_path / "theirs.gviz"
    with session_path.open("wb") as stream:
        training = Training(optimizer="adam", learning_rate=1e-3)
        write_session(stream, SavedSession(model=model, training=training))
    window.session_files.open(session_path)
    qtbot.waitUntil(lambda: window.own_models.dialog is not None, timeout=PATIENCE_MS)
    rested(window, qtbot)
    asked = [each.model.source for each in engine.sent if isinstance(each, BuildModel)]
    assert model.source not in asked
    assert not ran.exists()
    assert window.own_models.dialog is not None
    window.own_models.dialog.reject()

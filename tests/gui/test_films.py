"""Moving pictures through the menu: the dialog, the frames of the run, Cancel, and every end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from export_dialogs import name_file, press_ok
from film_cases import frames_in
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, answering, exported, typed

from gradviz.export.moving import film as films
from gradviz.protocol.commands import RecallStep
from gradviz.ui.dialogs.moving_picture import MovingPictureDialog
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

EXPORT = "gradviz.file.export_film"


def begin(
    window: MainWindow,
    path: Path,
    choose: Callable[[MovingPictureDialog], object] = lambda dialog: None,
) -> None:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, MovingPictureDialog)
        dialog.width_box.setValue(320)
        dialog.height_box.setValue(200)
        choose(dialog)
        press_ok(dialog)

    clocks = [
        answering(MovingPictureDialog, answer),
        answering(QFileDialog, lambda dialog: name_file(dialog, path)),
    ]
    action(window, EXPORT).trigger()
    for clock in clocks:
        clock.stop()


def trained(window: MainWindow, qtbot: QtBot, steps: int = 20) -> None:
    typed(window, qtbot, "a + b x")
    window.workbench.choose_steps(steps)
    window.workbench.train_or_pause()
    qtbot.waitUntil(
        lambda: window.state.progress.newest_step == steps and not window.state.progress.running,
        timeout=SOON_MS,
    )


def test_that_a_training_is_written_with_the_moments_of_the_run(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    trained(window, qtbot)
    before = window.state.progress.equation
    path = tmp_path / "fit.gif"
    begin(window, path, lambda dialog: dialog.every.setValue(4))
    exported(window, qtbot)
    assert not window.notices.isVisible()
    assert len(frames_in(path)) == 6
    assert frames_in(path)[0].shape == (200, 320, 3)
    assert "fit.gif" in window.statusBar().currentMessage()
    assert (window.state.progress.step, window.state.progress.equation) == (20, before)


def test_that_a_backward_pass_is_written_node_by_node(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    typed(window, qtbot, "5x^3 + 2x^2")
    path = tmp_path / "pass.webp"
    begin(window, path, lambda dialog: dialog.form.setCurrentIndex(1))
    exported(window, qtbot)
    assert not window.notices.isVisible()
    assert len(frames_in(path)) == len(window.state.steps) + 1


def test_that_cancel_ends_it_and_leaves_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    trained(window, qtbot)
    begin(window, tmp_path / "fit.gif", lambda dialog: dialog.every.setValue(1))
    (running,) = window.exports.running
    (bar,) = window.exports._running.values()
    bar.cancel.click()
    exported(window, qtbot)
    assert running not in window.exports.running
    assert not [each for each in tmp_path.iterdir() if each.name.startswith((".grad", "fit"))]


def test_that_a_run_that_is_changed_meanwhile_is_told_and_leaves_the_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    trained(window, qtbot)
    path = tmp_path / "fit.gif"
    path.write_bytes(b"before")
    steps = tuple(range(21))
    window.exports.write_film(path, films.Film(subject="train", steps=steps, size=(320, 200)))
    window.workbench.reset_training()
    exported(window, qtbot)
    assert path.read_bytes() == b"before"
    assert window.notices.isVisible()


def test_that_another_model_ends_the_film_of_the_one_before(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    trained(window, qtbot)
    begin(window, tmp_path / "fit.gif", lambda dialog: dialog.every.setValue(1))
    typed(window, qtbot, "a x^2")
    exported(window, qtbot)
    assert not (tmp_path / "fit.gif").exists()
    assert window.notices.isVisible()


def test_that_an_unwritable_target_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    typed(window, qtbot, "a + b x")
    window.exports.write_film(
        tmp_path / "nowhere" / "pass.gif",
        films.Film(subject="backward", steps=(0, 1), size=(320, 200), rate=2),
    )
    exported(window, qtbot)
    assert window.notices.isVisible()


def test_that_the_dialog_counts_the_frames_and_refuses_too_many(qtbot: QtBot) -> None:
    dialog = MovingPictureDialog({"train": 60_000, "backward": 5})
    qtbot.addWidget(dialog)
    accept = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert dialog.note.text() == "301 frames, 12 seconds"
    dialog.every.setValue(1)
    assert "60\u202f001 frames" in dialog.note.text()
    assert not accept.isEnabled()
    dialog.subject.setCurrentIndex(1)
    assert dialog.note.text() == "6 frames, 3 seconds"
    assert accept.isEnabled()
    assert not dialog.parts.isEnabled()
    dialog.rate.setValue(60)
    assert "to 50" in dialog.note.text()
    assert not accept.isEnabled()
    dialog.form.setCurrentIndex(2)
    assert accept.isEnabled()


def test_that_without_a_training_the_backward_pass_alone_is_offered(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a + b x")
    offered: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MovingPictureDialog)
        offered.extend(dialog.subject.itemText(place) for place in range(dialog.subject.count()))
        dialog.reject()

    clock = answering(MovingPictureDialog, look)
    action(window, EXPORT).trigger()
    clock.stop()
    assert offered == ["The backward pass, node by node"]


def test_that_the_plots_alone_need_no_recordings(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    trained(window, qtbot)
    begin(window, tmp_path / "fit.gif", lambda dialog: dialog.parts.setCurrentIndex(2))
    exported(window, qtbot)
    sent = window._engine.sent  # type: ignore[attr-defined]
    asked = [command for command in sent if isinstance(command, RecallStep)]
    assert len(asked) == 21
    assert not any(command.recorded for command in asked)

"""The panel of images: what the classifier makes of them, and which images they are."""

from pathlib import Path

import pytest
from image_files import write_fashion
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QToolTip
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, answering, rested, shown, stands, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.images_panel import ImagesPanel
from gradviz.ui.panels.training.training_panel import TrainingPanel
from gradviz.ui.widgets.image_grid import Guess, hover_text

pytestmark = pytest.mark.usefixtures("layouts")
#: The offscreen platform says so of every tool tip.
tool_tips = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


def opened(window: MainWindow, qtbot: QtBot) -> ImagesPanel:
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: stands(window, "classifier") and shown(window), timeout=SOON_MS)
    return panel_of(window, qtbot)


def panel_of(window: MainWindow, qtbot: QtBot) -> ImagesPanel:
    panel = window.panels.widgets["images"]
    assert isinstance(panel, ImagesPanel)
    qtbot.waitUntil(lambda: bool(panel.seen and panel.grid.guesses), timeout=SOON_MS)
    return panel


def trained(window: MainWindow, qtbot: QtBot, steps: int, rate: float) -> None:
    window.workbench.choose_steps(steps)
    window.workbench.choose_learning_rate(rate)
    window.workbench.train_or_pause()
    qtbot.waitUntil(
        lambda: (
            window.state.progress.step == steps
            and not window.state.progress.running
            and window.state.tests[-1].tested == 500
        ),
        timeout=4 * SOON_MS,
    )


def test_that_the_images_come_to_the_front_and_are_named_for_what_they_are(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = window.panels.widgets["images"]
    assert "Image classifier" in " ".join(label.text() for label in panel.findChildren(QLabel))
    assert not panel.seen
    source = opened(window, qtbot).source
    assert source.whole == "drawn shapes, not FashionMNIST: 2\u202f000 to learn from, 500 to test"
    assert source.text() == source.whole or source.toolTip() == source.whole
    assert "drawn shapes, not FashionMNIST" in window.panels.widgets["result"].line.text()  # type: ignore[attr-defined]


def test_that_training_shows_accuracy_and_what_is_right_and_wrong(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = opened(window, qtbot)
    training = window.panels.widgets["training"]
    assert isinstance(training, TrainingPanel)
    assert training.optimizer.isEnabled()
    assert training.loss.isEnabled()
    offered = [training.loss.itemData(row) for row in range(training.loss.count())]
    assert "cross-entropy" in offered
    assert "MSELoss, sum" not in offered
    before = [guess.right for guess in panel.grid.guesses]
    assert not all(before)
    trained(window, qtbot, steps=20, rate=0.2)
    qtbot.waitUntil(lambda: "at step 20" in panel.heading.text(), timeout=SOON_MS)
    tests = window.state.tests
    assert (tests[0].step, tests[-1].step) == (0, 20)
    assert tests[-1].correct > tests[0].correct
    assert f"{tests[-1].correct / 500:.1%}" in panel.heading.text()
    guesses = panel.grid.guesses
    assert sum(guess.right for guess in guesses) > sum(before)
    assert {guess.text[0] for guess in guesses} <= {"✓", "✗"}
    assert all((guess.text[0] == "✓") == guess.right for guess in guesses)
    window.workbench.reset_training()
    qtbot.waitUntil(lambda: [test.step for test in window.state.tests] == [0], timeout=SOON_MS)


@tool_tips
def test_that_the_mouse_and_the_keys_tell_every_probability(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = opened(window, qtbot)
    grid = panel.grid
    assert grid.shown >= 4
    QTest.mouseMove(grid, grid.place(1).center())
    qtbot.waitUntil(lambda: grid.current == 1, timeout=SOON_MS)
    qtbot.waitUntil(lambda: "%" in QToolTip.text(), timeout=SOON_MS)
    for name, _ in grid.guesses[1].probabilities:
        assert name in QToolTip.text()
    assert f"truly {grid.guesses[1].true}" in panel.detail.whole
    QToolTip.hideText()
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.current == 2
    assert f"truly {grid.guesses[2].true}" in panel.detail.whole


def test_that_probabilities_are_told_from_the_largest_with_the_true_class_marked() -> None:
    text = hover_text(Guess("cat", "dog", (("cat", 0.25), ("dog", 0.7), ("<b>", 0.05))))
    assert text.index("dog") < text.index("cat (true)") < text.index("&lt;b&gt;")
    assert "70.0%" in text


def test_that_panels_for_curves_say_why_they_are_empty(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot)
    for name in ("fit", "residual"):
        panel = window.panels.widgets[name]
        panel.refresh()
        shown_text = " ".join(label.text() for label in panel.findChildren(QLabel))
        assert "no curve over x" in shown_text
    window.workbench.choose_model("module")
    qtbot.waitUntil(lambda: stands(window, "module") and shown(window), timeout=SOON_MS)
    assert window.state.built is not None
    assert window.state.built.images is None
    assert not window.state.tests


def test_that_a_chosen_folder_is_trained_on_and_drawn_shapes_come_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    write_fashion(tmp_path)

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(tmp_path))
        dialog.done(QFileDialog.DialogCode.Accepted)

    clock = answering(QFileDialog, choose)  # type: ignore[arg-type]
    action(window, "gradviz.model.image_folder").trigger()
    clock.stop()
    qtbot.waitUntil(lambda: stands(window, "classifier"), timeout=SOON_MS)
    panel = panel_of(window, qtbot)
    qtbot.waitUntil(lambda: "FashionMNIST in" in panel.source.whole, timeout=SOON_MS)
    assert "150 to learn from, 40 to test" in panel.source.whole
    assert "Ankle boot" in {guess.true for guess in panel.grid.guesses}
    assert panel.draw_shapes.isEnabled()
    QTest.mouseClick(panel.draw_shapes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "drawn shapes" in panel.source.whole, timeout=SOON_MS)
    assert not panel.draw_shapes.isEnabled()


def test_that_a_folder_without_the_files_is_told_and_the_model_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(window, qtbot)
    built = window.state.built
    window.workbench.choose_data_folder(str(tmp_path))
    qtbot.waitUntil(window.notices.isVisible, timeout=SOON_MS)
    assert "train-images-idx3-ubyte.gz" in window.notices.text.text()
    assert window.state.built is built
    assert window.state.model.data_folder == ""


def test_that_the_images_leave_the_front_with_the_classifier(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = opened(window, qtbot)
    typed(window, qtbot, "a + b x")
    qtbot.waitUntil(lambda: window.panels.widgets["fit"].seen, timeout=SOON_MS)
    assert not panel.seen


def test_that_another_panel_stays_in_front_when_the_classifier_goes(
    window: MainWindow, qtbot: QtBot
) -> None:
    opened(window, qtbot)
    window.show_panel("residual")
    typed(window, qtbot, "a + b x")
    rested(window, qtbot)
    assert window.panels.widgets["residual"].seen

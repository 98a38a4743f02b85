"""A drawing for print through the menu: the dialog, the size on paper and the caption."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from export_dialogs import name_file, press_ok
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot
from window_acts import action, answering, exported, typed

from gradviz.ui.dialogs.publication_choice import PublicationDialog
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

EXPORT = "gradviz.file.export_publication"


def export(
    window: MainWindow,
    qtbot: QtBot,
    path: Path,
    choose: Callable[[PublicationDialog], object] = lambda dialog: None,
) -> None:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PublicationDialog)
        choose(dialog)
        press_ok(dialog)

    clocks = [
        answering(PublicationDialog, answer),
        answering(QFileDialog, lambda dialog: name_file(dialog, path)),
    ]
    action(window, EXPORT).trigger()
    for clock in clocks:
        clock.stop()
    exported(window, qtbot)
    assert not window.notices.isVisible()


def type_width(dialog: PublicationDialog, text: str) -> None:
    dialog.width_box.setFocus()
    dialog.width_box.selectAll()
    QTest.keyClicks(dialog.width_box, text)
    QTest.keyClick(dialog.width_box, Qt.Key.Key_Tab)


def test_that_a_drawing_has_the_width_that_was_typed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    typed(window, qtbot, "5x^3 + 2x^2")
    path = tmp_path / "figure.svg"
    export(window, qtbot, path, lambda dialog: type_width(dialog, "62.5"))
    svg = path.read_text()
    assert re.search(r'<svg width="62\.5mm" height="[\d.]+mm"', svg)
    assert "<text" not in svg
    assert "figure.svg" in window.statusBar().currentMessage()


def test_that_an_image_has_the_dots_per_inch_that_were_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    typed(window, qtbot, "a + b x")
    path = tmp_path / "figure.png"

    def choose(dialog: PublicationDialog) -> None:
        dialog.form.setCurrentIndex(dialog.form.findData(".png"))
        assert dialog.dpi.isEnabled()
        dialog.dpi.setValue(600)

    export(window, qtbot, path, choose)
    image = QImage(str(path))
    assert image.width() == pytest.approx(85 / 25.4 * 600, abs=1)
    assert image.dotsPerMeterX() == pytest.approx(600 / 0.0254, abs=1)


def test_that_the_caption_of_the_moment_tells_the_step(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "5x^3 + 2x^2")
    window.workbench.move_cursor(3)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PublicationDialog)
        seen.append(dialog.text.text())
        dialog.reject()

    clock = answering(PublicationDialog, look)
    action(window, EXPORT).trigger()
    clock.stop()
    (caption,) = seen
    steps = len(window.state.steps)
    assert caption.startswith("5x^3 + 2x^2: ")
    assert caption.endswith(f"gradients after backward step 3 of {steps}.")


def test_that_own_text_stands_beneath_and_makes_the_sheet_higher(qtbot: QtBot) -> None:
    dialog = PublicationDialog(QRectF(0, 0, 400, 200), "a: output = 3.")
    qtbot.addWidget(dialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData("none"))
    assert not dialog.text.isEnabled()
    bare = dialog.note.text()
    assert bare.startswith("85 × 42.5 mm, ")
    dialog.kind.setCurrentIndex(dialog.kind.findData("own"))
    dialog.text.setText("Figure 1.")
    assert dialog.publication().caption == "Figure 1."
    assert dialog.note.text() != bare


@pytest.mark.parametrize("text", ["0", "10000", "nan", "-5", "wide"])
def test_that_a_width_that_does_not_work_is_not_taken_and_says_why(qtbot: QtBot, text: str) -> None:
    dialog = PublicationDialog(QRectF(0, 0, 400, 200), "")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    type_width(dialog, text)
    assert dialog.width_box.value() == 85
    assert dialog.width_box.message.text().endswith("It stays 85.")


def test_that_a_drawing_too_high_for_a_page_is_not_offered(qtbot: QtBot) -> None:
    dialog = PublicationDialog(QRectF(0, 0, 400, 100_000), "")
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert "mm high" in dialog.note.text()
    dialog.width_box.setValue(15)
    assert ok.isEnabled()

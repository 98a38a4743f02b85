"""Taking the picture away through the menu, the file dialog and the clipboard."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from export_dialogs import press_ok
from local_layouts import LocalLayouts
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
)
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, answering, exported, stands, typed

from gradviz.cli import main
from gradviz.core.number_text import counted
from gradviz.render.style import LIGHT
from gradviz.ui.dialogs.picture_choice import PictureDialog
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.shown_expression import shown_expression

pytestmark = pytest.mark.usefixtures("layouts")

MAGIC = {
    ".svg": b"<?xml",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF-",
    ".dot": b"// Autograd graph",
    ".json": b"{",
    ".graphml": b"<?xml",
    ".mmd": b"%% Autograd graph",
    ".html": b"<!DOCTYPE html>",
}
PLOTS = "gradviz.file.export_plots"
FORMULAS = "gradviz.file.export_formulas"


def enter_name(dialog: QDialog, name: str) -> None:
    """Give a name to the file dialog and press Save."""
    field, buttons = dialog.findChild(QLineEdit), dialog.findChild(QDialogButtonBox)
    assert field is not None
    assert buttons is not None
    field.setText(name)
    QTest.mouseClick(buttons.buttons()[0], Qt.MouseButton.LeftButton)


def export(
    window: MainWindow,
    qtbot: QtBot,
    identifier: str,
    path: Path | str,
    scale: float = 1,
    choose: Callable[[PictureDialog], object] = lambda dialog: None,
) -> None:
    """Export through the menu's action, name the file in the dialog, and wait for the end."""

    def picture(dialog: Any) -> None:
        if identifier.endswith(".png"):
            choose_scale(dialog, scale)
        choose(dialog)
        press_ok(dialog)

    clocks = [
        answering(PictureDialog, picture),
        answering(QFileDialog, lambda dialog: enter_name(dialog, str(path))),
    ]
    action(window, identifier).trigger()
    for clock in clocks:
        clock.stop()
    window.activateWindow()
    exported(window, qtbot)


def choose_scale(dialog: PictureDialog, scale: float) -> None:
    (place,) = (at for at, text in enumerate(scales_in(dialog)) if text.startswith(f"{scale} × "))
    dialog.scale.setCurrentIndex(place)


def scales_in(dialog: PictureDialog) -> list[str]:
    return [dialog.scale.itemText(place) for place in range(dialog.scale.count())]


@pytest.mark.parametrize("suffix", list(MAGIC))
def test_that_each_format_is_written_by_its_action(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    export(window, qtbot, f"gradviz.file.export{suffix}", tmp_path / f"mine{suffix}")
    content = (tmp_path / f"mine{suffix}").read_bytes()
    assert content.lstrip().startswith(MAGIC[suffix])
    assert not window.notices.isVisible()
    assert f"mine{suffix}" in window.statusBar().currentMessage()


def test_that_the_suffix_follows_from_the_chosen_format(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    export(window, qtbot, "gradviz.file.export.svg", tmp_path / "mine")
    assert (tmp_path / "mine.svg").exists()


def test_that_a_file_shows_what_is_highlighted_at_the_moment(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    now = LIGHT.now_tint.border.lower()
    export(window, qtbot, "gradviz.file.export.svg", tmp_path / "before.svg")
    window.workbench.move_cursor(2)
    export(window, qtbot, "gradviz.file.export.svg", tmp_path / "now.svg")
    assert now not in (tmp_path / "before.svg").read_text().lower()
    assert now in (tmp_path / "now.svg").read_text().lower()


def test_that_the_scale_of_an_image_is_the_chosen_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for scale in (1, 3):
        export(window, qtbot, "gradviz.file.export.png", tmp_path / f"{scale}.png", scale)
    small, large = QImage(str(tmp_path / "1.png")), QImage(str(tmp_path / "3.png"))
    assert abs(large.width() - 3 * small.width()) <= 3


def tick_ground(dialog: PictureDialog) -> None:
    """Click the box of the transparent ground."""
    QTest.mouseClick(dialog.transparent, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))


def test_that_an_image_with_a_transparent_ground_shows_what_lies_beneath(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    identifier = "gradviz.file.export.png"
    export(window, qtbot, identifier, tmp_path / "filled.png")
    export(window, qtbot, identifier, tmp_path / "bare.png", choose=tick_ground)
    filled, bare = QImage(str(tmp_path / "filled.png")), QImage(str(tmp_path / "bare.png"))
    assert filled.pixelColor(0, 0).alpha() == 255
    assert bare.pixelColor(0, 0).alpha() == 0
    assert near(bare, LIGHT.kinds["leaf"].fill) > 1000


@pytest.mark.parametrize("suffix", [".svg", ".pdf"])
def test_that_a_drawing_with_a_transparent_ground_is_without_it_and_the_choice_is_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    identifier, ticked = f"gradviz.file.export{suffix}", list[bool]()
    paths = [tmp_path / f"{name}{suffix}" for name in ("filled", "bare", "again")]

    def note(dialog: PictureDialog) -> None:
        assert not dialog.scale.isVisible()
        ticked.append(dialog.transparent.isChecked())

    for path, choose in zip(paths, (note, tick_ground, note), strict=True):
        export(window, qtbot, identifier, path, choose=choose)
    filled, bare, again = (path.read_bytes() for path in paths)
    assert ticked == [False, True]
    assert len(filled) > len(bare) == len(again)
    if suffix == ".svg":
        assert LIGHT.canvas.lower().encode() in filled
        assert LIGHT.canvas.lower().encode() not in bare


def scales_offered(window: MainWindow) -> tuple[list[str], str]:
    """Return the scales that the dialog offers, and the one that it begins with."""
    offered: list[str] = []
    first: list[str] = []

    def look(dialog: Any) -> None:
        offered.extend(scales_in(dialog))
        first.append(dialog.scale.currentText())
        dialog.reject()

    clock = answering(PictureDialog, look)
    action(window, "gradviz.file.export.png").trigger()
    clock.stop()
    return offered, first[0] if first else ""


def test_that_each_scale_is_offered_with_the_size_that_the_image_will_have(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    offered, first = scales_offered(window)
    assert [text.split()[0] for text in offered] == ["1", "2", "3", "4", "8"]
    assert first.startswith("2 × ")
    export(window, qtbot, "gradviz.file.export.png", tmp_path / "mine.png", 2)
    image = QImage(str(tmp_path / "mine.png"))
    assert first == f"2 × ({counted(image.width())} × {counted(image.height())} pixels, 192 dpi)"


@pytest.mark.parametrize(("most", "possible"), [(4_000_000, ["1", "2"]), (100_000, [])])
def test_that_no_scale_is_offered_that_is_too_large_but_the_largest_that_is_not(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    possible: list[str],
) -> None:
    monkeypatch.setattr("gradviz.export.formats.png._MOST_PIXELS", most)
    offered, first = scales_offered(window)
    *smaller, largest = [text.split()[0] for text in offered]
    assert smaller == possible
    assert first == (offered[1] if possible else offered[0])
    export(window, qtbot, "gradviz.file.export.png", tmp_path / "mine.png", float(largest))
    image = QImage(str(tmp_path / "mine.png"))
    assert image.width() * image.height() == pytest.approx(most, rel=0.05)
    assert image.width() * image.height() <= most


def test_that_a_graph_too_large_for_any_image_is_told_before_anything_is_asked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.export.formats.png._MOST_PIXELS", 3)
    assert scales_offered(window) == ([], "")
    assert "would be too large. Use SVG." in window.notices.text.text()


@pytest.mark.parametrize(
    ("answer", "replaced"),
    [(QMessageBox.StandardButton.No, False), (QMessageBox.StandardButton.Yes, True)],
)
def test_that_an_existing_file_is_replaced_only_after_a_yes(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    answer: QMessageBox.StandardButton,
    replaced: bool,
) -> None:
    path = tmp_path / "mine.dot"
    path.write_text("old")
    asked: list[str] = []

    def reply(box: Any) -> None:
        asked.append(box.text())
        box.button(answer).click()
        if not replaced:
            clocks.append(answering(QFileDialog, lambda dialog: dialog.reject()))

    clocks = [answering(QMessageBox, reply)]
    export(window, qtbot, "gradviz.file.export.dot", path)
    assert len(asked) == 1
    assert "mine.dot" in asked[0]
    assert (path.read_text() != "old") == replaced


def test_that_a_file_that_cannot_be_written_is_told_and_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "mine.dot"
    os.mkfifo(path)
    window.exports.write_graph(path)
    exported(window, qtbot)
    assert window.notices.isVisible()
    assert "nobody reads from it" in window.notices.text.text()
    assert path.is_fifo()
    assert list(tmp_path.glob("*.tmp")) == []


def test_that_a_folder_that_is_gone_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    monkeyed = tmp_path / "gone" / "a.dot"
    window.exports._asked_path = lambda *_: monkeyed  # type: ignore[method-assign]
    action(window, "gradviz.file.export.dot").trigger()
    exported(window, qtbot)
    assert "does not exist" in window.notices.text.text()


def test_that_a_cancelled_dialog_writes_nothing(window: MainWindow, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    for identifier, kind in (
        ("gradviz.file.export.dot", QFileDialog),
        ("gradviz.file.export.svg", PictureDialog),
        ("gradviz.file.export.png", PictureDialog),
        (PLOTS, QFileDialog),
        (FORMULAS, QFileDialog),
    ):
        clock = answering(kind, lambda dialog: dialog.reject())
        action(window, identifier).trigger()
        assert not clock.isActive()
    assert set(tmp_path.iterdir()) == before
    assert not window.notices.isVisible()


def test_that_the_folder_of_the_last_export_is_remembered(
    window: MainWindow, qtbot: QtBot, settings: QSettings, tmp_path: Path
) -> None:
    (tmp_path / "pictures").mkdir()
    export(window, qtbot, "gradviz.file.export.dot", tmp_path / "pictures" / "mine.dot")
    folders: list[str] = []

    def look(dialog: Any) -> None:
        folders.append(dialog.directory().absolutePath())
        dialog.reject()

    clock = answering(QFileDialog, look)
    action(window, "gradviz.file.export.json").trigger()
    clock.stop()
    assert folders == [str(tmp_path / "pictures")]
    assert settings.value("export_folder") == str(tmp_path / "pictures")


def test_that_the_plots_are_written_side_by_side(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.workbench.choose_steps(200)
    window.top.train.click()
    qtbot.waitUntil(lambda: window.state.progress.step == 200, timeout=SOON_MS)
    for name in ("fit", "loss"):
        window.panels.widgets[name].draw()  # type: ignore[attr-defined]
    export(window, qtbot, PLOTS, tmp_path / "plots.png")
    qtbot.waitUntil(lambda: "plots.png" in window.statusBar().currentMessage())
    image = QImage(str(tmp_path / "plots.png"))
    half = image.width() // 2
    assert image.width() == 2 * 1280
    assert near(image.copy(0, 0, half, image.height()), LIGHT.now) > 200
    assert near(image.copy(half, 0, half, image.height()), LIGHT.done) > 200


def test_that_the_formulas_are_written_as_the_command_line_writes_them(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_expression("a sin(b x)")
    qtbot.waitUntil(lambda: shown_expression(window.state) == "a sin(b x)")
    export(window, qtbot, FORMULAS, tmp_path / "window.svg")
    qtbot.waitUntil(lambda: "window.svg" in window.statusBar().currentMessage())
    assert main(["formula", "a sin(b x)", "--fit", "-o", str(tmp_path / "shell.svg")]) == 0
    written = (tmp_path / "window.svg").read_bytes()
    assert written == (tmp_path / "shell.svg").read_bytes()
    assert "∂loss/∂b".encode() in written


def test_that_a_model_without_a_formula_has_none_to_export(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: not action(window, FORMULAS).isEnabled(), timeout=30_000)


def near(image: QImage, colour: str) -> int:
    """Return how many pixels of `image` have about this colour."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(-1, 4)[:, 2::-1].astype(int)
    wanted = np.array(QColor(colour).getRgb()[:3])  # type: ignore[index]
    return int((np.abs(pixels - wanted).max(axis=1) < 40).sum())


def test_that_the_graph_is_copied_as_an_image(window: MainWindow, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    QTest.keyClick(
        window.canvas.view,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    exported(window, qtbot)
    image, placement = clipboard.image(), window.canvas.placement
    assert placement is not None
    assert image.width() == pytest.approx(2 * placement.width, abs=100)
    assert near(image, LIGHT.kinds["leaf"].fill) > 1000


def test_that_the_picture_is_copied_as_png_and_as_svg_together(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    export(window, qtbot, "gradviz.file.export.svg", tmp_path / "mine.svg")
    action(window, "gradviz.edit.copy_graph").trigger()
    exported(window, qtbot)
    content = QGuiApplication.clipboard().mimeData()
    assert content.hasImage()
    assert bytes(content.data("image/png").data()).startswith(MAGIC[".png"])
    svg = bytes(content.data("image/svg+xml").data())
    assert svg == (tmp_path / "mine.svg").read_bytes()


def test_that_the_graph_is_copied_as_dot_source(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    export(window, qtbot, "gradviz.file.export.dot", tmp_path / "mine.dot")
    action(window, "gradviz.edit.copy_dot").trigger()
    exported(window, qtbot)
    copied = QGuiApplication.clipboard().text()
    assert copied == (tmp_path / "mine.dot").read_text()
    assert "DOT" in window.statusBar().currentMessage()


def test_that_a_graph_that_is_not_shown_yet_is_not_drawn_over_another_ones_places(
    window: MainWindow, layouts: LocalLayouts, qtbot: QtBot, tmp_path: Path
) -> None:
    layouts.holding = True
    window.top.field.selectAll()
    QTest.keyClicks(window.top.field, "sin(x)")
    QTest.keyClick(window.top.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stands(window, "sin(x)"), timeout=SOON_MS)
    action(window, "gradviz.edit.copy_graph").trigger()
    assert "not been laid out" in window.notices.text.text()
    export(window, qtbot, "gradviz.file.export.svg", tmp_path / "mine.svg")
    assert not (tmp_path / "mine.svg").exists()
    export(window, qtbot, "gradviz.file.export.dot", tmp_path / "mine.dot")
    assert "Sin" in (tmp_path / "mine.dot").read_text()


def test_that_the_plots_of_a_point_are_not_offered(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    assert not action(window, PLOTS).isEnabled()

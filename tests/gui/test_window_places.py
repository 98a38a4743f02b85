"""The window is where it was left with the same screens, and dialogs have their sizes again."""

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from window_acts import action, answering

from gradviz.ui.dialogs.about import ShortcutsDialog
from gradviz.ui.dialogs.signs import SignsDialog
from gradviz.ui.main_window import MainWindow
from gradviz.ui.workspaces import window_places

pytestmark = pytest.mark.usefixtures("layouts")


def reopened(window: MainWindow, settings: QSettings, qtbot: QtBot) -> MainWindow:
    window.close()
    settings.sync()
    other = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(other)
    return other


def test_that_each_arrangement_of_screens_has_its_place(
    window: MainWindow, settings: QSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.setGeometry(20, 40, 700, 540)
    window.close()
    with monkeypatch.context() as patched:
        patched.setattr(window_places, "_screens", lambda: "two")
        # With other screens it is first where it was last.
        window = reopened(window, settings, qtbot)
        assert window.height() == 540
        window.setGeometry(40, 60, 700, 620)
        window = reopened(window, settings, qtbot)
        assert window.height() == 620
    other = MainWindow(LocalEngine(), settings)
    qtbot.addWidget(other)
    assert other.height() == 540


@pytest.mark.parametrize("place", [(5000, 4000), (-3000, -2000), (100, -900)])
def test_that_a_window_is_never_opened_out_of_sight(
    window: MainWindow, settings: QSettings, qtbot: QtBot, place: tuple[int, int]
) -> None:
    window.setGeometry(*place, 700, 540)
    window = reopened(window, settings, qtbot)
    room = QApplication.primaryScreen().availableGeometry()
    # The window may need more width than this screen has.
    assert room.contains(window.geometry().topLeft())
    assert window.geometry().bottom() <= room.bottom()


@pytest.mark.parametrize(("kind", "name"), [(ShortcutsDialog, "shortcuts"), (SignsDialog, "signs")])
def test_that_a_dialog_has_the_size_that_it_was_given(
    window: MainWindow, qtbot: QtBot, kind: type[QDialog], name: str
) -> None:
    sizes: list[QSize] = []

    def answer(dialog: QDialog) -> None:
        sizes.append(dialog.size())
        dialog.resize(610, 505)
        dialog.reject()

    for _ in range(2):
        clock = answering(kind, answer)
        action(window, f"gradviz.help.{name}").trigger()
        clock.stop()
    assert sizes[0] != QSize(610, 505)
    assert sizes[1] == QSize(610, 505)


def test_that_a_kept_size_that_is_none_changes_nothing(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("dialogs/shortcuts", "nonsense")
    dialog = ShortcutsDialog(window, ())
    assert dialog.width() == 480
    settings.setValue("dialogs/shortcuts", QSize(90_000, 90_000))
    dialog = ShortcutsDialog(window, ())
    room = QApplication.primaryScreen().availableGeometry()
    assert dialog.width() <= room.width()

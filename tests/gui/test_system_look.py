"""High contrast where the system asks for it, at the start and while the window runs."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_acts import action

from gradviz.render.style import LIGHT
from gradviz.ui.main_window import MainWindow
from gradviz.ui.widgets.contrast import system_look
from gradviz.ui.widgets.contrast.high_contrast import HIGH_DARK, HIGH_LIGHT
from gradviz.ui.widgets.contrast.system_look import theme_for, wants_high_contrast

pytestmark = pytest.mark.usefixtures("layouts")


def ask(monkeypatch: pytest.MonkeyPatch, *, high: bool) -> None:
    """Have the system ask for high contrast, or no more."""
    monkeypatch.setattr(system_look, "wants_high_contrast", lambda: high)
    told = Qt.ContrastPreference.HighContrast if high else Qt.ContrastPreference.NoPreference
    QGuiApplication.styleHints().accessibility().contrastPreferenceChanged.emit(told)


def test_that_nothing_is_asked_for_here() -> None:
    assert not wants_high_contrast()
    assert theme_for("light").look is LIGHT


def test_that_a_qt_that_is_not_told_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hints:
        pass

    monkeypatch.setattr(QGuiApplication, "styleHints", Hints)
    assert not wants_high_contrast()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_that_the_signs_on_the_accent_have_the_colour_of_texts_on_it(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    window.choose_theme(name)
    qtbot.waitUntil(window.updatesEnabled)
    for identifier in ("gradviz.step.play", "gradviz.train.run"):
        picture = action(window, identifier).icon().pixmap(16, 16).toImage()
        inks = {
            picture.pixelColor(x, y).name().upper()
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert inks == {theme_for(name).look.accent_text}


@pytest.mark.skipif(
    not hasattr(Qt, "ContrastPreference"), reason="before Qt 6.10 the system is not asked"
)
def test_that_the_window_follows_the_system_while_it_runs(
    window: MainWindow, settings: QSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ground() -> str:
        view = window.canvas.view
        return view.grab().toImage().pixelColor(3, view.height() - 3).name().upper()

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert ground() == LIGHT.canvas
    ask(monkeypatch, high=True)
    qtbot.waitUntil(window.updatesEnabled)
    assert ground() == HIGH_LIGHT.canvas
    assert app.palette().windowText().color().name() == "#000000"
    action(window, "gradviz.view.theme_dark").trigger()
    qtbot.waitUntil(window.updatesEnabled)
    assert ground() == HIGH_DARK.canvas
    # It is the system's wish, and no choice that is kept.
    assert settings.value("theme") == "dark"
    action(window, "gradviz.view.theme_light").trigger()
    ask(monkeypatch, high=False)
    qtbot.waitUntil(window.updatesEnabled)
    assert ground() == LIGHT.canvas

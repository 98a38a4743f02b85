"""Light and dark: every surface changes, and every text can be read on it."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot
from window_acts import action, formulas_set, rested

from gradviz.render.style import DARK, LIGHT
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.widgets.theme import (
    DARK_THEME,
    LIGHT_THEME,
    ROLES,
    Theme,
    colours_of_sheet,
    style_sheet,
)

pytestmark = pytest.mark.usefixtures("layouts")

THEMES = pytest.mark.parametrize("theme", [LIGHT_THEME, DARK_THEME], ids=["light", "dark"])
TOKENS = ("parameter", "variable", "number", "function", "operator", "bracket", "unknown")


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB` as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text: str, surface: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(text), luminance(surface)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Return each text with the surfaces that it stands on."""
    look = theme.look
    for surface in (look.canvas, look.panel, look.bar):
        yield "text", look.text, surface
        yield "secondary", look.secondary, surface
        yield "now", look.now_text, surface
        yield "done", look.done_text, surface
        yield "error", theme.error, surface
        yield "target", theme.target_text, surface
    for surface in (theme.hover, theme.selection, theme.error_fill):
        yield "text", look.text, surface
    yield "accent", look.accent_text, look.accent
    yield "chip", look.chip_text, look.chip
    for kind in TOKENS:
        yield kind, theme.token(kind), look.panel


def test_that_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_that_every_text_has_a_contrast_of_4_5(theme: Theme) -> None:
    poor = [
        (name, text, surface, round(contrast(text, surface), 2))
        for name, text, surface in pairs(theme)
        if contrast(text, surface) < 4.5
    ]
    assert poor == []


def test_that_the_style_sheet_has_no_name_left_in_it_and_no_colour_of_its_own() -> None:
    assert "@" not in style_sheet()
    assert re.findall("#[0-9a-fA-F]{6}", style_sheet()) == []


@THEMES
def test_that_the_style_sheet_finds_each_colour_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    before = QGuiApplication.palette()
    QApplication.setPalette(colours_of_sheet(theme))
    try:
        for name, role in ROLES.items():
            widget = QLabel()
            qtbot.addWidget(widget)
            widget.setStyleSheet(f"background: palette({role})")
            shown = widget.grab().toImage().pixelColor(1, 1).name()
            colour = getattr(theme, name, None) or getattr(theme.look, name)
            assert (name, shown) == (name, colour.lower())
    finally:
        QApplication.setPalette(before)


class _StyleChanges(QObject):
    """Counts how often a widget is told that it has another style."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_that_another_theme_is_no_other_style_for_any_widget(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    formulas_set(window, qtbot)
    # Qt would look for the rules of all widgets anew, and lay out the whole window.
    sheet, changes = qapp.styleSheet(), _StyleChanges()
    qapp.installEventFilter(changes)
    for name in ("dark", "light"):
        window.choose_theme(name)
        qtbot.waitUntil(window.updatesEnabled)
    qapp.removeEventFilter(changes)
    assert qapp.styleSheet() == sheet
    assert changes.count == 0


def test_that_switching_to_dark_and_back_changes_everything(
    window: MainWindow, qtbot: QtBot
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    rested(window, qtbot)
    light = surfaces(window, app)
    action(window, "gradviz.view.theme_dark").trigger()
    # Until all has its new colours, nothing is painted.
    assert not window.updatesEnabled()
    qtbot.waitUntil(window.updatesEnabled)
    dark = surfaces(window, app)
    assert dark["canvas"] == DARK.canvas.lower()
    assert dark["palette"] == DARK.text.lower()
    assert all(dark[name] != light[name] for name in light)
    action(window, "gradviz.view.theme_light").trigger()
    qtbot.waitUntil(window.updatesEnabled)
    rested(window, qtbot)
    assert surfaces(window, app) == light
    assert light["canvas"] == LIGHT.canvas.lower()


def surfaces(window: MainWindow, app: QApplication) -> dict[str, object]:
    """Return what each part of the window shows of the theme."""
    fit = window.panels.widgets["fit"]
    assert isinstance(fit, FitPanel)
    assert fit.plot is not None
    plot = fit.plot.grab().toImage()
    canvas, panel = window.canvas.view.grab().toImage(), window.top.grab().toImage()
    models = window.panels.widgets["models"].grab().toImage()
    status = window.statusBar().grab().toImage()
    block = window.top.field.document().firstBlock()
    return {
        "button": window.top.step.grab().toImage().pixelColor(8, 4).name(),
        "models": models.pixelColor(models.width() // 2, models.height() - 3).name(),
        "status": status.pixelColor(status.width() // 2, 3).name(),
        "palette": app.palette().color(QPalette.ColorRole.WindowText).name(),
        "canvas": canvas.pixelColor(3, canvas.height() - 3).name(),
        "top": panel.pixelColor(2, 2).name(),
        "plot": plot.pixelColor(plot.width() - 8, 8).name(),
        "curve": QColor(fit.curves["target"].opts["pen"].color()).name(),
        "tokens": [each.format.foreground().color().name() for each in block.layout().formats()],
    }


def test_that_the_theme_is_remembered(
    window: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    action(window, "gradviz.view.theme_dark").trigger()
    assert settings.value("theme") == "dark"
    action(window, "gradviz.view.theme_light").trigger()
    assert settings.value("theme") == "light"


@THEMES
def test_that_a_box_that_is_not_ticked_has_an_edge_to_be_seen(
    window: MainWindow, qtbot: QtBot, theme: Theme
) -> None:
    action(window, f"gradviz.view.theme_{theme.look.name}").trigger()
    box = QCheckBox("box", window)
    box.show()
    qtbot.waitUntil(
        lambda: QApplication.palette().color(QPalette.ColorRole.Window) == QColor(theme.look.bar)
    )
    image = box.grab().toImage()
    left = [image.pixelColor(x, image.height() // 2).name() for x in range(20)]
    assert max(contrast(each, theme.look.bar) for each in left) >= 3

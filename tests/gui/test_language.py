"""The window in another language, chosen while it is open or before."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from window_acts import action, formulas_set, rested, shown, stands, type_in, typed
from windows import PATIENCE_MS, opened

from gradviz.core.language import catalogues
from gradviz.core.language.saying import spoken_language, tr
from gradviz.ui.actions import view_menu
from gradviz.ui.actions.action import Action
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.checks_panel import ChecksPanel
from gradviz.ui.widgets.whole_label import ElidedLabel
from gradviz.ui.workspaces import WORKSPACES

ENGLISH, CHINESE = view_menu.LANGUAGES[1:]
PROPERTIES = ("text", "toolTip", "accessibleName", "windowTitle", "placeholderText", "title")
#: Two English words of a sentence, which no name or formula has.
WORDS = re.compile(r"\b[a-z]{2,} (?:the|a|of|is|are|to|in|and|with|no|not|each|by|on)\b")


def texts_of(window: MainWindow) -> Iterator[tuple[str, str, str]]:
    """Yield the class, property and text of all that the window and its actions say."""
    things: list[QObject] = [window, *window.findChildren(QWidget), *window.findChildren(QAction)]
    for thing in things:
        if isinstance(thing, QWidget) and thing.isHidden():
            # What it says is written when it is shown.
            continue
        kind = type(thing).__name__
        for name in PROPERTIES:
            text = thing.property(name)
            if isinstance(text, str) and text:
                yield kind, name, text
        if isinstance(thing, QTabBar):
            yield from ((kind, "tab", thing.tabText(index)) for index in range(thing.count()))
        if isinstance(thing, QComboBox):
            yield from ((kind, "entry", thing.itemText(index)) for index in range(thing.count()))


def change(window: MainWindow, qtbot: QtBot, language: Action) -> None:
    """Choose a language in the menu, and wait until the window speaks it."""
    with qtbot.waitSignal(window.state.language_changed):
        window.actions_made[language].trigger()
    qtbot.waitUntil(window.updatesEnabled)


@pytest.fixture
def chinese_window(settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window whose user has chosen Chinese earlier."""
    settings.setValue("language", "zh_CN")
    window = opened(LocalEngine(), settings, qtbot)
    yield window
    window.close()


def test_that_a_window_speaks_the_language_that_was_chosen(chinese_window: MainWindow) -> None:
    assert spoken_language() == "zh_CN"
    assert chinese_window.actions_made[CHINESE].isChecked()
    english = {each for each in texts_of(chinese_window) if WORDS.search(each[2])}
    assert english == set()


def test_that_a_language_is_changed_while_the_window_is_open(
    window: MainWindow, qtbot: QtBot, settings: QSettings
) -> None:
    formulas_set(window, qtbot)
    before = sorted(texts_of(window))
    change(window, qtbot, CHINESE)
    assert settings.value("language") == "zh_CN"
    assert {each for each in texts_of(window) if WORDS.search(each[2])} == set()
    change(window, qtbot, ENGLISH)
    # Legends are written a moment after their plots.
    qtbot.waitUntil(lambda: sorted(texts_of(window)) == before, timeout=PATIENCE_MS)


def test_that_a_changed_window_says_what_a_new_one_says(
    window: MainWindow, qtbot: QtBot, settings: QSettings
) -> None:
    change(window, qtbot, CHINESE)
    fresh = opened(LocalEngine(), settings, qtbot)
    qtbot.waitUntil(lambda: set(texts_of(window)) == set(texts_of(fresh)), timeout=PATIENCE_MS)
    fresh.close()


def test_that_the_engine_says_again_what_it_has_said(real_window: MainWindow, qtbot: QtBot) -> None:
    window = real_window
    typed(window, qtbot, "sqrt(x - 9) + a")
    qtbot.waitUntil(lambda: "numbers from 0 on" in window.top.hint.text(), timeout=PATIENCE_MS)
    english = window.top.hint.text()
    change(window, qtbot, CHINESE)
    qtbot.waitUntil(lambda: "定义域" in window.top.hint.text(), timeout=PATIENCE_MS)
    change(window, qtbot, ENGLISH)
    qtbot.waitUntil(lambda: window.top.hint.text() == english, timeout=PATIENCE_MS)


def test_that_checks_stay_in_another_language(real_window: MainWindow, qtbot: QtBot) -> None:
    window = real_window
    window.show_panel("checks")
    panel = window.panels.widgets["checks"]
    assert isinstance(panel, ChecksPanel)
    action(window, "gradviz.step.check_leaves").trigger()
    agree = "✓ 4 of 4 agree"
    qtbot.waitUntil(lambda: panel.summary.text() == agree, timeout=PATIENCE_MS)
    panel.table.selectRow(1)
    details = panel.details.text()
    assert "The tolerance is four times" in details
    change(window, qtbot, CHINESE)
    qtbot.waitUntil(lambda: "容差是换一个步长" in panel.details.text(), timeout=PATIENCE_MS)
    assert not WORDS.search(panel.summary.text() + panel.details.text())
    change(window, qtbot, ENGLISH)
    qtbot.waitUntil(lambda: panel.details.text() == details, timeout=PATIENCE_MS)
    assert panel.summary.text() == agree


def test_that_a_training_that_runs_can_be_paused_in_another_language(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_steps(10_000_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.running, timeout=PATIENCE_MS)
    change(window, qtbot, CHINESE)
    assert action(window, "gradviz.train.run").text() == tr("Pause") == "暂停"
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=PATIENCE_MS)


def test_that_what_was_typed_is_kept_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.top.field.setFocus()
    window.top.field.show_text("a x + Fit")
    change(window, qtbot, CHINESE)
    assert window.top.field.text() == "a x + Fit"


def test_that_a_damaged_catalogue_is_told_and_the_window_stays_english(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "languages", lambda: ("en", "zh_CN"))
    monkeypatch.setattr(catalogues, "catalogue_path", lambda code: tmp_path / f"{code}.ts")
    with qtbot.waitSignal(window.state.noticed) as told:
        window.actions_made[CHINESE].trigger()
    assert "zh_CN.ts cannot be read" in told.args[0].message
    assert spoken_language() == "en"


def cut_texts(window: MainWindow) -> list[str]:
    """Return the texts of labels, buttons and tabs that have less room than they need."""
    cut = []
    labels: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel)]
    for widget in (*labels, *window.findChildren(QAbstractButton)):
        if not widget.isVisible() or not widget.text() or isinstance(widget, ElidedLabel):
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and widget.sizeHint().width() > widget.width() + 1:
            cut.append(f"{widget.text()}: {widget.sizeHint().width()} in {widget.width()}")
    return cut


@pytest.mark.parametrize("workspace", [row.id for row in WORKSPACES])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_no_text_is_cut(
    settings: QSettings, qtbot: QtBot, language: str, size: tuple[int, int], workspace: str
) -> None:
    settings.setValue("language", language)
    window = opened(LocalEngine(), settings, qtbot)
    window.resize(*size)
    window.workbench.choose_workspace(workspace)
    type_in(window, "a + b x")
    qtbot.waitUntil(lambda: stands(window, "a + b x") and shown(window), timeout=PATIENCE_MS)
    window.workbench.move_cursor(2)
    qtbot.waitUntil(lambda: cut_texts(window) == [], timeout=PATIENCE_MS)
    assert (window.width(), window.height()) == size
    window.close()


def test_that_the_tabs_of_the_workspaces_take_their_room_in_another_language(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.workbench.choose_workspace("debug")
    window.workbench.move_cursor(4)
    window.panels.widgets["health"].come_to_front()
    rested(window, qtbot)
    tabs = window.findChild(QTabBar, "workspaces")
    assert isinstance(tabs, QTabBar)
    for language in (CHINESE, ENGLISH):
        change(window, qtbot, language)
        edge = window.menuBar().rect().right()
        qtbot.waitUntil(lambda edge=edge: edge - 4 <= tabs.geometry().right() <= edge)  # type: ignore[misc]
        assert tabs.width() == tabs.sizeHint().width()

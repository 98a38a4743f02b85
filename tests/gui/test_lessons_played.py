"""Every lesson, in every language, is played through by doing in the window what it asks for."""

from pathlib import Path

import pytest
from lesson_acts import LONG_MS, do_step, speak_in
from pytestqt.qtbot import QtBot

from gradviz.core.lessons.lesson_files import languages_in
from gradviz.ui.lessons.lessons import lessons_folder
from gradviz.ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("layouts")

PLAYED = [
    (language, path.stem)
    for language in languages_in(lessons_folder())
    for path in sorted((Path(lessons_folder()) / language).glob("*.toml"))
]


@pytest.mark.parametrize(("language", "name"), PLAYED)
def test_that_a_lesson_can_be_played_to_its_end(
    window: MainWindow, qtbot: QtBot, language: str, name: str
) -> None:
    speak_in(window, qtbot, language)
    window.lessons.open(name)
    player = window.lessons.player
    qtbot.waitUntil(lambda: player.lesson is not None, timeout=LONG_MS)
    assert player.lesson is not None
    assert player.lesson.language == language
    for _ in player.lesson.steps:
        do_step(window, qtbot)
    assert player.step is None
    assert window.lessons.progress.step_of(name) == len(player.lesson.steps)


CHALLENGES = [name for language, name in PLAYED if language == "en" and "challenge" in name]


@pytest.mark.parametrize("name", [*CHALLENGES, "momentum", "learning_rate_too_large"])
def test_that_show_me_solves_a_challenge(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.lessons.open(name)
    player = window.lessons.player
    qtbot.waitUntil(lambda: player.lesson is not None, timeout=LONG_MS)
    while player.step is not None:
        qtbot.waitUntil(lambda: not player.preparing, timeout=LONG_MS)
        window.lessons.show_me()
        qtbot.waitUntil(lambda: player.done, timeout=LONG_MS)
        window.lessons.next()

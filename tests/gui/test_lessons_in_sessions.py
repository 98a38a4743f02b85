"""A lesson goes along with a session: its step, and a teacher's own as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_acts import action, rested, typed
from windows import PATIENCE_MS

from gradviz.session_files.contents import LessonPlace
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice

pytestmark = pytest.mark.usefixtures("layouts")

OWN = """title = "A product"
summary = "Each factor is the derivative of the other."

[[step]]
text = "Type a x."
until = { expression = "a x" }

[[step]]
text = "Go to the end."
until = { walk = "end" }
"""


def _at_step(window: MainWindow, qtbot: QtBot, lesson: str, place: int) -> None:
    """Open a lesson, and have its first steps done."""
    window.lessons.open(lesson)
    player = window.lessons.player
    while player.place < place:
        if not player.done:
            window.lessons.show_me()
        qtbot.waitUntil(lambda: player.done, timeout=PATIENCE_MS)
        window.lessons.next()
    rested(window, qtbot)


def _handed_on(
    window: MainWindow, qtbot: QtBot, path: Path, open_another: Callable[[], MainWindow]
) -> MainWindow:
    """Save the session, and open it in another window."""
    with qtbot.waitSignal(window.session_files.saved, timeout=PATIENCE_MS):
        action(window, "gradviz.file.save_session").trigger()
    again = open_another()
    with qtbot.waitSignal(again.workbench.sessions.taken, timeout=PATIENCE_MS):
        again.session_files.open(path)
    return again


def test_that_a_teachers_lesson_is_in_the_session_as_a_whole(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    session_path: Path,
    open_another: Callable[[], MainWindow],
) -> None:
    file = tmp_path / "product.toml"
    file.write_text(OWN, encoding="utf-8")
    _at_step(window, qtbot, str(file), 1)
    window.workbench.move_cursor(2)
    file.unlink()
    again = _handed_on(window, qtbot, session_path, open_another)
    assert again.lessons.bar.isVisible()
    assert again.lessons.bar.heading.text() == "A product: step 2 of 2"
    assert again.lessons.bar.sentence.text() == "Go to the end."
    assert (again.state.text, again.state.cursor) == ("a x", 2)
    again.lessons.show_me()
    qtbot.waitUntil(lambda: again.lessons.player.done, timeout=PATIENCE_MS)


def test_that_a_lesson_of_the_program_goes_on_at_its_step(
    window: MainWindow,
    qtbot: QtBot,
    session_path: Path,
    open_another: Callable[[], MainWindow],
) -> None:
    _at_step(window, qtbot, "first_five_minutes", 2)
    again = _handed_on(window, qtbot, session_path, open_another)
    lesson = again.lessons.player.lesson
    assert lesson is not None
    assert (lesson.name, again.lessons.player.place) == ("first_five_minutes", 2)
    assert not again.lessons.player.preparing


def test_that_a_session_without_a_lesson_begins_none(
    window: MainWindow,
    qtbot: QtBot,
    session_path: Path,
    open_another: Callable[[], MainWindow],
) -> None:
    typed(window, qtbot, "a x")
    rested(window, qtbot)
    again = _handed_on(window, qtbot, session_path, open_another)
    assert again.lessons.player.lesson is None


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (LessonPlace(name="nowhere"), "There is no lesson “nowhere”."),
        (LessonPlace(name="../../../secret"), "There is no lesson “secret”."),
        (LessonPlace(name="n" * 5000), "There is no lesson"),
        (LessonPlace(name=""), "There is no lesson “”."),
        (LessonPlace(name="own", source="title = 1"), "own.toml, line 1:"),
        (
            LessonPlace(name="own", source=OWN.replace('expression = "a x"', 'file = "x.py"')),
            "own.toml, line 6:",
        ),
    ],
)
def test_that_a_lesson_that_cannot_be_shown_is_told(
    window: MainWindow, place: LessonPlace, told: str
) -> None:
    notices: list[Notice] = []
    window.state.noticed.connect(notices.append)
    window.lessons.resume(place)
    assert window.lessons.player.lesson is None
    assert [notice.message.startswith(told) for notice in notices] == [True]


@pytest.mark.parametrize("step", [-3, 0, 1, 99])
def test_that_any_step_is_one_of_the_lesson(window: MainWindow, step: int) -> None:
    window.lessons.resume(LessonPlace(name="own", step=step, source=OWN))
    assert window.lessons.player.place == (1 if step > 0 else 0)

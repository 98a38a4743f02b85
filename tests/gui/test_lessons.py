"""The bar of a lesson, its halo, and the ways through it, as a learner uses them."""

import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from lesson_acts import LONG_MS, do_step, keys_of, speak_in
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_acts import action, answering, rested, typed

from gradviz import app
from gradviz.app import is_new
from gradviz.core.language.saying import ENGLISH, Translations, use
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.lessons.pointed_places import CONTROLS, PLACES, spot_of
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice
from gradviz.ui.widgets.icons import resources

pytestmark = pytest.mark.usefixtures("layouts")

_LESSONS = tuple((resources() / "lessons" / "en").glob("*.toml"))
LESSON = """title = "A product"
summary = "Each factor is the derivative of the other."

[[step]]
text = "Type a x."
point = { control = "expression" }
until = { expression = "a x" }

[[step]]
text = "Predict."
point = { node = "a" }
answer = 2

[[step]]
text = "Go to the end."
point = { node = "a" }
until = { walk = "end" }
"""


@pytest.fixture
def lesson(tmp_path: Path) -> str:
    """Return the path of a lesson of a teacher's."""
    path = tmp_path / "product.toml"
    path.write_text(LESSON, encoding="utf-8")
    return str(path)


def enabled(window: MainWindow, name: str) -> bool:
    return action(window, f"gradviz.help.{name}").isEnabled()


def is_at(window: MainWindow, place: int) -> bool:
    return window.lessons.player.place == place


def test_that_next_waits_for_the_step_to_be_done(
    window: MainWindow, qtbot: QtBot, lesson: str
) -> None:
    bar, player = window.lessons.bar, window.lessons.player
    assert not bar.isVisible()
    window.lessons.open(lesson)
    assert bar.isVisible()
    assert bar.heading.text() == "A product: step 1 of 3"
    assert bar.sentence.text() == "Type a x."
    assert not enabled(window, "lesson_next")
    typed(window, qtbot, "b x")
    rested(window, qtbot)
    assert not enabled(window, "lesson_next")
    typed(window, qtbot, "y = a*x")
    qtbot.waitUntil(lambda: enabled(window, "lesson_next"))
    keys_of(window, "gradviz.help.lesson_next")
    qtbot.waitUntil(lambda: player.place == 1)
    keys_of(window, "gradviz.help.lesson_back")
    qtbot.waitUntil(lambda: player.place == 0)
    assert enabled(window, "lesson_next")


def test_that_the_first_five_minutes_begin_by_themselves_once(
    window: MainWindow, settings: QSettings
) -> None:
    settings.clear()
    assert is_new(settings)
    window.lessons.greet()
    lesson = window.lessons.player.lesson
    assert lesson is not None
    assert lesson.name == "first_five_minutes"
    assert window.lessons.bar.isVisible()
    window.lessons.end()
    assert not is_new(settings)


@pytest.mark.parametrize(
    ("expression", "lesson", "used", "begun"),
    [
        (None, "", False, ["greeting"]),
        (None, "", True, []),
        ("sin(x)", "", False, []),
        (None, "adam", False, ["adam"]),
    ],
)
def test_that_only_somebody_new_who_asks_for_nothing_is_greeted(
    settings: QSettings,
    monkeypatch: pytest.MonkeyPatch,
    expression: str | None,
    lesson: str,
    used: bool,
    begun: list[str],
) -> None:
    settings.clear()
    if used:
        settings.setValue("theme", "dark")
    opened: list[str] = []
    lessons = SimpleNamespace(open=opened.append, greet=partial(opened.append, "greeting"))
    program = SimpleNamespace(exec=lambda: 0), SimpleNamespace(lessons=lessons)
    monkeypatch.setattr(app, "require_display", lambda _: None)
    monkeypatch.setattr(app, "user_settings", lambda: settings)
    monkeypatch.setattr(app, "open_window", lambda _: program)
    assert app.run(expression, lesson) == 0
    assert opened == begun


@pytest.fixture
def english() -> Iterator[None]:
    """Leave the process with the language that other tests are in."""
    yield
    use(Translations(ENGLISH))


@pytest.mark.usefixtures("english")
def test_that_another_language_shows_the_same_step(window: MainWindow, qtbot: QtBot) -> None:
    lessons = window.lessons
    lessons.open("first_five_minutes")
    do_step(window, qtbot)
    before = lessons.bar.sentence.text()
    for language, sentence in (("zh_CN", "输入 a + b x，然后按回车。"), ("en", before)):
        speak_in(window, qtbot, language)
        assert lessons.language == language
        assert lessons.bar.sentence.text() == sentence
        assert lessons.bar.sentence.accessibleName() == sentence
        assert is_at(window, 1)
        assert lessons.player.lesson is not None
        assert lessons.player.lesson.language == language
    assert lessons.progress.step_of("first_five_minutes") == 1


@pytest.mark.usefixtures("english")
def test_that_a_guess_outlasts_a_change_of_the_language(
    window: MainWindow, qtbot: QtBot, lesson: str
) -> None:
    window.lessons.open(lesson)
    do_step(window, qtbot)
    bar = window.lessons.bar
    QTest.keyClicks(bar.guess, "3")
    speak_in(window, qtbot, "zh_CN")
    assert bar.guess.text() == "3"
    assert bar.sentence.text() == "Predict."


def test_that_nobody_who_has_typed_is_greeted(window: MainWindow, settings: QSettings) -> None:
    settings.clear()
    catalogue, window.state.catalogue = window.state.catalogue, None
    window.lessons.greet()
    window.top.field.setFocus()
    QTest.keyClicks(window.top.field, "x")
    window.state.catalogue = catalogue
    window.state.catalogue_changed.emit()
    assert window.lessons.player.lesson is None
    assert not is_new(settings)


def test_that_the_answer_is_hidden_until_a_guess_is_given(
    window: MainWindow, qtbot: QtBot, lesson: str
) -> None:
    window.lessons.open(lesson)
    do_step(window, qtbot)
    bar = window.lessons.bar
    assert bar.guess.isVisible()
    assert not bar.told.isVisible()
    QTest.keyClicks(bar.guess, "3")
    QTest.keyClick(bar.guess, Qt.Key.Key_Return)
    assert bar.told.text() == "You predicted 3; the answer is 2."
    assert enabled(window, "lesson_next")
    QTest.keyClick(bar.guess, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(bar.guess, "2.0")
    QTest.mouseClick(bar.predict, Qt.MouseButton.LeftButton)
    assert bar.told.text() == "You predicted 2.0, and that is right."


def test_that_show_me_does_every_step(window: MainWindow, qtbot: QtBot, lesson: str) -> None:
    window.lessons.open(lesson)
    for place in range(3):
        qtbot.waitUntil(lambda: enabled(window, "lesson_show"))
        keys_of(window, "gradviz.help.lesson_show")
        qtbot.waitUntil(lambda: enabled(window, "lesson_next"), timeout=LONG_MS)
        keys_of(window, "gradviz.help.lesson_next")
        qtbot.waitUntil(partial(is_at, window, place + 1))
    assert "finished" in window.lessons.bar.sentence.text()
    keys_of(window, "gradviz.help.lesson_next")
    qtbot.waitUntil(lambda: not window.lessons.bar.isVisible())


def test_that_a_lesson_goes_on_where_it_was_left(
    window: MainWindow, qtbot: QtBot, lesson: str
) -> None:
    window.lessons.open(lesson)
    do_step(window, qtbot)
    do_step(window, qtbot)
    keys_of(window, "gradviz.help.lesson_end")
    qtbot.waitUntil(lambda: not window.lessons.bar.isVisible())
    assert not window.lessons.halo.isVisible()
    typed(window, qtbot, "b + x")
    window.lessons.open(lesson)
    player = window.lessons.player
    assert player.place == 2
    qtbot.waitUntil(lambda: not player.preparing, timeout=LONG_MS)
    built = window.state.built
    assert built is not None
    assert built.model.source == "a x"
    do_step(window, qtbot)
    assert player.step is None


def test_that_the_halo_is_around_its_place_and_takes_no_mouse(
    window: MainWindow, qtbot: QtBot, lesson: str
) -> None:
    window.lessons.open(lesson)
    halo, field = window.lessons.halo, window.top.field
    qtbot.waitUntil(halo.isVisible)
    middle = field.mapTo(window, field.rect().center())
    assert halo.geometry().contains(middle)
    assert window.childAt(middle) in (field, field.viewport())
    assert not halo.mask().contains(halo.mapFrom(window, middle))
    do_step(window, qtbot)
    spot = spot_of(window, {"node": "a"})
    assert spot is not None
    qtbot.waitUntil(lambda: halo.geometry().contains(spot.widget.mapTo(window, spot.part.center())))


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_the_bar_covers_nothing(
    window: MainWindow, qtbot: QtBot, lesson: str, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.lessons.open(lesson)
    rested(window, qtbot)
    bar = window.lessons.bar
    place = bar.mapTo(window, QPoint(0, 0))
    canvas = window.canvas.mapTo(window, QPoint(0, 0))
    assert place.y() + bar.height() <= canvas.y()
    assert bar.sentence.height() >= bar.sentence.heightForWidth(bar.sentence.width())
    assert window.width() == size[0]
    for button in (*bar.buttons,):
        assert bar.rect().contains(button.geometry())


def test_that_each_sentence_is_announced(
    window: MainWindow, qtbot: QtBot, lesson: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: said.append(event.message()) if hasattr(event, "message") else None,
    )
    window.lessons.open(lesson)
    do_step(window, qtbot)
    QTest.keyClicks(window.lessons.bar.guess, "2")
    QTest.keyClick(window.lessons.bar.guess, Qt.Key.Key_Return)
    assert "Type a x." in said
    assert "Predict." in said
    assert said[-1] == "You predicted 2, and that is right."


def test_that_a_lesson_is_found_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    window.settings.setValue("language", "en")
    window.lessons.progress.keep("detach", 99)

    def choose(dialog: Finder) -> None:
        assert len(dialog.listed) > 30
        QTest.keyClicks(dialog.search, "several inputs")
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    clock = answering(Finder, choose)  # type: ignore[arg-type]
    keys_of(window, "gradviz.help.lessons")
    clock.stop()
    player = window.lessons.player
    assert player.lesson is not None
    assert player.lesson.name == "several_inputs"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "This is no TOML"),
        (LESSON.replace("expression =", "expresion =", 1), "“expresion”, which is not known"),
        (LESSON.replace('control = "expression"', 'control = "x1"'), "x1"),
    ],
)
def test_that_a_broken_file_is_told_in_the_window(
    window: MainWindow, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    told: list[Notice] = []
    window.state.noticed.connect(told.append)
    window.lessons.open(str(path))
    assert window.lessons.player.lesson is None
    assert len(told) == 1
    assert told[0].message.startswith("broken.toml, line ")
    assert words in told[0].message
    window.lessons.open("nothing")
    assert "no lesson “nothing”" in told[1].message


def test_that_pointing_at_what_is_not_there_shows_no_halo(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "lost.toml"
    path.write_text(LESSON.replace('control = "expression"', 'node = "zz"'), encoding="utf-8")
    window.lessons.open(str(path))
    do_step(window, qtbot)
    assert window.lessons.player.place == 1


def test_that_every_control_can_be_pointed_at(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x")
    assert [name for name, each in CONTROLS.items() if each.find(window) is None] == []
    for name in PLACES["panel"].form.among:
        assert spot_of(window, {"panel": name}) is not None
    for name in PLACES["action"].form.among:
        assert spot_of(window, {"action": name}) is not None


def test_that_the_theme_and_the_end_of_the_window_leave_a_lesson_alone(
    window: MainWindow, qtbot: QtBot, lesson: str
) -> None:
    window.lessons.open(lesson)
    action(window, "gradviz.view.theme_dark").trigger()
    rested(window, qtbot)
    assert window.lessons.player.place == 0
    assert QApplication.activeModalWidget() is None


def test_that_a_small_screen_has_room_for_the_longest_sentence_beside_a_training(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.resize(1024, 700)
    longest = max(
        (step["text"] for path in _LESSONS for step in tomllib.loads(path.read_text())["step"]),
        key=len,
    )
    path = tmp_path / "long.toml"
    path.write_text(LESSON.replace("Type a x.", longest), encoding="utf-8")
    window.lessons.open(str(path))
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.newest_step > 0, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=LONG_MS)
    rested(window, qtbot)
    assert (window.width(), window.height()) == (1024, 700)
    assert window.minimumSizeHint().height() <= 700

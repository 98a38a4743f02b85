"""Lessons as the window has them: chosen, opened, shown on their bar, and ended."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QToolBar

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, sentences, spoken_language, tr
from gradviz.core.lessons.lesson_data import Lesson, Vocabulary
from gradviz.core.lessons.lesson_files import (
    language_for,
    languages_in,
    lesson_of_text,
    lesson_path,
    lessons_in,
    names_lesson_file,
    read_lesson,
)
from gradviz.session_files.contents import LessonPlace
from gradviz.ui.dialogs.search_order import Entry
from gradviz.ui.lessons.halo import Halo
from gradviz.ui.lessons.lesson_bar import LessonBar
from gradviz.ui.lessons.lesson_window import LessonWindow
from gradviz.ui.lessons.player import LessonProgress, Player
from gradviz.ui.lessons.pointed_places import spot_of
from gradviz.ui.state.window_state import Notice
from gradviz.ui.widgets.icons import resources
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import Theme

#: The parts of the list, as a reader sees them.
PART_TITLES: Final = {
    "start": marked("First steps"),
    "gradients": marked("Gradients at a point"),
    "tutorial": marked("Learning PyTorch with examples"),
    "basics": marked("Learn the basics"),
    "questions": marked("Questions about autograd"),
    "challenges": marked("Challenges"),
    "own": marked("Own lessons"),
}
#: The lesson that begins by itself for somebody new.
_FIRST: Final = "first_five_minutes"
_GREETED: Final = "lessons/greeted"


def lessons_folder() -> Path:
    """Return the folder with the lessons of all languages."""
    return resources() / "lessons"


class Lessons(QObject):
    """Has the bar, the halo and the player of lessons in a window."""

    def __init__(self, window: LessonWindow, theme: Theme) -> None:
        super().__init__(window.widget)
        self._window = window
        self.progress = LessonProgress(window.settings)
        self.player = Player(window, self.progress, self)
        self.bar = LessonBar(window.actions_made)
        self.halo = Halo(theme.look.accent, window.widget)
        self._played = False
        self._waiting: Callable[[], None] | None = None
        self._tool_bar = self._made_tool_bar()
        self.bar.guessed.connect(self.player.guess)
        self.player.moved.connect(self._show_step)
        self.player.looked.connect(self._show_standing)
        window.state.catalogue_changed.connect(self._begin_waiting)
        window.state.language_changed.connect(self._say_again)

    def _made_tool_bar(self) -> QToolBar:
        bar = named(QToolBar(tr("Lesson"), movable=False, floatable=False), "lesson")
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setEnabled(False)
        bar.addWidget(self.bar)
        window = self._window.widget
        window.addToolBarBreak(Qt.ToolBarArea.TopToolBarArea)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)
        bar.hide()
        return bar

    @property
    def language(self) -> str:
        """Return the language of lessons: the one that the window speaks, else English."""
        return language_for(spoken_language(), languages_in(lessons_folder()))

    @property
    def known(self) -> Vocabulary:
        """Return all that a lesson can name here."""
        from gradviz.ui.lessons.known_names import vocabulary

        catalogue = self._window.state.catalogue
        if catalogue is None:
            return vocabulary()
        return vocabulary(
            [entry.name for entry in catalogue.models],
            [entry.name for entry in catalogue.optimizers],
        )

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self.halo.use_colour(theme.look.accent)

    # The commands of actions

    def choose(self) -> None:
        """Let the user choose a lesson; it goes on where it was left."""
        from gradviz.ui.dialogs.finder import Finder

        try:
            lessons = lessons_in(lessons_folder(), self.known, self.language)
        except GradvizError as error:
            self._window.workbench.report("window", error)
            return
        finder = Finder(tr("Find lesson"), self._entries(lessons), self._window.widget)
        finder.exec()
        # Without a window manager nobody else gives the keyboard back.
        self._window.widget.activateWindow()
        chosen = next((each for each in lessons if each.name == finder.chosen), None)
        if chosen is not None:
            self.play(chosen)

    def next(self) -> None:
        """Go on to the next step; behind the last one, to the next lesson."""
        if self.player.step is not None:
            self.player.next()
        elif self.player.lesson is not None:
            following = self._following(self.player.lesson)
            self.end()
            if following is not None:
                self.play(following)

    def back(self) -> None:
        """Return to the step before."""
        self.player.back()

    def show_me(self) -> None:
        """Have the window do the step."""
        self.player.show_me()

    def end(self) -> None:
        """End the lesson; it goes on at this step when it is chosen again."""
        self.player.end()
        self._window.canvas.view.setFocus()

    # Opening

    def open(self, name: str) -> None:
        """Open a lesson by its name, or the path of its file; a fault is told in the window."""
        if self._window.state.catalogue is None:
            self._waiting = lambda: self.open(name)
            return
        try:
            if names_lesson_file(name):
                lesson = read_lesson(Path(name).expanduser().absolute(), self.known)
            else:
                lesson = self._read(name)
        except GradvizError as error:
            self._window.workbench.report("window", error)
        else:
            self.play(lesson)

    @property
    def place(self) -> LessonPlace | None:
        """Return the step at which a lesson is; None where none runs, or it is done."""
        lesson = self.player.lesson
        if lesson is None or self.player.step is None:
            return None
        return LessonPlace(name=lesson.name, step=self.player.place, source=lesson.source)

    def resume(self, place: LessonPlace) -> None:
        """Show a lesson at a step, over the model that is open; a fault is told in the window."""
        try:
            if place.source:
                lesson = lesson_of_text(place.source, place.name, self.known)
            else:
                # A session names a lesson and no path, whoever wrote it.
                lesson = self._read(Path(place.name).name)
        except GradvizError as error:
            self._window.workbench.report("window", error)
        else:
            self.player.begin(lesson, place.step, as_it_is=True)

    def greet(self) -> None:
        """Begin the first five minutes by itself, once; whoever types at once is not disturbed."""
        self._waiting = partial(self._greet, self._window.top.field.text())
        if self._window.state.catalogue is not None:
            self._begin_waiting()

    def _greet(self, text: str) -> None:
        self._window.settings.setValue(_GREETED, True)
        if self.player.lesson is None and self._window.top.field.text() == text:
            self.open(_FIRST)

    def _read(self, name: str) -> Lesson:
        path = lesson_path(lessons_folder(), name, self.language)
        return read_lesson(path, self.known, path.parent.name)

    def play(self, lesson: Lesson) -> None:
        """Play a lesson from where it was left; a training that would be lost is asked about."""
        left = self.progress.step_of(lesson.name)

        def begin() -> None:
            self._played = True
            self.player.begin(lesson, left if left < len(lesson.steps) else 0)
            if lesson.language and lesson.language != self.language:
                told = tr(
                    "The lesson “{title}” is not translated yet, and is shown in English.",
                    title=lesson.title,
                )
                self._window.state.noticed.emit(Notice("window", told, serious=False))

        files = self._window.session_files
        # A lesson's own training is lost with the next one, and nobody keeps that.
        practised = self._played and files.path is None
        if practised or files.may_close(begin, marked("before the lesson begins")):
            begin()

    def _begin_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _following(self, lesson: Lesson) -> Lesson | None:
        """Return the lesson after this one in the list; None behind the last, and for a file."""
        lessons = lessons_in(lessons_folder(), self.known, self.language)
        names = [each.name for each in lessons]
        if not lesson.language or lesson.name not in names[:-1]:
            return None
        return lessons[names.index(lesson.name) + 1]

    def _entries(self, lessons: Sequence[Lesson]) -> list[Entry]:
        return [
            Entry(
                lesson.name,
                lesson.title,
                lesson.summary,
                tr(PART_TITLES[lesson.part]),
                state=self._standing_of(lesson),
            )
            for lesson in lessons
        ]

    def _standing_of(self, lesson: Lesson) -> str:
        at, count = self.progress.step_of(lesson.name), len(lesson.steps)
        if at == 0:
            return ""
        if at >= count:
            return tr("✓ done")
        return tr("step {step} of {count}", step=at + 1, count=count)

    # Showing

    def _show_step(self) -> None:
        lesson, step = self.player.lesson, self.player.step
        self._tool_bar.setVisible(lesson is not None)
        if lesson is None:
            self.halo.hide()
            return
        heading, sentence = self._words_of(lesson)
        asks = step is not None and step.answer is not None
        self.bar.show_step(heading, sentence, asks=asks)

    def _words_of(self, lesson: Lesson) -> tuple[str, str]:
        """Return the heading and the sentence of the lesson's present step, or of its end."""
        step = self.player.step
        if step is not None:
            heading = tr(
                "{title}: step {step} of {count}",
                title=lesson.title,
                step=self.player.place + 1,
                count=len(lesson.steps),
            )
            return heading, step.text
        told = [tr("You have finished “{title}”.", title=lesson.title)]
        following = self._following(lesson)
        if following is not None:
            told.append(tr("Next begins the lesson “{title}”.", title=following.title))
        return tr("{title}: done", title=lesson.title), sentences(told)

    def _say_again(self) -> None:
        """Show the step that is shown in the language that is spoken now."""
        lesson = self.player.lesson
        if lesson is None:
            return
        if lesson.language:
            # One that came from a file elsewhere is in its own language alone.
            try:
                lesson = self._read(lesson.name)
            except GradvizError as error:
                self._window.workbench.report("window", error)
        self.player.retell(lesson)
        self.bar.show_words(*self._words_of(lesson))
        self._show_standing()

    def _show_standing(self) -> None:
        player = self.player
        step = player.step
        if player.lesson is None:
            return
        if player.preparing:
            self.bar.tell(tr("The window is brought to where this step begins…"))
        elif player.told:
            self.bar.tell(player.told)
        else:
            waits = step is not None and bool(step.until)
            self.bar.tell(tr("✓ Done. Next goes on.") if player.done and waits else "")
        shown = step is not None and not player.preparing
        self.halo.surround(spot_of(self._window, step.point) if shown and step else None)

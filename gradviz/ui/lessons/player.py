"""Plays a lesson: one step at a time, each until its conditions hold."""

from typing import Final

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from gradviz.core.errors import SettingError
from gradviz.core.language.saying import said_again, tr
from gradviz.core.lessons.lesson_data import Lesson, LessonStep
from gradviz.core.number_text import read_number, short
from gradviz.ui.lessons.conditions import CONDITIONS, unmet
from gradviz.ui.lessons.lesson_window import LessonWindow
from gradviz.ui.state.lesson_state import LessonStanding

#: So often the window is looked at: a step is done soon after what it waits for.
_LOOK_MS: Final = 60
#: The window is brought to where a lesson was left for so long at most.
_PATIENCE_LOOKS: Final = 500
#: The conditions that put another model into the window.
_MODELS: Final = frozenset({"expression", "model", "file"})
_GUESS_TOLERANCE: Final = 5e-3


class LessonProgress:
    """How far each lesson was done, in the settings."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def step_of(self, name: str) -> int:
        """Return the step at which a lesson was left; 0 where it was not begun."""
        try:
            return max(0, int(str(self._settings.value(f"lessons/{name}", 0))))
        except ValueError:
            return 0

    def keep(self, name: str, step: int) -> None:
        """Keep the step at which a lesson is."""
        self._settings.setValue(f"lessons/{name}", step)


class Player(QObject):
    """Goes through the steps of one lesson.

    Attributes:
        lesson: The lesson that is played; None while none is.
        place: The place of its step, from 0 on; behind the last step it is done.
        done: Whether the step's conditions have held since it was shown.
        told: The words about the guess; empty before there was one.
        preparing: Whether the window is being brought to where the step begins.
    """

    #: Another step is shown, or another lesson, or none.
    moved = Signal()
    #: The window was looked at.
    looked = Signal()

    def __init__(self, window: LessonWindow, progress: LessonProgress, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._progress = progress
        self.lesson: Lesson | None = None
        self.place = 0
        self.done = False
        self.told = ""
        self._guessed = False
        #: The conditions to bring about, one after another: before a step, and for a learner.
        self._wanted: list[tuple[str, object]] = []
        self._asked: list[tuple[str, object]] = []
        self._shown = False
        self._looks = 0
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self.look)
        for signal in (window.state.cursor_moved, window.state.selection_changed):
            signal.connect(self._look_if_running)

    @property
    def step(self) -> LessonStep | None:
        """Return the step that is shown; None without a lesson, and behind its last step."""
        if self.lesson is None or self.place >= len(self.lesson.steps):
            return None
        return self.lesson.steps[self.place]

    @property
    def preparing(self) -> bool:
        """Tell whether the window is being brought to where the step begins."""
        return bool(self._wanted)

    def begin(self, lesson: Lesson, place: int = 0, *, as_it_is: bool = False) -> None:
        """Begin a lesson at a step; the window does the steps before it, unless they are done."""
        self.lesson, self.place = lesson, max(0, min(place, len(lesson.steps) - 1))
        self._wanted = [] if as_it_is else self._before(lesson)
        self._forget()
        self._clock.start()
        self.moved.emit()
        self.look()

    def _before(self, lesson: Lesson) -> list[tuple[str, object]]:
        """Return the conditions that stand where the step begins, in the order of the steps."""
        before = [step.shown for step in lesson.steps[: self.place]]
        made = [at for at, each in enumerate(before) if _MODELS & each.keys()]
        first = made[-1] if made else 0
        start = {} if made and _MODELS & lesson.start.keys() else lesson.start
        return [pair for each in (start, *before[first:]) for pair in each.items()]

    def end(self) -> None:
        """End the lesson where it is."""
        self.lesson, self._wanted = None, []
        self._clock.stop()
        self._forget()
        self.moved.emit()
        self.look()

    def retell(self, lesson: Lesson) -> None:
        """Go on, at the same step and with all that is done, in the words of another language."""
        self.lesson, self.told = lesson, said_again(self.told)

    def next(self) -> None:
        """Go on to the next step."""
        if self.lesson is not None and self.done and self.step is not None:
            self._move_to(self.place + 1)

    def back(self) -> None:
        """Return to the step before; its sentence is read again, and nothing is undone."""
        if self.lesson is not None and self.place > 0:
            self._move_to(self.place - 1)
            self.done = True

    def show_me(self) -> None:
        """Have the window do the step."""
        step = self.step
        if step is None:
            return
        if step.answer is not None and not self._guessed:
            self._guessed = True
            self.told = tr("The answer is {answer}.", answer=_answer_text(step.answer))
        self._asked, self._shown = list(step.shown.items()), False
        self.look()

    def guess(self, text: str) -> None:
        """Compare a guess with the answer, which is told from then on."""
        step = self.step
        if step is None or step.answer is None:
            return
        right = _answer_text(step.answer)
        if _is_right(text, step.answer):
            self.told = tr("You predicted {guess}, and that is right.", guess=text)
        else:
            self.told = tr(
                "You predicted {guess}; the answer is {answer}.", guess=text, answer=right
            )
        self._guessed = True
        self.look()

    def look(self) -> None:
        """Look at the window: a step is done once its conditions have held."""
        if self._wanted:
            self._prepare()
        step = self.step
        if step is not None and not self._wanted:
            missing = unmet(self._window, step.until)
            if missing is None and (step.answer is None or self._guessed):
                self.done, self._asked = True, []
            self._bring_about(self._asked)
        self._window.state.lesson.take(self._standing())
        self.looked.emit()

    def _look_if_running(self) -> None:
        # A condition may hold for a moment alone.
        if self.lesson is not None and not self._wanted:
            self.look()

    def _standing(self) -> LessonStanding:
        if self.lesson is None:
            return LessonStanding()
        step = self.step
        ready = step is None or (self.done and not self.preparing)
        showing = step is not None and not self.done and not self.preparing
        return LessonStanding(True, self.place > 0, ready, showing)

    def _move_to(self, place: int) -> None:
        self.place = place
        if self.lesson is not None:
            self._progress.keep(self.lesson.name, place)
        self._forget()
        self.moved.emit()
        self.look()

    def _forget(self) -> None:
        self.done = self._guessed = self._shown = False
        self.told, self._looks, self._asked = "", 0, []

    def _prepare(self) -> None:
        """Bring about the conditions of the steps before."""
        self._looks += 1
        self._bring_about(self._wanted)
        if self._looks >= _PATIENCE_LOOKS:
            # A model that cannot be built would keep the learner waiting for ever.
            self._wanted = []

    def _bring_about(self, wanted: list[tuple[str, object]]) -> None:
        """Bring the next condition about, once: the window may need a while for it.

        One that has held is not looked at again, as a later one may undo it.
        """
        window = self._window
        if window.state.catalogue is None or window.state.building:
            return
        while wanted and CONDITIONS[wanted[0][0]].holds(window, wanted[0][1]):
            wanted.pop(0)
            self._shown = False
        if wanted and not self._shown:
            self._shown = True
            show = CONDITIONS[wanted[0][0]].show
            if show is not None:
                show(window, wanted[0][1])


def _answer_text(answer: float | str) -> str:
    return answer if isinstance(answer, str) else short(answer)


def _is_right(guess: str, answer: float | str) -> bool:
    if isinstance(answer, str):
        return guess.strip().lower() == answer.strip().lower()
    try:
        given = read_number(guess)
    except SettingError:
        return False
    return abs(given - answer) <= _GUESS_TOLERANCE * max(1.0, abs(answer))

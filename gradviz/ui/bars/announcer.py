"""Has screen readers say what happens: each step once, the ends of long work, and notices."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gradviz.core.graphs.trace import Trace
from gradviz.ui.bars.announcements import (
    built_sentence,
    comparison_sentence,
    notice_sentence,
    step_sentence,
    training_sentence,
)
from gradviz.ui.state.notice_causes import Notice
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.speech.readers import announce, make_painted_widgets_known

#: Steps that come faster than this are one sentence: the newest.
_STEP_MS = 60


class Announcer(QObject):
    """Follows the state; while the training runs its frames are not told, nor its recordings."""

    #: What is said, whether or not a screen reader listens.
    said = Signal(str)

    def __init__(self, state: State, window: QWidget) -> None:
        super().__init__(window)
        self._state, self._window = state, window
        self._place: tuple[Trace | None, int] = (None, state.cursor)
        self._trains = self._compares = False
        self._stepping = Pace(_STEP_MS, self._tell_step, self)
        make_painted_widgets_known()
        state.cursor_moved.connect(self._on_cursor_moved)
        state.recorded.connect(self._on_recorded)
        state.model_built.connect(self._on_built)
        state.training_changed.connect(self._on_training_changed)
        state.comparison.changed.connect(self._on_comparison_changed)
        state.noticed.connect(self._on_noticed)

    def say(self, text: str, *, urgent: bool = False) -> None:
        """Have `text` read aloud; nothing for an empty one."""
        if text:
            announce(self._window, text, urgent=urgent)
            self.said.emit(text)

    def _on_cursor_moved(self) -> None:
        place = (self._state.trace, self._state.cursor)
        moved = place[0] is self._place[0] and place[1] != self._place[1]
        self._place = place
        if moved and not self._state.progress.running:
            self._stepping.request()

    def _on_recorded(self) -> None:
        self._place = (self._state.trace, self._state.cursor)

    def _tell_step(self) -> None:
        # A training that has begun meanwhile goes to the last step by itself.
        if not self._state.progress.running:
            self.say(step_sentence(self._state))

    def _on_built(self) -> None:
        self._place = (self._state.trace, self._state.cursor)
        self.say(built_sentence(self._state))

    def _on_training_changed(self) -> None:
        running = self._state.progress.running
        if running != self._trains:
            self._trains = running
            self.say(training_sentence(self._state))

    def _on_comparison_changed(self) -> None:
        running = self._state.comparison.running
        if running != self._compares:
            self._compares = running
            self.say(comparison_sentence(self._state))

    def _on_noticed(self, notice: Notice) -> None:
        self.say(notice_sentence(notice), urgent=notice.serious)

"""The reasons why leaves of the shown pass have no gradient, asked for while they are seen."""

from PySide6.QtCore import QObject, Signal

from gradviz.core.language.saying import said_again, sentences, tr, tr_n
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import ExplainMissing, MissingGradients, MissingSearched
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import Inquiry, InspectionController
from gradviz.ui.state.window_state import State

#: The reasons are asked for when recordings have rested for so long: the model runs for them.
_REST_MS = 200


class MissingController(QObject):
    """Asks the engine once for each recording at rest, and keeps the run's newest answer.

    Attributes:
        found: The newest answer; None before the first.
        message: Why there is no answer; empty where there is one, or soon will be.
        progress: How many forward passes were searched, and how many there are at most.
        cancelled: Whether the search of the shown pass was given up.
    """

    changed = Signal()
    #: The user has asked why a gradient is None, so that the panel is to be seen.
    wanted = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self.found: MissingGradients | None = None
        #: The pass that `found` is of.
        self._found_in = (0, 0)
        self.message = ""
        self._watchers: set[object] = set()
        self._asked = (0, 0)
        self.progress: tuple[int, int] | None = None
        self.cancelled = False
        self._inquiry: Inquiry | None = None
        self._question = DebouncedQuestion(_REST_MS, self._is_wanted, self._ask, self)
        state.model_built.connect(self._on_built)
        state.engine_changed.connect(self._on_built)
        state.language_changed.connect(self._say_again)
        for signal in (state.recorded, state.training_changed):
            signal.connect(self._on_recorded)

    @property
    def note(self) -> str:
        """Return why no reasons are known yet."""
        if self._state.trace is None:
            return tr("Why a gradient is None will be here once a backward pass is recorded.")
        if self._state.progress.running:
            return tr("Searched when training is paused.")
        if self.message or self.progress is None:
            return self.message or tr("Running the model once more…")
        done, total = self.progress
        passes = tr_n("{count} passes", "{count} pass", total)
        return tr("Running the model once more… {done} of {passes}", done=done, passes=passes)

    @property
    def searching(self) -> bool:
        """Tell whether an answer is awaited."""
        return self._inquiry is not None

    def cancel(self) -> None:
        """Search no further; another pass is searched again."""
        if self._inquiry is not None:
            self._inspection.withdraw(self._inquiry)
            self._end()
            self.cancelled, self.message = True, tr("Not searched: it was cancelled.")
            self.changed.emit()

    def search_again(self) -> None:
        """Search the pass whose search was given up."""
        self.cancelled, self.message, self._asked = False, "", (0, 0)
        self._question.ask_now()
        self.changed.emit()

    def _say_again(self) -> None:
        self.message = said_again(self.message)

    def _end(self) -> None:
        self._inquiry = self.progress = None

    def watch(self, watched: bool, watcher: object = None) -> None:
        """Take whether the panel is seen, or another `watcher` wants to know."""
        if watched:
            self._watchers.add(watcher)
            self._question.ask_now()
        else:
            self._watchers.discard(watcher)

    def _on_built(self) -> None:
        self.found, self.message, self._asked = None, "", (0, 0)
        self.cancelled = False
        self._end()
        self.changed.emit()

    def _on_recorded(self) -> None:
        if self.cancelled and self._state.shown_pass != self._asked:
            self.cancelled, self.message = False, ""
        if self._state.shown_pass != self._asked:
            # An answer about another pass than the shown one does not come.
            self._end()
        if self._watchers:
            self._question.ask_after_rest()
            self.changed.emit()

    def _is_wanted(self) -> bool:
        state = self._state
        still = state.trace is not None and not state.progress.running
        return bool(self._watchers) and still and self._state.shown_pass != self._asked

    def _ask(self) -> None:
        self._asked = self._state.shown_pass
        self._inquiry = self._inspection.ask(ExplainMissing(), self._on_answered, self._on_refused)
        self.changed.emit()

    def _on_answered(self, event: Answered) -> None:
        if isinstance(event.answer, MissingSearched):
            self.progress = event.answer.done, event.answer.total
            self.changed.emit()
        if isinstance(event.answer, MissingGradients):
            self._end()
            self.found, self.message = event.answer, ""
            self._found_in = (event.run, event.recording)
            self.changed.emit()

    def _on_refused(self, event: Unanswered) -> None:
        self._end()
        shown = self._state.shown_pass
        asked_now = shown == self._asked and shown[0] == event.run
        if asked_now and (self.found is None or self._found_in != shown):
            self.found = None
            self.message = sentences((event.message, event.hint))
            self.changed.emit()

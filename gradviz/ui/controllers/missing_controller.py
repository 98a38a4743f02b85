"""The reasons why leaves of the shown pass have no gradient, asked for while they are seen."""

from PySide6.QtCore import QObject, Signal

from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import ExplainMissing, MissingGradients
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

#: The reasons are asked for when recordings have rested for so long: the model runs for them.
_REST_MS = 200


class MissingController(QObject):
    """Asks the engine once for each recording at rest, and keeps the run's newest answer.

    Attributes:
        found: The newest answer; None before the first.
        message: Why there is no answer; empty where there is one, or soon will be.
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
        self._question = DebouncedQuestion(_REST_MS, self._is_wanted, self._ask, self)
        state.model_built.connect(self._on_built)
        state.engine_changed.connect(self._on_built)
        for signal in (state.recorded, state.training_changed):
            signal.connect(self._on_recorded)

    @property
    def note(self) -> str:
        """Return why no reasons are known yet."""
        if self._state.trace is None:
            return "Why a gradient is None will be here once a backward pass is recorded."
        if self._state.progress.running:
            return "Searched when training is paused."
        return self.message or "Running the model once more…"

    def watch(self, watched: bool, watcher: object = None) -> None:
        """Take whether the panel is seen, or another `watcher` wants to know."""
        if watched:
            self._watchers.add(watcher)
            self._question.ask_now()
        else:
            self._watchers.discard(watcher)

    def _on_built(self) -> None:
        self.found, self.message, self._asked = None, "", (0, 0)
        self.changed.emit()

    def _on_recorded(self) -> None:
        if self._watchers:
            self._question.ask_after_rest()
            self.changed.emit()

    def _is_wanted(self) -> bool:
        state = self._state
        still = state.trace is not None and not state.progress.running
        return bool(self._watchers) and still and self._state.shown_pass != self._asked

    def _ask(self) -> None:
        self._asked = self._state.shown_pass
        self._inspection.ask(ExplainMissing(), self._on_answered, self._on_refused)

    def _on_answered(self, event: Answered) -> None:
        if isinstance(event.answer, MissingGradients):
            self.found, self.message = event.answer, ""
            self._found_in = (event.run, event.recording)
            self.changed.emit()

    def _on_refused(self, event: Unanswered) -> None:
        shown = self._state.shown_pass
        asked_now = shown == self._asked and shown[0] == event.run
        if asked_now and (self.found is None or self._found_in != shown):
            self.found = None
            self.message = f"{event.message} {event.hint}".strip()
            self.changed.emit()

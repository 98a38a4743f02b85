"""The floating-point operations of the groups of the shown pass, counted while they are seen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from gradviz.core.language.saying import said_again, sentences, tr
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import CountFlops, FlopsCounted
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

#: The operations are asked for when recordings have rested for so long: the model runs for them.
_REST_MS = 200


class FlopsController(QObject):
    """Asks the engine once for each pass at rest, while a group is looked at."""

    changed = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self._watched = False
        self._asked = (0, 0)
        self._found = FlopsCounted()
        #: The pass that `_found` is of.
        self._found_in = (0, 0)
        self._message = ""
        self._question = DebouncedQuestion(_REST_MS, self._is_wanted, self._ask, self)
        for signal in (state.model_built, state.engine_changed):
            signal.connect(self._forget)
        for signal in (state.recorded, state.training_changed):
            signal.connect(self._on_recorded)

    @property
    def of_groups(self) -> Sequence[int]:
        """Return the operations of each group of the shown graph, none while they are unknown."""
        return self._found.groups if self._is_known else ()

    @property
    def note(self) -> str:
        """Return why no operations are known; empty where they are."""
        if self._is_known:
            return said_again(self._found.note)
        if self._state.progress.running:
            return tr("counted when training is paused")
        return self._message or tr("being counted: the model runs once more")

    def watch(self, watched: bool) -> None:
        """Take whether the figures of a group are seen."""
        begins = watched and not self._watched
        self._watched = watched
        if begins:
            self._question.ask_after_rest()

    @property
    def _is_known(self) -> bool:
        return self._found_in == self._state.shown_pass

    def _forget(self) -> None:
        self._asked = (0, 0)
        self._on_recorded()

    def _on_recorded(self) -> None:
        self._message = ""
        if self._watched:
            self._question.ask_after_rest()
            self.changed.emit()

    def _is_wanted(self) -> bool:
        state = self._state
        still = state.graph is not None and bool(state.graph.groups) and not state.progress.running
        return self._watched and still and not self._is_known and state.shown_pass != self._asked

    def _ask(self) -> None:
        self._asked = self._state.shown_pass
        self._inspection.ask(CountFlops(), self._on_answered, self._on_refused)

    def _on_answered(self, event: Answered) -> None:
        if isinstance(event.answer, FlopsCounted):
            self._found, self._found_in = event.answer, (event.run, event.recording)
            self.changed.emit()

    def _on_refused(self, event: Unanswered) -> None:
        if self._state.shown_pass == self._asked and self._asked[0] == event.run:
            self._message = sentences((event.message, event.hint))
            self.changed.emit()

"""The local derivatives of the shown pass, asked for while they are to be seen on the edges."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.rule import local_derivatives
from gradviz.core.language.saying import tr
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import FindRules, RulesFound
from gradviz.render.picture import NO_LOCAL
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import Notice, State

#: They are asked for when recordings have rested for so long: the model runs for them.
_REST_MS: Final = 200
#: A graph with more nodes has no room for so many numbers, and its rules take long.
MOST_NODES: Final = 300


class LocalDerivatives(QObject):
    """Asks the engine once for each recording at rest; there are none of another program's."""

    changed = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self._found: Mapping[str, float] = NO_LOCAL
        #: The passes that they are of, and that were asked about.
        self._found_in = self._asked = (0, 0)
        self._told = False
        self._question = DebouncedQuestion(_REST_MS, self._is_wanted, self._ask, self)
        for signal in (state.model_built, state.recorded, state.training_changed):
            signal.connect(self._question.ask_after_rest)

    @property
    def shown(self) -> Mapping[str, float]:
        """Return the derivatives of the shown pass, by the edges of its graph, as far as known."""
        state = self._state
        known = state.local_derivatives and self._found_in == state.shown_pass
        return self._found if known else NO_LOCAL

    def choose(self, wanted: bool) -> None:
        """Show them, or not."""
        if wanted != self._state.local_derivatives:
            self._state.local_derivatives = wanted
            self._asked, self._told = (0, 0), False
            self._question.ask_now()
            self.changed.emit()
            self._state.choice_changed.emit()

    def _is_wanted(self) -> bool:
        state = self._state
        still = state.recorded_trace is not None and not state.progress.running
        wanted = state.local_derivatives and not state.attached
        return wanted and still and self._asked != state.shown_pass

    def _ask(self) -> None:
        graph = self._state.graph
        self._asked = self._state.shown_pass
        if graph is None:
            return
        if len(graph.nodes) > MOST_NODES:
            told = tr(
                "Local derivatives are shown on graphs of up to {count} nodes.", count=MOST_NODES
            )
            self._tell(told, "")
            return
        self._inspection.ask(FindRules(), self._on_answered, self._on_refused)

    def _on_answered(self, event: Answered) -> None:
        graph = self._state.graph
        if isinstance(event.answer, RulesFound) and graph is not None:
            self._found = local_derivatives(graph, event.answer.rules)
            self._found_in = event.run, event.recording
            self.changed.emit()
            if not self._found:
                told = tr(
                    "No edge of this graph is between single numbers, and has a local derivative."
                )
                self._tell(told, tr("Choose Model ▸ Gradient at a point to have numbers."))

    def _on_refused(self, event: Unanswered) -> None:
        self._tell(event.message, event.hint)

    def _tell(self, message: str, hint: str) -> None:
        """Say once, while they are wanted, why there are none."""
        if not self._told:
            self._told = True
            self._state.noticed.emit(Notice("window", message, hint, serious=False))

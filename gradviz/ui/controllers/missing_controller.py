"""Why leaves of the pass that is shown have no gradient: asked for while somebody looks."""

from PySide6.QtCore import QObject, QTimer, Signal

from gradviz.protocol.events import CommandFailed
from gradviz.protocol.missing_questions import MissingGradients
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

#: The reasons are asked for when recordings have rested for so long: the model runs for them.
_REST_MS = 200


class MissingController(QObject):
    """Asks the engine once for each recording that rests, and keeps what was found of the run.

    Attributes:
        found: The newest answer; None where nothing is known yet.
        message: Why there is no answer; empty where there is one, or soon will be.
    """

    changed = Signal()
    #: Somebody asked why a gradient is None, and will want to see it.
    wanted = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self.found: MissingGradients | None = None
        self.message = ""
        self._watched = False
        self._asked = (0, 0)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        inspection.answered.connect(self._on_answered)
        inspection.refused.connect(self._on_refused)
        state.model_built.connect(self._on_built)
        state.engine_changed.connect(self._on_built)
        for signal in (state.recorded, state.training_changed):
            signal.connect(self._on_recorded)

    @property
    def note(self) -> str:
        """Return what there is to say where no reasons are known."""
        if self._state.trace is None:
            return "Why a gradient is None will be here once a backward pass is recorded."
        if self._state.progress.running:
            return "Looked for when the training stands still."
        return self.message or "Running the model once more…"

    def watch(self, watched: bool) -> None:
        """Take whether somebody looks."""
        self._watched = watched
        if watched:
            self._rest.start(0)

    def _on_built(self) -> None:
        self.found, self.message, self._asked = None, "", (0, 0)
        self.changed.emit()

    def _on_recorded(self) -> None:
        if self._watched:
            self._rest.start()
            self.changed.emit()

    def _ask(self) -> None:
        state = self._state
        if not self._watched or state.trace is None or state.progress.running:
            return
        place = (state.built.run if state.built else 0, state.recording)
        if place != self._asked:
            self._asked = place
            self._inspection.ask_missing()

    def _on_answered(self, answer: object) -> None:
        if isinstance(answer, MissingGradients):
            self.found, self.message = answer, ""
            self.changed.emit()

    def _on_refused(self, event: CommandFailed) -> None:
        asked_now = self._asked == (event.run, self._state.recording)
        if asked_now and (self.found is None or self.found.recording != self._state.recording):
            self.found = None
            self.message = f"{event.message} {event.hint}".strip()
            self.changed.emit()

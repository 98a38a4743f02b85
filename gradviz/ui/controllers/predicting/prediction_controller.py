"""Predict first: the gradients of the current step are hidden until they are asked for."""

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.predicting.predictions import Judged, Prediction, judged, prediction_of
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import said_again
from gradviz.ui.controllers.walk_controller import WalkController
from gradviz.ui.state.window_state import State


class PredictionController(QObject):
    """Asks for the gradient that the current step sends, and takes guesses.

    Attributes:
        told: The number of the step that was revealed, beside the guess if there was one.
    """

    #: The question, or its answer, is another one.
    changed = Signal()

    def __init__(self, state: State, walk: WalkController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._walk = walk
        self.told: Judged | str = ""
        #: The trace and the step that the answer is of.
        self._told_at: tuple[Trace | None, int] = (None, 0)
        #: Whether a gradient was asked for, or told, when the walk was followed last.
        self._asked = False
        for signal in (state.cursor_moved, state.recorded, state.model_built):
            signal.connect(self._follow)
        state.language_changed.connect(self._say_again)

    def choose(self, wanted: bool) -> None:
        """Hide gradients until they are asked for, or show each at once."""
        state = self._state
        if wanted != state.predicting:
            state.predicting = wanted
            state.revealed = 0
            self._told_at = (None, 0)
            self._show()

    @property
    def question(self) -> Prediction | None:
        """Return the question for the current step; None while none of its gradients is hidden."""
        state = self._state
        trace, graph = state.recorded_trace, state.graph
        if trace is None or graph is None or not state.hides_step:
            return None
        return prediction_of(graph, trace.steps[state.cursor - 1])

    def step_on(self) -> None:
        """Reveal the current step where its gradients are hidden, else take the next one."""
        if self._state.hides_step:
            self.reveal()
        else:
            self._walk.move_cursor(self._state.cursor + 1)

    def reveal(self) -> None:
        """Show the gradients of the current step."""
        question = self.question
        self._tell("" if question is None else question.shown)

    def guess(self, text: str) -> None:
        """Compare a guess with PyTorch's number, and show the gradients of the step.

        Raises:
            SettingError: the text is no number; then they stay hidden.
        """
        question = self.question
        if question is not None:
            self._tell(judged(question, text))

    def _tell(self, told: Judged | str) -> None:
        state = self._state
        if state.hides_step:
            self.told = told
            state.revealed = state.cursor
            self._told_at = (state.recorded_trace, state.cursor)
            self._show()

    def _show(self) -> None:
        """Have all that shows gradients look at them again."""
        self._state.cursor_moved.emit()

    def _say_again(self) -> None:
        told = self.told
        if isinstance(told, Judged):
            self.told = told._replace(told=said_again(told.told))
        else:
            self.told = said_again(told)
        self.changed.emit()

    def _follow(self) -> None:
        state = self._state
        if self._told_at != (state.recorded_trace, state.cursor):
            self.told = ""
        # Most walks show all gradients: nothing is asked there, and nobody is told so at each step.
        asks = state.predicting or bool(self.told)
        if asks or self._asked:
            self._asked = asks
            self.changed.emit()

"""The ways of the training, and of the runs that are compared, through the numbers of the model."""

from PySide6.QtCore import QObject

from gradviz.core.graphs.tensors import Floats
from gradviz.ui.state.time_series import TimeSeries
from gradviz.ui.state.window_state import State

#: So many numbers of all rows of one way together, but at least and at most so many rows.
_NUMBERS, _ROWS = 2**18, (200, 1000)


class Ways(QObject):
    """Keeps the numbers of the model at the steps of each run, thinned as the runs grow.

    Attributes:
        own: The way of the training.
        compared: Those of the compared runs of the same model, by their numbers.
    """

    def __init__(self, state: State, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self.own = self._empty()
        self.compared: dict[int, TimeSeries] = {}
        state.model_built.connect(self._begin)
        state.progressed.connect(self._on_progressed)
        state.branched.connect(lambda: self.own.forget_after(state.progress.step))
        state.comparison.changed.connect(self._on_runs_changed)
        state.comparison.progressed.connect(self._on_runs_progressed)

    @property
    def now(self) -> Floats | None:
        """Return the numbers of the moment that is shown."""
        return self._state.progress.entries

    def _empty(self) -> TimeSeries:
        built = self._state.built
        count = len(built.entries) if built is not None else 0
        return TimeSeries(max(_ROWS[0], min(_ROWS[1], _NUMBERS // max(1, count))))

    def _begin(self) -> None:
        self.own = self._empty()
        self._on_runs_progressed()

    def _on_progressed(self) -> None:
        progress = self._state.progress
        if progress.newest is None and progress.entries is not None:
            self.own.add(progress.step, progress.entries.tolist())

    def _on_runs_changed(self) -> None:
        """Forget the ways of runs that are gone, or begin anew."""
        begun = {run.number for run in self._state.comparison.runs if run.standing is not None}
        self.compared = {number: way for number, way in self.compared.items() if number in begun}

    def _on_runs_progressed(self) -> None:
        built = self._state.built
        for run in self._state.comparison.runs:
            standing, model = run.standing, run.candidate.model
            if built is None or standing is None or standing.entries is None:
                continue
            numbers = standing.entries.floats()
            if model.source != built.model.source or len(numbers) != len(built.entries):
                self.compared.pop(run.number, None)
                continue
            way = self.compared.setdefault(run.number, self._empty())
            way.add(standing.step, numbers.tolist())

"""The last events of the program, for a report of a problem."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from gradviz.core.choices.settings import Model
from gradviz.ui.state.window_state import Notice, State

#: Older events are forgotten, and so is the end of what is longer.
_MOST_EVENTS, _MOST_LETTERS = 60, 8000


class ProblemLog(QObject):
    """Notes what was told, built and started, and when."""

    def __init__(
        self,
        state: State,
        now: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._now = now
        self._events: deque[str] = deque(maxlen=_MOST_EVENTS)
        state.noticed.connect(self._on_noticed)
        state.engine_changed.connect(lambda: self._note(f"engine: {state.engine}"))
        state.model_built.connect(self._on_model_built)

    @property
    def events(self) -> tuple[str, ...]:
        """Return the events, oldest first."""
        return tuple(self._events)

    def _note(self, text: str) -> None:
        self._events.append(f"{self._now():%H:%M:%S} {text[:_MOST_LETTERS]}")

    def _on_noticed(self, notice: Notice) -> None:
        parts = (f"{notice.subject}: {notice.message}", notice.hint, notice.details.rstrip())
        self._note("\n".join(filter(None, parts)))

    def _on_model_built(self) -> None:
        built, graph = self._state.built, self._state.graph
        if built is not None and graph is not None:
            nodes, edges = len(graph.nodes), len(graph.edges)
            self._note(
                f"built: {named_source(built.model)}, {built.mode}, {nodes} nodes, {edges} edges"
            )


def named_source(model: Model) -> str:
    """Return the expression or the name of a model; of a user's own file its name alone."""
    return Path(model.source).name if model.trusted else model.source

"""The recording that is kept for comparison, and how the one that is shown differs from it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from gradviz.core.findings.changes import Changes, Kept
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.union_layout import same_shape
from gradviz.protocol.change_questions import (
    ChangeAnswer,
    CompareRecordings,
    ComparingStopped,
    ComparisonAdvanced,
    ForgetKept,
    KeepRecording,
    RecordingKept,
    RecordingsCompared,
    StopComparing,
)
from gradviz.protocol.commands import Command
from gradviz.ui.state.window_state import State

#: A recording is compared when so much time has passed since one came.
_PAUSE_MS = 120
#: A larger graph is compared while it trains only when the training stands still.
_LIVE_NODES = 500


class ChangesController(QObject):
    """Asks the engine, which has the tensors of both, as often as there is something new.

    Attributes:
        kept: What is kept, None where nothing is.
        changes: How the newest recording differs from it, None until that is known.
        progress: How many of how many nodes have been compared, where that takes long.
    """

    #: Another recording is kept, or none.
    kept_changed = Signal()
    changed = Signal()

    def __init__(
        self, state: State, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._send = send
        self.kept: Kept | None = None
        self.changes: Changes | None = None
        self.progress: tuple[int, int] | None = None
        #: Whether the comparison was stopped with the recording that is shown.
        self._stopped = False
        #: The graph that `changes` is about.
        self._graph: Graph | None = None
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._rest.timeout.connect(self._compare)
        state.recorded.connect(self._on_recorded)
        state.training_changed.connect(self._on_recorded)
        state.engine_changed.connect(self._on_engine_changed)

    @property
    def note(self) -> str:
        """Return what there is to say while there are no changes; empty where there are."""
        if self.kept is None or self.changes is not None:
            return ""
        if self._waits:
            return "Compared when the training stands still."
        if self._stopped:
            return "Not compared: it was cancelled. Keep, or another recording, compares again."
        if self.progress is None:
            return "Comparing…"
        done, total = self.progress
        return f"Comparing… {done:,} of {total:,} nodes"

    def keep(self) -> None:
        """Keep the recording that is shown, in place of the one before."""
        if self._state.trace is not None:
            self._send(KeepRecording(run=self._run, recording=self._state.recording))

    def clear(self) -> None:
        """Keep none any more."""
        self._send(ForgetKept(run=self._run, recording=self._state.recording))

    def cancel(self) -> None:
        """Compare no further; the next recording is compared again."""
        self._send(StopComparing(run=self._run, recording=self._state.recording))

    def hear(self, event: ChangeAnswer) -> None:
        """Take what the engine answers."""
        if isinstance(event, RecordingKept):
            self._take(event.kept)
            return
        if event.recording != self._state.recording or self.kept is None:
            return
        self.progress = None
        match event:
            case ComparisonAdvanced():
                self.progress = event.done, event.total
            case ComparingStopped():
                self.changes, self._stopped = None, True
            case RecordingsCompared():
                self.changes, self._graph = event.changes, self._state.graph
        self.changed.emit()

    def _take(self, kept: Kept | None) -> None:
        self.kept, self.changes, self.progress = kept, None, None
        self._state.compared = kept is not None
        self._state.choice_changed.emit()
        self.kept_changed.emit()
        self.changed.emit()
        self._on_recorded()

    @property
    def _waits(self) -> bool:
        graph = self._state.graph
        large = graph is not None and len(graph.nodes) > _LIVE_NODES
        return self._state.progress.running and large

    @property
    def _run(self) -> int:
        return self._state.built.run if self._state.built else 0

    def _on_recorded(self) -> None:
        self._stopped = False
        if self.kept is None:
            return
        if self.changes is not None and not self._fits(self._state.graph):
            # What is about another graph would be wrong until there is an answer.
            self.changes = None
            self.changed.emit()
        if not self._rest.isActive():
            self._rest.start()

    def _fits(self, graph: Graph | None) -> bool:
        """Tell whether the ids of `changes` mean the same nodes in `graph`."""
        known = self._graph
        if graph is known:
            return True
        return graph is not None and known is not None and same_shape(known, graph)

    def _on_engine_changed(self) -> None:
        """An engine that has ended has taken what it kept with it."""
        if self._state.engine != "ready" and self.kept is not None:
            self._take(None)

    def _compare(self) -> None:
        if self.kept is not None and self._state.trace is not None and not self._waits:
            self.progress = None
            self._send(CompareRecordings(run=self._run, recording=self._state.recording))

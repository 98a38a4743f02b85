"""The recording that is kept for comparison, and how the one that is shown differs from it."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.changes import Changes, Kept
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.union_layout import same_shape
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import counted
from gradviz.protocol.commands import Command, ForgetKept, KeepRecording
from gradviz.protocol.events import Answered, RecordingKept
from gradviz.protocol.questions import (
    CompareWithKept,
    ComparisonAdvanced,
    RecordingsCompared,
)
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import Inquiry, InspectionController
from gradviz.ui.state.window_state import Notice, State

#: A recording is compared when so much time has passed since the last one.
_PAUSE_MS = 120
#: A kept recording is compared with another model where so much of the larger graph is in both.
_SHARED = 0.5
#: A larger graph is compared only while no training runs.
_LIVE_NODES = 500


class ChangesController(QObject):
    """Asks the engine, which has the tensors of both recordings, after each new recording.

    Attributes:
        kept: The kept recording, None where there is none.
        changes: The changes of the newest recording since it, None until they are known.
        progress: The number of compared nodes and that of all, where that takes long.
    """

    #: Another recording is kept, or none.
    kept_changed = Signal()
    changed = Signal()

    def __init__(
        self,
        state: State,
        send: Callable[[Command], None],
        inspection: InspectionController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._send = send
        self._inspection = inspection
        self._inquiry: Inquiry | None = None
        self.kept: Kept | None = None
        self.changes: Changes | None = None
        self.progress: tuple[int, int] | None = None
        #: Whether the comparison was stopped with the recording that is shown.
        self._stopped = False
        #: The title of a recording that was let go with its model, until that is told.
        self._let_go = ""
        #: The graph that `changes` is about.
        self._graph: Graph | None = None
        self._question = DebouncedQuestion(_PAUSE_MS, self._is_wanted, self._ask, self)
        state.model_built.connect(self._on_model_built)
        state.recorded.connect(self._on_recorded)
        state.training_changed.connect(self._on_recorded)
        state.engine_changed.connect(self._on_engine_changed)

    @property
    def note(self) -> str:
        """Return why no changes are known; empty where they are."""
        if self.kept is None or self.changes is not None:
            return ""
        if self._waits:
            return tr("Compared when training is paused.")
        if self._stopped:
            return tr("Not compared: it was cancelled. Keep, or another recording, compares again.")
        if self.progress is None:
            return tr("Comparing…")
        done, total = self.progress
        nodes = tr_n("{shown} nodes", "{shown} node", total, shown=counted(total))
        return tr("Comparing… {done} of {nodes}", done=counted(done), nodes=nodes)

    def keep(self) -> None:
        """Keep the recording that is shown, in place of the one before."""
        if self._state.trace is not None:
            self._send(KeepRecording(self._run))

    def clear(self) -> None:
        """Keep none any more."""
        self._send(ForgetKept(self._run))

    def cancel(self) -> None:
        """Compare no further; the next recording is compared again."""
        if self._inquiry is not None:
            self._inspection.withdraw(self._inquiry)
            self.changes, self.progress, self._stopped = None, None, True
            self.changed.emit()

    def hear(self, event: RecordingKept) -> None:
        """Take the recording that is kept from now on."""
        self._take(event.kept)

    def _on_answered(self, event: Answered) -> None:
        if self.kept is None:
            return
        self.progress = None
        answer = event.answer
        if isinstance(answer, ComparisonAdvanced):
            self.progress = answer.done, answer.total
        elif isinstance(answer, RecordingsCompared):
            self.changes, self._graph = answer.changes, self._state.graph
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
        self._tell_let_go()
        if self.kept is None:
            return
        if self.changes is not None and not self._fits(self._state.graph):
            # Changes of another graph would be wrong until there is an answer.
            self.changes = None
            self.changed.emit()
        self._question.ask_within_pause()

    def _on_model_built(self) -> None:
        """End with the model of the kept recording, unless the graph of the new one is like it."""
        graph = self._state.graph
        if self.kept is None or graph is None or alike(self.kept.graph, graph):
            return
        title = self.kept.title
        self.clear()
        self._take(None)
        self._let_go = title

    def _tell_let_go(self) -> None:
        """Say which recording was let go: later, as the new model ends the notices before it."""
        title, self._let_go = self._let_go, ""
        if title:
            told = tr(
                "The recording that was kept ({title}) is let go: it is of another model.",
                title=title,
            )
            hint = tr("Keep compares with the one that is shown.")
            self._state.noticed.emit(Notice("kept recording", told, hint, serious=False))

    def _fits(self, graph: Graph | None) -> bool:
        """Tell whether the ids of `changes` mean the same nodes in `graph`."""
        known = self._graph
        if graph is known:
            return True
        return graph is not None and known is not None and same_shape(known, graph)

    def _on_engine_changed(self) -> None:
        """Forget the kept recording of an engine that has ended."""
        if self._state.engine != "ready" and self.kept is not None:
            self._take(None)

    def _is_wanted(self) -> bool:
        return self.kept is not None and self._state.trace is not None and not self._waits

    def _ask(self) -> None:
        self.progress = None
        self._inquiry = self._inspection.ask(CompareWithKept(), self._on_answered)


def alike(one: Graph, other: Graph) -> bool:
    """Tell whether two graphs have enough in common for their changes to be of use.

    Half of the operations and leaves of the larger one are in the smaller one too, or all of the
    smaller one are in the larger one, as after an edit.
    """
    known, found = (Counter(node.op for node in graph.nodes) for graph in (one, other))
    shared, sizes = (known & found).total(), (known.total(), found.total())
    return shared == min(sizes) or shared >= _SHARED * max(sizes)

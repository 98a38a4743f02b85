"""The source lines of the shown graph, asked for while they or a node are looked at."""

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.source import Line, SourceFrame, Sources
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.union_layout import same_shape
from gradviz.core.language.saying import said_again, tr
from gradviz.protocol.events import Answered
from gradviz.protocol.questions import FindSources, SourcesFound
from gradviz.ui.controllers.awaited_answer import AwaitedAnswer
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

#: The source lines are asked for when recordings have rested for so long.
_REST_MS = 120
#: The lines of a larger graph are asked for only while the panel is seen.
_SMALL = 2_000


class SourceController(QObject):
    """Asks the engine which lines made the nodes, and marks the nodes that a line made.

    Attributes:
        awaited: The wait for the lines, which can be given up.
        libraries: Whether the lines of libraries are shown too.
        marked: The nodes that the chosen line made.
        line: The chosen line.
    """

    #: Other sources are known, or none.
    changed = Signal()
    #: Other nodes are marked.
    marked_changed = Signal()
    #: The user has asked for the lines, so that the panel is to be seen.
    wanted = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self.libraries = False
        self.marked: frozenset[str] = frozenset()
        self.line: Line | None = None
        self._watchers: set[object] = set()
        self._found: SourcesFound | None = None
        #: The run and the recording that `_found` is of.
        self._found_in = (0, 0)
        self._graph: Graph | None = None
        self.awaited = AwaitedAnswer(state, inspection, self)
        self.awaited.changed.connect(self.changed)
        self.awaited.wanted.connect(self._on_wanted_again)
        self._question = DebouncedQuestion(_REST_MS, self._is_wanted, self._ask, self)
        state.recorded.connect(self._on_recorded)
        state.model_built.connect(self._on_recorded)
        state.training_changed.connect(self._on_recorded)
        for signal in (state.selection_changed, state.cursor_moved):
            signal.connect(self._on_looked)

    @property
    def sources(self) -> Sources | None:
        """Return the source lines of the shown graph, None until they are known."""
        return self._found.sources if self._found is not None else None

    @property
    def note(self) -> str:
        """Return why no lines are shown yet, or the engine's note on them; else an empty text."""
        if self._state.graph is None:
            return tr("The lines of Python that made the graph will be here once there is one.")
        if self._found is None:
            if self._state.progress.running:
                return tr("Shown when training is paused.")
            if self.awaited.given_up:
                return tr("Not searched: it was cancelled.")
            return tr("Running the model…")
        return said_again(self._found.sources.note)

    def watch(self, watched: bool, watcher: object = None) -> None:
        """Take whether the panel is seen, or another `watcher` wants to know."""
        if watched:
            self._watchers.add(watcher)
            self._question.ask_now()
        else:
            self._watchers.discard(watcher)

    def show_libraries(self, libraries: bool) -> None:
        """Show the lines of libraries too, or those of the model alone."""
        self.libraries = libraries
        if libraries and self._found is not None and not self._found.libraries:
            self._question.ask_now()
        self.changed.emit()

    def frames_of(self, node: str) -> tuple[SourceFrame, ...]:
        """Return the lines that made `node`, the innermost first."""
        sources = self.sources
        return sources.stack_of(node, libraries=self.libraries) if sources else ()

    def choose_line(self, line: Line, column: int | None = None) -> None:
        """Mark the nodes that a line, or its part at a column, made; none where it made none."""
        sources = self.sources
        if sources is None:
            return
        nodes = sources.nodes_at(line)
        if column is not None:
            nodes = sources.nodes_under(line.file, line.number, column)
        self._mark(line if nodes else None, frozenset(nodes))

    def _mark(self, line: Line | None, nodes: frozenset[str]) -> None:
        if (line, nodes) != (self.line, self.marked):
            self.line, self.marked = line, nodes
            self.marked_changed.emit()

    def _on_recorded(self) -> None:
        graph, known = self._state.graph, self._graph
        if graph is None or (known is not None and not self._is_of(known, graph)):
            self._found = self._graph = None
            self._mark(None, frozenset())
            self.changed.emit()
        self._on_looked()

    def _on_looked(self) -> None:
        if self._looked_at and self._is_unknown:
            self._question.ask_within_pause()

    @property
    def _looked_at(self) -> bool:
        """Tell whether the panel is seen, or a node is inspected of a graph that runs quickly."""
        graph = self._state.graph
        small = graph is not None and len(graph.nodes) <= _SMALL
        return bool(self._watchers) or (small and self._state.inspected is not None)

    @property
    def _is_unknown(self) -> bool:
        """Tell whether the engine can find lines that are not known yet."""
        found = self._found
        known = found is not None and self._found_in == self._state.shown_pass
        return not known or (found is not None and found.libraries < self.libraries)

    def _is_of(self, known: Graph, graph: Graph) -> bool:
        """Tell whether the lines of one graph hold for another: it has the same run and shape."""
        same_run = self._found is not None and self._found_in[0] == self._run
        return same_run and (known is graph or same_shape(known, graph))

    def _is_wanted(self) -> bool:
        still = self._state.graph is not None and not self._state.progress.running
        wanted = still and not self.awaited.given_up
        return wanted and self._looked_at and self._is_unknown

    def _ask(self) -> None:
        self.awaited.ask(FindSources(libraries=self.libraries), self._on_answered)

    def _on_wanted_again(self) -> None:
        self._on_looked()
        self.changed.emit()

    def _on_answered(self, event: Answered) -> None:
        answer = event.answer
        if isinstance(answer, SourcesFound):
            before, self._found, self._graph = self._found, answer, self._state.graph
            self._found_in = (event.run, event.recording)
            if before is None or before.sources.origins != answer.sources.origins:
                self._mark(None, frozenset())
            self.changed.emit()

    @property
    def _run(self) -> int:
        return self._state.built.run if self._state.built else 0

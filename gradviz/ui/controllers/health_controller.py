"""The health of the recorded pass: the colouring of its graph, and the thresholds."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.beginnings import Beginning, beginnings
from gradviz.core.findings.health import (
    Colouring,
    Counts,
    Health,
    NodeTime,
    Thresholds,
    Times,
    examination,
)
from gradviz.core.findings.source import module_text
from gradviz.core.language.saying import said_again, sentences, tr
from gradviz.core.work_in_pieces import InPieces, finished
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import CountElements, ElementsCounted, PassTimed, TimePass
from gradviz.render.groups.group_shades import group_shades
from gradviz.render.shades import NO_SHADES, Shades, shades
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.controllers.source_controller import SourceController
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Piecemeal

#: Counts and times are asked for when recordings have rested for so long.
_REST_MS = 200
#: A larger graph is examined in pieces, and only while no training runs.
_LARGE_NODES = 3_000


class HealthController(QObject):
    """Examines each recording while its health is shown, with the engine's counts and times.

    Attributes:
        watched: Whether the panel is seen; the graph's colours need no panel.
    """

    changed = Signal()

    def __init__(
        self,
        state: State,
        inspection: InspectionController,
        sources: SourceController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self._sources = sources
        self.colouring: Colouring = "off"
        self.thresholds = Thresholds()
        self.watched = False
        self.health: Health | None = None
        #: Where verdicts begin, by the layers that are known so far; empty while nobody watches.
        self.beginnings: tuple[Beginning, ...] = ()
        self.shades: Shades = NO_SHADES
        #: The source line of the first node that is not finite.
        self.line = ""
        #: The pass that was counted, and its counts.
        self._counts: tuple[tuple[int, int], Sequence[Counts]] = ((0, 0), ())
        #: The share of zeros in the gradient of each node of that pass.
        self._zeros: dict[str, float] = {}
        self._counting = False
        #: Whether the times of the shown pass are being measured, and why they could not be.
        self.timing, self.timing_failure = False, ""
        self._times: tuple[object, Times] | None = None
        self._piecemeal = Piecemeal(self)
        self._question = DebouncedQuestion(_REST_MS, self._is_wanted, self._ask, self)
        state.model_built.connect(self._forget_another)
        state.recorded.connect(self._on_recorded)
        state.training_changed.connect(self._on_training_changed)
        sources.changed.connect(self._on_sources_changed)
        state.shown.changed.connect(self._on_showing_changed)

    def colour_by(self, colouring: Colouring) -> None:
        """Colour the graph by another quantity; "time" chosen again is measured again."""
        if colouring == "time":
            self._times = None
        self.colouring = colouring
        self._examine()
        self._question.ask_now()

    def choose_thresholds(self, thresholds: Thresholds) -> None:
        """Mark other places."""
        if thresholds != self.thresholds:
            self.thresholds = thresholds
            self._examine()
            self._question.ask_now()

    def watch(self, watched: bool) -> None:
        """Take whether the panel is seen."""
        self.watched = watched
        if watched:
            self._examine()
            self._question.ask_now()

    def watch_zeros(self, watched: bool) -> None:
        """Take whether the shares of zeros are seen elsewhere than in the panel."""
        begins = watched and not self._counting
        self._counting = watched
        if begins:
            self._question.ask_after_rest()

    @property
    def zeros(self) -> Mapping[str, float]:
        """Return the share of zeros in the gradient of each node, as far as they are counted."""
        return self._zeros if self._counts[0] == self._state.shown_pass else {}

    @property
    def times(self) -> Times | None:
        """Return the times of a graph of this shape, None while they are not measured."""
        return self._measured

    def measure_times(self) -> None:
        """Measure how long each node takes, also where the graph is coloured by something else."""
        self.timing, self.timing_failure = True, ""
        self._inspection.ask(TimePass(), self._on_answered, self._on_not_timed)
        self.changed.emit()

    @property
    def note(self) -> str:
        """Return a note on the colours: why there are none, or how the times were measured."""
        if self._state.recorded_trace is None or self.colouring == "off":
            return ""
        if self._waits:
            return tr("Shown when training is paused.")
        if self.colouring == "zeros" and not self._counted:
            return tr("Counting…")
        if self.colouring == "time":
            times = self._measured
            return said_again(times.note) if times is not None else tr("Measuring…")
        return ""

    @property
    def _looked_at(self) -> bool:
        return self.watched or self.colouring != "off"

    @property
    def _waits(self) -> bool:
        """Tell whether the colouring has to wait until the training is paused."""
        graph = self._state.graph
        large = graph is not None and len(graph.nodes) > _LARGE_NODES
        return self._state.progress.running and (large or self.colouring in ("zeros", "time"))

    @property
    def _counted(self) -> Sequence[Counts]:
        counted, counts = self._counts
        return counts if counted == self._state.shown_pass else ()

    @property
    def _measured(self) -> Times | None:
        """Return the times of a graph of this shape."""
        if self._times is None or self._times[0] != self._shape:
            return None
        return self._times[1]

    @property
    def _shape(self) -> object:
        built, graph = self._state.built, self._state.graph
        nodes = () if graph is None else tuple((node.id, node.name) for node in graph.nodes)
        return (built.run if built else 0, nodes)

    def _on_recorded(self) -> None:
        self.line = self.timing_failure = ""
        self.timing = False
        if self._counting:
            self._question.ask_after_rest()
        if self._looked_at:
            self._examine()
            self._question.ask_after_rest()
        else:
            self._forget_another()

    def _on_training_changed(self) -> None:
        if self._counting:
            self._question.ask_after_rest()
        if self._looked_at:
            self._examine()
            self._question.ask_after_rest()

    def _on_sources_changed(self) -> None:
        self._forget_another()
        if self.watched and self.health is not None:
            self.beginnings = self._begun()
            self.changed.emit()

    def _on_answered(self, event: Answered) -> None:
        answer = event.answer
        if isinstance(answer, ElementsCounted):
            self._counts = (event.run, event.recording), answer.counts
            self._zeros = {e.node: e.zeros / e.elements for e in answer.counts if e.elements}
            self.line = answer.line
        elif isinstance(answer, PassTimed):
            self._times, self.timing = (self._shape, answer.times), False
        self._examine()

    def _on_not_timed(self, event: Unanswered) -> None:
        self.timing, self.timing_failure = False, sentences((event.message, event.hint))
        self.changed.emit()

    def _is_wanted(self) -> bool:
        still = self._state.recorded_trace is not None and not self._state.progress.running
        return still and (self._looked_at or self._counting)

    def _ask(self) -> None:
        """Ask for the counts, and for the times if they colour the graph, unless they are known."""
        if not self._counted:
            self._inspection.ask(CountElements(), self._on_answered)
        if self.colouring == "time" and self._measured is None:
            self._inspection.ask(TimePass(), self._on_answered)

    def _examine(self) -> None:
        """Examine the recording; a large one between events, while what was found before stays."""
        graph, trace = self._state.graph, self._state.recorded_trace
        self._piecemeal.stop()
        if not self._looked_at or graph is None or trace is None or self._waits:
            self._take(None)
            return
        timed: Sequence[NodeTime] = ()
        if self.colouring == "time" and self._measured is not None:
            timed = self._measured.nodes
        work = examination(graph, trace, self.thresholds, self._counted, timed)
        if len(graph.nodes) <= _LARGE_NODES:
            self._take(finished(work))
            return
        self._forget_another()
        self._piecemeal.begin(self._taking(work))

    def _forget_another(self) -> None:
        """Forget what was found of a graph with other nodes than those of the shown one."""
        graph, health = self._state.graph, self.health
        if health is not None and (graph is None or health.nodes.keys() != graph.node.keys()):
            self._take(None)

    def _taking(self, work: InPieces[Health]) -> Iterator[None]:
        health = yield from work
        yield
        self._take(health)

    def _take(self, health: Health | None) -> None:
        self.health = health
        self.shades = NO_SHADES if health is None else self._shades(health)
        self.beginnings = self._begun()
        self.changed.emit()

    def _shades(self, health: Health) -> Shades:
        graph = self._state.graph
        index = self._state.shown.index_of(graph) if graph is not None else None
        if index is None:
            return shades(health, self.colouring)
        return group_shades(health, self.colouring, index)

    def _on_showing_changed(self) -> None:
        """Colour the groups that are shown now."""
        if self.health is not None and self.colouring != "off":
            self.shades = self._shades(self.health)
            self.changed.emit()

    def _begun(self) -> tuple[Beginning, ...]:
        graph, trace, sources = self._state.graph, self._state.recorded_trace, self._sources.sources
        if not self.watched or self.health is None or graph is None or trace is None:
            return ()
        origins = sources.origins if sources is not None else {}
        layers = {node: module_text(each) for node, each in origins.items()}
        return beginnings(graph, trace, self.health, layers)

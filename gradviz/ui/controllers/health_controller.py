"""How healthy the recorded pass is, as it is looked at: what it is coloured by, and thresholds."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from gradviz.core.findings.health import (
    Colouring,
    Counts,
    Health,
    NodeTime,
    Thresholds,
    Times,
    examined,
)
from gradviz.protocol.events import HealthMeasured
from gradviz.render.shades import NO_SHADES, Shades, shades
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

#: What has to be counted or measured is asked for when recordings have rested for so long.
_REST_MS = 200
#: A larger graph is examined while it trains only when the training stands still.
_LIVE_NODES = 3_000


class HealthController(QObject):
    """Examines each recording while somebody looks, and asks the engine for what that needs.

    Attributes:
        watched: Whether the panel is seen; the graph's colours need no panel.
    """

    changed = Signal()

    def __init__(
        self, state: State, inspection: InspectionController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self.colouring: Colouring = "off"
        self.thresholds = Thresholds()
        self.watched = False
        self.health: Health | None = None
        self.shades: Shades = NO_SHADES
        #: What made the first node that is not finite.
        self.line = ""
        self._counts: tuple[int, Sequence[Counts]] = (0, ())
        self._times: tuple[object, Times] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        inspection.answered.connect(self._on_answered)
        state.recorded.connect(self._on_recorded)
        state.training_changed.connect(self._on_training_changed)

    def colour_by(self, colouring: Colouring) -> None:
        """Colour the graph by something else; "time" chosen again is measured again."""
        if colouring == "time":
            self._times = None
        self.colouring = colouring
        self._examine()
        self._rest.start(0)

    def choose_thresholds(self, thresholds: Thresholds) -> None:
        """Mark other places."""
        if thresholds != self.thresholds:
            self.thresholds = thresholds
            self._examine()
            self._rest.start(0)

    def watch(self, watched: bool) -> None:
        """Take whether the panel is seen."""
        self.watched = watched
        if watched:
            self._examine()
            self._rest.start(0)

    @property
    def note(self) -> str:
        """Return what there is to say of the colours: why there are none, or what was measured."""
        if self._state.trace is None or self.colouring == "off":
            return ""
        if self._waits:
            return "Shown when the training stands still."
        if self.colouring == "zeros" and not self._counted:
            return "Counting…"
        if self.colouring == "time":
            times = self._measured
            return times.note if times is not None else "Measuring…"
        return ""

    @property
    def _looked_at(self) -> bool:
        return self.watched or self.colouring != "off"

    @property
    def _waits(self) -> bool:
        """Tell whether what is asked for has to wait until the training stands still."""
        graph = self._state.graph
        large = graph is not None and len(graph.nodes) > _LIVE_NODES
        return self._state.progress.running and (large or self.colouring in ("zeros", "time"))

    @property
    def _counted(self) -> Sequence[Counts]:
        recording, counts = self._counts
        return counts if recording == self._state.recording else ()

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
        self.line = ""
        if self._looked_at:
            self._examine()
            self._rest.start(_REST_MS)

    def _on_training_changed(self) -> None:
        if self._looked_at:
            self._examine()
            self._rest.start(_REST_MS)

    def _on_answered(self, answer: object) -> None:
        if isinstance(answer, HealthMeasured):
            if answer.times is None:
                self._counts, self.line = (answer.recording, answer.counts), answer.line
            else:
                self._times = (self._shape, answer.times)
            self._examine()

    def _ask(self) -> None:
        """Ask for what is missing of what is looked at."""
        if self._state.trace is None or self._state.progress.running or not self._looked_at:
            return
        if not self._counted:
            self._inspection.ask_health()
        if self.colouring == "time" and self._measured is None:
            self._inspection.ask_health(times=True)

    def _examine(self) -> None:
        state = self._state
        if not self._looked_at or state.graph is None or state.trace is None or self._waits:
            self.health, self.shades = None, NO_SHADES
        else:
            timed: Sequence[NodeTime] = ()
            if self.colouring == "time" and self._measured is not None:
                timed = self._measured.nodes
            self.health = examined(state.graph, state.trace, self.thresholds, self._counted, timed)
            self.shades = shades(self.health, self.colouring)
        self.changed.emit()

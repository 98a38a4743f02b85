"""The status bar: engine, device, size of the graph, speed of training and of the screen."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from gradviz.core.graphs.placement import Placement, PlanReason, layout_text
from gradviz.core.number_text import counted
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.steady_label import SteadyLabel
from gradviz.ui.widgets.whole_label import ElidedLabel

_ENGINE = {
    "starting": "○ engine starting",
    "ready": "● engine ready",
    "ended": "✗ engine ended",
}
_ATTACHED = "● attached to a program"
_IN_FILE = "● a recording in a file"
#: Why the graph is not drawn by the best plan, in short; the tool tip tells the rest.
_SIMPLER: dict[PlanReason, str] = {
    "": "",
    "graph": "simpler layout: large graph",
    "time": "simpler layout: out of time",
    "failure": "simpler layout: Graphviz failed",
}


class StatusBar(QStatusBar):
    """Tells the engine, the device, the size of the graph and the speed, in a few letters each.

    A message stands beside these, at the end: Qt's own would take their place.

    Attributes:
        told: The place of a message, such as on the action beneath the mouse.
    """

    def __init__(
        self, state: State, frames_drawn: Callable[[], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("Status")
        self._state = state
        self._frames_drawn = frames_drawn
        self._labels = {
            name: SteadyLabel(QLabel())
            for name in ("engine", "device", "graph", "layout", "training")
        }
        for label in self._labels.values():
            self.addWidget(label)
        self.told = named(ElidedLabel(), "told", title="Message")
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addPermanentWidget(self.told, 1)
        self._forgetting = QTimer(self, singleShot=True)
        self._forgetting.timeout.connect(self.clearMessage)
        self._frames_before = 0
        self._measured_at = time.monotonic()
        self._clock = QTimer(self, interval=500)
        self._clock.timeout.connect(self._show_speed)
        state.engine_changed.connect(self._show)
        state.model_built.connect(self._show)
        state.shown.changed.connect(self._show)
        state.picked_changed.connect(self._show)
        state.training_changed.connect(self._on_training_changed)
        state.progressed.connect(self._show_standing)
        self._show()

    def showMessage(self, text: str, timeout: int | None = 0) -> None:
        """Show `text` at the end, for `timeout` milliseconds; 0: until another one comes."""
        self.told.show_text(text)
        self._forgetting.stop()
        if timeout:
            self._forgetting.start(timeout)

    def clearMessage(self) -> None:
        """Show no message any more."""
        self.told.show_text("")

    def currentMessage(self) -> str:
        """Return the message that is shown; empty if there is none."""
        return self.told.whole

    def _show(self) -> None:
        state = self._state
        engine = _ENGINE[state.engine]
        if state.attached and not (state.in_file and state.engine == "ended"):
            engine = _IN_FILE if state.in_file else _ATTACHED
        if state.catalogue is not None and state.engine == "ready":
            engine += f" · torch {state.catalogue.torch}"
        self._labels["engine"].show_text(engine)
        if state.graph is None or state.built is None:
            return
        output = state.graph.node[state.graph.output]
        self._labels["device"].show_text(f"{output.device} · {output.dtype}")
        nodes, edges = len(state.graph.nodes), len(state.graph.edges)
        text = f"{counted(nodes)} nodes, {counted(edges)} edges"
        if state.graph.groups:
            shown = len(state.shown.drawn(state.graph).nodes)
            text += f" in {counted(len(state.graph.groups))} groups, {counted(shown)} shown"
        if state.picked:
            text += f", {counted(len(state.picked))} marked"
        self._labels["graph"].show_text(text)
        if not state.trainable:
            self._labels["training"].show_text("")

    def show_layout(self, placement: Placement) -> None:
        """Tell why the graph is not drawn by the best plan; nothing where it is."""
        label = self._labels["layout"]
        label.show_text(_SIMPLER[placement.reason])
        told = layout_text(placement)
        label.setToolTip(f"{told[:1].upper()}{told[1:]}." if placement.reason else "")

    def _on_training_changed(self) -> None:
        if self._state.progress.running and not self._clock.isActive():
            self._frames_before = self._frames_drawn()
            self._measured_at = time.monotonic()
            self._clock.start()
        elif not self._state.progress.running:
            self._clock.stop()
            self._show_standing()

    def _show_standing(self) -> None:
        """Tell how many steps are trained, and which is shown where it is another one."""
        progress = self._state.progress
        if progress.running or not self._state.trainable:
            return
        step = progress.newest_step
        told = f"{counted(step)} step{'' if step == 1 else 's'} trained" if step else ""
        if progress.newest is not None:
            told += f", shown: {self._state.shown_moment}"
        elif progress.failed_step is not None:
            told = f"{told}, step {counted(progress.failed_step)} failed".removeprefix(", ")
        self._labels["training"].show_text(told)

    def _show_speed(self) -> None:
        now = time.monotonic()
        drawn = self._frames_drawn() - self._frames_before
        per_second = drawn / (now - self._measured_at)
        self._frames_before, self._measured_at = self._frames_drawn(), now
        steps = self._state.progress.steps_per_second
        self._labels["training"].show_text(
            f"training {counted(round(steps))} steps/s · {per_second:.0f} fps"
        )

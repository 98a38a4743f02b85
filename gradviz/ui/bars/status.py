"""The status bar: engine, device, size of the graph, speed of training and of the screen."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement, PlanReason, layout_text
from gradviz.core.language.saying import listed, marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.steady_label import SteadyLabel
from gradviz.ui.widgets.whole_label import ElidedLabel

_ENGINE = {
    "starting": marked("○ engine starting"),
    "ready": marked("● engine ready"),
    "ended": marked("✗ engine ended"),
}
_ATTACHED = marked("● attached to a program")
_IN_FILE = marked("● a recording in a file")
#: Why the graph is not drawn by the best plan, in short; the tool tip tells the rest.
_SIMPLER: dict[PlanReason, str] = {
    "": "",
    "graph": marked("simpler layout: large graph"),
    "time": marked("simpler layout: out of time"),
    "failure": marked("simpler layout: Graphviz failed"),
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
        self.setAccessibleName(tr("Status"))
        self._state = state
        self._frames_drawn = frames_drawn
        self._placement: Placement | None = None
        self._labels = {
            name: SteadyLabel(QLabel())
            for name in ("engine", "device", "graph", "layout", "training")
        }
        for label in self._labels.values():
            self.addWidget(label)
        self.told = named(ElidedLabel(), "told", title=tr("Message"))
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
        state.language_changed.connect(self._say_again)
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

    def _say_again(self) -> None:
        """Say all in the language that is spoken; the labels forget the widths of the other."""
        self._show()
        self._show_standing()
        if self._placement is not None:
            self.show_layout(self._placement)
        for label in self._labels.values():
            label.forget_width()

    def _show(self) -> None:
        state = self._state
        engine = _ENGINE[state.engine]
        if state.attached and not (state.in_file and state.engine == "ended"):
            engine = _IN_FILE if state.in_file else _ATTACHED
        engine = tr(engine)
        if state.catalogue is not None and state.engine == "ready":
            engine += f" · torch {state.catalogue.torch}"
        self._labels["engine"].show_text(engine)
        if state.graph is None or state.built is None:
            return
        output = state.graph.node[state.graph.output]
        self._labels["device"].show_text(f"{output.device} · {output.dtype}")
        self._labels["graph"].show_text(_size_text(state, state.graph))
        if not state.trainable:
            self._labels["training"].show_text("")

    def show_layout(self, placement: Placement) -> None:
        """Tell why the graph is not drawn by the best plan; nothing where it is."""
        label = self._labels["layout"]
        self._placement = placement
        label.show_text(tr(_SIMPLER[placement.reason]))
        told = layout_text(placement)
        whole = tr("{told}.", told=f"{told[:1].upper()}{told[1:]}")
        label.setToolTip(whole if placement.reason else "")

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
        told = []
        if step:
            told.append(
                tr_n("{steps} steps trained", "{steps} step trained", step, steps=counted(step))
            )
        if progress.newest is not None:
            told.append(tr("shown: {moment}", moment=self._state.shown_moment))
        elif progress.failed_step is not None:
            told.append(tr("step {step} failed", step=counted(progress.failed_step)))
        self._labels["training"].show_text(listed(told))

    def _show_speed(self) -> None:
        now = time.monotonic()
        drawn = self._frames_drawn() - self._frames_before
        per_second = drawn / (now - self._measured_at)
        self._frames_before, self._measured_at = self._frames_drawn(), now
        steps = self._state.progress.steps_per_second
        self._labels["training"].show_text(
            tr_n(
                "training {steps} steps/s · {frames:.0f} fps",
                "training {steps} step/s · {frames:.0f} fps",
                round(steps),
                steps=counted(round(steps)),
                frames=per_second,
            )
        )


def _size_text(state: State, graph: Graph) -> str:
    """Return how large a graph is, how much of it is shown, and how many nodes are marked."""
    node_count, edge_count = len(graph.nodes), len(graph.edges)
    nodes = tr_n("{count} nodes", "{count} node", node_count, count=counted(node_count))
    edges = tr_n("{count} edges", "{count} edge", edge_count, count=counted(edge_count))
    if not graph.groups:
        told = [nodes, edges]
    else:
        group_count, shown = len(graph.groups), len(state.shown.drawn(graph).nodes)
        groups = tr_n("{count} groups", "{count} group", group_count, count=counted(group_count))
        inside = tr("{edges} in {groups}", edges=edges, groups=groups)
        told = [nodes, inside, tr("{count} shown", count=counted(shown))]
    if state.picked:
        told.append(tr("{count} marked", count=counted(len(state.picked))))
    return listed(told)

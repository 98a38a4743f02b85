"""The checks of the recorded pass that is shown: what was found, and how far they are."""

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.checks import NodeCheck
from gradviz.protocol.events import ChecksStopped, CommandFailed, GradientsChecked
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.window_state import State

_TRAINING = "The training has begun, so the weights are not those of this pass any more."


class ChecksController(QObject):
    """Asks for checks and keeps what comes, until another pass is shown.

    Attributes:
        found: What is known of each node, in the order in which it came.
        done, total: How many nodes are done of what was asked for last, of how many.
        passes: How many pieces that took.
        message: Why no more was checked; empty where all is well.
    """

    changed = Signal()
    #: Somebody asked for checks, and will want to see them.
    wanted = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self.found: dict[str, NodeCheck] = {}
        self.done = self.total = self.passes = 0
        self.message = ""
        inspection.answered.connect(self._on_answered)
        inspection.refused.connect(self._on_refused)
        for signal in (state.recorded, state.model_built):
            signal.connect(self._on_other_pass)
        state.engine_changed.connect(self._on_engine_changed)

    def check_node(self) -> None:
        """Check the node that is inspected."""
        node = self._state.inspected
        if node is not None:
            self._begin((node,))

    def check_leaves(self) -> None:
        """Check every leaf."""
        self._begin(())

    def stop(self) -> None:
        """Check no further; what was found stays."""
        self._inspection.stop_checks()

    def _begin(self, nodes: tuple[str, ...]) -> None:
        self.done = self.total = self.passes = 0
        self.message = ""
        self._inspection.check_gradients(nodes)
        self._set_checking(True)
        self.wanted.emit()

    def _on_answered(self, event: object) -> None:
        match event:
            case GradientsChecked():
                self.done, self.total, self.passes = event.done, event.total, event.passes
                for check in event.checks:
                    self.found.pop(check.node, None)
                    self.found[check.node] = check
                self.changed.emit()
            case ChecksStopped():
                self.message = _TRAINING if event.reason == "training" else event.message
                self._set_checking(False)

    def _on_refused(self, event: CommandFailed) -> None:
        if self._state.checking and self.total == 0:
            self.message = f"{event.message} {event.hint}".strip()
            self._set_checking(False)

    def _on_other_pass(self) -> None:
        if self.found or self._state.checking or self.message:
            self.found.clear()
            self.message = ""
            self._set_checking(False)

    def _on_engine_changed(self) -> None:
        if self._state.checking and self._state.engine != "ready":
            self._set_checking(False)

    def _set_checking(self, checking: bool) -> None:
        self._state.checking = checking
        self._state.checks_changed.emit()
        self.changed.emit()

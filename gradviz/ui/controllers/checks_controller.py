"""The checks of the recorded pass that is shown: the findings and the progress."""

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.checks import NodeCheck
from gradviz.core.language.saying import sentences
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import CheckGradients, GradientsChecked
from gradviz.ui.controllers.inspection_controller import Inquiry, InspectionController
from gradviz.ui.state.window_state import State


class ChecksController(QObject):
    """Asks for checks and keeps the findings, until another pass is shown.

    Attributes:
        found: The check of each node, in the order of their arrival.
        done, total: The number of checked nodes of the last request, and that of all its nodes.
        passes: The number of cooperative tasks that it took.
        told: How the limit of time was kept; empty where it did not matter.
        message: Why no more nodes were checked; empty where there was no failure.
    """

    changed = Signal()
    #: The user has asked for checks, so that their panel is to be seen.
    wanted = Signal()

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self.found: dict[str, NodeCheck] = {}
        self.done = self.total = self.passes = 0
        self.message = self.told = ""
        self._inquiry: Inquiry | None = None
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
        """Stop checking; the findings stay."""
        if self._inquiry is not None:
            self._inspection.withdraw(self._inquiry)
            self._set_checking(False)

    def _begin(self, nodes: tuple[str, ...]) -> None:
        self.done = self.total = self.passes = 0
        self.message = self.told = ""
        self._inquiry = self._inspection.ask(
            # One node is checked however long it takes: Cancel is beside it.
            CheckGradients(nodes=nodes, limit_s=None) if nodes else CheckGradients(),
            self._on_answered,
            self._on_refused,
        )
        self._set_checking(True)
        self.wanted.emit()

    def _on_answered(self, event: Answered) -> None:
        answer = event.answer
        if isinstance(answer, GradientsChecked):
            self.done, self.total, self.passes = answer.done, answer.total, answer.passes
            self.told = answer.told
            for check in answer.checks:
                self.found.pop(check.node, None)
                self.found[check.node] = check
            self.changed.emit()
        if event.last:
            self._set_checking(False)

    def _on_refused(self, event: Unanswered) -> None:
        self.message = sentences((event.message, event.hint))
        self._set_checking(False)

    def _on_other_pass(self) -> None:
        if self.found or self._state.checking or self.message:
            self.found.clear()
            self.message = self.told = ""
            self._set_checking(False)

    def _on_engine_changed(self) -> None:
        if self._state.checking and self._state.engine != "ready":
            self._set_checking(False)

    def _set_checking(self, checking: bool) -> None:
        self._state.checking = checking
        self._state.checks_changed.emit()
        self.changed.emit()

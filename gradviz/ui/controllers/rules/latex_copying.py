"""Formulas to the clipboard as LaTeX: the expression, its derivatives, and the current rule."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from gradviz.mathematics.model_formulas import Formulas
from gradviz.protocol.events import Answered
from gradviz.protocol.questions import FindRule, RuleFound
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.state.shown_expression import formulas_work
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.formulas.newest_work import NewestWork


class LatexCopying(QObject):
    """Copies one formula a line."""

    def __init__(self, state: State, inspection: InspectionController, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self._work: NewestWork[str] = NewestWork(self._copy, self)

    def copy_expression(self) -> None:
        """Copy the expression, or all layers of a network, and in a fit the loss."""
        self._want(lambda found: [each.latex for each in found.forward])

    def copy_derivatives(self) -> None:
        """Copy the derivatives."""
        self._want(lambda found: [each.latex for each in found.derivatives] or list(found.notes))

    def copy_rule(self) -> None:
        """Copy the rule of the node that is inspected; a part that stays code is copied as text."""
        node = self._state.inspected
        if node is not None:
            self._inspection.ask(FindRule(node), self._on_answered)

    def _on_answered(self, event: Answered) -> None:
        graph = self._state.graph
        if isinstance(event.answer, RuleFound) and graph is not None:
            from gradviz.mathematics.rule_equations import rule_equation

            lines = [rule_equation(line, graph) for line in event.answer.rule.lines]
            self._copy("\n".join(each.latex or each.typed for each in lines))

    def _want(self, chosen: Callable[[Formulas], list[str]]) -> None:
        work = formulas_work(self._state)
        if work is not None:
            self._work.want(lambda: "\n".join(chosen(work())))

    def _copy(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            self._state.exported.emit()

"""The explain panel: the current step in plain words, and the rule that it follows."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gradviz.core.errors import GradvizError
from gradviz.core.findings.rule import RuleLine
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import marked, tr
from gradviz.mathematics.typesetting import SetPiece, set_piece
from gradviz.protocol.events import Answered
from gradviz.protocol.questions import FindRule, RuleFound
from gradviz.ui.controllers.awaited_answer import AwaitedAnswer
from gradviz.ui.panels.explanation_text import explanation_html, is_reached, rule_html
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.formulas.formula_pictures import FormulaBrowser
from gradviz.ui.widgets.formulas.newest_work import NewestWork
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_spaces import unbroken
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.theme import Theme

_EMPTY = marked(
    "What a step does, in words and as a formula, will be here. Press → to take the first step, "
    "or click a node of the graph."
)
_CANCEL, _AGAIN = "#cancel", "#again"
_AWAITED = marked('The model runs once more for it… <a href="{link}">Cancel</a>')
_GIVEN_UP = marked('Not looked up: it was cancelled. <a href="{link}">Look it up</a>')
_FOLLOW_MS = 60
#: So many set equations are kept, far more than a model has different ones.
_KEPT = 1000
_STYLE = """
body {{ font-size: {normal}px; color: {text}; }}
h3 {{ font-size: {title}px; margin: 4px 0 6px 0; }}
h4 {{ font-size: {small}px; margin: 12px 0 4px 0; color: {secondary}; }}
p {{ margin: 2px 0 4px 0; }}
code, pre {{ font-family: {mono}; font-size: {code}px; }}
pre {{ white-space: pre-wrap; }}
td {{ color: {secondary}; }}
.small {{ font-size: {small}px; color: {secondary}; }}
"""


class ExplainPanel(PanelWidget):
    """Follows the walk and the selection; the rule is asked for while nothing trains."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._controller = context.workbench.inspection
        self._found: RuleFound | None = None
        #: The pass that the rule is of.
        self._found_in = (0, 0)
        self._awaited = AwaitedAnswer(context.state, self._controller, self)
        self._awaited.changed.connect(self._show)
        self._awaited.wanted.connect(self._follow)
        #: The set pieces of equations of this rule and of earlier ones, by their text.
        self._set_equations: dict[str, tuple[SetPiece, ...]] = {}
        self._setting: NewestWork[dict[str, tuple[SetPiece, ...]]] = NewestWork(self._on_set, self)
        self.text = named(FormulaBrowser(), "explanation", title=tr("The step in words"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 4, 4)
        column.addWidget(self.text)
        state = context.state
        self._following = Pace(_FOLLOW_MS, self._follow, self)
        for signal in (state.cursor_moved, state.selection_changed, state.model_built):
            signal.connect(self._following.request)
        for signal in (state.recorded, state.training_changed):
            signal.connect(self._following.request)
        self._controller.explanation_wanted.connect(self._come_to_front)
        self.use_theme(context.theme)

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)

    def use_theme(self, theme: Theme) -> None:
        look = theme.look
        self.text.document().setDefaultStyleSheet(
            _STYLE.format(
                text=look.text,
                secondary=look.secondary,
                mono="monospace",
                normal=theme.pixels(13),
                title=theme.pixels(15),
                code=theme.pixels(12),
                small=theme.pixels(11),
            )
        )
        self._show()

    def refresh(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show the explanation of the node at once, and ask for its rule."""
        if not self.seen:
            return
        self._show()
        node, found = self._known(), self._found
        if node is not None and found is not None and self._is_found(node):
            # There are words in equations, which are others in another language.
            self._set_equations_of(found)
            return
        wanted = not self._state.progress.running and not self._awaited.given_up
        if node is not None and wanted and not self._awaited.long:
            self._awaited.ask(FindRule(node), self._on_answered)

    def _on_answered(self, event: Answered) -> None:
        if isinstance(event.answer, RuleFound):
            self._found, self._found_in = event.answer, (event.run, event.recording)
            self._set_equations_of(event.answer)
            self._follow()

    def _set_equations_of(self, found: RuleFound) -> None:
        graph = self._state.graph
        if graph is None:
            return
        lines = [
            line for line in found.rule.lines if line.equation(graph) not in self._set_equations
        ]
        if lines:
            self._setting.want(lambda: dict(_set(lines, graph)))

    def _on_set(self, found: dict[str, tuple[SetPiece, ...]]) -> None:
        if len(self._set_equations) > _KEPT:
            self._set_equations.clear()
        self._set_equations.update(found)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._set_equations and event.size().width() != event.oldSize().width():
            self._following.request()

    def _show(self) -> None:
        state, node = self._state, self._known()
        if node is None or state.graph is None:
            self._set(f"<p class='small'>{tr(_EMPTY)}</p>")
            return
        told = explanation_html(state.graph, state.trace, state.cursor, node)
        if self._found is not None and self._is_found(node):
            reached = is_reached(state.trace, state.cursor, node)
            colour = self.text.palette().color(QPalette.ColorRole.Text)
            rule, known = self._found.rule, self._set_equations
            texts = [line.equation(state.graph) for line in rule.lines]
            formulas = {text: known[text] for text in texts if text in known}
            pictures = self.text.elements(formulas, colour)
            told += rule_html(rule, state.graph, node, reached=reached, pictures=pictures)
        elif self._awaited.given_up:
            told += _no_rule(tr(_GIVEN_UP, link=_AGAIN))
        elif self._awaited.long:
            told += _no_rule(tr(_AWAITED, link=_CANCEL))
        self._set(told)

    def _on_link(self, link: QUrl) -> None:
        if link.toString() == _CANCEL:
            self._awaited.give_up()
        else:
            self._awaited.want_again()

    def _set(self, html: str) -> None:
        bar = self.text.verticalScrollBar()
        place = bar.value()
        self.text.setHtml(unbroken(html))
        bar.setValue(min(place, bar.maximum()))

    def _known(self) -> str | None:
        """Return the node to explain, None where there is none in the graph."""
        node, graph = self._state.inspected, self._state.graph
        return node if graph is not None and node is not None and node in graph.node else None

    def _is_found(self, node: str) -> bool:
        current = self._found_in == self._state.shown_pass
        return self._found is not None and current and self._found.node == node

    def _come_to_front(self) -> None:
        self.come_to_front()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _no_rule(why: str) -> str:
    heading = tr("RULE")
    return f"<h4>{heading}</h4><p class='small'>{why}</p>"


def _set(lines: Sequence[RuleLine], graph: Graph) -> Iterator[tuple[str, tuple[SetPiece, ...]]]:
    """Yield each equation of a rule with its set pieces; none where it stays code."""
    from gradviz.mathematics.rule_equations import rule_equation

    for line in lines:
        equation = rule_equation(line, graph)
        try:
            yield equation.typed, tuple(map(set_piece, equation.pieces))
        except GradvizError:
            yield equation.typed, ()

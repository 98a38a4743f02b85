"""Copying formulas as LaTeX."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import Action
from gradviz.ui.state.shown_expression import shown_expression
from gradviz.ui.state.window_state import State


def has_expression(state: State) -> bool:
    """Tell whether the model that is shown is an expression."""
    return bool(shown_expression(state))


def has_rule(state: State) -> bool:
    """Tell whether there is a node whose rule can be asked for."""
    graph, node = state.graph, state.inspected
    return graph is not None and node is not None and node in graph.node


ACTIONS = (
    Action(
        id="gradviz.edit.copy_expression_latex",
        title=marked("Copy expression as LaTeX"),
        tip=marked("Copy the expression, and in a fit its loss, as LaTeX"),
        enabled_when=has_expression,
        run=lambda window: window.workbench.latex.copy_expression(),
    ),
    Action(
        id="gradviz.edit.copy_derivatives_latex",
        title=marked("Copy derivatives as LaTeX"),
        tip=marked("Copy the derivative by each input or parameter as LaTeX, one a line"),
        enabled_when=has_expression,
        run=lambda window: window.workbench.latex.copy_derivatives(),
    ),
    Action(
        id="gradviz.edit.copy_rule_latex",
        title=marked("Copy rule as LaTeX"),
        tip=marked(
            "Copy the rule of the current step as LaTeX; a part that is code is copied as it is"
        ),
        enabled_when=has_rule,
        run=lambda window: window.workbench.latex.copy_rule(),
    ),
)

"""The factor of a learning rate as it is typed: an expression in t, the number of steps done."""

from typing import Final

from gradviz.core.errors import ExpressionError, SettingError
from gradviz.core.language.saying import listed, marked, tr
from gradviz.expression.folding import node_value
from gradviz.expression.functions import FUNCTIONS
from gradviz.expression.parser import parse
from gradviz.expression.tree import Call, Parameter, Tree, children, postorder

_STEPS: Final = "t"
_HINT: Final = marked("Use t and numbers, such as 0.999^t or 1/(1 + t/100).")


def parsed_factor(text: str) -> Tree:
    """Return the factor's tree; raises SettingError unless it is an expression in t alone.

    Its functions are those that Python's math has, so that a script computes the same.
    """
    try:
        expression = parse(text)
    except ExpressionError as error:
        message = tr("The factor cannot be read: {reason}", reason=error.message)
        raise SettingError(message, error.hint) from error
    others = [name for name in expression.parameters if name != _STEPS]
    if expression.uses_x or others:
        named = listed(["x"] * expression.uses_x + others)
        message = tr("The factor depends on t alone, not on {names}.", names=named)
        raise SettingError(message, tr(_HINT))
    for node in postorder(expression.tree):
        if isinstance(node, Call) and not FUNCTIONS[node.function].python_name:
            message = tr("{name} is no function of plain numbers.", name=node.function)
            raise SettingError(message, tr(_HINT))
    return expression.tree


def factor_at(tree: Tree, step: int) -> float:
    """Return the factor after `step` steps; nan where it has no finite real value."""
    values: list[float | None] = []
    for node in postorder(tree):
        first = len(values) - len(children(node))
        if isinstance(node, Parameter):
            values.append(float(step))
        else:
            values[first:] = [node_value(node, values[first:])]
    (value,) = values
    if value is None:
        raise AssertionError("a factor depends on t alone")
    return value

"""The target of a fit as it is typed: an expression in x without parameters."""

from gradviz.core.errors import ExpressionError, FieldError
from gradviz.core.language.saying import listed, tr
from gradviz.expression.parser import parse
from gradviz.expression.tree import Tree


def parsed_target(target: str) -> Tree:
    """Return the target's tree; raises FieldError unless it is an expression in x alone."""
    try:
        expression = parse(target)
    except ExpressionError as error:
        raise FieldError(
            tr("The target cannot be read: {reason}", reason=error.message),
            error.hint,
            field="target",
        ) from error
    if expression.parameters:
        raise FieldError(
            tr(
                "The target is fixed, so it has no parameters: {names} means nothing in it.",
                names=listed(expression.parameters),
            ),
            tr("Use x and numbers, such as sin(2 x) + 0.5."),
            field="target",
        )
    return expression.tree

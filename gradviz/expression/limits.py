"""The limits of an expression, and the error that names one with the place."""

import math
from typing import Final, NamedTuple, assert_never

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import short
from gradviz.expression.folding import node_value
from gradviz.expression.functions import FUNCTIONS
from gradviz.expression.printing import level, operand_levels
from gradviz.expression.tree import (
    Apply,
    Binary,
    Call,
    Negate,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    postorder,
)

MAX_CHARACTERS: Final = 4096
MAX_DEPTH: Final = 64
MAX_DEGREE: Final = 64
MAX_TERMS: Final = 1000
_SHOWN: Final = 40


class _Facts(NamedTuple):
    """The properties of a subtree.

    Attributes:
        value: Its value where neither x nor a parameter is in it; nan where that is not finite.
        degree: Its degree in x where it is a polynomial or a quotient of such, else None.
        depth: How deep brackets, functions, powers and signs are nested in it.
    """

    value: float | None
    degree: float | None
    depth: int


_LEAVES: Final[dict[type[Tree], _Facts]] = {
    Variable: _Facts(None, 1, 0),
    Parameter: _Facts(None, 0, 0),
    Pi: _Facts(math.pi, 0, 0),
}


def check_tree(tree: Tree, text: str) -> None:
    """Raise ExpressionError, with the place in `text`, where `tree` exceeds a limit."""
    known: list[_Facts] = []
    for node in postorder(tree):
        facts = _LEAVES.get(type(node))
        if facts is None:
            first = len(known) - len(children(node))
            operands = known[first:]
            facts = _facts(node, operands)
            _check(node, facts, operands, text)
            del known[first:]
        known.append(facts)


def refusal(message: str, hint: str, text: str, span: tuple[int, int]) -> ExpressionError:
    """Return the error that marks `span` in `text`."""
    start, end = span
    return ExpressionError(message, hint, text=text, position=start, length=max(1, end - start))


def _facts(node: Tree, operands: list[_Facts]) -> _Facts:
    """Return the properties of `node` from those of its operands."""
    value = node_value(node, [operand.value for operand in operands])
    degree = 0 if value is not None else _degree(node, operands)
    return _Facts(value, degree, _depth(node, operands))


def _depth(node: Tree, operands: list[_Facts]) -> int:
    """Return how deep `node` is nested: a sum or product counts only where it needs brackets."""
    if isinstance(node, Binary) and node.operator != "^":
        least_left, least_right = operand_levels(node)
        return max(
            operands[0].depth + (level(node.left) < least_left),
            operands[1].depth + (level(node.right) < least_right),
        )
    return max((operand.depth + 1 for operand in operands), default=0)


def _degree(node: Tree, operands: list[_Facts]) -> float | None:
    """Return the degree in x of a `node` that is no constant; None where it has none."""
    degrees = [operand.degree for operand in operands if operand.degree is not None]
    if len(degrees) < len(operands):
        return None
    if isinstance(node, Binary):
        return _binary_degree(node, operands, degrees)
    if isinstance(node, Call):
        return _call_degree(node, degrees[0])
    if isinstance(node, Negate):
        return degrees[0]
    return None if any(degrees) else 0


def _call_degree(node: Call, degree: float) -> float | None:
    """Return the degree of a function of something of `degree`."""
    if degree == 0:
        return 0
    own = FUNCTIONS[node.function].degree
    return None if own is None else own * degree


def _binary_degree(node: Binary, operands: list[_Facts], degrees: list[float]) -> float | None:
    """Return the degree of two operands joined.

    That of a quotient is the larger one of numerator and denominator, as for any rational
    function; so a negative exponent counts as its positive.
    """
    left, right = degrees
    match node.operator:
        case "+" | "-" | "/":
            return max(left, right)
        case "*":
            return left + right
        case "%":
            return 0 if left == right == 0 else None
        case "^":
            exponent = operands[1].value
            if exponent is not None:
                return left * abs(exponent)
            return 0 if left == right == 0 else None
        case _:
            assert_never(node.operator)


def _check(node: Tree, facts: _Facts, operands: list[_Facts], text: str) -> None:
    """Raise ExpressionError if `node` is the first that exceeds a limit."""
    if isinstance(node, Apply) and node.function == "where" and operands[0].value is not None:
        raise refusal(
            tr(
                "The condition {condition} is always the same.",
                condition=_typed(node.arguments[0], text),
            ),
            tr("Use x or a parameter in it, or write the value alone."),
            text,
            node.arguments[0].span,
        )
    if facts.value is not None and math.isnan(facts.value):
        raise refusal(
            tr("{part} has no finite value.", part=_typed(node, text)),
            _value_hint(node, operands),
            text,
            node.span,
        )
    if isinstance(node, Binary):
        _check_operator(node, operands[1].value, text)
    if facts.degree is not None and facts.degree > MAX_DEGREE:
        message = tr(
            "The degree of {part} in x is {degree}.",
            part=_typed(node, text),
            degree=short(facts.degree),
        )
        raise refusal(message, _degree_hint(), text, node.span)
    if facts.depth > MAX_DEPTH:
        raise too_deep(text, node.span)


def _check_operator(node: Binary, right: float | None, text: str) -> None:
    """Raise ExpressionError for a division by zero or a large exponent; `right` is its value."""
    if right is None:
        return
    if node.operator in ("/", "%") and right == 0:
        hint = tr("Change what stands after the division sign.")
        raise refusal(tr("Nothing can be divided by zero."), hint, text, node.right.span)
    if node.operator == "^" and abs(right) > MAX_DEGREE:
        message = tr("The exponent {exponent} is too large.", exponent=short(right))
        raise refusal(message, _degree_hint(), text, node.right.span)


def _degree_hint() -> str:
    return tr("Exponents and degrees up to {most} are allowed.", most=MAX_DEGREE)


def too_deep(text: str, span: tuple[int, int]) -> ExpressionError:
    """Return the error for a part that is nested too deeply."""
    return refusal(
        tr(
            "Brackets, functions, powers and signs are nested more than {most} deep.",
            most=MAX_DEPTH,
        ),
        tr("Write it with fewer of them inside one another."),
        text,
        span,
    )


def _value_hint(node: Tree, operands: list[_Facts]) -> str:
    """Return the hint for a constant without a finite value."""
    match node:
        case Call() if (operands[0].value or 0.0) not in FUNCTIONS[node.function].domain:
            function = FUNCTIONS[node.function]
            return tr(
                "{function} is defined for {numbers}.",
                function=function.called,
                numbers=function.domain.words,
            )
        case Binary(operator="/" | "%") if operands[1].value == 0:
            return tr("Nothing can be divided by zero.")
        case Binary(operator="^") if operands[0].value == 0:
            return tr("Zero has no negative power.")
        case Binary(operator="^") if (operands[0].value or 0) < 0:
            return tr("A negative number has whole powers only.")
        case _:
            return tr("Numbers go up to 1.8e308; use a smaller one.")


def _typed(node: Tree, text: str) -> str:
    """Return the text of `node` on one line, cut when it is long, for a message."""
    typed = " ".join(text[slice(*node.span)].split())
    return typed if len(typed) <= _SHOWN else typed[: _SHOWN - 1] + "…"

"""Nodes that need more than their rule of the grammar: calls, cases, numbers as they are typed."""

import unicodedata
from typing import Final

from gradviz.core.language.saying import tr, tr_n
from gradviz.expression.functions import function_named
from gradviz.expression.names import without_subscripts
from gradviz.expression.tables.several import (
    OPERATORS_BY_NAME,
    POWERS_BY_NAME,
    SEVERAL,
    SeveralFunction,
    several_named,
)
from gradviz.expression.tree import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Operator,
    Relation,
    Span,
    Tree,
)

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RELATIONS: Final[dict[str, Relation]] = {
    "<": "<",
    "<=": "<=",
    "≤": "<=",
    ">": ">",
    ">=": ">=",
    "≥": ">=",
    "=": "==",
    "==": "==",
    "!=": "!=",
    "≠": "!=",
}
_OPPOSITES: Final[dict[Relation, Relation]] = {
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "==": "!=",
    "!=": "==",
}
_OPERATORS: Final[dict[str, Operator]] = {"^": "^", "%": "%"}


class MisuseError(Exception):
    """The grammar allows what stands at `span`, but it means nothing: why, and what to write."""

    def __init__(self, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span


def number_of(text: str) -> float:
    """Return the number that a token is: with a point or a comma, or a fraction such as 2½."""
    if text[-1:] and not text[-1].isascii():
        return _decimal(text[:-1] or "0") + unicodedata.numeric(text[-1])
    return _decimal(text)


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def exponent_of(raised: str, span: Span) -> Tree:
    """Return the number that superscripts are."""
    digits = raised.removeprefix("⁻").translate(_SUPERSCRIPTS)
    exponent = Number(float(digits), span)
    return Negate(exponent, span) if raised.startswith("⁻") else exponent


def relation_of(sign: str) -> Relation:
    """Return the relation that a sign stands for."""
    return _RELATIONS[sign]


def applied(name: str, arguments: list[Tree], span: Span) -> Tree:
    """Return the function that is typed as `name` of its arguments; raises MisuseError."""
    single = function_named(without_subscripts(name))
    condition = next((each for each in arguments if isinstance(each, Compare)), None)
    if several_named(name) == "where":
        condition = next((each for each in arguments[1:] if isinstance(each, Compare)), None)
    if condition is not None:
        raise MisuseError(
            tr("A condition has no value of its own."),
            tr("Conditions make cases: {x < 0: -x, x}, or where(x < 0, -x, x)."),
            condition.span,
        )
    if single:
        _check_count(name, 1, arguments, f"{single}(x)", span)
        return Call(single, arguments[0], span)
    if name in POWERS_BY_NAME:
        _check_count(name, 1, arguments, f"{name}(x)", span)
        return Binary("^", arguments[0], Number(POWERS_BY_NAME[name], span), span)
    if name in OPERATORS_BY_NAME:
        sign, form = OPERATORS_BY_NAME[name]
        _check_count(name, 2, arguments, form, span)
        return Binary(_OPERATORS[sign], arguments[0], arguments[1], span)
    return _of_several(SEVERAL[several_named(name)], name, arguments, span)


def chosen(condition: Tree, value: Tree, other: Tree, span: Span) -> Tree:
    """Return `value` where the condition holds, else `other`."""
    return Apply("where", (condition, value, other), span)


def otherwise_of(last: tuple[Tree | None, Tree], before: Tree) -> Tree:
    """Return the value of the last case, which must hold wherever none `before` does.

    Raises:
        MisuseError: it has a condition of its own that is not the opposite of the one before.
    """
    condition, value = last
    if condition is not None and _opposite(condition) != before:
        raise MisuseError(
            tr("These cases do not say what holds elsewhere."),
            tr("Write the last one without a condition: {x < 0: -x, x}."),
            condition.span,
        )
    return value


def _opposite(condition: Tree) -> Tree | None:
    """Return the comparison that holds where `condition` does not, on the same sides."""
    if not isinstance(condition, Compare) or condition.relation not in _OPPOSITES:
        return None
    return Compare(_OPPOSITES[condition.relation], condition.left, condition.right)


def _of_several(row: SeveralFunction, name: str, arguments: list[Tree], span: Span) -> Tree:
    if row.name == "where" and not isinstance(arguments[0], Compare):
        raise MisuseError(
            tr("Here a condition is expected."),
            tr("Write {form}.", form=row.form),
            arguments[0].span,
        )
    if not row.more or len(arguments) < row.count:
        _check_count(name, row.count, arguments, row.form, span)
        return Apply(row.name, tuple(arguments), span)
    tree = arguments[0]
    for each in arguments[1:]:
        tree = Apply(row.name, (tree, each), span)
    return tree


def _check_count(name: str, count: int, arguments: list[Tree], form: str, span: Span) -> None:
    if len(arguments) == count:
        return
    hint = tr("Write {form}.", form=form)
    if name.lower() in ("log", "ln") and len(arguments) == 2:
        hint = tr("Write log(x) / log(b) for the logarithm to the base b.")
    message = tr_n(
        "{name} takes {count} arguments, not {given}.",
        "{name} takes one argument, not {given}.",
        count,
        name=name,
        given=len(arguments),
    )
    raise MisuseError(message, hint, span)

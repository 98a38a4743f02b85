"""Turn tokens into a tree with lark; the tree is built while parsing, without recursion."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn, cast

import lark
from lark import v_args
from lark.lexer import Lexer

from gradviz.expression.building import (
    MisuseError,
    applied,
    chosen,
    exponent_of,
    number_of,
    otherwise_of,
    relation_of,
)
from gradviz.expression.names import parameter_named
from gradviz.expression.tokens import Token
from gradviz.expression.tree import (
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Relation,
    Span,
    Tree,
    Variable,
)

_GRAMMAR: Final = Path(__file__).with_name("grammar.lark")
_OPERATORS: Final[dict[str, Operator]] = {
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "DIVIDE": "/",
    "MODULO": "%",
    "POWER": "^",
}
_JOINED: Final[dict[str, Relation]] = {"AND": "and", "OR": "or"}


class UnexpectedTokenError(Exception):
    """The grammar allows no token `index` here; `index` is their count at the end of the text."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class _Terminal(lark.Token):
    """A token as lark wants it, with no lines and columns, and so made in half the time."""

    line = column = end_line = end_column = None
    place: int

    def __new__(cls, token: Token, place: int) -> "_Terminal":
        terminal = str.__new__(cls, token.text)
        terminal.type = token.kind
        terminal.start_pos = token.start
        terminal.end_pos = token.end
        terminal.place = place
        return terminal


class _Scanned(Lexer):
    """Hands lark the tokens that have been scanned already."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, data: Sequence[Token]) -> Iterator[lark.Token]:  # type: ignore[override]
        """Return lark's own tokens, which know their places."""
        return map(_Terminal, data, range(len(data)))


def _span(token: lark.Token) -> Span:
    """Return the place of a token."""
    return (token.start_pos or 0, token.end_pos or 0)


def _from_to(first: Span, last: Span) -> Span:
    """Return the place of all that stands from one place to another."""
    return (first[0], last[1])


@v_args(inline=True)
class _Builder(lark.Transformer[lark.Token, Tree]):
    """One method for each rule of the grammar: its tokens and subtrees become a node."""

    def result(self, _y: lark.Token, _equals: lark.Token, tree: Tree) -> Tree:
        return tree

    def binary(self, left: Tree, sign: lark.Token, right: Tree) -> Tree:
        return Binary(_OPERATORS[sign.type], left, right, (left.span[0], right.span[1]))

    def implicit_product(
        self,
        left: Tree,
        base: Tree,
        power: lark.Token | None = None,
        exponent: Tree | None = None,
    ) -> Tree:
        right = (
            self.binary(base, power, exponent)
            if power is not None and exponent is not None
            else base
        )
        return Binary("*", left, right, (left.span[0], right.span[1]))

    def exponential(
        self, euler: lark.Token, power: lark.Token, exponent: Tree | None = None
    ) -> Tree:
        argument = exponent_of(power, _span(power)) if exponent is None else exponent
        return Call("exp", argument, _from_to(_span(euler), argument.span))

    def implicit_exponential(
        self, left: Tree, euler: lark.Token, power: lark.Token, exponent: Tree
    ) -> Tree:
        return self.implicit_product(left, self.exponential(euler, power, exponent))

    def negate(self, sign: lark.Token, operand: Tree) -> Tree:
        return Negate(operand, (_span(sign)[0], operand.span[1]))

    def literal(self, number: lark.Token) -> Tree:
        return Number(number_of(number), _span(number))

    def variable(self, name: lark.Token) -> Tree:
        return Variable(_span(name))

    def parameter(self, name: lark.Token) -> Tree:
        return Parameter(parameter_named(name), _span(name))

    def pi(self, name: lark.Token) -> Tree:
        return Pi(_span(name))

    def bracketed(self, opening: lark.Token, tree: Tree, closing: lark.Token) -> Tree:
        return replace(tree, span=(_span(opening)[0], _span(closing)[1]))

    def arguments(self, *parts: Tree | lark.Token) -> list[Tree]:
        return [part for part in parts if not isinstance(part, lark.Token)]

    def call(
        self, name: lark.Token, _opening: lark.Token, arguments: list[Tree], closing: lark.Token
    ) -> Tree:
        return applied(name, arguments, _from_to(_span(name), _span(closing)))

    def superscript(self, base: Tree, raised: lark.Token) -> Tree:
        exponent = exponent_of(raised, _span(raised))
        return Binary("^", base, exponent, (base.span[0], _span(raised)[1]))

    def conditional(
        self, value: Tree, _if: lark.Token, condition: Tree, _else: lark.Token, other: Tree
    ) -> Tree:
        return chosen(condition, value, other, _from_to(value.span, other.span))

    def case(
        self, condition: Tree, _colon: lark.Token, value: Tree, _comma: lark.Token
    ) -> tuple[Tree, Tree]:
        return condition, value

    def otherwise(self, *parts: Tree | lark.Token) -> tuple[Tree | None, Tree]:
        *_, value = trees = [part for part in parts if not isinstance(part, lark.Token)]
        return (trees[0] if len(trees) > 1 else None), value

    def cases(self, opening: lark.Token, *parts: object) -> Tree:
        *branches, last, closing = cast("tuple[tuple[Tree, Tree], ...]", parts)
        span = _from_to(_span(opening), _span(cast("lark.Token", closing)))
        tree = otherwise_of(last, branches[-1][0])
        for condition, value in reversed(branches):
            tree = chosen(condition, value, tree, span)
        return tree

    def relation(self, sign: lark.Token) -> Relation:
        return relation_of(sign)

    def compared(self, left: Tree, relation: Relation, right: Tree) -> Tree:
        return Compare(relation, left, right, _from_to(left.span, right.span))

    def between(
        self, low: Tree, first: Relation, middle: Tree, second: Relation, high: Tree
    ) -> Tree:
        left, right = self.compared(low, first, middle), self.compared(middle, second, high)
        return Compare("and", left, right, _from_to(left.span, right.span))

    def joined(self, left: Tree, sign: lark.Token, right: Tree) -> Tree:
        return Compare(_JOINED[sign.type], left, right, _from_to(left.span, right.span))


@functools.cache
def _parser() -> lark.Lark:
    """Return lark's parser, made once and when it is first needed."""
    return lark.Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=_Scanned,
        transformer=_Builder(),
    )


def build_tree(tokens: Sequence[Token]) -> Tree:
    """Return the tree of `tokens`.

    Raises:
        UnexpectedTokenError: the grammar does not allow one of them, or more are missing.
        MisuseError: a function or a condition stands where it means nothing.
    """
    try:
        # With an embedded transformer the start rule's value comes back, not lark's tree.
        return cast("Tree", _parser().parse(tokens))
    except lark.UnexpectedToken as error:
        raise UnexpectedTokenError(_place(error, len(tokens))) from None
    except lark.exceptions.VisitError as error:
        _raise_original(error)


def _place(error: lark.UnexpectedToken, end: int) -> int:
    return error.token.place if isinstance(error.token, _Terminal) else end


def _raise_original(error: lark.exceptions.VisitError) -> NoReturn:
    if isinstance(error.orig_exc, MisuseError):
        raise error.orig_exc from None
    raise error

"""Turn tokens into a tree with lark; the tree is built while parsing, without recursion."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

import lark
from lark import v_args
from lark.lexer import Lexer

from gradviz.expression.functions import function_named
from gradviz.expression.tokens import Token
from gradviz.expression.tree import (
    Binary,
    Call,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
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
    "POWER": "^",
}
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class UnexpectedTokenError(Exception):
    """The grammar allows no token `index` here; `index` is their count at the end of the text."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class _Terminal(lark.Token):
    """A token as lark wants it, with no lines and columns, and so made in half the time."""

    line = column = end_line = end_column = None

    def __new__(cls, token: Token) -> "_Terminal":
        terminal = str.__new__(cls, token.text)
        terminal.type = token.kind
        terminal.start_pos = token.start
        terminal.end_pos = token.start + len(token.text)
        return terminal


class _Scanned(Lexer):
    """Hands lark the tokens that have been scanned already."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, data: Sequence[Token]) -> Iterator[lark.Token]:  # type: ignore[override]
        """Return lark's own tokens, which know their places."""
        return map(_Terminal, data)


def _span(token: lark.Token) -> Span:
    """Return the place of a token."""
    return (token.start_pos or 0, token.end_pos or 0)


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

    def negate(self, sign: lark.Token, operand: Tree) -> Tree:
        return Negate(operand, (_span(sign)[0], operand.span[1]))

    def literal(self, number: lark.Token) -> Tree:
        return Number(float(number), _span(number))

    def variable(self, name: lark.Token) -> Tree:
        return Variable(_span(name))

    def parameter(self, name: lark.Token) -> Tree:
        return Parameter(str(name), _span(name))

    def pi(self, name: lark.Token) -> Tree:
        return Pi(_span(name))

    def bracketed(self, opening: lark.Token, tree: Tree, closing: lark.Token) -> Tree:
        return replace(tree, span=(_span(opening)[0], _span(closing)[1]))

    def call(
        self, name: lark.Token, _opening: lark.Token, argument: Tree, closing: lark.Token
    ) -> Tree:
        return Call(function_named(name), argument, (_span(name)[0], _span(closing)[1]))

    def superscript(self, base: Tree, raised: lark.Token) -> Tree:
        digits = raised.removeprefix("⁻").translate(_SUPERSCRIPTS)
        exponent: Tree = Number(float(digits), _span(raised))
        if raised.startswith("⁻"):
            exponent = Negate(exponent, _span(raised))
        return Binary("^", base, exponent, (base.span[0], _span(raised)[1]))


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
    """Return the tree of `tokens`, or raise UnexpectedTokenError at the first one in the way."""
    try:
        # With an embedded transformer the start rule's value comes back, not lark's tree.
        return cast("Tree", _parser().parse(tokens))
    except lark.UnexpectedToken as error:
        if error.token.type == "$END":
            raise UnexpectedTokenError(len(tokens)) from None
        starts = [token.start for token in tokens]
        raise UnexpectedTokenError(starts.index(error.token.start_pos)) from None

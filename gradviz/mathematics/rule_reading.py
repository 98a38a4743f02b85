"""The formulas of rules, which are texts to read, as LaTeX; words among them stay words."""

import re
from contextlib import suppress
from typing import Final

_TOKEN: Final = re.compile(r"\s*(x̂|[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|\S)")
_BEFORE_WORDS: Final = re.compile(r", | (?=(?:for|over|in|at|of) )")
_COMPARISON: Final = re.compile(r"\s*(<|>|≤|≥|=)\s*")
_RELATIONS: Final = {"<": "<", ">": ">", "≤": r"\le", "≥": r"\ge", "=": "="}
_PRODUCTS: Final = {
    "⊙": r"\odot",
    "*": r"\odot",
    "·": r"\cdot",
    "@": r"\,",
    "⊗": r"\otimes",
}
_GREEK: Final = ("alpha", "beta", "delta")
_LETTERS: Final = {"σ": r"\sigma", "φ": r"\varphi", "Φ": r"\Phi", "π": r"\pi", "x̂": r"\hat{x}"}
_FUNCTIONS: Final = {
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "sinh": r"\sinh",
    "cosh": r"\cosh",
    "tanh": r"\tanh",
    "exp": r"\exp",
    "log": r"\ln",
    "sign": r"\operatorname{sgn}",
}
#: The functions that are words of the formulas themselves; any other call is code.
_WORDS: Final = ("mean", "softmax", "clamp")
_RAISED: Final = {"²": "^{2}", "³": "^{3}", "ᵀ": r"^{\mathsf{T}}"}
_LONGEST: Final = 300


class _NotReadError(Exception):
    """The text is no formula."""


def formula_latex(text: str) -> str:
    """Return a formula as LaTeX; empty where it cannot be set as mathematics and stays code.

    Cases such as `grad where self > 0, else 0` become cases, and words behind a comma stay words.
    """
    if len(text) > _LONGEST:
        return ""
    try:
        return _cases(text) if " where " in text and ", else " in text else _with_words(text)
    except _NotReadError:
        return ""


def words_latex(text: str) -> str:
    """Return words as LaTeX; empty where they have signs that no font of formulas has."""
    plain = text.replace("−", "-").replace("·", " ")
    return rf"\text{{{text}}}" if re.fullmatch(r"[A-Za-z0-9 ,.'/()=+-]+", plain) else ""


def _cases(text: str) -> str:
    before, _, other = text.rpartition(", else ")
    rows = []
    for part in before.split(", "):
        value, where, condition = part.partition(" where ")
        if not where:
            # The value of a further case, such as grad / 2 where they are equal.
            raise _NotReadError
        rows.append(rf"{_expression(value)} & {_condition(condition)} \\ ")
    last = rf"{_with_words(other)} & \text{{otherwise}}"
    return rf"\begin{{cases}} {''.join(rows)}{last} \end{{cases}}"


def _condition(text: str) -> str:
    return r" \lor ".join(_comparison(part) for part in text.split(" or "))


def _comparison(text: str) -> str:
    first, *rest = _COMPARISON.split(text)
    if not rest:
        return _words(text)
    try:
        latex = _expression(first)
        for sign, side in zip(rest[::2], rest[1::2], strict=True):
            latex += f" {_RELATIONS[sign]} {_expression(side)}"
    except _NotReadError:
        return _words(text)
    return latex


def _with_words(text: str) -> str:
    """Return a formula with the words that follow it, such as `over the rows`."""
    try:
        return _expression(text)
    except _NotReadError:
        # As much as can be is formula.
        for found in reversed(list(_BEFORE_WORDS.finditer(text))):
            words = words_latex(text[found.end() :])
            with suppress(_NotReadError):
                if words:
                    return rf"{_expression(text[: found.start()])} \quad {words}"
        raise


def _words(text: str) -> str:
    latex = words_latex(text)
    if not latex:
        raise _NotReadError
    return latex


def _expression(text: str) -> str:
    tokens, place = [], 0
    text = text.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise _NotReadError
        tokens.append(found[1])
        place = found.end()
    reader = _Reader(tokens)
    latex = reader.sum()
    if reader.left:
        raise _NotReadError
    return latex


class _Reader:
    """Reads the tokens of one formula from the left, a method for each kind of part."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]

    def sum(self) -> str:
        latex = self._product()
        while self._next() in ("+", "−", "-"):
            sign = "+" if self.left.pop() == "+" else "-"
            latex += f" {sign} {self._product()}"
        return latex

    def _next(self) -> str:
        return self.left[-1] if self.left else ""

    def _product(self) -> str:
        if self._next() in ("−", "-"):
            self.left.pop()
            return f"-{self._product()}"
        latex, plain = self._factor()
        while True:
            sign = self._next()
            if sign in _PRODUCTS:
                self.left.pop()
                after, _ = self._factor()
                latex = f"{latex} {_PRODUCTS[sign]} {after}"
            elif sign == "/":
                self.left.pop()
                _, below = self._factor()
                latex = rf"\frac{{{plain}}}{{{below}}}"
            elif sign == "(" and latex[-1:].isdigit():
                latex = f"{latex} {self._factor()[0]}"
            else:
                return latex
            plain = latex

    def _factor(self) -> tuple[str, str]:
        """Return the LaTeX of a factor, and that without brackets around all of it."""
        sign = self._next()
        latex = plain = self._atom()
        if sign == "(" and self._next() not in (*_RAISED, "^"):
            return latex, latex.removeprefix(r"\left(").removesuffix(r"\right)")
        raised = False
        while self._next() in (*_RAISED, "^"):
            raising = self.left.pop()
            # LaTeX has one exponent for one base.
            base = rf"\left({latex}\right)" if raised else latex
            latex = plain = base + (_RAISED.get(raising) or f"^{{{self._factor()[1]}}}")
            raised = True
        return latex, plain

    def _atom(self) -> str:
        if not self.left:
            raise _NotReadError
        sign = self.left.pop()
        if sign == "(":
            return self._bracketed(r"\left(", r"\right)")
        if sign == "Σ":
            return rf"\sum {self._product()}"
        if sign == "√":
            return rf"\sqrt{{{self._factor()[1]}}}"
        if sign == "½":
            return r"\frac{1}{2}"
        if sign[0].isdigit():
            return sign
        if sign in _LETTERS and self._next() != "(":
            return _LETTERS[sign]
        if not sign.isidentifier() or not sign.strip("_"):
            raise _NotReadError
        return self._called(sign) if self._next() == "(" else _name(sign)

    def _called(self, name: str) -> str:
        self.left.pop()
        if name == "floor":
            return self._bracketed(r"\left\lfloor ", r"\right\rfloor ")
        known = _FUNCTIONS.get(name) or _LETTERS.get(name)
        if known is None and name not in _WORDS:
            raise _NotReadError
        return (known or rf"\operatorname{{{name}}}") + self._bracketed(r"\left(", r"\right)")

    def _bracketed(self, before: str, after: str) -> str:
        parts = [self.sum()]
        while self._next() == ",":
            self.left.pop()
            parts.append(self.sum())
        if self._next() != ")":
            raise _NotReadError
        self.left.pop()
        return f"{before}{', '.join(parts)}{after}"


def _name(name: str) -> str:
    r"""Return a name of the formula: a letter, a Greek one, or upright, as \mathrm{grad}."""
    if len(name) == 1:
        return name
    if name in _GREEK:
        return f"\\{name}"
    escaped = name.replace("_", r"\_")
    return rf"\mathrm{{{escaped}}}"

"""A tree of an expression as LaTeX, without macros of its own and without packages beyond amsmath.

A sum comes in terms, so that a long one can be broken into lines.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final, assert_never

from gradviz.expression import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    number_text,
    postorder,
)
from gradviz.mathematics.function_forms import AROUND, NAMES, RAISED, UNLIKE_PARAMETERS

_GREEK: Final = {
    "lamda": r"\lambda",
    "Lamda": r"\Lambda",
    "epsilon": r"\varepsilon",
    "phi": r"\varphi",
}
_RELATIONS: Final = {
    "<": "<",
    "<=": r"\le",
    ">": ">",
    ">=": r"\ge",
    "==": "=",
    "!=": r"\ne",
    "and": r"\land",
    "or": r"\lor",
}
#: A typed fraction, such as 2½, has a denominator of one digit.
_LARGEST_DENOMINATOR: Final = 10
_OPENING: Final = r"\left("
_CLOSING: Final = r"\right)"
#: The words of the last case, for all that no condition holds of.
OTHERWISE: Final = "otherwise"


class _Bond(IntEnum):
    """How tightly the outermost operation of a text binds."""

    OPEN = 0
    OR = 1
    AND = 2
    RELATION = 3
    SUM = 4
    SIGNED = 5
    PRODUCT = 6
    POWER = 7
    ATOM = 8


@dataclass(frozen=True, slots=True)
class _Part:
    """A written node: its LaTeX and how tightly that binds."""

    latex: str
    bond: _Bond

    def at(self, least: _Bond) -> str:
        """Return the LaTeX, in brackets unless it binds at least as tightly as `least`."""
        return self.latex if self.bond >= least else in_brackets(self.latex)


@dataclass(frozen=True, slots=True)
class Writer:
    """How trees are written.

    Attributes:
        text: The typed text, of which a number such as ½ is written as it was typed.
        variable: The LaTeX of the input x.
        taken: The names of the parameters, which no function or constant may look like.
        named: The LaTeX of single parameters, in the place of their names.
    """

    text: str = ""
    variable: str = "x"
    taken: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def latex(self, tree: Tree) -> str:
        """Return the LaTeX of a tree."""
        return " ".join(self.terms(tree))

    def terms(self, tree: Tree) -> tuple[str, ...]:
        """Return the LaTeX of each term of a sum, from the second on with its sign in front."""
        rest: list[str] = []
        node = tree
        while isinstance(node, Binary) and node.operator in "+-":
            rest.append(f"{node.operator} {self._part(node.right).at(_Bond.PRODUCT)}")
            node = node.left
        first = self._part(node)
        bond = _Bond.SUM if rest else _Bond.OPEN
        return (first.at(bond), *reversed(rest))

    def factor(self, tree: Tree) -> str:
        """Return the LaTeX of a tree that stands behind a factor."""
        return self._part(tree).at(_Bond.PRODUCT)

    def _part(self, tree: Tree) -> _Part:
        parts: list[_Part] = []
        for node in postorder(tree):
            first = len(parts) - len(children(node))
            parts[first:] = [self._written(node, parts[first:])]
        return parts[0]

    def _written(self, node: Tree, operands: list[_Part]) -> _Part:
        """Write one node whose operands are written."""
        match node:
            case Number():
                return self._number(node)
            case Pi():
                return _Part(r"\pi", _Bond.ATOM)
            case Variable():
                return _Part(self.variable, _Bond.ATOM)
            case Parameter():
                return _Part(self.named.get(node.name) or parameter(node.name), _Bond.ATOM)
            case Negate():
                return _Part(f"-{operands[0].at(_Bond.PRODUCT)}", _Bond.SIGNED)
            case Binary():
                return self._binary(node, *operands)
            case Call():
                return self._call(node.function, operands[0])
            case Compare():
                return _condition(node, operands)
            case Apply():
                return self._of_several(node, operands)
            case _:
                assert_never(node)

    def _number(self, node: Number) -> _Part:
        typed = self.text[slice(*node.span)]
        if typed and not typed[-1].isascii() and unicodedata.category(typed[-1]) == "No":
            value = Fraction(node.value).limit_denominator(_LARGEST_DENOMINATOR)
            if float(value) == node.value and value.denominator > 1:
                return _Part(rf"\frac{{{value.numerator}}}{{{value.denominator}}}", _Bond.POWER)
        mantissa, exponential, exponent = number_text(node.value).partition("e")
        if exponential:
            power = f"10^{{{int(exponent)}}}"
            latex = power if mantissa == "1" else rf"{mantissa} \cdot {power}"
            return _Part(latex, _Bond.POWER if mantissa == "1" else _Bond.PRODUCT)
        return _Part(mantissa, _Bond.ATOM)

    def _binary(self, node: Binary, left: _Part, right: _Part) -> _Part:
        match node.operator:
            case "+" | "-":
                first, second = left.at(_Bond.SUM), right.at(_Bond.PRODUCT)
                return _Part(f"{first} {node.operator} {second}", _Bond.SUM)
            case "*":
                return _product(left, right)
            case "/":
                return _Part(rf"\frac{{{left.latex}}}{{{right.latex}}}", _Bond.POWER)
            case "%":
                latex = rf"{left.at(_Bond.POWER)} \bmod {right.at(_Bond.POWER)}"
                return _Part(latex, _Bond.OPEN)
            case _:
                return self._power(node, left, right)

    def _power(self, node: Binary, base: _Part, exponent: _Part) -> _Part:
        raised = f"^{{{exponent.latex}}}"
        whole = isinstance(node.right, Number) and node.right.value.is_integer()
        if isinstance(node.left, Call) and node.left.function in RAISED and whole:
            name = NAMES[node.left.function]
            return _Part(f"{name}{raised}{base.latex.removeprefix(name)}", _Bond.POWER)
        return _Part(base.at(_Bond.ATOM) + raised, _Bond.POWER)

    def _call(self, function: str, argument: _Part) -> _Part:
        if function in AROUND:
            before, after = AROUND[function]
            return _Part(f"{before}{argument.latex}{after}", _Bond.ATOM)
        name = self._name(function)
        if function == "exp" and name == "e":
            return _Part(f"e^{{{argument.latex}}}", _Bond.POWER)
        return _Part(name + in_brackets(argument.latex), _Bond.POWER)

    def _name(self, function: str) -> str:
        """Return the LaTeX of a function's name, which no parameter has."""
        plain = function.removesuffix("'")
        parameter, other = UNLIKE_PARAMETERS.get(plain, ("", ""))
        if parameter and parameter in self.taken:
            name = other
        elif plain == "exp":
            name = "e"
        else:
            name = NAMES.get(plain) or rf"\operatorname{{{plain}}}"
        return name + "'" * (plain != function)

    def _of_several(self, node: Apply, operands: list[_Part]) -> _Part:
        if node.function == "where":
            return _cases(node, operands)
        name = self._name(node.function)
        arguments = [operand.latex for operand in operands]
        first = node.arguments[0]
        if node.function in ("max", "min") and isinstance(first, Apply):
            # That of three is typed as one, and is one of two within another.
            within = arguments[0].removeprefix(name + _OPENING).removesuffix(_CLOSING)
            arguments[0] = within if first.function == node.function else arguments[0]
        return _Part(name + in_brackets(", ".join(arguments)), _Bond.POWER)


def parameter(name: str) -> str:
    r"""Return the LaTeX of a parameter's name: `a_{1}` for a1, `\theta_{1}` for theta1."""
    letters = name.rstrip("0123456789")
    index = name[len(letters) :]
    shown = letters if len(letters) == 1 else _GREEK.get(letters, f"\\{letters}")
    return shown + (f"_{{{index}}}" if index else "")


def in_brackets(latex: str) -> str:
    """Return LaTeX in brackets that are as high as it is."""
    return f"{_OPENING}{latex}{_CLOSING}"


def _product(left: _Part, right: _Part) -> _Part:
    # A sign in front of a product is one in front of its first factor.
    first, second = left.at(_Bond.SIGNED), right.at(_Bond.PRODUCT)
    bond = _Bond.SIGNED if left.bond == _Bond.SIGNED else _Bond.PRODUCT
    if second[0].isdigit() or (_ends_with_number(first) and second.startswith(r"\frac")):
        return _Part(rf"{first} \cdot {second}", bond)
    return _Part(f"{first} {second}", bond)


def _ends_with_number(latex: str) -> bool:
    return latex[-1:].isdigit()


def _condition(node: Compare, operands: Sequence[_Part]) -> _Part:
    sign = _RELATIONS[node.relation]
    if node.relation not in ("and", "or"):
        sides = [operand.at(_Bond.SUM) for operand in operands]
        return _Part(f" {sign} ".join(sides), _Bond.RELATION)
    left, right = node.left, node.right
    if (
        node.relation == "and"
        and isinstance(left, Compare)
        and isinstance(right, Compare)
        and left.relation in ("<", "<=", ">", ">=")
        and right.relation in ("<", "<=", ">", ">=")
        and left.relation[0] == right.relation[0]
        and left.right == right.left
    ):
        # As it is typed: 0 < x < 1.
        first = operands[0].latex
        shared = operands[1].latex.partition(f" {_RELATIONS[right.relation]} ")
        return _Part(f"{first} {shared[1].strip()} {shared[2]}", _Bond.RELATION)
    bond = _Bond.AND if node.relation == "and" else _Bond.OR
    sides = [operands[0].at(bond), operands[1].at(_Bond(bond + 1))]
    return _Part(f" {sign} ".join(sides), bond)


def _cases(node: Apply, operands: Sequence[_Part]) -> _Part:
    """Write a choice; one that stands in its last case is written as further cases of it."""
    condition, value, other = operands
    first = rf"{value.latex} & {condition.latex} \\ "
    begin, end = r"\begin{cases} ", r" \end{cases}"
    last = node.arguments[2]
    if isinstance(last, Apply) and last.function == "where":
        rest = other.latex[len(begin) :]
    else:
        rest = rf"{other.latex} & \text{{{OTHERWISE}}}{end}"
    return _Part(f"{begin}{first}{rest}", _Bond.OPEN)

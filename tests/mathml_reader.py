"""Reads LaTeX as a reader does who knows nothing of the program: by latex2mathml, to a number."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from gradviz.expression import FUNCTIONS, SEVERAL

Function = Callable[..., float]
_NAMES: Final = {
    "ln": "log",
    "sgn": "sign",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "σ": "sigmoid",
    "ReLU": "relu",
    "ReLU6": "relu6",
    "LeakyReLU": "leakyrelu",
    "ELU": "elu",
    "SELU": "selu",
    "CELU": "celu",
    "GELU": "gelu",
    "SiLU": "silu",
}
_LETTERS: Final = {
    **{
        letter: name
        for name, letter in zip(
            (
                "alpha",
                "beta",
                "gamma",
                "delta",
                "zeta",
                "eta",
                "theta",
                "iota",
                "kappa",
                "lamda",
                "mu",
                "nu",
                "xi",
                "rho",
                "sigma",
                "tau",
                "upsilon",
                "chi",
                "psi",
                "omega",
                "Gamma",
                "Delta",
            ),
            "αβγδζηθικλμνξρστυχψωΓΔ",
            strict=True,
        )
    },
    "ε": "epsilon",
    "φ": "phi",
}
_RELATIONS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": lambda a, b: a < b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "≥": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
}


def value_of(latex: str, letters: Mapping[str, float]) -> float:
    """Return the value of LaTeX with these values of its letters, NaN where it has none."""
    root = _plain(ET.fromstring(convert(latex)))  # noqa: S314 - its own text
    try:
        return float(_Reader(letters).row(list(root)))
    except (ArithmeticError, ValueError):
        return math.nan


def _plain(element: ET.Element) -> ET.Element:
    for each in element.iter():
        each.tag = each.tag.rpartition("}")[2]
    return element


def _text(element: ET.Element) -> str:
    return (element.text or "").strip()


class _Reader:
    def __init__(self, letters: Mapping[str, float]) -> None:
        self._letters = letters

    def row(self, items: Sequence[ET.Element]) -> float:
        """Return the value of a row: a disjunction, of conjunctions, of comparisons, of sums."""
        return self._split(
            items, "∨", any, lambda part: self._split(part, "∧", all, self._relation)
        )

    def _split(
        self,
        items: Sequence[ET.Element],
        sign: str,
        joined: Callable[[list[float]], bool],
        inner: Callable[[Sequence[ET.Element]], float],
    ) -> float:
        parts = _parts(items, sign)
        if len(parts) == 1:
            return inner(parts[0])
        return float(joined([inner(part) for part in parts]))

    def _relation(self, items: Sequence[ET.Element]) -> float:
        places = [place for place, each in enumerate(items) if _text(each) in _RELATIONS]
        if not places:
            return self._sum(items)
        bounds = [-1, *places, len(items)]
        sides = [self._sum(items[a + 1 : b]) for a, b in pairwise(bounds)]
        signs = [_RELATIONS[_text(items[place])] for place in places]
        pairs = zip(signs, pairwise(sides), strict=True)
        return float(all(sign(a, b) for sign, (a, b) in pairs))

    def _sum(self, items: Sequence[ET.Element]) -> float:
        total, start, sign = 0.0, 0, 1.0
        for place, each in enumerate([*items, None]):
            if each is not None and (_text(each) not in ("+", "−") or each.tag != "mo"):
                continue
            if place > start:
                total += sign * self._product(items[start:place])
            elif place:
                raise AssertionError("two signs follow one another")
            sign, start = (-1.0 if each is not None and _text(each) == "−" else 1.0), place + 1
        return total

    def _product(self, items: Sequence[ET.Element]) -> float:
        modulo = _parts(items, "mod")
        if len(modulo) == 2:
            return self._product(modulo[0]) % self._product(modulo[1])
        product, place = 1.0, 0
        while place < len(items):
            if _text(items[place]) in ("⋅", "·"):
                place += 1
                continue
            function = self._function(items[place]) if place + 1 < len(items) else None
            if function is not None and _is_fence(items[place + 1], "("):
                arguments = _parts(list(items[place + 1])[1:-1], ",")
                product *= function(*map(self.row, arguments))
                place += 2
            else:
                product *= self._atom(items[place])
                place += 1
        return product

    def _function(self, item: ET.Element) -> Function | None:
        """Return the function that an element names, with a power or a prime at its name."""
        if item.tag == "msup":
            base = self._function(item[0])
            if base is None:
                return None
            if _text(item[1]) == "′":
                return _slope(_NAMES.get(_text(item[0]), _text(item[0])))
            exponent = self._atom(item[1])
            return lambda *arguments: base(*arguments) ** exponent
        if item.tag == "msub" and _text(item[0]) in ("log", "P", "atan", "ReLU"):
            name = f"{_text(item[0])}{_text(item[1][0])}"
            return _value(_NAMES.get(name, name))
        text = _text(item)
        if item.tag not in ("mi", "mo") or self._letter(text) in self._letters:
            return None
        return _value(_NAMES.get(text, text))

    def _letter(self, text: str) -> str:
        return _LETTERS.get(text, text)

    def _atom(self, item: ET.Element) -> float:
        match item.tag:
            case "mn":
                return float(_text(item))
            case "mi":
                return self._named(self._letter(_text(item)))
            case "msub":
                return self._named(self._letter(_text(item[0])) + _text(item[1][0]))
            case "msup":
                return _power(self._atom(item[0]), self._atom(item[1]))
            case "msubsup":
                name = self._letter(_text(item[0])) + _text(item[1][0])
                return _power(self._named(name), self._atom(item[2]))
            case "mfrac":
                return self._atom(item[0]) / self._atom(item[1])
            case "msqrt":
                return math.sqrt(self.row(list(item)))
            case "mroot":
                assert _text(item[1]) == "3"
                return math.cbrt(self._atom(item[0]))
            case "mrow":
                return self._fenced(item)
            case _:
                raise AssertionError(f"{item.tag} {_text(item)} has no value")

    def _named(self, name: str) -> float:
        constants = {"π": math.pi, "e": math.e}
        return self._letters[name] if name in self._letters else constants[name]

    def _fenced(self, item: ET.Element) -> float:
        if _is_fence(item, "{"):
            return self._cases(item[1])
        if _is_fence(item, "("):
            return self.row(list(item)[1:-1])
        for sign, function in (("|", abs), ("⌊", math.floor), ("⌈", math.ceil)):
            if _is_fence(item, sign):
                return float(function(self.row(list(item)[1:-1])))
        return self.row(list(item))

    def _cases(self, table: ET.Element) -> float:
        for line in table:
            value, condition = line
            words = "".join(_text(each) for each in condition)
            if words == "otherwise" or self.row(list(condition)):
                return self.row(list(value))
        raise AssertionError("no case holds")


def _parts(items: Sequence[ET.Element], sign: str) -> list[Sequence[ET.Element]]:
    parts: list[list[ET.Element]] = [[]]
    for each in items:
        if each.tag in ("mo", "mi") and _text(each) == sign:
            parts.append([])
        else:
            parts[-1].append(each)
    return list(parts)


def _is_fence(item: ET.Element, sign: str) -> bool:
    return (
        item.tag == "mrow"
        and len(item) > 0
        and item[0].get("fence") == "true"
        and (_text(item[0]) == sign)
    )


def _value(name: str) -> Function | None:
    row = FUNCTIONS.get(name) or SEVERAL.get(name)
    return None if row is None else row.value


def _slope(name: str) -> Function:
    slope = FUNCTIONS[name].slope
    if slope is None:
        at = FUNCTIONS[name].value
        return lambda x: (at(x + 1e-5) - at(x - 1e-5)) / 2e-5
    return slope


def _power(base: float, exponent: float) -> float:
    value = base**exponent
    return value if isinstance(value, float) else math.nan

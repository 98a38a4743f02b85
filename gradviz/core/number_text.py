"""Numbers as text, written in one way everywhere, and read as people everywhere write them.

A number has a decimal point, a real minus sign and no grouping; a count is grouped by thin spaces.
What is written here is read again here, and by the grammar of typed expressions.
"""

import math
import re
from typing import Final

import numpy as np

from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr

MINUS: Final = "\N{MINUS SIGN}"
DIGIT_GAP: Final = "\N{NARROW NO-BREAK SPACE}"
_SHOWN: Final = 20
#: The dtypes whose numbers are also numbers of float32.
_SINGLE: Final = frozenset({"float32", "float16", "bfloat16"})
_LARGEST_SINGLE: Final = float(np.finfo(np.float32).max)
#: Other characters for the same signs, as keyboards of other scripts have them.
_SIGNS: Final = str.maketrans(
    {
        MINUS: "-",
        "\N{FULLWIDTH HYPHEN-MINUS}": "-",
        "\N{FULLWIDTH PLUS SIGN}": "+",
        "\N{FULLWIDTH FULL STOP}": ".",
        "\N{FULLWIDTH COMMA}": ",",
        "\N{ARABIC DECIMAL SEPARATOR}": ",",
        "\N{ARABIC COMMA}": ",",
        # These group digits, as a space and an apostrophe do.
        "\N{ARABIC THOUSANDS SEPARATOR}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{NO-BREAK SPACE}": " ",
    }
)
#: Marks of the writing direction, which a keyboard for Arabic may add to a minus.
_UNSEEN: Final = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
#: A number that is no part of a name or of a count in groups, with a minus that is no operator.
_IN_EQUATION: Final = re.compile(
    rf"(?<![\w.{DIGIT_GAP}])(?:(?<![\w)] )(?<![\w)])-)?"
    rf"\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.{DIGIT_GAP}])"
)
_OWN_GROUPS: Final = re.compile(rf"[+-]?\d{{1,3}}(?:{DIGIT_GAP}\d{{3}})+(?!\d|{DIGIT_GAP})")
_NUMBER: Final = re.compile(r"[+-]?(?P<whole>\d*)(?:[.,](?P<part>\d*))?(?:e[+-]?\d+)?")


class AmbiguousNumberError(SettingError):
    """The text may be more than one number."""


def short(value: float, digits: int = 6) -> str:
    """Return `value` with at most `digits` significant digits: `497938`, `−1.5e−7`, `nan`."""
    return _signed(f"{value:.{digits}g}")


def full(value: float) -> str:
    """Return `value` with as many digits as tell it from every other: `497937.65625`."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return _signed(str(int(value))) if value or math.copysign(1, value) > 0 else f"{MINUS}0"
    return _signed(repr(float(value)).removesuffix(".0"))


def stored(value: float, dtype: str = "float32") -> str:
    """Return a number of a model with as many digits as tell it from others of its precision.

    Of float32 and less that are nine at most, also of a mean that is computed more precisely.
    """
    if dtype not in _SINGLE or not math.isfinite(value) or abs(value) > _LARGEST_SINGLE:
        return full(value)
    nearest = np.float32(value)
    return full(float(str(nearest))) if float(nearest) == value else short(value, 9)


def equation_text(equation: str, dtype: str = "float32") -> str:
    """Return an equation as it is shown: `y = 1 − 0.29 x` for `y = 1.0 + -0.29 x`."""
    numbers = _IN_EQUATION.sub(lambda found: stored(float(found[0]), dtype), equation)
    return numbers.replace(f"+ {MINUS}", f"{MINUS} ").replace(f"- {MINUS}", "+ ")


def counted(count: int) -> str:
    """Return a count with its digits in threes, apart by thin spaces that do not break a line."""
    return _signed(f"{count:,}".replace(",", DIGIT_GAP))


def read_number(text: str) -> float:
    """Return the number that a person has written, with a decimal point or a decimal comma.

    Raises:
        SettingError: the text is no number, or may be two; the hint says how to write it.
    """
    plain = plain_number(text)
    if _OWN_GROUPS.match(plain):
        # A count that is copied from here.
        plain = plain.replace(DIGIT_GAP, "")
    found = _NUMBER.fullmatch(plain.lower())
    if found is not None and (found["whole"] or found["part"]):
        if "," in plain and len(found["part"] or "") == 3 and _begins_a_thousand(found["whole"]):
            whole, part = found["whole"], found["part"]
            raise AmbiguousNumberError(
                tr(
                    "“{text}” may be {one} or {other}.",
                    text=_cut(text),
                    one=f"{whole}{part}",
                    other=f"{whole}.{part}",
                ),
                tr("Write it without a comma, or with a decimal point."),
            )
        value = float(plain.replace(",", "."))
        if math.isfinite(value):
            return value
        raise SettingError(
            tr("“{text}” is too large.", text=_cut(text)), tr("Write a number below 1e308.")
        )
    if _is_grouped(plain):
        raise AmbiguousNumberError(
            tr("“{text}” may be more than one number.", text=_cut(text)),
            tr("Write it with a decimal point and without marks for thousands, such as 1234.5."),
        )
    raise SettingError(
        tr("“{text}” is no number.", text=_cut(text)), tr("Write it such as 2.5 or 1e-3.")
    )


def read_whole_number(text: str) -> int:
    """Return the whole number that a person has written.

    Raises:
        SettingError: the text is none, or may be two; the hint says how to write it.
    """
    plain = plain_number(text)
    value = read_number(text)
    if "e" not in plain.lower() and re.search(r"[.,]", plain):
        raise SettingError(
            tr("“{text}” is no whole number.", text=_cut(text)),
            tr("Write it without a point, such as 1000."),
        )
    if not value.is_integer():
        raise SettingError(
            tr("“{text}” is no whole number.", text=_cut(text)), tr("Write it such as 1000.")
        )
    return int(value)


def plain_number(text: str) -> str:
    """Return the text with ASCII digits and signs: `-2,5` for the same in any script."""
    plain = text.strip().translate(_UNSEEN).translate(_SIGNS)
    return "".join(str(int(each)) if each.isdecimal() else each for each in plain)


def _begins_a_thousand(whole: str) -> bool:
    return 1 <= len(whole) <= 3 and not whole.startswith("0")


def _is_grouped(plain: str) -> bool:
    return re.fullmatch(rf"[+-]?\d+([ ',.{DIGIT_GAP}]\d+)+(e[+-]?\d+)?", plain.lower()) is not None


def _cut(text: str) -> str:
    return text.strip()[:_SHOWN]


def _signed(digits: str) -> str:
    """Write a minus as wide as a plus, and an exponent without padding."""
    if "e" in digits:
        mantissa, exponent = digits.split("e")
        digits = f"{mantissa}e{int(exponent)}"
    return digits.replace("-", MINUS)

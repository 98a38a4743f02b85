"""The hint for a word that is no function and no parameter: its likely meaning, or how to write it.

A word that is a function elsewhere never brings the name of another function that looks like it.
"""

import difflib
import re
from typing import Final

from gradviz.expression.functions import FUNCTIONS, function_named

#: Functions of mathematics and of libraries that cannot be typed, and how they can be written.
_WRITTEN: Final = {
    "pow": "x^2",
    "power": "x^2",
    "square": "x^2",
    "sqr": "x^2",
    "sec": "1/cos(x)",
    "csc": "1/sin(x)",
    "cosec": "1/sin(x)",
    "cot": "1/tan(x)",
    "cotan": "1/tan(x)",
    "ctg": "1/tan(x)",
    "sech": "1/cosh(x)",
    "csch": "1/sinh(x)",
    "coth": "1/tanh(x)",
    "cth": "1/tanh(x)",
    "acot": "atan(1/x)",
    "arccot": "atan(1/x)",
    "asec": "acos(1/x)",
    "acsc": "asin(1/x)",
    "exp2": "2^x",
    "exp10": "10^x",
    "expm1": "exp(x) - 1",
    "log1p": "log(1 + x)",
    "logit": "log(x / (1 - x))",
    "rsqrt": "1/sqrt(x)",
    "reciprocal": "1/x",
    "neg": "-x",
    "negative": "-x",
    "sinc": "sin(pi x) / (pi x)",
    "haversine": "(1 - cos(x)) / 2",
    "heaviside": "(1 + sign(x)) / 2",
    "frac": "x - floor(x)",
    "max": "relu(x) for max(0, x), or (a + b + abs(a - b)) / 2 for that of a and b",
    "maximum": "relu(x) for max(0, x), or (a + b + abs(a - b)) / 2 for that of a and b",
    "min": "-relu(-x) for min(0, x), or (a + b - abs(a - b)) / 2 for that of a and b",
    "minimum": "-relu(-x) for min(0, x), or (a + b - abs(a - b)) / 2 for that of a and b",
    "clamp": "hardtanh(x) from -1 to 1, or 2 + relu(x - 2) - relu(x - 5) from 2 to 5",
    "clip": "hardtanh(x) from -1 to 1, or 2 + relu(x - 2) - relu(x - 5) from 2 to 5",
    "mod": "x - 2 floor(x/2) for x mod 2",
    "fmod": "x - 2 floor(x/2) for x mod 2",
    "remainder": "x - 2 floor(x/2) for x mod 2",
    "if": "relu(x), abs(x) or sign(x), of which cases can be made",
    "else": "relu(x), abs(x) or sign(x), of which cases can be made",
    "where": "relu(x), abs(x) or sign(x), of which cases can be made",
    "prelu": "relu(x) - a relu(-x), where a is its parameter",
    "rrelu": "relu(x) - 0.2 relu(-x), with a slope that is not random",
    "threshold": "relu(x) for the threshold 0",
    "hypot": "sqrt(a^2 + b^2)",
    "lg": "log10(x) or log2(x), as it means either",
    "lb": "log2(x)",
    "ld": "log2(x)",
}
#: Others, for which there is no such way.
_KNOWN_ELSEWHERE: Final = re.compile(
    "erf|erfc|erfinv|gamma|lgamma|digamma|beta|zeta|rint|trunc|fix|atan2|arctan2|softmax|softmin|"
    "log_?softmax|softmax2d|glu|det|trace|norm|mean|sum|prod|std|var|median|sort|cumsum|diff|"
    "integral|lim|arg|re|im|conj|nan|inf|not|and|or|factorial|gcd|lcm|isnan|ei|li|airy|bessel|"
    "rand|randn|normal|rect|tri|conv|fft|sawtooth"
)


def word_hint(word: str) -> str:
    """Return the likely meaning of an unknown word, or the way to write it."""
    lower = word.lower()
    if lower in _WRITTEN:
        return f"Write {_WRITTEN[lower]}."
    if _KNOWN_ELSEWHERE.fullmatch(lower):
        return f"It is not among those that may be typed. {_listed()}"
    factors = _factors(word)
    whole = "".join(factors) == word
    if whole and factors[-1] in FUNCTIONS and len(factors) <= 3:
        return f"A product is written with spaces: {' '.join(factors)}(x)."
    name = factors[0] if whole and factors[0] in FUNCTIONS else _nearest(word)
    if name:
        return f"Did you mean {name}(x)?" if name in FUNCTIONS else f"Did you mean {name}?"
    if whole and 1 < len(factors) <= 4:
        return f"A product is written with spaces: {' '.join(factors)}."
    return f"A parameter is a letter, or a letter followed by digits, such as w1. {_listed()}"


def _listed() -> str:
    """Return the functions in a sentence, of the activations only an example."""
    names = [row.name for row in FUNCTIONS.values() if not row.activation]
    return f"There are PyTorch's activations, such as gelu, and {', '.join(names)}."


def _factors(word: str) -> list[str]:
    """Return the functions, pi and parameters that follow one another in `word`."""
    names = [*sorted(FUNCTIONS, key=len, reverse=True), "pi"]
    return re.findall("|".join(map(re.escape, names)) + "|[A-Za-z][0-9]*", word)


def _nearest(word: str) -> str:
    """Return the function, or `pi`, that has a name like `word`, or nothing."""
    if not 3 <= len(word) <= 20:
        return ""
    synonyms = (synonym for row in FUNCTIONS.values() for synonym in row.synonyms)
    names = {name.lower(): name for name in (*synonyms, *FUNCTIONS, "pi")}
    near = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.7)
    return function_named(names[near[0]]) or names[near[0]] if near else ""

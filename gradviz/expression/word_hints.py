"""The hint for a word that is no function and no parameter: its likely meaning, or how to write it.

A word that is a function elsewhere never brings the name of another function that looks like it.
"""

import re
from typing import Final

from gradviz.core.language.saying import listed, marked, sentences, tr
from gradviz.expression.functions import FUNCTIONS, function_named
from gradviz.expression.tables.several import SEVERAL

#: Functions of mathematics and of libraries that cannot be typed, and how they can be written.
_WRITTEN: Final = {
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
    "hypot": "sqrt(a^2 + b^2)",
    "lb": "log2(x)",
    "ld": "log2(x)",
}
#: Those whose way of writing needs a word more.
_TOLD: Final = {
    "fmod": marked("Write x mod 2, whose sign is that of the divisor."),
    "prelu": marked("Write relu(x) - a relu(-x), where a is its parameter."),
    "rrelu": marked("Write relu(x) - 0.2 relu(-x), with a slope that is not random."),
    "threshold": marked("Write relu(x) for the threshold 0."),
    "lg": marked("Write log10(x) or log2(x), as it means either."),
}
#: Letters of which an unknown word is rather a product of parameters than a name.
_FIRST_LETTERS: Final = "abcd"
#: A word of so many letters may have two wrong ones.
_LONG: Final = 6
#: Others, for which there is no such way.
_KNOWN_ELSEWHERE: Final = re.compile(
    "erf|erfc|erfinv|lgamma|polygamma|digamma|rint|trunc|fix|softmax|softmin|"
    "log_?softmax|softmax2d|glu|det|trace|norm|mean|sum|prod|std|var|median|sort|cumsum|diff|"
    "integral|lim|arg|re|im|conj|nan|inf|not|factorial|gcd|lcm|isnan|ei|li|airy|bessel|"
    "rand|randn|normal|rect|tri|conv|fft|sawtooth"
)


def word_hint(word: str, *, called: bool = False) -> str:
    """Return the likely meaning of an unknown word, or the way to write it.

    `called` says that a bracket follows, so that the word is meant as a function.
    """
    lower = word.lower()
    if lower in _WRITTEN:
        return tr("Write {form}.", form=_WRITTEN[lower])
    if lower in _TOLD:
        return tr(_TOLD[lower])
    if _KNOWN_ELSEWHERE.fullmatch(lower):
        return sentences([tr("It is not among those that may be typed."), _functions()])
    factors = _factors(word)
    whole = "".join(factors) == word
    if whole and factors[-1] in FUNCTIONS and len(factors) <= 3:
        return _product(f"{' '.join(factors)}(x)")
    product = _product(" ".join(factors))
    letters = whole and 1 < len(factors) <= 4 and not (called and len(word) > 2)
    if letters and "x" in factors and all(len(factor) == 1 for factor in factors):
        return product
    name = factors[0] if whole and factors[0] in FUNCTIONS else _nearest(word)
    if name:
        return tr("Did you mean {name}?", name=_form(name))
    if letters and ({"x", "pi"} & set(factors) or set(word) <= set(_FIRST_LETTERS)):
        return product
    parameter = tr("A parameter is a letter, or a letter followed by digits, such as w1.")
    return sentences([parameter, _functions()])


def _product(written: str) -> str:
    return tr("A product is written with spaces: {product}.", product=written)


def _form(name: str) -> str:
    """Return how a function, or pi, is written."""
    if name in SEVERAL:
        return SEVERAL[name].form
    return f"{name}(x)" if name in FUNCTIONS else name


def _functions() -> str:
    """Return the functions in a sentence, of the activations only an example."""
    names = [row.name for row in FUNCTIONS.values() if not row.activation]
    names += SEVERAL
    return tr("There are PyTorch's activations, such as gelu, and {names}.", names=listed(names))


def _factors(word: str) -> list[str]:
    """Return the functions, pi and parameters that follow one another in `word`."""
    names = [*sorted(FUNCTIONS, key=len, reverse=True), "pi"]
    return re.findall("|".join(map(re.escape, names)) + "|[A-Za-z][0-9]*", word)


def _nearest(word: str) -> str:
    """Return the function, or `pi`, of which `word` is a misspelling, or nothing.

    One letter may be wrong, missing, too many or exchanged with the next; two of six or more.
    """
    if not 3 <= len(word) <= 20:
        return ""
    synonyms = (synonym for row in FUNCTIONS.values() for synonym in row.synonyms)
    names = {name.lower(): name for name in (*synonyms, *FUNCTIONS, *SEVERAL, "pi")}
    most = 1 if len(word) < _LONG else 2
    near = [
        (_distance(word.lower(), name), name)
        for name in names
        if abs(len(name) - len(word)) <= most and len(name) > 1
    ]
    distance, name = min(near, default=(most + 1, ""))
    return function_named(names[name]) or names[name] if distance <= most else ""


def _distance(first: str, second: str) -> int:
    """Return how many letters are wrong, missing, too many or exchanged with the next."""
    rows = [list(range(len(second) + 1))]
    for i, letter in enumerate(first, start=1):
        row = [i]
        for j, other in enumerate(second, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]

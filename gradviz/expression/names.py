"""The names of parameters: letters with or without an index, and Greek letters by their names.

A Greek letter has its name in plain letters within the program, so that scripts, files and
terminals have it too: θ and theta are the same parameter.
"""

import re
from typing import Final

_LOWER: Final = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    # Python keeps the other spelling for itself; Unicode names the letter like this.
    "λ": "lamda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
_CAPITAL: Final = {
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lamda",
    "Ξ": "Xi",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
_VARIANTS: Final = {"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "ς": "sigma", "µ": "mu"}
_BY_LETTER: Final = {**_LOWER, **_CAPITAL, **_VARIANTS}
_BY_NAME: Final = {name: letter for letter, name in (*_LOWER.items(), *_CAPITAL.items())}
_SYNONYMS: Final = {"lambda": "lamda", "Lambda": "Lamda"}

GREEK_LETTERS: Final = "".join(_BY_LETTER)
"""All Greek letters that are parameters, for a class of characters in a pattern."""

SUBSCRIPTS: Final = "₀₁₂₃₄₅₆₇₈₉"
_DIGITS: Final = str.maketrans(SUBSCRIPTS, "0123456789")
_PARTS: Final = re.compile(rf"([A-Za-z]+|[{GREEK_LETTERS}])(?:_?([0-9]+)|([{SUBSCRIPTS}]+))?")


def parameter_named(word: str) -> str:
    """Return the name of the parameter that `word` is; nothing where it is none.

    `a_1` and `a₁` are a1, and `θ`, `theta` and `lambda` are theta, theta and lamda.
    """
    parts = _PARTS.fullmatch(word)
    if parts is None:
        return ""
    letter, index = parts[1], (parts[2] or parts[3] or "").translate(_DIGITS)
    name = _BY_LETTER.get(letter) or _SYNONYMS.get(letter, letter)
    return name + index if len(name) == 1 or name in _BY_NAME else ""


def without_subscripts(word: str) -> str:
    """Return `word` with its index in plain digits: `log2` for log₂ and for log_2."""
    return re.sub(r"_(?=[0-9]+$)", "", word.translate(_DIGITS))


def shown_name(name: str) -> str:
    """Return a parameter's name as mathematics writes it: θ1 for theta1."""
    letters = name.rstrip("0123456789")
    return _BY_NAME.get(letters, letters) + name[len(letters) :]

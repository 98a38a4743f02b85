"""Whether a text is meant as a network, and the colours of its words."""

import re
from collections.abc import Iterator
from typing import Final

from gradviz.expression.functions import function_named
from gradviz.expression.networks.layer_names import SEQUENTIAL, nearest_layer
from gradviz.expression.networks.layer_table import LAYERS
from gradviz.expression.tokens import tokens

#: A word before a bracket; whether the bracket closes at once, and another one follows.
_CALL: Final = re.compile(
    r"(?<![\w.])(?P<module>(?:torch\s*\.\s*)?nn\s*\.\s*)?(?P<name>[A-Za-z_]\w*)\s*"
    r"\((?P<empty>\s*\)(?!\s*\())?"
)

#: A shorter word is rather a parameter.
_SHORTEST: Final = 4


def names_network(text: str) -> bool:
    """Tell whether `text` is meant as layers, right or not, and not as an expression.

    Activations are functions of expressions too: `Tanh()` is a layer, and `Tanh(x)` is none.
    """
    return any(_is_layer(match, text) for match in _CALL.finditer(text))


def _all_names() -> set[str]:
    """Return the names of the table as it is now, in small letters."""
    return {name.lower() for name in (*LAYERS, SEQUENTIAL)}


def _is_layer(match: re.Match[str], text: str) -> bool:
    name = match["name"]
    if function_named(name):
        return bool(match["empty"]) and name.lower() in _all_names()
    if match["module"] or name.lower() in _all_names():
        return True
    starts = not text[: match.start()].strip(" \t\r\n[(")
    return starts and len(name) >= _SHORTEST and name[0].isupper() and bool(nearest_layer(name))


def network_tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the length and the kind of each token, as `tokens` does, of a network."""
    for start, length, kind in tokens(text):
        word = text[start : start + length]
        if word.lower() in _all_names() or word in ("torch", "nn"):
            yield start, length, "function"
        elif word in ("[", "]"):
            yield start, length, "bracket"
        elif word == "=":
            yield start, length, "operator"
        elif word[0].isalpha():
            yield start, length, "parameter"
        else:
            yield start, length, kind

"""The names of layers as they are typed, and those that are meant by a misspelling."""

import difflib
from typing import Final

from gradviz.expression.networks.layer_table import LAYERS

SEQUENTIAL: Final = "Sequential"
_PREFIXES: Final = ("torch.nn.", "nn.")


def named_layer(word: str) -> str:
    """Return the name of a layer without `nn.` or `torch.nn.` before it."""
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            return word.removeprefix(prefix)
    return word


def nearest_layer(name: str) -> str:
    """Return the layer of which `name` is a misspelling, or nothing."""
    known = {each.lower(): each for each in (*LAYERS, SEQUENTIAL)}
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.75)
    return known[near[0]] if near else ""

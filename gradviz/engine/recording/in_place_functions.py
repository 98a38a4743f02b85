"""Functions of torch that change a tensor in place, told by their names and arguments."""

from collections.abc import Mapping
from functools import cache
from typing import Any

#: Functions that change a tensor in place without a name that ends in an underscore.
_IN_PLACE = frozenset(
    {"__setitem__", "__iadd__", "__isub__", "__imul__", "__itruediv__", "__idiv__", "__ifloordiv__"}
    | {"__ipow__", "__imod__", "__iand__", "__ior__", "__ixor__"}
)


def is_in_place(name: str, kwargs: Mapping[str, Any] | None) -> bool:
    """Tell by its name and arguments whether a function of torch changes a tensor in place."""
    if kwargs and (kwargs.get("inplace") or kwargs.get("out") is not None):
        return True
    return _changes_in_place(name)


@cache
def _changes_in_place(name: str) -> bool:
    return (name.endswith("_") and not name.endswith("__")) or name in _IN_PLACE

"""The single numbers of a model: their names, and where each of them is."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

#: The numbers of a model that are told at each moment; those of a larger one are a selection.
MOST_ENTRIES: Final = 1024
#: The parameters that have a part in such a selection.
MOST_LEAVES: Final = 32
_INDEXED: Final = re.compile(r"(?P<leaf>.+)\[(?P<indices>\d+(?:\s*,\s*\d+)*)\]")


class ModelNumber(msgspec.Struct, frozen=True):
    """One number of a model.

    Attributes:
        name: As it is shown and typed: `a`, or `0.weight[1, 2]`.
        leaf: The name of the tensor that it belongs to.
        index: Its place in that tensor, in C order.
    """

    name: str
    leaf: str
    index: int = 0


def entries_in(leaf: str, shape: Sequence[int], most: int) -> Iterator[ModelNumber]:
    """Yield the first `most` entries of a tensor; one of a single number has the name of it."""
    size = math.prod(shape)
    if size == 1:
        yield ModelNumber(leaf, leaf)
        return
    for index in range(min(size, most)):
        yield ModelNumber(f"{leaf}[{', '.join(map(str, places_of(index, shape)))}]", leaf, index)


def entry_in(text: str, leaf: str, shape: Sequence[int]) -> ModelNumber | None:
    """Return the entry of the tensor `leaf` that `text` names, `w[3]` in C order too; or None."""
    size = math.prod(shape)
    if text == leaf:
        return ModelNumber(leaf, leaf) if size == 1 else None
    found = _INDEXED.fullmatch(text)
    if found is None or found["leaf"] != leaf:
        return None
    indices = [int(each) for each in found["indices"].split(",")]
    if len(indices) == 1 and len(shape) != 1:
        index = indices[0]
    elif len(indices) == len(shape) and all(
        each < length for each, length in zip(indices, shape, strict=True)
    ):
        index = _index_of(indices, shape)
    else:
        return None
    if index >= size:
        return None
    # Its name is the one that the list of entries has for it.
    name = f"{leaf}[{', '.join(map(str, places_of(index, shape)))}]"
    return ModelNumber(leaf if size == 1 else name, leaf, index)


def places_of(index: int, shape: Sequence[int]) -> list[int]:
    """Return the indices by dimension of an entry of a tensor."""
    indices: list[int] = []
    for length in reversed(shape):
        index, place = divmod(index, length)
        indices.append(place)
    return indices[::-1]


def _index_of(indices: Sequence[int], shape: Sequence[int]) -> int:
    index = 0
    for place, length in zip(indices, shape, strict=True):
        index = index * length + place
    return index

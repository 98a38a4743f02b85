"""A tensor of any size, type and layout as it is looked at: in windows, counted, and as a map."""

import math

import msgspec

from gradviz.core.graphs.tensors import Array

#: A heat map has at most so many cells on a side.
MAP_CELLS = 256
#: The name of the component of a dense tensor; sparse and nested ones have others.
VALUES = "values"


class Component(msgspec.Struct, frozen=True):
    """One dense array that a tensor consists of: its `values`, or the `indices` of a sparse one."""

    name: str
    shape: tuple[int, ...]
    dtype: str

    @property
    def size(self) -> int:
        """Return the number of elements."""
        return math.prod(self.shape)


class TensorMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a tensor is, known without reading a value.

    Attributes:
        shape: -1 stands for a dimension that differs within a nested tensor.
        layout: `strided`, `sparse_coo`, `nested` and so on.
        bytes: What its components take in memory.
        components: What can be looked at; none where there is no data.
        notes: What a reader of the values has to know, each a sentence.
    """

    shape: tuple[int, ...]
    dtype: str
    device: str
    layout: str
    bytes: int = 0
    components: tuple[Component, ...] = ()
    notes: tuple[str, ...] = ()


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """The elements of one component; complex ones by their magnitude.

    All but the counts are those of the finite elements, in float64, None where there is none.
    `std` is undefined for a single element, and as PyTorch's divides by the number less one.
    """

    elements: int
    zeros: int = 0
    nan: int = 0
    infinite: int = 0
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    std: float | None = None
    norm: float | None = None

    @property
    def finite(self) -> int:
        """Return how many elements are finite."""
        return self.elements - self.nan - self.infinite


class Histogram(msgspec.Struct, frozen=True):
    """How many finite elements fall into each of equal bins from `low` to `high`, both included."""

    low: float
    high: float
    counts: tuple[int, ...]


class HeatMap(msgspec.Struct, frozen=True, kw_only=True):
    """Two dimensions of a tensor in at most MAP_CELLS by MAP_CELLS cells.

    Attributes:
        rows, columns: How many elements there are on each side.
        mean: Shape (cells down, cells across): the mean of the finite elements, NaN without any.
        extreme: The same shape: of the finite elements that of the largest magnitude.
        bad: The same shape, bool: whether any element of the cell is NaN or infinite.
    """

    rows: int
    columns: int
    mean: Array
    extreme: Array
    bad: Array


def edges(count: int, cells: int) -> list[int]:
    """Return where each of `cells` cells over `count` elements begins, and `count` at the end."""
    return [place * count // cells for place in range(cells + 1)]

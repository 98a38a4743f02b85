"""The loss, or the output at a point, over one or two numbers of a model."""

from typing import Final

import msgspec

from gradviz.core.graphs.tensors import Array

#: A map has so many columns and rows unless others are asked for, and at most so many.
CELLS: Final = 100
MOST_CELLS: Final = 400
#: A curve over one number has so many points.
CURVE_POINTS: Final = 301


class Landscape(msgspec.Struct, frozen=True, kw_only=True):
    """The values over a grid, while all other numbers of the model stay as they are.

    Attributes:
        across, up: The names of the numbers along the axes; `up` is empty where there is a curve
            over one number alone.
        x: Shape (columns,): the values of the first number.
        y: Shape (rows,): those of the second one; (1,) for a curve.
        values: Shape (rows, columns): the loss, or the output at a point; NaN where it has none.
        entries: Shape (n,): all numbers that are told of the model, as they were; None without any.
        step: The step of the training that they are of.
        point: The values of the two numbers at that step.
        value: The value there.
        gradient: The derivatives by the two numbers there, of autograd; None where there are none.
        seconds: The time that it took.
    """

    across: str
    up: str
    x: Array
    y: Array
    values: Array
    entries: Array | None
    step: int
    point: tuple[float, ...]
    value: float
    gradient: tuple[float | None, ...]
    seconds: float

"""A model at one moment of its training: the numbers that the window shows of it."""

import msgspec

from gradviz.core.graphs.tensors import Array


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a model at one moment.

    Attributes:
        parameters: The value of each scalar parameter, in the order in which they were drawn.
        equation: The model with its numbers, as the result line writes it.
        prediction: Shape (points,): the model's output for each x, in mode "point" the curve of y
            around the point; None where the model is no curve over x.
        curve: Shape (grid points,): the model's output over the grid of x that its curve is drawn
            at; None where the prediction itself is that curve.
        entries: Shape (n,): the numbers that `ModelBuilt.entries` names; None of none.
    """

    parameters: dict[str, float]
    equation: str
    prediction: Array | None = None
    curve: Array | None = None
    entries: Array | None = None

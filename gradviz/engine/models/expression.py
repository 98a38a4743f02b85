"""A model that a user has typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
import torch

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.data.domain_notes import domain_notes
from gradviz.engine.data.program import Wrap, compiled
from gradviz.engine.models.base import TrainableModel, drawn, numbers
from gradviz.engine.models.learning_rate import suited_learning_rate
from gradviz.expression import Expression, Tree, to_text


class ExpressionModel(TrainableModel):
    """The expression; its parameters are drawn in the order of their first appearance."""

    calls = False
    training = Training(optimizer="descent", learning_rate=1e-6)

    def __init__(
        self, expression: Expression, device: torch.device, point: Model | None = None
    ) -> None:
        """Draw the parameters; `point` has the values of y and z where these are inputs."""
        self._tree = expression.tree
        self._over: tuple[str, ...] = ("x",)
        self._result = ""
        self._at: dict[str, float] = {}
        names = expression.parameters
        if point is not None:
            names, self._result = expression.point_parameters, expression.result
            self._over = expression.inputs or self._over
            self._at = {name: point.input_at(name) for name in self._over if name != "x"}
        self.parameters = {name: drawn(device) for name in names}
        self._inputs = {
            name: torch.tensor(value, device=device, requires_grad=True)
            for name, value in self._at.items()
        }
        self._forward = compiled(expression.tree, self._letters)

    @property
    def tree(self) -> Tree:
        """Return the typed expression."""
        return self._tree

    @property
    def result(self) -> str:
        """Return the letter of its output where it has several inputs, f; else nothing."""
        return self._result

    @property
    def over(self) -> tuple[str, ...]:
        """Return the names of the numbers that it is a function of at a point, x among others."""
        return self._over

    @property
    def _letters(self) -> dict[str, torch.Tensor]:
        """Return the tensors of all letters but x."""
        return {**self._inputs, **self.parameters}

    def named_inputs(self) -> Mapping[str, torch.Tensor]:
        """Return y and z, those that are inputs."""
        return self._inputs

    def use_dtype(self, dtype: torch.dtype) -> None:
        """Go on in another precision, in which the inputs have their values anew."""
        super().use_dtype(dtype)
        for name, tensor in self._inputs.items():
            tensor.data = torch.full_like(tensor, self._at[name], dtype=dtype)

    def suit(self, x: torch.Tensor) -> None:
        """Choose a learning rate for the parameters and `x`, of shape (points,)."""
        rate = suited_learning_rate(self._tree, self._letters, x)
        self.training = msgspec.structs.replace(self.training, learning_rate=rate)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the expression at `x` (any shape); without x in it, of shape ()."""
        return self._forward(x)

    def spread(self, x: torch.Tensor, instead: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Return the expression with other tensors for some letters, in the shape of them all."""
        letters = {name: instead.get(name, each) for name, each in self._letters.items()}
        return compiled(self._tree, letters)(x)

    def curve(self, line: torch.Tensor) -> torch.Tensor:
        """Return the result where the first input is each of `line`; the others keep their values.

        It is of the shape of `line`, and has no graph.
        """
        forward = self._forward
        if self._over[0] != "x":
            forward = compiled(self._tree, {**self._letters, self._over[0]: line})
        with torch.no_grad():
            return forward(line).expand(line.shape)

    @contextmanager
    def wrapped(self, wrap: Wrap) -> Iterator[None]:
        """Run with `wrap` around each operation and its place in the typed text."""
        before = self._forward
        self._forward = compiled(self._tree, self._letters, wrap)
        try:
            yield
        finally:
            self._forward = before

    def notes(self, x: torch.Tensor) -> tuple[str, ...]:
        """Return notes on the parts that leave the domain of a function at `x`, any shape."""
        return domain_notes(self._tree, {**self._inputs, **self.parameters}, x)

    def equation(self) -> str:
        """Return the expression with numbers for its parameters."""
        names = {name: repr(value) for name, value in numbers(self.parameters).items()}
        return f"{self._result or 'y'} = {to_text(self._tree, names)}"

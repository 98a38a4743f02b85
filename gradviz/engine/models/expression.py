"""A model that a user has typed."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import torch

from gradviz.core.choices.settings import Training
from gradviz.engine.data.domain_notes import domain_notes
from gradviz.engine.data.program import Wrap, compiled
from gradviz.engine.models.base import TrainableModel, drawn, numbers
from gradviz.engine.models.learning_rate import suited_learning_rate
from gradviz.expression import Expression, Tree, to_text


class ExpressionModel(TrainableModel):
    """The expression; its parameters are drawn in the order of their first appearance."""

    training = Training(optimizer="descent", learning_rate=1e-6)

    def __init__(self, expression: Expression, device: torch.device) -> None:
        self._tree = expression.tree
        self.parameters = {name: drawn(device) for name in expression.parameters}
        self._forward = compiled(expression.tree, self.parameters)

    @property
    def tree(self) -> Tree:
        """Return the typed expression."""
        return self._tree

    def suit(self, x: torch.Tensor) -> None:
        """Choose a learning rate for the parameters and `x`, of shape (points,)."""
        rate = suited_learning_rate(self._tree, self.parameters, x)
        self.training = msgspec.structs.replace(self.training, learning_rate=rate)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the expression at `x` (any shape); without x in it, of shape ()."""
        return self._forward(x)

    @contextmanager
    def wrapped(self, wrap: Wrap) -> Iterator[None]:
        """Run with `wrap` around each operation and its place in the typed text."""
        before = self._forward
        self._forward = compiled(self._tree, self.parameters, wrap)
        try:
            yield
        finally:
            self._forward = before

    def notes(self, x: torch.Tensor) -> tuple[str, ...]:
        """Return notes on the parts that leave the domain of a function at `x`, any shape."""
        return domain_notes(self._tree, self.parameters, x)

    def equation(self) -> str:
        """Return the expression with numbers for its parameters."""
        names = {name: repr(value) for name, value in numbers(self.parameters).items()}
        return f"y = {to_text(self._tree, names)}"

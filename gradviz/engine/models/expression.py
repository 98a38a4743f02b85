"""A model that a user has typed."""

import torch

from gradviz.core.settings import Training
from gradviz.engine.learning_rate import suited_learning_rate
from gradviz.engine.models.base import TrainableModel, drawn, numbers
from gradviz.engine.program import compiled
from gradviz.expression import Expression, to_text


class ExpressionModel(TrainableModel):
    """The expression; its parameters are drawn in the order of their first appearance."""

    def __init__(self, expression: Expression, device: torch.device, points: int) -> None:
        self._tree = expression.tree
        self.parameters = {name: drawn(device) for name in expression.parameters}
        self._forward = compiled(expression.tree, self.parameters)
        rate = suited_learning_rate(expression.tree, self.parameters, points)
        self.training = Training(optimizer="descent", learning_rate=rate)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the expression at `x` (any shape); without x in it, of shape ()."""
        return self._forward(x)

    def equation(self) -> str:
        """Return the expression with numbers for its parameters."""
        names = {name: repr(value) for name, value in numbers(self.parameters).items()}
        return f"y = {to_text(self._tree, names)}"

"""A learning rate that gradient descent can bear, for a model that nobody has tuned."""

import math
from collections.abc import Mapping
from typing import Final

import torch

from gradviz.engine.data.program import compiled
from gradviz.expression import Tree

#: What the tutorial uses, where no better one can be found.
_DEFAULT: Final = 1e-6
_LARGEST: Final = 1e-2


def suited_learning_rate(
    tree: Tree, parameters: Mapping[str, torch.Tensor], x: torch.Tensor
) -> float:
    """Return the power of ten at or below 1 / curvature; 1e-6 for the tutorial's polynomial.

    Descent on the sum of squared errors is stable below 2 / L, where L is the largest eigenvalue
    of the Hessian. Near a fit the Hessian is 2 J^T J, with one row of J for each x
    and one column for each parameter, and its trace is a bound of L that one backward pass
    gives: each point gets parameters of its own. (Nocedal and Wright, Numerical Optimization,
    10.3, the Gauss-Newton approximation.)
    """
    if not parameters:
        return _DEFAULT
    own = {
        name: parameter.detach().expand(x.shape).clone().requires_grad_()
        for name, parameter in parameters.items()
    }
    compiled(tree, own)(x).sum().backward()  # type: ignore[no-untyped-call]
    squares = [column.grad.square().sum() for column in own.values() if column.grad is not None]
    bound = 2 * sum(square.item() for square in squares)
    if not math.isfinite(bound) or bound <= 0:
        return _DEFAULT
    return min(_LARGEST, float(f"1e{math.floor(-math.log10(bound))}"))

"""PyTorch's engine for backward passes, called without the checks in Python before it."""

from collections.abc import Callable
from typing import Any

import torch


def direct_backward() -> Callable[[torch.Tensor, torch.Tensor], object] | None:
    """Return the function that runs the pass of `loss.backward()`, given a loss and its gradient.

    It is None in a version of PyTorch without such an entry: `loss.backward()` is left there.
    """
    engine = getattr(torch.autograd.Variable, "_execution_engine", None)
    run: Callable[..., Any] | None = getattr(engine, "run_backward", None)
    if run is None:
        return None

    def backward(loss: torch.Tensor, start: torch.Tensor) -> object:
        keep_graph = create_graph = False
        return run(
            (loss,),
            (start,),
            keep_graph,
            create_graph,
            (),
            allow_unreachable=True,
            accumulate_grad=True,
        )

    return backward

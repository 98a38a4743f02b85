"""The backward pass of a training step."""

from collections.abc import Callable
from typing import Any

import torch

#: PyTorch's engine itself; a version without this name has `loss.backward()` alone.
_engine: Callable[..., Any] | None = getattr(
    getattr(torch.autograd.Variable, "_execution_engine", None), "run_backward", None
)


def run_backward(loss: torch.Tensor, start: torch.Tensor) -> None:
    """Do what `loss.backward()` does; `start` is a one of the loss's shape, dtype and device.

    What PyTorch checks in Python before each pass takes as long as the pass of a small model does,
    and finds nothing new from one step to the next.
    """
    if _engine is None:
        loss.backward()  # type: ignore[no-untyped-call]
    else:
        keep_graph = create_graph = False
        _engine(
            (loss,),
            (start,),
            keep_graph,
            create_graph,
            (),
            allow_unreachable=True,
            accumulate_grad=True,
        )

"""The backward pass of a training step."""

from collections.abc import Callable
from typing import Any

import torch

from gradviz.engine.recording.backward_failures import told_of

#: PyTorch's engine itself; a version without this name has `loss.backward()` alone.
_engine: Callable[..., Any] | None = getattr(
    getattr(torch.autograd.Variable, "_execution_engine", None), "run_backward", None
)


def start_of(loss: torch.Tensor) -> torch.Tensor | None:
    """Return the gradient that a backward pass from `loss` starts with; None of one by hand."""
    return torch.ones_like(loss) if isinstance(loss, torch.Tensor) else None


def run_backward(loss: torch.Tensor, start: torch.Tensor | None) -> None:
    """Run the pass of `loss.backward()`; `start` is the result of `start_of` for such a loss.

    PyTorch's checks in Python before each pass take as long as the pass of a small model does,
    and find nothing new from one step to the next.
    """
    try:
        if _engine is None or start is None:
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
    except BaseException as error:
        told = told_of(error)
        if told is None:
            raise
        raise told from error

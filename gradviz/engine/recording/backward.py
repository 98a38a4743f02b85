"""The backward pass of a training step."""

from collections.abc import Sequence
from typing import Final

import torch

from gradviz.engine.recording.backward_failures import told_of
from gradviz.engine.torch_internals.backward_engine import direct_backward

_direct: Final = direct_backward()
#: As PyTorch has it, whoever listens to the passes of the user.
_kept_backward: Final = torch.autograd.backward


def start_of(loss: torch.Tensor) -> torch.Tensor | None:
    """Return the gradient that a backward pass from `loss` starts with; None of one by hand."""
    return torch.ones_like(loss) if isinstance(loss, torch.Tensor) else None


def run_backward(loss: torch.Tensor, start: torch.Tensor | None) -> None:
    """Run the pass of `loss.backward()`; `start` is the result of `start_of` for such a loss.

    PyTorch's checks in Python before each pass take as long as the pass of a small model does,
    and find nothing new from one step to the next.
    """
    try:
        if _direct is None or start is None:
            loss.backward()  # type: ignore[no-untyped-call]
        else:
            _direct(loss, start)
    except BaseException as error:
        told = told_of(error)
        if told is None:
            raise
        raise told from error


def run_kept_backward(
    outputs: Sequence[torch.Tensor], starts: Sequence[torch.Tensor | None]
) -> None:
    """Run one pass from several outputs; the graph keeps its saved tensors."""
    try:
        _kept_backward(list(outputs), list(starts), retain_graph=True)
    except BaseException as error:
        told = told_of(error)
        if told is None:
            raise
        raise told from error

"""The calls of the user's own backward passes, passed on to whoever watches them."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import torch
from torch.autograd.graph import GradientEdge

Outputs = Sequence[torch.Tensor]


class BackwardListener(Protocol):
    """Runs a backward pass of the user's, in its own way."""

    def run(self, outputs: Outputs, backward: Callable[[], None]) -> None:
        """Call `backward` once, which starts at `outputs`."""


#: PyTorch's own, which every pass goes through: `Tensor.backward` looks it up at each call.
_OWN: Final[Callable[..., None]] = torch.autograd.backward
_listening: Final[list[BackwardListener]] = []
#: Whether a pass runs: what runs within it, as in a reentrant checkpoint, is a part of it.
_running = False


def listen(listener: BackwardListener) -> None:
    """Let `listener` run the passes from here on; the newest runs within those before it."""
    _listening.append(listener)
    setattr(torch.autograd, "backward", _backward)  # noqa: B010 - mypy knows that it is a function


def stop_listening(listener: BackwardListener) -> None:
    """Let `listener` run no more passes; without any, PyTorch is as it was."""
    _listening.remove(listener)
    if not _listening and torch.autograd.backward is _backward:
        setattr(torch.autograd, "backward", _OWN)  # noqa: B010 - as above


@functools.wraps(_OWN)
def _backward(tensors: Any, *args: Any, **kwargs: Any) -> None:
    global _running
    outputs = _outputs(tensors)
    if _running or not outputs:
        _OWN(tensors, *args, **kwargs)
        return
    call: Callable[[], None] = functools.partial(_OWN, tensors, *args, **kwargs)
    for listener in reversed(_listening):
        call = functools.partial(listener.run, outputs, call)
    _running = True
    try:
        call()
    finally:
        _running = False


def _outputs(tensors: Any) -> tuple[torch.Tensor, ...]:
    """Return the tensors that a pass starts at; none where it starts at edges of the graph."""
    if isinstance(tensors, torch.Tensor):
        return (tensors,)
    if isinstance(tensors, GradientEdge) or not isinstance(tensors, Sequence):
        return ()
    return tuple(each for each in tensors if isinstance(each, torch.Tensor))

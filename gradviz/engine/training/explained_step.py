"""A step of an optimizer as numbers to show: what each parameter was, what it got, what it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from gradviz.core.findings.optimizer_step import Buffer, OptimizerStep, ParameterStep
from gradviz.engine.optim.optimizers import Optimizer, SearchingOptimizer
from gradviz.engine.tensors.summary import summarize


def explained_step(
    name: str,
    optimizer: Optimizer,
    parameters: Mapping[str, torch.Tensor],
    before: Sequence[torch.Tensor],
    gradients: Sequence[torch.Tensor | None],
    *,
    learning_rate: float,
    loss: float,
) -> OptimizerStep:
    """Return what the step did that `optimizer` has just done to `parameters`.

    `before` and `gradients` are what the parameters and their gradients were when it began, in
    the same order and of the same shapes.
    """
    whole, each = _buffers(optimizer, len(before))
    return OptimizerStep(
        optimizer=name,
        learning_rate=learning_rate,
        loss=loss,
        parameters=tuple(
            ParameterStep(
                name=parameter,
                before=summarize(old),
                gradient=None if gradient is None else summarize(gradient),
                update=summarize(new.detach() - old),
                after=summarize(new),
                buffers=buffers,
            )
            for (parameter, new), old, gradient, buffers in zip(
                parameters.items(), before, gradients, each, strict=True
            )
        ),
        whole=whole,
    )


def _buffers(optimizer: Optimizer, count: int) -> tuple[dict[str, Buffer], list[dict[str, Buffer]]]:
    """Return the state for all parameters together, and that of each of the `count`."""
    state = optimizer.state()
    memory: Mapping[int, Mapping[str, Any]] = {} if state is None else state["state"]
    if isinstance(optimizer, SearchingOptimizer):
        # It keeps everything flat, and by accident with the first parameter.
        return _shown(memory.get(0, {})), [{} for _ in range(count)]
    return {}, [_shown(memory.get(place, {})) for place in range(count)]


def _shown(memory: Mapping[str, Any]) -> dict[str, Buffer]:
    return {name: _buffer(value) for name, value in memory.items() if value is not None}


def _buffer(value: Any) -> Buffer:
    if isinstance(value, torch.Tensor):
        return summarize(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        tensors = [each for each in value if isinstance(each, torch.Tensor)]
        shape = f" of shape {tuple(tensors[0].shape)}" if tensors else ""
        return f"{len(tensors)} tensors{shape}"
    return str(value)

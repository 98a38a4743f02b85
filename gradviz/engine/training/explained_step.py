"""A step of an optimizer as numbers to show: each parameter before, its update, and after."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from gradviz.core.findings.optimizer_step import Buffer, OptimizerStep, ParameterStep
from gradviz.core.language.saying import tr, tr_n
from gradviz.engine.optim.optimizers import Optimizer
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
    """Return the step that `optimizer` has just done to `parameters`.

    `before` and `gradients` are the values and gradients of the parameters before the step, in
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
    if optimizer.is_flat:
        # It is kept with the first parameter, by accident.
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
        if not tensors:
            return tr("0 tensors")
        return tr_n(
            "{count} tensors of shape {shape}",
            "{count} tensor of shape {shape}",
            len(tensors),
            shape=tuple(tensors[0].shape),
        )
    return str(value)

"""The hyperparameters of torch.optim's optimizers and schedulers, read from signatures."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import torch

from gradviz.core.choices.options import OptionEntry, OptionValue

#: How PyTorch computes the step, not which step it is.
_IMPLEMENTATION: Final = {"foreach", "fused", "capturable", "differentiable"}


class _Range(NamedTuple):
    minimum: float | None = None
    maximum: float | None = None
    above: bool = False
    below: bool = False


_NOT_NEGATIVE: Final = _Range(0)
_DECAY: Final = _Range(0, 1, below=True)
_FACTOR: Final = _Range(0, 1)
#: Signatures say no ranges: these are those of the constructors' own checks and of the algorithms.
_RANGES: Final[Mapping[str, _Range]] = {
    "momentum": _NOT_NEGATIVE,
    "weight_decay": _NOT_NEGATIVE,
    "betas_1": _DECAY,
    "betas_2": _DECAY,
    "eps": _NOT_NEGATIVE,
    "eps_1": _NOT_NEGATIVE,
    "eps_2": _NOT_NEGATIVE,
    "alpha": _NOT_NEGATIVE,
    "rho": _FACTOR,
    "lambd": _NOT_NEGATIVE,
    "t0": _NOT_NEGATIVE,
    "lr_decay": _NOT_NEGATIVE,
    "initial_accumulator_value": _NOT_NEGATIVE,
    "momentum_decay": _NOT_NEGATIVE,
    "etas_1": _Range(0, 1, above=True, below=True),
    "etas_2": _Range(1, above=True),
    "step_sizes_1": _Range(0, above=True),
    "step_sizes_2": _Range(0, above=True),
    "d": _Range(1),
    "beta2_decay": _Range(None, 0),
    "ns_steps": _Range(1, 99),
    "max_iter": _Range(1, 1000),
    "history_size": _Range(1, 1000),
    "tolerance_grad": _NOT_NEGATIVE,
    "tolerance_change": _NOT_NEGATIVE,
    "step_size": _Range(1),
    "step_size_up": _Range(1),
    "milestones_1": _Range(1),
    "milestones_2": _Range(1),
    "gamma": _NOT_NEGATIVE,
    "factor": _FACTOR,
    "total_iters": _Range(1),
    "start_factor": _Range(0, 1, above=True),
    "end_factor": _FACTOR,
    "power": _NOT_NEGATIVE,
    "T_max": _Range(1),
    "T_0": _Range(1),
    "T_mult": _Range(1),
    "eta_min": _NOT_NEGATIVE,
    "base_lr": _NOT_NEGATIVE,
    "total_steps": _Range(2),
    "pct_start": _FACTOR,
    "div_factor": _Range(0, above=True),
    "final_div_factor": _Range(0, above=True),
}


_WHOLE: Final = (int, "int", "int | None", "Iterable[int]")


def options_of(optimizer: type[torch.optim.Optimizer]) -> tuple[OptionEntry, ...]:
    """Return its hyperparameters without the learning rate, in the signature's order.

    Those with None for their default, a choice that PyTorch makes, are left out.
    """
    return tuple(
        entry
        for parameter in _hyperparameters(optimizer)
        for entry in entries_of(parameter.name, parameter.default, parameter.annotation)
    )


def learning_rate_of(optimizer: type[torch.optim.Optimizer]) -> float:
    """Return the learning rate that the signature starts from."""
    return float(inspect.signature(optimizer).parameters["lr"].default)


def needs_closure(optimizer: type[torch.optim.Optimizer]) -> bool:
    """Tell whether its step must be given a closure that computes the loss anew."""
    closure = inspect.signature(optimizer.step).parameters["closure"]
    return closure.default is closure.empty


def arguments(
    optimizer: type[torch.optim.Optimizer], options: Mapping[str, OptionValue]
) -> dict[str, Any]:
    """Return every hyperparameter as the constructor takes it, pairs put together."""
    found: dict[str, Any] = {}
    for parameter in _hyperparameters(optimizer):
        name, default = parameter.name, parameter.default
        if isinstance(default, tuple):
            found[name] = tuple(
                options.get(f"{name}_{i}", value) for i, value in enumerate(default, start=1)
            )
        elif default is not None:
            found[name] = options.get(name, default)
    return found


def _hyperparameters(optimizer: type[torch.optim.Optimizer]) -> Iterator[inspect.Parameter]:
    for name, parameter in inspect.signature(optimizer).parameters.items():
        if name not in {"params", "lr", *_IMPLEMENTATION}:
            yield parameter


def entries_of(name: str, default: Any, annotation: Any) -> Iterator[OptionEntry]:
    """Yield the options that one argument of a signature makes; none where it is no number."""
    if isinstance(default, tuple):
        for i, value in enumerate(default, start=1):
            yield from entries_of(f"{name}_{i}", value, annotation)
    elif isinstance(default, bool):
        # Muon's, which is true by default, works with every momentum.
        needs, excludes = (
            ("momentum", "dampening") if name == "nesterov" and not default else ("", "")
        )
        yield OptionEntry(name=name, kind="bool", default=default, needs=needs, excludes=excludes)
    elif isinstance(default, int) and annotation in _WHOLE:
        yield OptionEntry(name=name, kind="int", default=default, **_range(name))
    elif isinstance(default, int | float):
        yield OptionEntry(name=name, kind="float", default=float(default), **_range(name))


def _range(name: str) -> dict[str, Any]:
    return _RANGES.get(name, _Range())._asdict()

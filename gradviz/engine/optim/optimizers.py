"""The optimizers: one row for each, and their interface for training."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, Protocol

import torch

from gradviz.core.choices.catalogue import OptimizerEntry
from gradviz.core.choices.options import Options, checked_options
from gradviz.core.errors import SettingError, words_of
from gradviz.core.language.saying import listed, marked, tr
from gradviz.engine.optim.signatures import (
    arguments,
    learning_rate_of,
    needs_closure,
    options_of,
)

#: Computes the loss anew, with its gradients; returns it, shape ().
Evaluate = Callable[[], torch.Tensor]


def copied(value: Any) -> Any:
    """Return a copy of tensors in dicts, lists and tuples; some eight times faster than deepcopy.

    All else in an optimizer's state is a number, a text or None, which nothing changes.
    """
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    if isinstance(value, Counter):
        # MultiStepLR counts its milestones.
        return Counter(value)
    if isinstance(value, Mapping):
        return {name: copied(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([copied(each) for each in value])
    return value


class Optimizer(Protocol):
    """Changes the parameters by their gradients; `learning_rate` may change between steps."""

    learning_rate: float

    @property
    def is_flat(self) -> bool:
        """Tell whether it keeps one state for all parameters together, and none for each."""

    def step(self) -> None:
        """Update the parameters and clear their gradients."""

    def state(self) -> Any:
        """Return a copy of its memory between steps."""

    def buffers(self, place: int) -> Mapping[str, Any]:
        """Return its buffers for the parameter at `place`, by name, without a copy."""

    def restore(self, state: Any) -> None:
        """Return to the memory that `state` gave."""

    def change(self, options: Options) -> None:
        """Go on with other options and the same memory; raises SettingError."""


class Descent:
    """Gradient descent as the tutorial writes it out: p -= learning_rate * p.grad."""

    is_flat = False

    def __init__(self, parameters: Sequence[torch.Tensor], learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self._parameters = tuple(parameters)
        # Entered at every step: making it anew each time would cost half a percent of training.
        self._no_grad = torch.no_grad()

    def step(self) -> None:
        """Update the parameters and clear their gradients."""
        learning_rate = self.learning_rate
        with self._no_grad:
            for parameter in self._parameters:
                gradient = parameter.grad
                if gradient is not None:
                    # In place: the gradient is used up, and a tensor for each product would cost
                    # three percent of training.
                    parameter.sub_(gradient.mul_(learning_rate))
                    parameter.grad = None

    def state(self) -> None:
        """Return nothing: it has no memory."""

    def buffers(self, place: int) -> Mapping[str, Any]:
        """Return nothing."""
        return {}

    def restore(self, state: None) -> None:
        """Restore nothing."""

    def change(self, options: Options) -> None:
        """Change nothing: it has no options."""


class TorchOptimizer:
    """An optimizer of torch.optim."""

    is_flat = False

    def __init__(
        self,
        kind: type[torch.optim.Optimizer],
        parameters: Sequence[torch.Tensor],
        learning_rate: float,
        options: Options,
    ) -> None:
        """Make it without memory; raises SettingError where it refuses its options."""
        self._kind = kind
        self._parameters = list(parameters)
        self._optimizer = self._made(learning_rate, options)
        # What PyTorch wraps around it marks the step for a profiler, which costs a small model a
        # fifth of it; nobody but the trainer hooks into this optimizer, and it does not.
        step = type(self._optimizer).step
        self._step = partial(getattr(step, "__wrapped__", step), self._optimizer)

    @property
    def learning_rate(self) -> float:
        """Return the learning rate of all parameters."""
        return float(self._optimizer.param_groups[0]["lr"])

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = value

    def step(self) -> None:
        """Update the parameters and clear their gradients.

        Raises:
            SettingError: it does not take gradients of their layout.
        """
        try:
            self._step()
        except RuntimeError as error:
            refusal = self._refused_layout()
            if refusal is None:
                raise
            raise refusal from error
        # As zero_grad does, which would mark this for the profiler too.
        for parameter in self._parameters:
            parameter.grad = None

    def state(self) -> Any:
        """Return a copy of its buffers and settings."""
        return copied(self._optimizer.state_dict())

    def buffers(self, place: int) -> Mapping[str, Any]:
        """Return its buffers for the parameter at `place`, by name, without a copy."""
        found: Mapping[str, Any] = self._optimizer.state.get(self._parameters[place], {})
        return found

    def restore(self, state: Any) -> None:
        """Return to the memory that `state` gave."""
        # It would keep the very tensors of `state` and go on to change them.
        own = copied(state)
        self._optimizer.load_state_dict(own)
        # It gives numbers that are no buffers, such as ASGD's eta, the dtype of the parameters;
        # the steps would then not be the same again.
        for place, memory in own["state"].items():
            self._optimizer.state[self._parameters[place]] = memory

    def change(self, options: Options) -> None:
        """Go on with other options and the same memory; raises SettingError."""
        # A new one refuses options that exclude each other, such as nesterov without momentum.
        (fresh,) = self._made(self.learning_rate, options).param_groups
        changed = {name: value for name, value in fresh.items() if name != "params"}
        for group in self._optimizer.param_groups:
            group.update(changed)
        for parameter, memory in self._optimizer.state.items():
            _make_room(parameter, memory, changed)

    def _refused_layout(self) -> SettingError | None:
        """Return the error of a gradient that it does not take, sparse or dense; else None."""
        name = self._kind.__name__
        layouts = {p.grad.is_sparse for p in self._parameters if p.grad is not None}
        if any(
            each is not None and each.layout not in (torch.strided, torch.sparse_coo)
            for p in self._parameters
            for each in (p, p.grad)
        ):
            return SettingError(
                tr(
                    "{optimizer} does not take compressed sparse parameters, and this model has "
                    "some.",
                    optimizer=name,
                ),
                tr("Let the parameter be dense, or sparse in the layout COO."),
            )
        if name in _SPARSE_ALONE and False in layouts:
            return SettingError(
                tr(
                    "{optimizer} is for sparse gradients alone, and this model has dense ones.",
                    optimizer=name,
                ),
                tr("Choose Adam."),
            )
        if name not in _FOR_BOTH | _SPARSE_ALONE and True in layouts:
            takers = sorted(_FOR_BOTH | _SPARSE_ALONE)
            return SettingError(
                tr(
                    "{optimizer} does not take sparse gradients, and this model has some.",
                    optimizer=name,
                ),
                tr("Choose {several} or {last}.", several=listed(takers[:-1]), last=takers[-1]),
            )
        return None

    def _check_matrices(self) -> None:
        """Raise SettingError for a parameter that is no matrix where it updates matrices alone."""
        if self._kind.__name__ not in _MATRICES_ALONE:
            return
        shape = next((tuple(p.shape) for p in self._parameters if p.dim() != 2), None)
        if shape is not None:
            raise SettingError(
                tr(
                    "{optimizer} is for matrices alone, and a parameter of this model has the "
                    "shape {shape}.",
                    optimizer=self._kind.__name__,
                    shape=shape,
                ),
                tr("Choose another optimizer, such as AdamW."),
            )

    def _made(self, learning_rate: float, options: Options) -> torch.optim.Optimizer:
        self._check_matrices()
        try:
            made: torch.optim.Optimizer = self._kind(
                self._parameters,
                lr=learning_rate,  # type: ignore[call-arg]
                **arguments(self._kind, options),
            )
        except ValueError as error:
            raise SettingError(
                tr("{name}: {error}.", name=self._kind.__name__, error=words_of(error)),
                tr("Change one of its options."),
            ) from error
        return made


class SearchingOptimizer(TorchOptimizer):
    """An optimizer of torch.optim that computes the loss several times in each step."""

    is_flat = True

    def __init__(
        self,
        kind: type[torch.optim.Optimizer],
        parameters: Sequence[torch.Tensor],
        learning_rate: float,
        options: Options,
        evaluate: Evaluate,
    ) -> None:
        super().__init__(kind, parameters, learning_rate, options)
        self._evaluate = evaluate

    def step(self) -> None:
        """Update the parameters and clear their gradients."""
        self._optimizer.step(self._closure)  # type: ignore[arg-type]
        self._optimizer.zero_grad()

    def _closure(self) -> torch.Tensor:
        self._optimizer.zero_grad()
        return self._evaluate()


#: A buffer that PyTorch makes only at an optimizer's first step, by the option that needs it.
_BUFFERS: Final = {
    "amsgrad": ("exp_avg_sq", "max_exp_avg_sq"),
    "centered": ("square_avg", "grad_avg"),
    "momentum": ("square_avg", "momentum_buffer"),
}


def _make_room(parameter: torch.Tensor, memory: Any, options: dict[str, Any]) -> None:
    """Add the buffers to the memory that changed options need, zeros as at the first step."""
    for option, (sibling, buffer) in _BUFFERS.items():
        if options.get(option) and sibling in memory and buffer not in memory:
            memory[buffer] = torch.zeros_like(parameter)
    kept = options.get("history_size")
    if kept is not None and memory:
        for name in ("old_dirs", "old_stps", "ro"):
            if name in memory:
                del memory[name][:-kept]
        # Its scratch has the length of the history, and is made anew where there is none.
        memory.pop("al", None)


class OptimizerRow(NamedTuple):
    """One optimizer: how the catalogue shows it, and its class; None for the update written out."""

    entry: OptimizerEntry
    kind: type[torch.optim.Optimizer] | None = None


#: The best known come first.
_FIRST: Final = ("SGD", "Adam", "AdamW", "RMSprop")
#: They come last: each works on sparse gradients, or on matrices, alone.
_SPARSE_ALONE: Final = {"SparseAdam"}
_MATRICES_ALONE: Final = {"Muon"}
#: They take sparse gradients as well as dense ones.
_FOR_BOTH: Final = {"SGD", "Adagrad", "LBFGS"}
#: Their step is proportional to the gradient, so that no one learning rate suits all models.
_PROPORTIONAL: Final = {"SGD", "ASGD"}


def _kinds() -> list[type[torch.optim.Optimizer]]:
    found = {
        name: kind
        for name, kind in vars(torch.optim).items()
        if isinstance(kind, type)
        and issubclass(kind, torch.optim.Optimizer)
        and name != "Optimizer"
    }
    last = sorted(found.keys() & (_SPARSE_ALONE | _MATRICES_ALONE))
    rest = sorted(found.keys() - {*_FIRST, *last}, key=str.lower)
    return [found[name] for name in (*_FIRST, *rest, *last)]


def _row(kind: type[torch.optim.Optimizer]) -> OptimizerRow:
    title = kind.__name__
    entry = OptimizerEntry(
        name=title.lower(),
        title=title,
        learning_rate=None if title in _PROPORTIONAL else learning_rate_of(kind),
        options=options_of(kind),
        constructor=f"torch.optim.{title}",
        closure=needs_closure(kind),
    )
    return OptimizerRow(entry, kind)


OPTIMIZERS: Final[tuple[OptimizerRow, ...]] = (
    OptimizerRow(OptimizerEntry(name="descent", title=marked("SGD, written out"))),
    *(_row(kind) for kind in _kinds()),
)


def optimizer_entries() -> tuple[OptimizerEntry, ...]:
    """Return the optimizers as the catalogue shows them."""
    return tuple(row.entry for row in OPTIMIZERS)


def optimizer_row(name: str) -> OptimizerRow:
    """Return the row of that name; raises SettingError when there is none."""
    for row in OPTIMIZERS:
        if row.entry.name == name:
            return row
    raise SettingError(
        tr("There is no optimizer {name!r}.", name=name),
        tr("Choose one of: {names}.", names=listed(row.entry.name for row in OPTIMIZERS)),
    )


def made(
    name: str,
    parameters: Sequence[torch.Tensor],
    learning_rate: float,
    options: Options | None = None,
    evaluate: Evaluate | None = None,
) -> Optimizer:
    """Return the optimizer of that name, without memory.

    `evaluate` is for those that compute the loss several times in each step.

    Raises:
        SettingError: there is none of that name, or an option does not fit.
    """
    entry, kind = optimizer_row(name)
    checked = checked_options(entry.options, options or {})
    if kind is None:
        return Descent(parameters, learning_rate)
    if entry.closure:
        if evaluate is None:
            raise SettingError(
                tr("{optimizer} needs a loss that it can compute anew.", optimizer=tr(entry.title))
            )
        return SearchingOptimizer(kind, parameters, learning_rate, checked, evaluate)
    return TorchOptimizer(kind, parameters, learning_rate, checked)

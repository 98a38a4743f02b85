"""A module of the user's process, run on given inputs: once for the picture, and once more."""

import inspect
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from gradviz.core.errors import ModelError, RecordingError
from gradviz.core.landscapes.entries import ModelNumber, entry_in
from gradviz.core.language.saying import tr, tr_n
from gradviz.engine.captured.tensor_names import tensors_named
from gradviz.engine.own.nested_tensors import tensors_in
from gradviz.engine.own.unregistered import unregistered
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.listeners import compiled_modules_pause
from gradviz.engine.runs.generators import generators_kept, generators_now, set_generators
from gradviz.engine.user_code import raised_text, user_frame

if TYPE_CHECKING:
    from gradviz.engine.data.program import Wrap
    from gradviz.engine.models.base import HandWritten
    from gradviz.engine.optim.losses import Loss
    from gradviz.expression import Tree


class ModulePass:
    """The forward pass of a module, which can be run again: it is a replay.

    Parameters, buffers and random numbers are as they were after each pass.
    """

    source = ""
    tree: "Tree | None" = None
    by_hand: "HandWritten | None" = None
    target: torch.Tensor | None = None

    def __init__(self, module: nn.Module, inputs: Any) -> None:
        """Take the module and its inputs: a tensor, a sequence of arguments, or a dict of them."""
        self.module = module
        self._arguments, self._keywords = _arguments(inputs)
        self.inputs: Mapping[str, torch.Tensor] = {
            name: tensor for name, tensor in self._named_inputs().items() if tensor.requires_grad
        }
        self.parameters: Mapping[str, torch.Tensor] = dict(module.named_parameters())
        self.unregistered_leaves: Mapping[str, torch.Tensor] = unregistered(module)
        self._generators = generators_now()

    def _named_inputs(self) -> dict[str, torch.Tensor]:
        """Return the tensors among the inputs, by the names that forward has for its arguments."""
        try:
            signature = inspect.signature(self.module.forward)
            bound = signature.bind(*self._arguments, **self._keywords).arguments
        except (TypeError, ValueError):
            # The call itself will tell what does not fit.
            return {}
        return tensors_named(bound)

    @property
    def leaves(self) -> Mapping[str, torch.Tensor]:
        """Return the tensors that gradients are taken of, by name, the inputs first."""
        return {**self.inputs, **self.parameters, **self.unregistered_leaves}

    @property
    def expected_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return every tensor whose gradient a user may miss, by name, the inputs last."""
        return {**self.parameters, **self.inputs}

    @property
    def x(self) -> torch.Tensor:
        """Return the first tensor among the inputs."""
        found = tensors_in((self._arguments, self._keywords))
        return next(iter(found.values()), torch.empty(0))

    @property
    def loss(self) -> "Loss":
        """Raise RecordingError: the output is differentiated as it is."""
        raise RecordingError(tr("A captured module has no loss."), tr("Capture the loss itself."))

    def heard(self) -> tuple[Any, ForwardRecorder]:
        """Run the forward pass once; return all that it returned, and what was heard of it."""
        recorder = ForwardRecorder()
        recorder.scopes.roots = (self.module,)
        recorder.name_all(self.leaves)
        with self.undisturbed(0), recorder:
            result = self._result()
            recorder.scopes.close()
        return result, recorder

    def output(self) -> torch.Tensor:
        """Run the forward pass of this moment, and return the one output that has a graph."""
        outputs = [each for each in tensors_in(self._result()).values() if each.requires_grad]
        if len(outputs) != 1:
            raise RecordingError(
                tr_n(
                    "The module has {count} outputs with a graph, and one can be run again.",
                    "The module has {count} output with a graph, and one can be run again.",
                    len(outputs),
                ),
                tr("Capture a module that returns one of them."),
            )
        return outputs[0]

    def entry(self, name: str) -> ModelNumber | None:
        """Return the number of a parameter with this name; None without one."""
        found = (entry_in(name, leaf, each.shape) for leaf, each in self.parameters.items())
        return next(filter(None, found), None)

    def entry_values(self) -> torch.Tensor:
        """Return no numbers: none are told of a module that another program trains."""
        return torch.empty(0)

    def spread(self, instead: Mapping[str, torch.Tensor]) -> None:
        """Return nothing: a module may do anything with a tensor of another shape."""

    @contextmanager
    def repeated(self, at_step: int) -> Iterator[torch.Tensor]:
        """Run the forward pass as it was recorded; within the context is its output."""
        with self.undisturbed(at_step):
            recorder = ForwardRecorder()
            with recorder:
                output = self.output()
            yield output

    @contextmanager
    def undisturbed(self, at_step: int) -> Iterator[None]:
        """Let the module run within the context with the random numbers of the first time."""
        with generators_kept(), _copied_buffers(self.module):
            yield

    def wrapped(self, wrap: "Wrap") -> AbstractContextManager[None]:
        """Put nothing around anything: no operation has a place in a typed expression."""
        return nullcontext()

    def _result(self) -> Any:
        set_generators(self._generators)
        try:
            with torch.enable_grad(), compiled_modules_pause(self.module):
                return self.module(*self._arguments, **self._keywords)
        except Exception as error:
            raise ModelError(
                raised_text(type(self.module).__name__, error, user_frame(error)),
                tr(
                    "Give inputs that it can be called with: a tensor, a tuple of arguments, or a "
                    "dict of arguments by their names."
                ),
            ) from error


@contextmanager
def _copied_buffers(module: nn.Module) -> Iterator[None]:
    """Let the module have copies of its buffers within the context.

    To put values back into the buffers themselves would change tensors that the graph has saved.
    """
    own = [
        (part, name, buffer)
        for part in module.modules()
        for name, buffer in part.named_buffers(recurse=False)
        if not nn.parameter.is_lazy(buffer)
    ]
    copies = {id(buffer): buffer.detach().clone() for *_, buffer in own}
    for part, name, buffer in own:
        setattr(part, name, copies[id(buffer)])
    try:
        yield
    finally:
        for part, name, buffer in own:
            setattr(part, name, buffer)


def _arguments(inputs: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if isinstance(inputs, Mapping):
        return (), {str(name): value for name, value in inputs.items()}
    if isinstance(inputs, tuple | list):
        return tuple(inputs), {}
    return (inputs,), {}

"""The user's own module from a file: its parameters, and one scalar of its output."""

import inspect
import random
from collections.abc import Mapping
from typing import Any, Final

import torch
from torch import nn

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.errors import ExpressionError, OwnModelError, SettingError
from gradviz.engine.models.base import TrainableModel
from gradviz.engine.optim.losses import LOSSES, Loss
from gradviz.engine.own.code import OwnCode, named, signature_text
from gradviz.engine.own.gradients import no_gradient
from gradviz.engine.own.inputs import described, example_inputs, takes
from gradviz.engine.own.outputs import Place, chosen_place, place_code, place_text, tensor_at
from gradviz.engine.own.weights import load_weights
from gradviz.own import OwnSource, parse_arguments, read_model_file

_SEEDS: Final = 2**63


class OwnModel(TrainableModel):
    """A module of the user's, run on example inputs; training makes one scalar of it small.

    The scalar is `loss(output)` where the file has that function and no output is chosen, else
    the sum of one tensor of the output. What forward draws at random is drawn anew from seed and
    step, and what it changes by itself (its buffers) is as it was when the same step is run
    again: looking at a step changes nothing.

    Attributes:
        modes: Training where it has parameters, else the gradients of its inputs.
        output: What is differentiated, in words.
    """

    training = Training(optimizer="adam", learning_rate=1e-3)
    plotted = False

    def __init__(self, settings: Model, source: OwnSource, device: torch.device) -> None:
        """Run the file and build the module; the caller has seeded torch's generator.

        Raises:
            TrustError: the file is not trusted; nothing of it was run.
            OwnModelError: the file, the module, or what was given with it cannot be used.
        """
        self._code = OwnCode(read_model_file(source.path), settings.trusted)
        self._seed = settings.seed
        self._device = device
        # What the file itself draws is not to change what the model draws.
        self._draw_anew()
        self._name, self.module = _module(self._code, source.name, settings.arguments)
        with self._code.running(f"{self._name} on {device}"):
            self.module.to(device)
        self._attributes = _attributes(self.module)
        self._weights_key = ""
        if settings.weights.strip():
            self._weights_key = load_weights(self.module, settings.weights.strip())
        self._inputs = example_inputs(self._code, self.module, settings.inputs, device)
        self._loss = None if settings.output.strip() else self._code.names.get("loss")
        self._place: Place = ()
        lazy = any(nn.parameter.is_lazy(each) for each in self.module.parameters())
        if lazy:
            self._output()
        self._first_buffers = self._buffers_now()
        self._buffers, self._buffers_step = self._first_buffers, 0
        output = self._choose(settings.output)
        self.parameters = {
            name: each for name, each in self.module.named_parameters() if each.requires_grad
        }
        self.modes: tuple[Mode, ...] = ("fit",) if self.parameters else ("point",)
        self._equation = self._described()
        called = self.module is not self._code.names.get(self._name)
        # A script would have to run a lazy module once before its weights are known.
        self._parts = None if lazy else self._found(output, called=called)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scalar that is differentiated, of shape (), with its graph."""
        self._restore()
        return self._scalar(self._output())

    def data(self, settings: Model, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
        """Return no x and no target, both of shape (0,): the inputs are the model's own."""
        nothing = torch.empty(0, device=device)
        return nothing, nothing

    def with_backward(self, loss: Loss) -> Loss:
        """Return what hands the scalar on; raises SettingError for any other loss."""
        if loss is not LOSSES[self.loss]:
            raise SettingError(
                f"{self._name} is trained by what it returns.",
                "Define loss(output) in the file, or keep the model's own loss.",
            )
        return _handed_on

    def named_inputs(self) -> Mapping[str, torch.Tensor]:
        """Return the inputs by the names that forward has for them."""
        return self._inputs.tensors(self.module)

    def asked_leaves(self) -> Mapping[str, torch.Tensor]:
        """Return every parameter, every input, and what was computed as if it were a parameter."""
        attributes = _attributes(self.module)
        # What forward sets anew at each call is no parameter in anybody's eyes.
        kept = {
            name: value for name, value in self._attributes.items() if attributes.get(name) is value
        }
        return {**self.named_inputs(), **dict(self.module.named_parameters()), **kept}

    def equation(self) -> str:
        """Return the model, its size and what is made small."""
        return self._equation

    def own_parts(self) -> OwnParts | None:
        """Return what a script needs to do the same; None where none can."""
        return self._parts

    def _found(self, output: Any, *, called: bool) -> OwnParts:
        values, names = self._inputs.positional, self._inputs.keywords
        how = "names" if names else "none"
        if values:
            how = "one" if self._inputs.single else "values"
        if self._loss is None:
            scalar = place_code(output, self._place)
            whole = tensor_at(output, self._place)
        else:
            scalar, whole = "loss(output)", self._tensor(output)
        return OwnParts(
            name=self._name,
            called=called,
            inputs=how,
            scalar=f"{scalar}.sum()" if whole.dim() else scalar,
            weights_key=self._weights_key,
            equation=self._equation,
        )

    def _described(self) -> str:
        count = sum(each.numel() for each in self.parameters.values())
        if not self.parameters:
            return f"{self._name}: no parameters, output {self.output}"
        return (
            f"{self._name}: {count:,} numbers in {len(self.parameters)} parameters, "
            f"loss {self.output}"
        )

    def _choose(self, wanted: str) -> Any:
        """Run the model once, settle what of its output is differentiated, and return that."""
        output = self._output()
        if self._loss is None:
            self._place = chosen_place(output, wanted)
            name = place_text(self._place)
            whole = tensor_at(output, self._place)
            self.output = f"{name}.sum()" if whole.dim() else name
        else:
            self.output = "loss(output)"
        if not self._scalar(output).requires_grad:

            def again() -> torch.Tensor:
                self._restore()
                return self._tensor(self._output())

            raise no_gradient(self.module, again, self.output)
        return output

    def _output(self) -> Any:
        """Run the module on its inputs."""
        self._draw_anew()
        try:
            with self._code.running("forward"):
                return self.module(*self._inputs.positional, **self._inputs.keywords)
        except OwnModelError as error:
            raise self._explained(error) from error.__cause__

    def _explained(self, error: OwnModelError) -> OwnModelError:
        """Return the error with what the inputs were, which are at fault most often."""
        given = described((*self._inputs.positional, *self._inputs.keywords.values()))
        cause = error.__cause__
        called_wrongly = isinstance(cause, TypeError) and not self._code.reaches(cause)
        hint = f"The inputs are {given}." if given else "It was given no inputs."
        return OwnModelError(
            error.message,
            f"{takes(self.module)} {hint}" if called_wrongly else hint,
            field="inputs" if called_wrongly else "",
            details=error.details,
        )

    def _tensor(self, output: Any) -> torch.Tensor:
        if self._loss is None:
            return tensor_at(output, self._place)
        with self._code.running("loss(output)"):
            found = self._loss(output)
        if isinstance(found, torch.Tensor) and found.is_floating_point():
            return found
        raise OwnModelError(
            f"loss(output) returned {type(found).__name__}.", "Return a floating-point tensor."
        )

    def _scalar(self, output: Any) -> torch.Tensor:
        tensor = self._tensor(output)
        return tensor.sum() if tensor.dim() else tensor

    def memory(self) -> Any:
        """Return a copy of the buffers, with what they were before the step in hand."""
        if not self._first_buffers:
            return None
        return self._buffers_now(), self._buffers, self._buffers_step

    def recall(self, memory: Any) -> None:
        """Return to what `memory` gave."""
        if memory is None:
            return
        now, self._buffers, self._buffers_step = memory
        with torch.no_grad():
            for name, buffer in self.module.named_buffers():
                buffer.copy_(now[name])

    def _draw_anew(self) -> None:
        seed = (self._seed + self.at_step) % _SEEDS
        random.seed(seed)
        # torch.manual_seed would write down where it was called, each time, for a GPU not yet up.
        torch.default_generator.manual_seed(seed)
        if self._device.type == "cuda":
            torch.cuda.manual_seed(seed)

    def _restore(self) -> None:
        """Put the buffers to where they were before this step was last run."""
        if not self._first_buffers:
            return
        if self.at_step in (0, self._buffers_step):
            kept = self._buffers if self.at_step else self._first_buffers
            with torch.no_grad():
                for name, buffer in self.module.named_buffers():
                    if name in kept:
                        buffer.copy_(kept[name])
        self._buffers, self._buffers_step = self._buffers_now(), self.at_step

    def _buffers_now(self) -> dict[str, torch.Tensor]:
        return {
            name: buffer.detach().clone()
            for name, buffer in self.module.named_buffers()
            if not nn.parameter.is_lazy(buffer)
        }


def _attributes(module: nn.Module) -> dict[str, torch.Tensor]:
    """Return the tensors with a gradient that are no parameters, by their dotted names."""
    return {
        f"{path}.{name}" if path else name: value
        for path, part in module.named_modules()
        for name, value in vars(part).items()
        if isinstance(value, torch.Tensor) and value.requires_grad
    }


def _handed_on(y_pred: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
    return y_pred


def _module(code: OwnCode, wanted: str, arguments: str) -> tuple[str, nn.Module]:
    """Return the module that the name and the arguments make."""
    name, called = named(code, wanted)
    try:
        given = parse_arguments(arguments)
    except ExpressionError as error:
        raise OwnModelError(
            error.message, error.hint, field="arguments", details=error.caret()
        ) from error
    if isinstance(called, nn.Module):
        if arguments.strip():
            raise OwnModelError(
                f"{name} is a module already.", "Leave the arguments empty.", field="arguments"
            )
        return name, called
    try:
        with code.running(f"{name}()"):
            made = called(*given.positional, **given.keywords)
    except OwnModelError as error:
        cause = error.__cause__
        if isinstance(cause, TypeError) and not code.reaches(cause):
            raise OwnModelError(
                f"{name} cannot be made so: {cause}.",
                f"It takes {signature_text(called)}.",
                field="arguments",
            ) from cause
        raise
    if isinstance(made, nn.Module):
        return name, made
    what = "is no nn.Module" if inspect.isclass(called) else f"returned {type(made).__name__}"
    raise OwnModelError(
        f"{name} {what}.",
        "Name a class of nn.Module, or a function that returns one.",
        field="name",
    )

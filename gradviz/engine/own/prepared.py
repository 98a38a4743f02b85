"""From a file to a model that can be run: its code, module, inputs and output, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import torch
from torch import nn

from gradviz.core.choices.settings import Model, OwnParts
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.engine.own.buffers import Buffers
from gradviz.engine.own.chance import Chance
from gradviz.engine.own.code import run_file
from gradviz.engine.own.criterion import chosen_criterion
from gradviz.engine.own.forward import Forward
from gradviz.engine.own.gradients import no_gradient
from gradviz.engine.own.inputs import Inputs, example_inputs
from gradviz.engine.own.modules import BuiltModule, built_module
from gradviz.engine.own.scalar import Scalar, chosen_scalar
from gradviz.own.source import OwnSource, read_model_file

_NO_PARAMETERS: Final = marked("{name}: no parameters, output {scalar}")
_SHAPES_ALONE: Final = marked(
    "{name}: {numbers} in {parameters} on the meta device, which has shapes and no values; output "
    "{scalar}"
)
_WITH_PARAMETERS: Final = marked("{name}: {numbers} in {parameters}, loss {scalar}")


class _Summary(NamedTuple):
    """What is said of a model in place of an equation.

    Attributes:
        text: The text that fits it, marked for translation.
        name: The name of the model.
        numbers: How many numbers are trained.
        parameters: How many parameters they are in.
        scalar: The scalar that is differentiated.
    """

    text: str
    name: str
    numbers: int
    parameters: int
    scalar: str

    def told(self) -> str:
        """Return it in the language that is spoken."""
        return tr(
            self.text,
            name=self.name,
            numbers=tr_n(
                "{shown} numbers", "{shown} number", self.numbers, shown=counted(self.numbers)
            ),
            parameters=tr_n("{count} parameters", "{count} parameter", self.parameters),
            scalar=self.scalar,
        )

    def in_script(self) -> str:
        """Return it in English, as all of a script is."""
        return self.text.format(
            name=self.name,
            numbers=f"{counted(self.numbers)} number{'' if self.numbers == 1 else 's'}",
            parameters=f"{self.parameters} parameter{'' if self.parameters == 1 else 's'}",
            scalar=self.scalar,
        )


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A module that was run once on its inputs, and whose output has a gradient.

    Attributes:
        built: The module, with its name and weights.
        forward: Runs it on its inputs.
        scalar: Makes a scalar of each output.
        buffers: The buffers as they were before it was run.
        parameters: The parameters that are trained, by name.
        summary: The model, its size and its scalar.
        parts: The parts of a script that does the same; None where there is none.
    """

    built: BuiltModule
    forward: Forward
    scalar: Scalar
    buffers: Buffers
    parameters: Mapping[str, torch.Tensor]
    summary: _Summary
    parts: OwnParts | None

    @property
    def equation(self) -> str:
        """Return the model, its size and its scalar in words, in the language that is spoken."""
        return self.summary.told()


def prepare(settings: Model, source: OwnSource, device: torch.device) -> PreparedModel:
    """Run the file, build the module, make its inputs, run it and choose its output.

    Raises:
        TrustError: the file is not trusted, and nothing of it was run; or it imports one that is
            not.
        OwnModelError: the file, the module, or a choice of the settings cannot be used.
    """
    file = read_model_file(source.path)
    code = run_file(file, settings.trusted, settings.trusted_beside)
    # Random numbers that the file draws are not to change those of the model.
    chance = Chance(settings.seed, device)
    chance.draw_anew(0)
    built = built_module(code, source.name, settings, device)
    inputs = example_inputs(code, built.module, settings.inputs, _device_of(built.module, device))
    # Drawn behind the inputs, so that a target leaves them as they are.
    criterion = chosen_criterion(settings, device)
    forward = Forward(code.runner, built.module, inputs, chance)
    if built.lazy:
        forward.output(0)
    buffers = Buffers(built.module)
    output = forward.output(0)
    buffers.follow_attributes()
    scalar = chosen_scalar(code, output, settings.output, criterion)
    if not scalar.of(output).requires_grad:

        def again() -> torch.Tensor:
            buffers.restore(0)
            return scalar.tensor(forward.output(0))

        raise no_gradient(built.module, again, scalar.text)
    parameters = {
        name: each for name, each in built.module.named_parameters() if each.requires_grad
    }
    summary = _summary(built.name, parameters, scalar)
    # A script would have to open the archive, whose code nobody would be asked about.
    parts = None if file.is_archive else _parts(built, inputs, scalar, summary)
    return PreparedModel(built, forward, scalar, buffers, parameters, summary, parts)


def _device_of(module: nn.Module, device: torch.device) -> torch.device:
    """Return where inputs belong: on the meta device where all parameters are there."""
    parameters = list(module.parameters())
    shapes_alone = bool(parameters) and all(each.is_meta for each in parameters)
    return torch.device("meta") if shapes_alone else device


def _summary(name: str, parameters: Mapping[str, torch.Tensor], scalar: Scalar) -> _Summary:
    if not parameters:
        text = _NO_PARAMETERS
    elif all(each.is_meta for each in parameters.values()):
        text = _SHAPES_ALONE
    else:
        text = _WITH_PARAMETERS
    count = sum(each.numel() for each in parameters.values())
    return _Summary(text, name, count, len(parameters), scalar.text)


def _parts(
    built: BuiltModule, inputs: Inputs, scalar: Scalar, summary: _Summary
) -> OwnParts | None:
    if built.lazy:
        # A script would have to run a lazy module once before its weights are known.
        return None
    return OwnParts(
        name=built.name,
        called=built.called,
        inputs=inputs.passing,
        scalar=scalar.code,
        weights_key=built.weights_key,
        equation=summary.in_script(),
        criterion=scalar.criterion.call.code if scalar.criterion is not None else "",
    )

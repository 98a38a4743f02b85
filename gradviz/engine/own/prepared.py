"""From a file to a model that can be run: its code, module, inputs and output, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import nn

from gradviz.core.choices.settings import Model, OwnParts
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


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A module that was run once on its inputs, and whose output has a gradient.

    Attributes:
        built: The module, with its name and weights.
        forward: Runs it on its inputs.
        scalar: Makes a scalar of each output.
        buffers: The buffers as they were before it was run.
        parameters: The parameters that are trained, by name.
        equation: The model, its size and its scalar, in words.
        parts: The parts of a script that does the same; None where there is none.
    """

    built: BuiltModule
    forward: Forward
    scalar: Scalar
    buffers: Buffers
    parameters: Mapping[str, torch.Tensor]
    equation: str
    parts: OwnParts | None


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
    equation = _equation(built.name, parameters, scalar)
    # A script would have to open the archive, whose code nobody would be asked about.
    parts = None if file.is_archive else _parts(built, inputs, scalar, equation)
    return PreparedModel(built, forward, scalar, buffers, parameters, equation, parts)


def _device_of(module: nn.Module, device: torch.device) -> torch.device:
    """Return where inputs belong: on the meta device where all parameters are there."""
    parameters = list(module.parameters())
    shapes_alone = bool(parameters) and all(each.is_meta for each in parameters)
    return torch.device("meta") if shapes_alone else device


def _equation(name: str, parameters: Mapping[str, torch.Tensor], scalar: Scalar) -> str:
    if not parameters:
        return f"{name}: no parameters, output {scalar.text}"
    count = sum(each.numel() for each in parameters.values())
    if all(each.is_meta for each in parameters.values()):
        return (
            f"{name}: {counted(count)} numbers in {len(parameters)} parameters on the meta device, "
            f"which has shapes and no values; output {scalar.text}"
        )
    return f"{name}: {counted(count)} numbers in {len(parameters)} parameters, loss {scalar.text}"


def _parts(built: BuiltModule, inputs: Inputs, scalar: Scalar, equation: str) -> OwnParts | None:
    if built.lazy:
        # A script would have to run a lazy module once before its weights are known.
        return None
    return OwnParts(
        name=built.name,
        called=built.called,
        inputs=inputs.passing,
        scalar=scalar.code,
        weights_key=built.weights_key,
        equation=equation,
        criterion=scalar.criterion.call.code if scalar.criterion is not None else "",
    )

"""Why an output has no gradient, and where in the file it was lost."""

from collections.abc import Callable

import torch
from torch import nn

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import tr, tr_n
from gradviz.engine.gradient_flow.break_reasons import lost_at
from gradviz.engine.gradient_flow.gradient_breaks import GradientBreakFinder, Leaves

#: In the names of PyTorch's packages of quantized layers.
_QUANTIZED = "nn.quantized"
#: More places than these are not listed: where the first are put right, the others show.
_MOST_PLACES = 3


def no_gradient(module: nn.Module, run: Callable[[], torch.Tensor], output: str) -> OwnModelError:
    """Return the error that says why `output` requires no gradient, and where that came to be.

    `run` runs the model once more and returns the output in question.
    """
    untrained = _untrained(module, output)
    if untrained is not None:
        return untrained
    losses = GradientBreakFinder(Leaves(list(module.parameters())))
    with losses:
        tensor = run()
        found = losses.of(tensor)
    if not found and losses.left:
        # A tensor made from a number cannot be followed, so no more than this is known.
        return OwnModelError(
            tr(
                "{output} has no gradient: no parameter takes part in it as a tensor, and "
                "{reason}.",
                output=output,
                reason=lost_at(losses.left[-1]),
            ),
            tr("Compute it from tensors that have one."),
        )
    if found:
        places = list(dict.fromkeys(map(lost_at, found)))
        reasons, *others = places[:_MOST_PLACES]
        for each in others:
            reasons = tr("{reasons}; {reason}", reasons=reasons, reason=each)
        if len(places) > _MOST_PLACES:
            more = len(places) - _MOST_PLACES
            reasons = tr("{reasons}, and {count} more", reasons=reasons, count=more)
        return OwnModelError(
            tr("{output} has no gradient: {reasons}.", output=output, reasons=reasons),
            tr("Compute it from tensors that have one."),
        )
    return OwnModelError(
        tr("{output} has no gradient: no parameter takes part in it.", output=output),
        tr("Compute it from the parameters, or choose another output."),
        field="output",
    )


def _untrained(module: nn.Module, output: str) -> OwnModelError | None:
    """Return the error of a model in which no parameter requires a gradient; None for others."""
    parameters = list(module.parameters())
    kind = type(module).__name__
    quantized = _quantized_layer(module)
    if not parameters and quantized:
        return OwnModelError(
            tr(
                "{model} is quantized: the weights of {layer} are integers, without gradients.",
                model=kind,
                layer=quantized,
            ),
            tr("Open the model as it was before it was converted."),
        )
    if not parameters:
        return OwnModelError(
            tr("{model} has no parameters, so there is nothing to differentiate.", model=kind),
            tr("Give it an nn.Parameter, or an input with requires_grad=True."),
        )
    if not any(parameter.requires_grad for parameter in parameters):
        return OwnModelError(
            tr_n(
                "{output} has no gradient: none of the {count} parameters of {model} requires one.",
                "{output} has no gradient: the {count} parameter of {model} requires none.",
                len(parameters),
                output=output,
                model=kind,
            ),
            tr("Set requires_grad of those that are to be trained."),
        )
    return None


def _quantized_layer(module: nn.Module) -> str:
    """Return the name of the type of the first quantized layer; empty without any."""
    layers = (type(each) for each in module.modules())
    return next((each.__name__ for each in layers if _QUANTIZED in each.__module__), "")

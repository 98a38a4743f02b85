"""The script of a model that autograd differentiates: its data, and the tutorials' loop."""

from collections.abc import Iterable, Iterator
from typing import Final

from gradviz.core.choices.catalogue import Mode
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.scripts.script_data import (
    imports,
    in_dtype,
    starts,
    target_functions,
    tensor_data,
)
from gradviz.export.scripts.script_models import function_definitions
from gradviz.export.scripts.script_training import WrittenTraining

_SQUARES: Final = "(y_pred - y).pow(2).sum()"
_OPTIMIZED: Final = (
    "    # Backward pass, and an update of the weights by the optimizer.",
    "    optimizer.zero_grad()",
    "    loss.backward()",
    "    optimizer.step()",
)


def autograd_script(
    model: Model, written: ModelScript, mode: Mode, chosen: WrittenTraining
) -> Iterator[str]:
    """Write the whole script; raises ExportError for a loss, or an optimizer, that has none."""
    criterion = chosen.criterion
    # A parameter may have the letter that the tutorial counts with.
    count = "step" if "t" in written.parameters else "t"
    loop = training_loop(written, chosen, criterion, count)
    body = [
        *_drawn(model, written, mode),
        *(_point(model, written) if mode == "point" else _fit(model, written, criterion, loop)),
    ]
    yield from imports(body)
    yield from body


def training_loop(
    written: ModelScript, chosen: WrittenTraining, criterion: str, count: str
) -> Iterator[str]:
    """Write the training loop, whose steps `count` counts, and the result."""
    schedule, optimizer = chosen.schedule, chosen.optimizer
    printed = (*chosen.printed(count, "loss.item()", "    "), "")
    yield f"learning_rate = {chosen.settings.learning_rate!r}"
    yield from chosen.made_optimizer(written.group)
    yield from schedule.made
    yield f"for {count} in range({chosen.settings.steps}):"
    if optimizer.closure and written.by_chance and not written.forward:
        raise ExportError(
            tr(
                "There is no script that trains this model with {optimizer}: each time that "
                "{optimizer} computes the loss anew, chance would choose another graph.",
                optimizer=tr(optimizer.title),
            ),
            tr("Choose another optimizer."),
        )
    yield from schedule.beginning("    ")
    if optimizer.closure:
        yield from _with_closure(written, criterion, printed)
    else:
        yield from _forward(written, criterion, "    ")
        yield from printed
        yield from _OPTIMIZED if optimizer.constructor else _descent(written)
    yield from schedule.ending(count, "    ")
    yield ""
    yield f'print(f"Result: {written.result}")'


def _drawn(model: Model, written: ModelScript, mode: Mode) -> Iterator[str]:
    """Write the model and its parameters."""
    over_x = mode == "fit" and not written.plane
    called = {*written.functions, *(target_functions(model) if over_x else ())}
    definitions = [written.definition] if written.definition else []
    definitions += function_definitions(called)
    for definition in definitions:
        yield from ("", "", *definition.splitlines())
    if definitions:
        yield ""
    yield ""
    if written.random:
        yield f"torch.manual_seed({model.seed})"
    if written.by_chance:
        yield f"random.seed({model.seed})"
    yield f'device = torch.device("{model.device}")'
    if model.dtype != "float32":
        yield f"dtype = torch.{model.dtype}"
    if written.make:
        yield ""
        yield from in_dtype(written.make, model.dtype)
    yield from starts(model.initial, written.places)


def _point(model: Model, written: ModelScript) -> Iterator[str]:
    """Write the output at the point, one backward pass, and the gradients."""
    output = written.output
    yield ""
    dtype = "" if model.dtype == "float32" else ", dtype=dtype"
    for name in written.inputs or ("x",):
        value = float(model.input_at(name))
        yield f"{name} = torch.tensor({value!r}, device=device{dtype}, requires_grad=True)"
    yield f"{output} = {written.y_pred}"
    yield f'print(f"{output} = {{{output}.item()}}")'
    yield ""
    each = "each tensor that requires it"
    yield f"# Autograd computes the gradient of {output} with respect to {each}."
    yield f"{output}.backward()"
    for name in (*written.inputs, *written.parameters):
        yield f'print(f"d{output}/d{name.removeprefix("model.")} = {{{name}.grad.item()}}")'


def _fit(model: Model, written: ModelScript, criterion: str, loop: Iterator[str]) -> Iterator[str]:
    """Write the data, the training loop, and the result."""
    yield ""
    if not written.plane:
        yield from tensor_data(model)
    yield from written.data
    yield ""
    if criterion:
        yield f"criterion = {criterion}"
    yield from loop


def _forward(written: ModelScript, criterion: str, indent: str) -> Iterator[str]:
    if written.forward:
        yield from (f"{indent}{line}" for line in written.forward)
        return
    yield from (f"{indent}{line}" for line in written.before)
    yield f"{indent}# Forward pass: compute predicted y, and the loss."
    yield f"{indent}y_pred = {written.y_pred}"
    yield f"{indent}loss = {'criterion(y_pred, y)' if criterion else _SQUARES}"


def _with_closure(written: ModelScript, criterion: str, printed: Iterable[str]) -> Iterator[str]:
    """Write a step of an optimizer that computes the loss several times in it."""
    yield "    def closure():"
    yield "        optimizer.zero_grad()"
    yield from _forward(written, criterion, "        ")
    yield "        loss.backward()"
    yield "        return loss"
    yield ""
    yield "    loss = optimizer.step(closure)"
    yield from printed


def _descent(written: ModelScript) -> Iterator[str]:
    yield "    # Autograd computes the gradient of the loss with respect to each parameter."
    yield "    loss.backward()"
    yield ""
    yield "    # Update weights using gradient descent, which is not to be tracked by autograd."
    yield "    with torch.no_grad():"
    if written.is_module:
        yield "        for p in model.parameters():"
        if written.by_chance:
            yield "            if p.grad is None:"
            yield "                continue"
        yield "            p -= learning_rate * p.grad"
        yield "            p.grad = None"
        return
    for name in written.parameters:
        yield f"        {name} -= learning_rate * {name}.grad"
    yield ""
    yield "        # Manually zero the gradients after updating weights."
    for name in written.parameters:
        yield f"        {name}.grad = None"

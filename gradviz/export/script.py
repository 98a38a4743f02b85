"""The plain PyTorch script that does what is set, written as PyTorch's tutorials would write it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import msgspec

from gradviz.core.choices.catalogue import Mode, OptimizerEntry, SchedulerEntry
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.errors import ExportError, ExpressionError
from gradviz.export.script_by_hand import BY_HAND
from gradviz.export.script_classifier import NAME as CLASSIFIER
from gradviz.export.script_classifier import classifier_script
from gradviz.export.script_data import imports, starts, target_calls_p3, tensor_data
from gradviz.export.script_models import LEGENDRE, NAMED, ScriptModel, expression_model
from gradviz.export.script_own import checked, own_model
from gradviz.export.script_schedule import WrittenSchedule, written_schedule

#: What is written here of each setting; one that has another value than its default is refused.
_WRITTEN_OF_MODEL: Final = {
    *("source", "mode", "at", "device", "seed", "data_folder", "dtype", "initial"),
    *("target", "noise", "data_file", "points", "low", "high"),
}
_WRITTEN_OF_TRAINING: Final = {
    *("optimizer", "learning_rate", "steps", "options", "loss"),
    *("scheduler", "scheduler_options"),
}
_SQUARES: Final = "(y_pred - y).pow(2).sum()"
#: An element of a pair of hyperparameters, such as `betas_1`.
_ELEMENT: Final = re.compile(r"(.+)_[1-9]")


def script(
    model: Model,
    training: Training,
    mode: Mode,
    optimizer: OptimizerEntry,
    own: OwnParts | None = None,
    scheduler: SchedulerEntry | None = None,
) -> str:
    """Return the script; run, it prints the losses, or y and its gradients, that gradviz shows.

    `optimizer` and `scheduler` are the rows of the catalogue that `training` names; `own` is what
    the engine found in a file of the user's.

    Raises:
        ExportError: something is chosen that cannot be written as a script.
    """
    schedule = written_schedule(training, optimizer, scheduler)
    if checked(model):
        loop = _trained(training, own_model(model, own), optimizer, schedule, "t")
        return "\n".join(_own(model, own_model(model, own), mode, loop)) + "\n"
    _check_written(model, _WRITTEN_OF_MODEL)
    _check_written(training, _WRITTEN_OF_TRAINING)
    if model.source.strip() == CLASSIFIER:
        of_module = NAMED["module"]
        made = optimizer.name != "descent" and _made_optimizer(training, of_module, optimizer)
        return classifier_script(model, training, made or "", optimizer.title, schedule)
    by_hand = BY_HAND.get(model.source.strip())
    if by_hand is not None:
        return "\n".join(by_hand(model, training, schedule)) + "\n"
    written = _with_loss(_model(model.source), training.loss)
    # A parameter may have the letter that the tutorial counts with.
    count = "step" if "t" in written.parameters else "t"
    loop = _trained(training, written, optimizer, schedule, count)
    body = [
        *_drawn(model, written, mode),
        *(_point(model, written) if mode == "point" else _fit(model, written, loop)),
    ]
    return "\n".join([*imports(body), *body]) + "\n"


def _own(model: Model, written: ScriptModel, mode: Mode, loop: Iterator[str]) -> Iterator[str]:
    """Write the script of a file of the user's: it imports the file, then trains as all do."""
    if mode != "fit":
        raise ExportError(
            "There is no script for the gradients of inputs alone.", "Give the model a parameter."
        )
    yield from ("import random", "import sys", "", "import torch", "")
    yield from written.definition.splitlines()
    yield ""
    yield f"random.seed({model.seed})"
    yield f"torch.manual_seed({model.seed})"
    yield f'device = torch.device("{model.device}")'
    yield ""
    yield from written.make
    places = {name: f"model.get_parameter({name!r})" for name in model.initial}
    yield from starts(model.initial, places)
    yield ""
    yield from loop


def _model(source: str) -> ScriptModel:
    if source.strip() in NAMED:
        return NAMED[source.strip()]
    try:
        return expression_model(source)
    except ExpressionError as error:
        raise ExportError(
            f"The model {source.strip()[:40]} has no script.", "Choose another model."
        ) from error


def _with_loss(written: ScriptModel, name: str) -> ScriptModel:
    """Return the model with the loss of that name, such as `MSELoss, mean`; empty for its own."""
    if not name:
        return written
    if name == "squared errors":
        return replace(written, criterion="")
    kind, comma, reduction = name.partition(", ")
    if not comma or not (kind + reduction).isidentifier():
        raise ExportError(f"There is no script for the loss {name}.", "Choose another loss.")
    return replace(written, criterion=f'torch.nn.{kind}(reduction="{reduction}")')


def _check_written(settings: Model | Training, written: set[str]) -> None:
    """Refuse what the script would leave out in silence."""
    defaults = type(settings)
    for name in settings.__struct_fields__:
        if name in written:
            continue
        default = _default(defaults, name)
        if getattr(settings, name) != default:
            raise ExportError(
                f"There is no script for this choice of {name.replace('_', ' ')}.",
                "Choose what it was at first.",
            )


def _default(settings: type[Model] | type[Training], name: str) -> object:
    field = next(each for each in msgspec.structs.fields(settings) if each.name == name)
    made_anew = field.default_factory
    return field.default if made_anew is msgspec.NODEFAULT else made_anew()


def _drawn(model: Model, written: ScriptModel, mode: Mode) -> Iterator[str]:
    """Write what makes the model and its parameters."""
    definitions = [written.definition] if written.definition else []
    if mode == "fit" and target_calls_p3(model) and written.definition != LEGENDRE:
        definitions.append(LEGENDRE)
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
    make = written.make
    if model.dtype != "float32":
        yield f"dtype = torch.{model.dtype}"
        make = [_in_dtype(line) for line in make]
    if make:
        yield ""
        yield from make
    yield from starts(model.initial, written.places)


def _in_dtype(line: str) -> str:
    moved = line.replace("to(device)", "to(device, dtype)")
    return moved.replace("=device", "=device, dtype=dtype")


def _point(model: Model, written: ScriptModel) -> Iterator[str]:
    """Write y at the point, one backward pass, and the gradients."""
    yield ""
    dtype = "" if model.dtype == "float32" else ", dtype=dtype"
    yield f"x = torch.tensor({float(model.at)!r}, device=device{dtype}, requires_grad=True)"
    yield f"y = {written.y_pred}"
    yield 'print(f"y = {y.item()}")'
    yield ""
    yield "# Autograd computes the gradient of y with respect to each tensor that requires it."
    yield "y.backward()"
    names = (*(("x",) if written.uses_x else ()), *written.parameters)
    for name in names:
        yield f'print(f"dy/d{name.removeprefix("model.")} = {{{name}.grad.item()}}")'


def _fit(model: Model, written: ScriptModel, loop: Iterator[str]) -> Iterator[str]:
    """Write the data, the training loop, and the result."""
    yield ""
    yield from tensor_data(model)
    yield from written.data
    yield ""
    if written.criterion:
        yield f"criterion = {written.criterion}"
    yield from loop


def _trained(
    training: Training,
    written: ScriptModel,
    optimizer: OptimizerEntry,
    schedule: WrittenSchedule,
    count: str,
) -> Iterator[str]:
    """Write the training loop, and the result."""
    yield f"learning_rate = {training.learning_rate!r}"
    if optimizer.name != "descent":
        yield _made_optimizer(training, written, optimizer)
    yield from schedule.made
    yield f"for {count} in range({training.steps}):"
    if optimizer.title == "LBFGS" and written.by_chance and not written.forward:
        raise ExportError(
            "There is no script that trains this model with LBFGS: each time that LBFGS computes"
            " the loss anew, chance would choose another graph.",
            "Choose another optimizer.",
        )
    yield from schedule.beginning("    ")
    if optimizer.title == "LBFGS":
        yield from _searched(written, count)
    else:
        yield from _forward(written, "    ")
        yield from _printed(count)
        yield from _descent(written) if optimizer.name == "descent" else _OPTIMIZED
    yield from schedule.ending(count, "    ")
    yield ""
    yield f'print(f"Result: {written.result}")'


def _made_optimizer(training: Training, written: ScriptModel, optimizer: OptimizerEntry) -> str:
    """Write the optimizer with its options, those left out that are as they were at first."""
    values: dict[str, list[str]] = {}
    changed: set[str] = set()
    for entry in optimizer.options:
        pair = _ELEMENT.fullmatch(entry.name)
        name = pair[1] if pair else entry.name
        value = training.options.get(entry.name, entry.default)
        values.setdefault(name, []).append(repr(value))
        if value != entry.default:
            changed.add(name)
    texts = [f", {name}={_value(each)}" for name, each in values.items() if name in changed]
    kind = optimizer.title.removeprefix("torch.optim.")
    return f"optimizer = torch.optim.{kind}({written.group}, lr=learning_rate{''.join(texts)})"


def _value(elements: list[str]) -> str:
    return elements[0] if len(elements) == 1 else f"({', '.join(elements)})"


def _forward(written: ScriptModel, indent: str) -> Iterator[str]:
    if written.forward:
        yield from (f"{indent}{line}" for line in written.forward)
        return
    yield f"{indent}# Forward pass: compute predicted y, and the loss."
    yield f"{indent}y_pred = {written.y_pred}"
    yield f"{indent}loss = {'criterion(y_pred, y)' if written.criterion else _SQUARES}"


def _printed(count: str) -> Iterator[str]:
    yield f"    if {count} % 100 == 99:"
    yield f"        print({count}, loss.item())"
    yield ""


_OPTIMIZED: Final = (
    "    # Backward pass, and an update of the weights by the optimizer.",
    "    optimizer.zero_grad()",
    "    loss.backward()",
    "    optimizer.step()",
)


def _searched(written: ScriptModel, count: str) -> Iterator[str]:
    """Write a step of an optimizer that computes the loss several times in it."""
    yield "    def closure():"
    yield "        optimizer.zero_grad()"
    yield from _forward(written, "        ")
    yield "        loss.backward()"
    yield "        return loss"
    yield ""
    yield "    loss = optimizer.step(closure)"
    yield from _printed(count)


def _descent(written: ScriptModel) -> Iterator[str]:
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

"""The script of a user's own model: it imports the file, and trains as the window does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, assert_never

from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model, OwnParts
from gradviz.core.errors import ExportError, GradvizError
from gradviz.core.language.saying import tr
from gradviz.core.typed_paths import typed_path
from gradviz.own.archived_models import is_archived
from gradviz.own.calls import Input, InputCall, parse_arguments, parse_inputs
from gradviz.own.source import own_source

_CALLS: Final = {"values": "model(*inputs)", "names": "model(**inputs)", "one": "model(inputs)"}


def own_model(model: Model, parts: OwnParts | None) -> ModelScript:
    """Return the model in a file as a script writes it.

    Raises:
        ExportError: it cannot be written: the message says what is in the way.
    """
    source = own_source(model.source)
    if source is not None and is_archived(Path(source.path)):
        raise ExportError(
            tr("There is no script for a model in an archive."),
            tr("Open the file of Python that defines it."),
        )
    if source is None or parts is None:
        raise ExportError(
            tr("There is no script for this model yet."), tr("Build the model first.")
        )
    path = typed_path(source.path).absolute()
    if not path.stem.isidentifier() or "." in parts.name:
        raise ExportError(
            tr("A script cannot import {name} from {file}.", name=parts.name, file=path.name),
            tr("Name the file as a module of Python is named, and the class at its top level."),
        )
    from_file = not model.inputs.strip() and parts.inputs != "none"
    if from_file and model.device != "cpu":
        raise ExportError(
            tr("There is no script that moves example_inputs() to another device."),
            tr("Choose the device cpu, or type the inputs."),
        )
    imported = [parts.name, *(["example_inputs"] if from_file else [])]
    imported += ["loss"] if parts.scalar.startswith("loss(") else []
    names = ", ".join("loss as loss_of" if name == "loss" else name for name in imported)
    return ModelScript(
        definition=f"sys.path.insert(0, {str(path.parent)!r})\nfrom {path.stem} import {names}",
        make=tuple(_made(model, parts, from_file=from_file)),
        y_pred="",
        parameters=(),
        result=parts.equation.replace("{", "{{").replace("}", "}}"),
        is_module=True,
        by_chance=True,
        forward=tuple(_forward(model, parts)),
    )


def _made(model: Model, parts: OwnParts, *, from_file: bool) -> Iterator[str]:
    if parts.called:
        yield f"model = {parts.name}({_arguments(model.arguments)}).to(device)"
    else:
        yield f"model = {parts.name}.to(device)"
    if model.weights.strip():
        yield from _weights(str(typed_path(model.weights.strip()).absolute()), parts)
    if from_file:
        yield "inputs = example_inputs()"
    elif parts.inputs == "values":
        calls = ", ".join(_input(call) for call in parse_inputs(model.inputs))
        yield f"inputs = ({calls},)"
    if parts.criterion:
        yield f"criterion = {parts.criterion}.to(device)"
        if model.own_target.strip():
            targets = ", ".join(_input(each) for each in parse_inputs(model.own_target))
            yield f"targets = ({targets},)"


def _arguments(text: str) -> str:
    found = parse_arguments(text)
    named = (f"{name}={value!r}" for name, value in found.keywords.items())
    return ", ".join((*map(repr, found.positional), *named))


def _weights(path: str, parts: OwnParts) -> Iterator[str]:
    key = f"[{parts.weights_key!r}]" if parts.weights_key else ""
    if path.endswith(".safetensors"):
        yield "from safetensors.torch import load_file"
        yield ""
        yield f"model.load_state_dict(load_file({path!r}))"
    else:
        yield f'weights = torch.load({path!r}, map_location="cpu", weights_only=True)'
        yield f"model.load_state_dict(weights{key})"


def _input(given: Input) -> str:
    match given:
        case InputCall():
            return _call(given)
        case tuple():
            return f"({''.join(f'{_input(each)}, ' for each in given).rstrip()})"
        case list():
            return f"[{', '.join(map(_input, given))}]"
        case dict():
            items = (f"{key!r}: {_input(each)}" for key, each in given.items())
            return f"{{{', '.join(items)}}}"
        case _:
            assert_never(given)


def _call(call: InputCall) -> str:
    dtype = f", dtype=torch.{call.dtype}" if call.dtype else ""
    if call.function == "arange":
        made = f"torch.arange({', '.join(map(repr, call.numbers))}{dtype})"
    elif call.function == "randint":
        low, high = call.numbers
        made = f"torch.randint({low}, {high}, {call.shape}{dtype})"
    elif call.function in ("zeros", "ones"):
        made = f"torch.{call.function}({call.shape}{dtype})"
    else:
        cast = f".to(torch.{call.dtype})" if call.dtype else ""
        made = f"torch.{call.function}({call.shape}){cast}"
    return f"{made}.to(device){'.requires_grad_()' if call.requires_grad else ''}"


def _forward(model: Model, parts: OwnParts) -> Iterator[str]:
    yield "# What forward draws at random is drawn anew at every step."
    seed = f"{model.seed} + t" if model.seed else "t"
    yield f"random.seed({seed})"
    yield f"torch.manual_seed({seed})"
    yield f"output = {_CALLS.get(parts.inputs, 'model()')}"
    own = parts.scalar.startswith("loss(")
    yield f"loss = {parts.scalar.replace('loss(', 'loss_of(', 1) if own else parts.scalar}"


def checked(model: Model) -> bool:
    """Tell whether `model` is a file of the user's; raises ExportError where it is none."""
    try:
        return own_source(model.source) is not None
    except GradvizError as error:
        raise ExportError(error.message, error.hint) from error

"""The plain PyTorch script that does the same, written as PyTorch's tutorials would write it."""

from collections.abc import Iterator
from typing import Final, assert_never

import msgspec

from gradviz.core.choices.catalogue import Catalogue, Mode
from gradviz.core.choices.model_script import ModelScript
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.errors import ExportError, ExpressionError
from gradviz.core.language.saying import tr
from gradviz.export.scripts.script_autograd import autograd_script, training_loop
from gradviz.export.scripts.script_by_hand import by_hand_script
from gradviz.export.scripts.script_data import starts
from gradviz.export.scripts.script_images import images_script
from gradviz.export.scripts.script_models import expression_model
from gradviz.export.scripts.script_networks import network_model
from gradviz.export.scripts.script_own import checked, own_model
from gradviz.export.scripts.script_training import WrittenTraining, written_training
from gradviz.expression.networks import names_network

#: The settings that are written here; one that has another value than its default is refused.
_WRITTEN_OF_MODEL: Final = {
    *("source", "mode", "at", "point", "device", "seed", "data_folder", "dtype", "initial"),
    *("target", "noise", "data_file", "points", "low", "high"),
}
_WRITTEN_OF_TRAINING: Final = {
    *("optimizer", "learning_rate", "steps", "options", "loss"),
    *("scheduler", "scheduler_options", "composition"),
}


def script(
    model: Model,
    training: Training,
    mode: Mode,
    catalogue: Catalogue,
    own: OwnParts | None = None,
) -> str:
    """Return the script; run, it prints the losses, or y and its gradients, that gradviz shows.

    `catalogue` has the rows that `model` and `training` name; `own` is what the engine found in a
    file of the user's.

    Raises:
        ExportError: something is chosen that cannot be written as a script.
    """
    chosen = written_training(model, training, catalogue)
    return "\n".join(_lines(model, mode, chosen, catalogue, own)) + "\n"


def _lines(
    model: Model,
    mode: Mode,
    chosen: WrittenTraining,
    catalogue: Catalogue,
    own: OwnParts | None,
) -> Iterator[str]:
    if checked(model):
        return _own(model, own_model(model, own), mode, chosen)
    _check_written(model, _WRITTEN_OF_MODEL)
    _check_written(chosen.settings, _WRITTEN_OF_TRAINING)
    written = _model(model, mode, catalogue)
    match written.loop:
        case "images":
            return images_script(model, written, chosen)
        case "by hand":
            return by_hand_script(model, written, chosen)
        case "autograd":
            return autograd_script(model, written, mode, chosen)
        case _:
            assert_never(written.loop)


def _own(model: Model, written: ModelScript, mode: Mode, chosen: WrittenTraining) -> Iterator[str]:
    """Write the script of a file of the user's: it imports the file, then trains as all do."""
    if mode != "fit":
        raise ExportError(
            tr("There is no script for the gradients of inputs alone."),
            tr("Give the model a parameter."),
        )
    yield from (*chosen.schedule.imports, "import random", "import sys", "", "import torch", "")
    yield from written.definition.splitlines()
    yield ""
    yield f"random.seed({model.seed})"
    yield f"torch.manual_seed({model.seed})"
    yield f'device = torch.device("{model.device}")'
    yield ""
    yield from written.make
    places = {name: _place_of(name) for name in model.initial}
    yield from starts(model.initial, places)
    yield ""
    yield from training_loop(written, chosen, "", "t")


def _place_of(name: str) -> str:
    """Return where a number of a module is: its parameter, or a place in that, `w[1, 2]`."""
    leaf, bracket, place = name.partition("[")
    return f"model.get_parameter({leaf!r}){bracket}{place}"


def _model(model: Model, mode: Mode, catalogue: Catalogue) -> ModelScript:
    """Return the model's part of a script: its own, or that of what is typed."""
    source = model.source
    entry = catalogue.model(source)
    if entry is None:
        try:
            if names_network(source):
                return network_model(model)
            return expression_model(source, mode)
        except ExpressionError as error:
            raise _no_script(source) from error
    if entry.script is None:
        raise _no_script(source)
    return entry.script


def _no_script(source: str) -> ExportError:
    return ExportError(
        tr("The model {name} has no script.", name=source.strip()[:40]),
        tr("Choose another model."),
    )


def _check_written(settings: Model | Training, written: set[str]) -> None:
    """Refuse a setting that the script would leave out in silence."""
    defaults = type(settings)
    for name in settings.__struct_fields__:
        if name in written:
            continue
        default = _default(defaults, name)
        if getattr(settings, name) != default:
            raise ExportError(
                tr("There is no script for this choice of {name}.", name=name.replace("_", " ")),
                tr("Choose what it was at first."),
            )


def _default(settings: type[Model] | type[Training], name: str) -> object:
    field = next(each for each in msgspec.structs.fields(settings) if each.name == name)
    made_anew = field.default_factory
    return field.default if made_anew is msgspec.NODEFAULT else made_anew()

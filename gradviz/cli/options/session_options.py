"""A file of a session, or of a recorded pass, in the place of a model."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from gradviz.cli.options.order_options import order_choices
from gradviz.cli.options.own_options import trusted_choices
from gradviz.cli.options.point_options import point_choices
from gradviz.cli.options.training_options import chosen_training
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import note
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import DataError
from gradviz.core.language.saying import tr
from gradviz.core.typed_paths import typed_path
from gradviz.own.source import own_source
from gradviz.session_files.contents import SavedSession, StoredSession
from gradviz.session_files.reading import read_session

#: The options that a session has settings for, by their names among the parsed ones.
_SETTINGS: Final[Mapping[str, str]] = {
    "device": "--device",
    "seed": "--seed",
    "data_folder": "--data-folder",
    "e": "--e",
    "target": "--target",
    "noise": "--noise",
    "data_file": "--data",
    "points": "--points",
    "range": "--range",
    "dtype": "--dtype",
    "init": "--init",
    "arguments": "--args",
    "inputs": "--input",
    "own_output": "--output",
    "weights": "--weights",
}
#: The options by which a model is taken in another way, which a session leaves open.
_WAYS: Final[Mapping[str, str]] = {
    "at": "--at",
    "create_graph": "--create-graph",
    "order": "--order",
    "direction": "--direction",
    "at_step": "--at-step",
}
#: The values of options that nobody has typed.
_USUAL: Final[Mapping[str, object]] = {"device": "cpu", "seed": 0, "at_step": 0}
_SCHEDULE: Final = ("scheduler", "scheduler_option", "schedulers", "milestones")


def session_in(options: argparse.Namespace) -> StoredSession:
    """Return the session whose file is in the place of the model.

    Raises:
        InputError: there is none, it is damaged, or a setting is given that it has itself.
    """
    given = _given(options, _SETTINGS)
    if given:
        raise InputError(
            tr("{option} is kept in {file}.", option=given, file=options.model.strip()),
            tr("Leave it out."),
        )
    try:
        return read_session(typed_path(options.model.strip()))
    except DataError as error:
        raise InputError(error.message, error.hint) from error


def session_model(options: argparse.Namespace, session: SavedSession) -> Model:
    """Return the model of a session; one of a file of the user's must be trusted as it is now.

    Raises:
        InputError: the options do not go with it, or its file is not trusted or gone.
    """
    model, name = session.model, options.model.strip()
    inner = argparse.Namespace(**{**vars(options), "model": model.source})
    if session.trained and getattr(options, "at", None) is not None:
        raise InputError(
            tr("{name} has a training, which is not taken at a point.", name=name),
            tr("Leave out --at, or give its expression in place of the session."),
        )
    chosen = {**order_choices(inner), **point_choices(inner)}
    if model.trusted:
        chosen |= _trusted(inner, model)
    elif options.trust or options.trust_also:
        raise InputError(tr("The model of {name} needs no trust.", name=name), tr("Leave it out."))
    return msgspec.structs.replace(model, **chosen)


def session_training(options: argparse.Namespace, kept: Training, steps: int) -> Training:
    """Return the training of a session up to `steps` in all, with the settings that are given."""
    if not wants_training(options):
        return msgspec.structs.replace(kept, steps=steps)
    chosen = chosen_training(options, kept, steps)
    if not any(getattr(options, name) for name in _SCHEDULE):
        chosen = msgspec.structs.replace(
            chosen,
            scheduler=kept.scheduler,
            scheduler_options=kept.scheduler_options,
            composition=kept.composition,
        )
    return chosen if options.loss else msgspec.structs.replace(chosen, loss=kept.loss)


def wants_training(options: argparse.Namespace) -> bool:
    """Tell whether any option says how to train."""
    return any(getattr(options, name) for name in ("lr", "optimizer", "option", "loss", *_SCHEDULE))


def recording_path(options: argparse.Namespace) -> Path:
    """Return the file of a recorded pass; raises InputError where a setting of a model is given."""
    name = options.model.strip()
    if getattr(options, "at_step", 0):
        raise _untrained(name)
    given = _given(options, {**_SETTINGS, **_WAYS, "trust": "--trust"})
    if given:
        raise InputError(
            tr(
                "{option} is for a model that is built, and {name} holds a recorded pass.",
                option=given,
                name=name,
            ),
            tr("Leave it out."),
        )
    return typed_path(name)


def refuse_training(options: argparse.Namespace) -> None:
    """Raise the InputError for a file of a recorded pass that is to be trained."""
    raise _untrained(options.model.strip())


def _untrained(name: str) -> InputError:
    return InputError(
        tr("{name} holds a recorded pass, which cannot be trained.", name=name),
        tr("See gradviz step."),
    )


def _given(options: argparse.Namespace, names: Mapping[str, str]) -> str:
    """Return the first of these options that is given; empty for none."""
    for name, option in names.items():
        value = getattr(options, name, None)
        if value not in (None, "", [], False) and value != _USUAL.get(name):
            return option
    return ""


def _trusted(inner: argparse.Namespace, model: Model) -> dict[str, object]:
    """Return the hashes of the model's file as it is now, and say where it is another one."""
    source = own_source(model.source)
    if source is None:
        raise InputError(tr("{source} names no file with a model.", source=model.source), "")
    file = typed_path(source.path)
    if not file.is_file():
        raise InputError(
            tr("The file of the session's model is gone: {path}.", path=source.path),
            tr("Put it back, or open the session in the window, which asks where it is now."),
        )
    chosen = trusted_choices(inner, source)
    if chosen["trusted"] != model.trusted:
        told = tr(
            "{file} has changed since the session was saved, and runs as it is now.",
            file=file.name,
        )
        note("gradviz: " + tr("note: {told}", told=told))
    return chosen

"""The options of a user's own model: its arguments, inputs, output and trust."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import say
from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import listed, tr, tr_n
from gradviz.own.siblings import ModelFiles, is_own, read_model_files
from gradviz.own.source import OwnSource, names_file, own_source, read_model_file
from gradviz.own.trust import Standing, TrustedFiles, trusted_files_path

_OPTIONS: Final[Mapping[str, str]] = {
    "--args": "arguments",
    "--input": "inputs",
    "--output": "output",
    "--weights": "weights",
}


def add_own(parser: argparse.ArgumentParser) -> None:
    """Add the options of a file with a model."""
    group = parser.add_argument_group(
        tr("your own model"), tr("for a MODEL such as path/to/file.py:Name")
    )
    group.add_argument(
        "--args",
        dest="arguments",
        metavar="TEXT",
        help=tr('what its class is called with, such as "in_features=4, bias=True"'),
    )
    group.add_argument(
        "--input",
        dest="inputs",
        metavar="TEXT",
        help=tr(
            'the example inputs, such as "randn(2, 3); randint(0, 9, (2,))", or nested in tuples, '
            'lists and dicts: "randn(5, 4); (zeros(8), zeros(8))" '
            "(default: example_inputs() in the file)"
        ),
    )
    group.add_argument(
        "--output",
        dest="own_output",
        metavar="NAME",
        help=tr(
            "the output to differentiate, such as logits or 0 or hidden[0] "
            "(default: the first tensor, or loss(output) in the file)"
        ),
    )
    group.add_argument(
        "--weights", metavar="FILE", help=tr("load the weights in this .safetensors or .pt file")
    )
    group.add_argument(
        "--trust",
        action="store_true",
        help=tr(
            "run the code in the file, and in those that it imports from its folder, with your "
            "rights, and remember this for their contents"
        ),
    )
    group.add_argument(
        "--trust-also",
        action="append",
        default=[],
        metavar="FILE",
        help=tr(
            "trust this file of its folder too, which is imported by a name that only a run knows"
        ),
    )


def training_loss(options: argparse.Namespace) -> str:
    """Return the loss of a training; that of a file is a part of the model from the start."""
    loss: str = options.loss
    return "" if names_file(options.model) else loss


def own_choices(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of the model that the options set; raises InputError."""
    given = {
        option: getattr(options, "own_output" if field == "output" else field)
        for option, field in _OPTIONS.items()
    }
    try:
        source = own_source(options.model.strip())
        if source is None:
            used = next((option for option, value in given.items() if value is not None), None)
            used = used or ("--trust-also" if options.trust_also else None)
            if used or options.trust:
                output = used == "--output"
                hint = tr("Use -o to write a file.") if output else tr("Leave it out.")
                raise InputError(
                    tr("{option} is for a model in a file of yours.", option=used or "--trust"),
                    hint,
                )
            return {}
        trusted = trusted_choices(options, source)
    except OwnModelError as error:
        raise InputError(error.message, error.hint) from error
    chosen = {_OPTIONS[option]: value for option, value in given.items() if value is not None}
    chosen |= {"own_loss": options.loss, "own_target": options.target or ""}
    return {**chosen, **trusted}


def trusted_choices(options: argparse.Namespace, source: OwnSource) -> dict[str, Any]:
    """Return the fields of the model that tell its file as it is now; raises InputError."""
    try:
        trusted = _trusted(options, source)
    except OwnModelError as error:
        raise InputError(error.message, error.hint) from error
    return {"trusted": trusted.file.hash, "trusted_beside": trusted.hashes_beside}


def _trusted(options: argparse.Namespace, source: OwnSource) -> ModelFiles:
    """Return the file and those that it imports from its folder, all of them trusted.

    Raises:
        InputError: one of them is not; none was run.
    """
    known = TrustedFiles(trusted_files_path())
    path = read_model_file(source.path).path
    late = known.found_late(path)
    also = tuple(_beside(path, each) for each in options.trust_also)
    files = read_model_files(source.path, (*late, *also))
    standings = known.standings(files.every)
    covered = {
        file
        for file, standing in standings.items()
        if standing != "trusted" and (options.trust or file in also)
    }
    untrusted = [file for file in standings if standings[file] != "trusted" and file not in covered]
    if untrusted:
        raise _not_trusted(files, untrusted, standings)
    if covered or not set(also).issubset(late):
        _tell_covered(files, standings)
        try:
            known.trust(files)
        except OwnModelError as error:
            # They were trusted for now, and are run.
            say(f"gradviz: {error}")
    return files


def _beside(file: Path, also: str) -> Path:
    """Return the path of a file that is trusted too; raises InputError where it is none."""
    path = read_model_file(also).path
    if not is_own(path, file.parent):
        raise InputError(
            tr("{path} does not lie in the folder of {file}.", path=also, file=file.name),
            tr("Only what lies there needs trust."),
        )
    return path


def _not_trusted(
    files: ModelFiles, untrusted: Sequence[Path], standings: Mapping[Path, Standing]
) -> InputError:
    names = {each.path: files.name_of(each) for each in files.every}
    file = files.file.path
    if file in untrusted:
        fault = tr("{path} is not trusted with what stands in it now.", path=file)
    elif len(untrusted) > 1:
        told = listed(_told(names[each], standings[each]) for each in untrusted)
        fault = tr("{file} imports what is not trusted: {names}.", file=file.name, names=told)
    elif standings[untrusted[0]] == "changed":
        fault = tr(
            "{name}, which {file} imports, has changed since it was trusted.",
            name=names[untrusted[0]],
            file=file.name,
        )
    else:
        fault = tr(
            "{name}, which {file} imports, is not trusted.",
            name=names[untrusted[0]],
            file=file.name,
        )
    hint = tr_n(
        "Look through them, then give --trust: their code runs with your rights.",
        "Look through it, then give --trust: its code runs with your rights.",
        len(untrusted),
    )
    return InputError(fault, hint)


def _tell_covered(files: ModelFiles, standings: Mapping[Path, Standing]) -> None:
    """Say that more than the file is trusted."""
    if files.beside:
        beside = listed(_told(files.name_of(each), standings[each.path]) for each in files.beside)
        told = tr(
            "trusted with {file} is what it imports from its folder: {names}.",
            file=files.file.path.name,
            names=beside,
        )
        say(f"gradviz: {told}")


def _told(name: str, standing: Standing) -> str:
    return tr("{name} (changed)", name=name) if standing == "changed" else name

"""The options of a user's own model: its arguments, inputs, output and trust."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import say
from gradviz.core.errors import OwnModelError
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
    group = parser.add_argument_group("your own model", "for a MODEL such as path/to/file.py:Name")
    group.add_argument(
        "--args",
        dest="arguments",
        metavar="TEXT",
        help='what its class is called with, such as "in_features=4, bias=True"',
    )
    group.add_argument(
        "--input",
        dest="inputs",
        metavar="TEXT",
        help='the example inputs, such as "randn(2, 3); randint(0, 9, (2,))", or nested in tuples, '
        'lists and dicts: "randn(5, 4); (zeros(8), zeros(8))" '
        "(default: example_inputs() in the file)",
    )
    group.add_argument(
        "--output",
        dest="own_output",
        metavar="NAME",
        help="the output to differentiate, such as logits or 0 or hidden[0] "
        "(default: the first tensor, or loss(output) in the file)",
    )
    group.add_argument(
        "--weights", metavar="FILE", help="load the weights in this .safetensors or .pt file"
    )
    group.add_argument(
        "--trust",
        action="store_true",
        help="run the code in the file, and in those that it imports from its folder, with your "
        "rights, and remember this for their contents",
    )
    group.add_argument(
        "--trust-also",
        action="append",
        default=[],
        metavar="FILE",
        help="trust this file of its folder too, which is imported by a name that only a run knows",
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
                hint = "Use -o to write a file." if used == "--output" else "Leave it out."
                raise InputError(f"{used or '--trust'} is for a model in a file of yours.", hint)
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
            f"{also} does not lie in the folder of {file.name}.",
            "Only what lies there needs trust.",
        )
    return path


def _not_trusted(
    files: ModelFiles, untrusted: Sequence[Path], standings: Mapping[Path, Standing]
) -> InputError:
    names = {each.path: files.name_of(each) for each in files.every}
    if files.file.path in untrusted:
        fault = f"{files.file.path} is not trusted with what stands in it now."
    elif len(untrusted) == 1:
        fault = f"{names[untrusted[0]]}, which {files.file.path.name} imports, "
        changed = standings[untrusted[0]] == "changed"
        fault += "has changed since it was trusted." if changed else "is not trusted."
    else:
        told = ", ".join(_told(names[each], standings[each]) for each in untrusted)
        fault = f"{files.file.path.name} imports what is not trusted: {told}."
    it, its = ("it", "its") if len(untrusted) == 1 else ("them", "their")
    return InputError(
        fault, f"Look through {it}, then give --trust: {its} code runs with your rights."
    )


def _tell_covered(files: ModelFiles, standings: Mapping[Path, Standing]) -> None:
    """Say that more than the file is trusted."""
    if files.beside:
        told = ", ".join(_told(files.name_of(each), standings[each.path]) for each in files.beside)
        say(
            f"gradviz: trusted with {files.file.path.name} is what it imports from its folder: "
            f"{told}."
        )


def _told(name: str, standing: Standing) -> str:
    return f"{name} (changed)" if standing == "changed" else name

"""The options of a user's own model: its arguments, inputs, output and trust."""

import argparse
from collections.abc import Mapping
from typing import Final

from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import say
from gradviz.core.errors import OwnModelError
from gradviz.own import TrustedFiles, own_source, read_model_file, trusted_files_path
from gradviz.own.source import names_file

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
        help="run the code in the file with your rights, and remember this for its content",
    )


def training_loss(options: argparse.Namespace) -> str:
    """Return the loss of a training; that of a file is a part of the model from the start."""
    loss: str = options.loss
    return "" if names_file(options.model) else loss


def own_choices(options: argparse.Namespace) -> dict[str, str]:
    """Return the fields of the model that the options set; raises InputError."""
    given = {
        option: getattr(options, "own_output" if field == "output" else field)
        for option, field in _OPTIONS.items()
    }
    try:
        source = own_source(options.model.strip())
        if source is None:
            used = next((option for option, value in given.items() if value is not None), None)
            if used or options.trust:
                hint = "Use -o to write a file." if used == "--output" else "Leave it out."
                raise InputError(f"{used or '--trust'} is for a model in a file of yours.", hint)
            return {}
        content_hash = read_model_file(source.path).hash
    except OwnModelError as error:
        raise InputError(error.message, error.hint) from error
    chosen = {_OPTIONS[option]: value for option, value in given.items() if value is not None}
    chosen |= {"own_loss": options.loss, "own_target": options.target or ""}
    return {**chosen, "trusted": content_hash if _trusts(options, content_hash) else ""}


def _trusts(options: argparse.Namespace, content_hash: str) -> bool:
    trusted = TrustedFiles(trusted_files_path())
    if content_hash in trusted:
        return True
    if options.trust:
        try:
            trusted.add(content_hash)
        except OwnModelError as error:
            # The file was trusted for now, and is run.
            say(f"gradviz: {error}")
    return bool(options.trust)

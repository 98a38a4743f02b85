"""An ONNX file as the model of `gradviz graph`, which has no use for most of the options."""

import argparse
from typing import Final

from gradviz.cli.refusals import InputError
from gradviz.core.errors import OwnModelError
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import tr
from gradviz.core.typed_paths import typed_path
from gradviz.own.onnx_files.graph_reading import graph_of_onnx
from gradviz.own.source import FORWARD_ALONE, own_source

#: By the name of its value each option that is about a pass, its values or its data.
_OF_A_PASS: Final = {
    "after": "--after",
    "compiled": "--compiled",
    "create_graph": "--create-graph",
    "order": "--order",
    "direction": "--direction",
    "at": "--at",
    "arguments": "--args",
    "inputs": "--input",
    "own_output": "--output",
    "weights": "--weights",
    "loss": "--loss",
    "target": "--target",
    "data_file": "--data",
    "noise": "--noise",
    "points": "--points",
    "range": "--range",
    "dtype": "--dtype",
    "init": "--init",
    "data_folder": "--data-folder",
    "e": "--e",
    "seed": "--seed",
    "device": "--device",
}
#: What these options are where nobody has given them.
_NOT_GIVEN: Final[tuple[object, ...]] = (None, False, 0, "", [], "cpu")


def onnx_name(options: argparse.Namespace) -> str:
    """Return the name of the file without its folder."""
    return typed_path(options.model.strip()).name


def onnx_graph_of(options: argparse.Namespace) -> Graph:
    """Return the graph of the file.

    Raises:
        InputError: it cannot be read, or an option asks for more than a graph.
    """
    for name, option in _OF_A_PASS.items():
        if getattr(options, name, None) not in _NOT_GIVEN:
            raise InputError(tr(FORWARD_ALONE), tr("Leave out {option}.", option=option))
    try:
        source = own_source(options.model)
        if source is None or source.name:
            raise InputError(
                tr("An ONNX file has one model, without a name."), tr("Leave out the name.")
            )
        return graph_of_onnx(source.path)
    except OwnModelError as error:
        raise InputError(error.message, error.hint) from error

"""`gradviz export`: the graph as one file or several, or moving as a training or a pass goes on."""

import argparse
from typing import Final

from gradviz.cli.options.animation_options import add_animation
from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.output.film_output import write_animation
from gradviz.cli.refusals import InputError
from gradviz.cli.verbs.graph import add_drawing, add_file, refuse_loss, suffixes, write_graphs
from gradviz.core.language.saying import tr
from gradviz.export.moving.film import FILM_FORMATS

_EXAMPLES: Final = (
    'gradviz export "a + b x" -o graph.svg',
    "gradviz export autograd -o graph.svg -o graph.pdf -o graph.json",
    "gradviz export net.py:Net --trust --focus layers --depth 2 -o block.png --scale 4",
    'gradviz export "a + b x + c x^2" --animate train --steps 100 -o fit.gif',
    'gradviz export "5x^3 + 2x^2" --animate backward -o pass.webp',
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs, "export", tr("write the graph to files, or a moving picture of it"), _EXAMPLES
    )
    told = tr(
        "write to FILE{suffixes}; may be repeated; a file of that name is replaced",
        suffixes=suffixes(),
    )
    add_file(parser, told, dest="outputs", action="append", required=True)
    add_drawing(parser, trained=True)
    add_animation(parser)
    parser.set_defaults(verb=_export)


def _export(options: argparse.Namespace) -> int:
    if options.animate is not None:
        return _animate(options)
    still = [path for path in options.outputs if path.suffix.lower() in FILM_FORMATS]
    if still:
        raise InputError(
            tr("What is to move in {file}?", file=still[0].name),
            tr("Add --animate train or --animate backward."),
        )
    refuse_loss(options)
    return write_graphs(options, options.outputs)


def _animate(options: argparse.Namespace) -> int:
    """Write the one moving picture; raises InputError where several things are asked for."""
    if len(options.outputs) > 1:
        raise InputError(tr("A moving picture is one file."), tr("Give -o once."))
    if options.compiled is not None:
        raise InputError(
            tr("The graph of a compiled function does not move."),
            tr("Leave out {option}.", option="--animate"),
        )
    if options.style is not None:
        raise InputError(
            tr("A moving picture is not for print."), tr("Leave out --style or --animate.")
        )
    return write_animation(argparse.Namespace(**{**vars(options), "output": options.outputs[0]}))

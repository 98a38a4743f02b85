"""`gradviz count`: a made-up verb, a file as ARCHITECTURE.md asks for."""

import argparse

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.recorded_pass import built_pass
from gradviz.cli.terminal import DONE, print_lines


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "count", "count the nodes of a graph")
    add_model(parser)
    parser.set_defaults(verb=_count)


def _count(options: argparse.Namespace) -> int:
    print_lines(str(len(built_pass(Engine(), options).graph.nodes)))
    return DONE

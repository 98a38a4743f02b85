"""`gradviz step`: one backward pass, step by step."""

import argparse

from gradviz.cli.arguments import JSON_HELP, Parsers, add_model, add_point, new_verb
from gradviz.cli.machine import built_with, headline
from gradviz.cli.output import DONE, print_json, print_lines


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "step", "print one backward pass, step by step")
    add_model(parser)
    add_point(parser)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_step)


def _step(options: argparse.Namespace) -> int:
    from gradviz.engine.documents import step_document, step_lines

    built, recorded = built_with(options)
    if options.json:
        print_json(step_document(recorded.graph, recorded.trace, built.output))
    else:
        print_lines(headline(built), *step_lines(recorded.graph, recorded.trace))
    return DONE

"""The verbs of the command line: a file for each, and its line in the list."""

from importlib import import_module
from typing import Final

from gradviz.cli.options.arguments import Parser, Parsers, new_command

#: The modules in the order in which `gradviz --help` lists their verbs.
VERBS: Final = (
    "graph",
    "export",
    "step",
    "check",
    "health",
    "diff",
    "tensor",
    "train",
    "compare",
    "code",
    "formula",
    "lesson",
    "lists",
    "bench",
    "doctor",
    "completion",
)


def command_line() -> tuple[Parser, Parsers]:
    """Return the parser of the whole command line, and its verbs."""
    parser, verbs = new_command()
    for name in VERBS:
        import_module(f"{__name__}.{name}").add(verbs)
    return parser, verbs

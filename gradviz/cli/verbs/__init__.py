"""The verbs of the command line: a file for each, and its line in the list."""

from importlib import import_module
from typing import Final

from gradviz.cli.options.arguments import Parsers

#: The modules in the order in which `gradviz --help` lists their verbs.
VERBS: Final = (
    "graph",
    "step",
    "check",
    "health",
    "diff",
    "tensor",
    "train",
    "compare",
    "code",
    "lists",
)


def add_verbs(parsers: Parsers) -> None:
    """Add the verbs of all modules."""
    for name in VERBS:
        import_module(f"{__name__}.{name}").add(parsers)

"""The parsers: the command itself, new verbs with their examples, and what most of them have."""

import argparse
from collections.abc import Sequence
from typing import Final, NoReturn, TypeAlias

from gradviz import __version__
from gradviz.cli.terminal import visible

Parsers: TypeAlias = "argparse._SubParsersAction[Parser]"

#: What each exit code means, by its number.
EXIT_CODES: Final = {
    0: "all is done",
    1: "something failed: a training diverges, a gradient is wrong, a file cannot be written",
    2: "what was typed cannot be used",
    130: "ended by Ctrl+C",
    141: "nobody reads the output any longer",
}
_JSON_HELP: Final = 'print JSON; numbers that are not finite are "NaN", "Infinity", "-Infinity"'
_QUIET_HELP: Final = "print results and errors alone, without notes and progress"
_DESCRIPTION: Final = """\
See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live.

  gradviz                  opens the window
  gradviz "EXPRESSION"     opens it on that expression, or on a session, fit.gviz
  gradviz VERB ...         works without a window"""
_EXAMPLES: Final = (
    'gradviz "5x^3 + 2x^2 + 4x + 8"',
    'gradviz graph "a + b x + c x^2 + d x^3" -o graph.svg',
    'gradviz step "5x^3 + 2x^2 + 4x + 8" --at 2 --json',
    "gradviz train autograd --steps 2000 --seed 0",
)


class Parser(argparse.ArgumentParser):
    """A parser whose errors, which repeat the words that were typed, are shown as text.

    Attributes:
        examples: Commands that show what can be done.
    """

    examples: tuple[str, ...] = ()

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the process, with a message on standard error."""
        super().exit(status, None if message is None else visible(message))

    def show_examples(self, examples: Sequence[str], *, after: str = "") -> None:
        """Let the help end with these commands, and with a paragraph `after` them."""
        self.examples = tuple(examples)
        lines = ["examples:", *(f"  {example}" for example in examples)]
        self.epilog = "\n".join([*(lines if examples else []), *([after] if after else [])])
        self.formatter_class = argparse.RawDescriptionHelpFormatter


def new_command() -> tuple[Parser, Parsers]:
    """Return the parser of `gradviz` itself, and where its verbs are added."""
    parser = Parser(prog="gradviz", description=_DESCRIPTION)
    codes = (f"  {code:<5}{meaning}" for code, meaning in EXIT_CODES.items())
    parser.show_examples(_EXAMPLES, after="\n".join(["", "exit codes:", *codes]))
    parser.add_argument("--version", action="version", version=f"gradviz {__version__}")
    return parser, parser.add_subparsers(title="verbs", metavar="VERB", required=True)


def new_verb(verbs: Parsers, name: str, purpose: str, examples: Sequence[str] = ()) -> Parser:
    """Add a verb whose help is `purpose`, and ends with these commands."""
    parser = verbs.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
    parser.show_examples(examples)
    parser.add_argument("--quiet", action="store_true", help=_QUIET_HELP)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the choice of JSON in place of lines."""
    parser.add_argument("--json", action="store_true", help=_JSON_HELP)

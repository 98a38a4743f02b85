"""The parsers: the command itself, new verbs with their examples, and what most of them have."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn, TypeAlias

from gradviz import __version__
from gradviz.cli.options.help_texts import HelpTexts, refusal_text
from gradviz.cli.terminal import visible
from gradviz.core.language.saying import marked, tr

Parsers: TypeAlias = "argparse._SubParsersAction[Parser]"

#: What each exit code means, by its number.
EXIT_CODES: Final = {
    0: marked("all is done"),
    1: marked(
        "something failed: a training diverges, a gradient is wrong, a file cannot be written"
    ),
    2: marked("what was typed cannot be used"),
    130: marked("ended by Ctrl+C"),
    141: marked("nobody reads the output any longer"),
}
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what argparse takes, and say its own words in the language that is spoken."""
        super().__init__(*args, **kwargs)
        self._positionals.title = tr("positional arguments")
        self._optionals.title = tr("options")
        if self.add_help:
            self._actions[0].help = tr("show this help message and exit")

    def error(self, message: str) -> NoReturn:
        """End the process with the usage, and with what is wrong with the arguments."""
        self.print_usage(sys.stderr)
        told = tr("{program}: error: {message}", program=self.prog, message=refusal_text(message))
        self.exit(2, f"{told}\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the process, with a message on standard error."""
        super().exit(status, None if message is None else visible(message))

    def show_examples(self, examples: Sequence[str], *, after: str = "") -> None:
        """Let the help end with these commands, and with a paragraph `after` them."""
        self.examples = tuple(examples)
        lines = [tr("examples:"), *(f"  {example}" for example in examples)]
        self.epilog = "\n".join([*(lines if examples else []), *([after] if after else [])])
        self.formatter_class = HelpTexts


def new_command() -> tuple[Parser, Parsers]:
    """Return the parser of `gradviz` itself, and where its verbs are added."""
    description = tr(
        "See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live.\n"
        "\n"
        "  gradviz                  opens the window\n"
        '  gradviz "EXPRESSION"     opens it on that expression, or on a session, fit.gviz\n'
        "  gradviz VERB ...         works without a window"
    )
    parser = Parser(prog="gradviz", description=description)
    codes = (f"  {code:<5}{tr(meaning)}" for code, meaning in EXIT_CODES.items())
    parser.show_examples(_EXAMPLES, after="\n".join(["", tr("exit codes:"), *codes]))
    parser.add_argument(
        "--version",
        action="version",
        version=f"gradviz {__version__}",
        help=tr("show program's version number and exit"),
    )
    return parser, parser.add_subparsers(title=tr("verbs"), metavar="VERB", required=True)


def new_verb(verbs: Parsers, name: str, purpose: str, examples: Sequence[str] = ()) -> Parser:
    """Add a verb whose help is `purpose`, and ends with these commands."""
    description = tr("{purpose}.", purpose=f"{purpose[0].upper()}{purpose[1:]}")
    parser = verbs.add_parser(name, help=purpose, description=description)
    parser.show_examples(examples)
    told = tr("print results and errors alone, without notes and progress")
    parser.add_argument("--quiet", action="store_true", help=told)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the choice of JSON in place of lines."""
    told = tr('print JSON; numbers that are not finite are "NaN", "Infinity", "-Infinity"')
    parser.add_argument("--json", action="store_true", help=told)

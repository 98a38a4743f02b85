"""The reference of the command line as a page of Markdown, made from its parsers.

`python -m gradviz.cli.reference FILE.md` writes it.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from gradviz.cli.options.arguments import EXIT_CODES, Parser
from gradviz.cli.verbs import command_line

_HEAD = """\
# The command line

`make reference` makes this page from the command line itself. `gradviz --help` and
`gradviz VERB --help` show the same.

`gradviz` opens the window, `gradviz "EXPRESSION"` opens it on that expression, and a verb works
without a window. Results go to standard output, and what is said beside them to standard error,
where a bar shows the progress of what takes longer than half a second. Bars and colours are for
terminals alone; with the environment variable `NO_COLOR` there are no colours.
"""


def page() -> str:
    """Return the page."""
    parser, verbs = command_line()
    help_of = {each.dest: each.help or "" for each in verbs._choices_actions}
    return "\n".join(
        [
            _HEAD,
            *_table("exit code", "meaning", {str(key): each for key, each in EXIT_CODES.items()}),
            *_table("verb", "purpose", {f"`{name}`": told for name, told in help_of.items()}),
            *_code(parser.examples),
            *(line for name, verb in verbs.choices.items() for line in _verb(name, verb)),
        ]
    )


def _verb(name: str, verb: Parser) -> Iterator[str]:
    arguments = {_words(action): _told(action) for action in verb._actions}
    given = " ".join(_metavar(each) for each in verb._actions if not each.option_strings)
    yield f"## gradviz {name}\n"
    yield f"{_plain(verb.description or '')}\n"
    yield from _code([f"gradviz {name} {given} [options]".replace("  ", " ")], "text")
    yield from _table("argument or option", "meaning", arguments)
    yield from _code(verb.examples)


def _words(action: argparse.Action) -> str:
    value = _metavar(action) if action.nargs != 0 else ""
    words = [f"`{f'{option} {value}'.strip()}`" for option in action.option_strings]
    return ", ".join(words or [f"`{value}`"])


def _metavar(action: argparse.Action) -> str:
    """Return what stands for the values of an argument."""
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    if action.metavar is not None:
        return action.metavar
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return action.dest.upper()


def _told(action: argparse.Action) -> str:
    choices = "" if action.choices is None else "one of " + ", ".join(map(str, action.choices))
    told = (action.help or "") % {"default": action.default, "prog": "gradviz"}
    return told or choices


def _table(left: str, right: str, rows: dict[str, str]) -> Iterator[str]:
    yield f"| {left} | {right} |\n|---|---|"
    for key, told in rows.items():
        yield f"| {key.replace('|', chr(92) + '|')} | {_plain(told)} |"
    yield ""


def _plain(text: str) -> str:
    """Return a text in which nothing is taken for Markdown."""
    return re.sub(r"([*_|<>\[\]])", r"\\\1", " ".join(text.split()))


def _code(lines: tuple[str, ...] | list[str], language: str = "") -> Iterator[str]:
    if lines:
        yield f"```{language}"
        yield from lines
        yield "```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")

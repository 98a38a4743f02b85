"""The help of a parser in the language that is spoken, and argparse's own words in it.

argparse asks gettext for its words, which would want catalogues of another kind; so the few of them
that a user sees are put in their places here.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from typing import Final

from gradviz.cli.text_columns import width_of
from gradviz.core.language.saying import marked, tr

#: What argparse says of arguments that do not fit.
_REFUSALS: Final = (
    marked("the following arguments are required: {names}"),
    marked("unrecognized arguments: {words}"),
    marked("one of the arguments {names} is required"),
    marked("ambiguous option: {option} could match {matches}"),
    marked("argument {name}: invalid choice: {value} (choose from {choices})"),
    marked("argument {name}: invalid {kind} value: {value}"),
    marked("argument {name}: not allowed with argument {other}"),
    marked("argument {name}: ignored explicit argument {value}"),
    marked("argument {name}: expected one argument"),
    marked("argument {name}: expected {count} arguments"),
)
_PLACEHOLDER: Final = re.compile(r"\\\{(\w+)\\\}")


def refusal_text(message: str) -> str:
    """Return what argparse says of arguments in the language that is spoken."""
    for refusal in _REFUSALS:
        pattern = _PLACEHOLDER.sub(r"(?P<\1>.+?)", re.escape(refusal))
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is not None:
            return tr(refusal, **found.groupdict())
    return message


class HelpTexts(argparse.RawDescriptionHelpFormatter):
    """Sets the help of a parser, with lines that are as wide as a terminal shows them."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the line with the command, after the word for it."""
        super().add_usage(usage, actions, groups, tr("usage: ") if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        if width_of(text) == len(text):
            return super()._split_lines(text, width)
        return list(_wrapped(" ".join(text.split()), width))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text whose wide characters may be parted, unlike the words between."""
    line = ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield what is on one line: a wide character with the marks after it, or a word."""
    piece = ""
    for character in text:
        wide = width_of(character) > 1
        mark = character in "，。：；？！）”、…"
        ended = piece.endswith(" ") or (piece != "" and width_of(piece[-1]) > 1)
        if piece and (wide or ended) and not mark and not piece.endswith(("（", "“")):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece

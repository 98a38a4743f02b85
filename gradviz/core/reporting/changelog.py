"""The sections of the changelog, of which the newest is shown after an update."""

import re
from typing import NamedTuple


class NewestChanges(NamedTuple):
    """The changes of one version: its heading, such as `0.1.0`, and the text, in Markdown."""

    version: str
    text: str


_SECTION = re.compile(
    r"^## \[(?P<version>[^\]\n]+)\][^\n]*\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)


def newest_changes(changelog: str) -> NewestChanges | None:
    """Return the first section with any text; None where there is none."""
    for found in _SECTION.finditer(changelog):
        if found["text"].strip():
            return NewestChanges(found["version"], found["text"].strip())
    return None

"""Names for controls: for style sheets and tests, for screen readers, and as tool tips."""

import re
from typing import Final, TypeVar

from PySide6.QtWidgets import QWidget

#: The sign before the letter that opens a menu; in Chinese also the letter itself, in brackets.
_MNEMONIC: Final = re.compile(r"\(&\w\)|&(.)")

Control = TypeVar("Control", bound=QWidget)


def named(control: Control, name: str = "", *, title: str = "", tip: str = "") -> Control:
    """Give `control` its object name, its accessible name and its tool tip; return it."""
    if name:
        control.setObjectName(name)
    if title:
        control.setAccessibleName(title)
    if tip:
        control.setToolTip(tip)
    return control


def without_mnemonic(title: str) -> str:
    """Return the title of a menu without the letter that opens it: `File` for `&File`."""
    return _MNEMONIC.sub(lambda found: found[1] or "", title)

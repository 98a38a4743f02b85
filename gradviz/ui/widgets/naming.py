"""Names for controls: for style sheets and tests, for screen readers, and as tool tips."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

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

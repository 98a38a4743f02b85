"""Telling screen readers: the painted widgets are known to Qt, and events are passed on."""

from typing import Final

import PySide6
from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from gradviz.ui.widgets.speech.spoken import Spoken

#: The first release whose interfaces were tried: a wrong pointer from one would end the program.
_FIRST: Final = (6, 11)
_installed: list[bool] = []


def make_painted_widgets_known() -> bool:
    """Have Qt tell screen readers of the widgets that are `Spoken`; tell whether it can.

    With an earlier PySide6 they have their names and descriptions alone.
    """
    if not _installed:
        _installed.append(_install())
    return _installed[0]


def _install() -> bool:
    if PySide6.__version_info__[:2] < _FIRST:
        return False
    # An earlier release does not have the classes that it derives from.
    from gradviz.ui.widgets.speech.interfaces import interface_of

    QAccessible.installFactory(interface_of)
    return True


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader, if one listens, read `text` aloud; an `urgent` one interrupts it.

    A Qt without announcements is told of an alert with that text.
    """
    if not QAccessible.isActive():
        return
    kind = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if kind is None:
        widget.setAccessibleDescription(text)
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
        return
    event = kind(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def tell_chosen(widget: QWidget) -> None:
    """Tell a screen reader, if one listens, that another part of a focused widget is chosen."""
    if not QAccessible.isActive() or not widget.hasFocus():
        return
    parts = widget.spoken_parts() if isinstance(widget, Spoken) else None
    key = parts.current() if parts is not None else None
    interface = QAccessible.queryAccessibleInterface(widget)
    part = interface.focusChild() if interface is not None and key is not None else None
    if part is not None:
        QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))

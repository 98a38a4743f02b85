"""Where windows and dialogs are, remembered for each arrangement of the screens."""

import zlib
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

#: The place of the window with whatever screens were there last.
_LAST: Final = "geometry"
_WITH_SCREENS: Final = "geometry_on/{screens}"
_DIALOG: Final = "dialogs/{name}"


class WindowPlaces(QObject):
    """Restores the window, and each dialog that asks for it, and keeps where they were left."""

    def __init__(self, window: QWidget, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings

    def restore(self) -> None:
        """Put the window where it was with these screens, else where it was last, or first.

        Qt moves it into sight where a screen is gone since.
        """
        for key in (_WITH_SCREENS.format(screens=_screens()), _LAST):
            kept = self._settings.value(key)
            if isinstance(kept, QByteArray) and self._window.restoreGeometry(kept):
                break

    def keep(self) -> None:
        """Keep where the window is."""
        place = self._window.saveGeometry()
        self._settings.setValue(_LAST, place)
        self._settings.setValue(_WITH_SCREENS.format(screens=_screens()), place)

    def follow(self, dialog: QDialog, name: str) -> None:
        """Give a dialog the size that the user has given it before, and keep the next one."""
        kept = self._settings.value(_DIALOG.format(name=name))
        if isinstance(kept, QSize) and kept.isValid():
            room = self._window.screen().availableGeometry().size()
            dialog.resize(kept.expandedTo(dialog.minimumSizeHint()).boundedTo(room))
        dialog.finished.connect(
            lambda: self._settings.setValue(_DIALOG.format(name=name), dialog.size())
        )


def remember_size(dialog: QDialog, name: str) -> None:
    """Let a dialog have its last size, where it belongs to a window that remembers sizes."""
    parent: QObject | None = dialog.parent()
    while parent is not None:
        places = parent.findChild(WindowPlaces)
        if places is not None:
            places.follow(dialog, name)
            return
        parent = parent.parent()


def _screens() -> str:
    """Return a short text that is another one for every arrangement of the screens."""
    told = sorted(
        f"{screen.name()} {screen.geometry().getRect()} {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    return f"{zlib.crc32(' | '.join(told).encode()):08x}"

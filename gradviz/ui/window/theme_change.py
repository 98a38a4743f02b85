"""The theme of the window, and the change to another one while the window is open."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMainWindow

from gradviz.ui.widgets.background_work import Piecemeal
from gradviz.ui.widgets.contrast.system_look import SystemLook, theme_for
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.theme import Theme, styling, use_style

#: The name of the chosen theme, in the settings.
_THEME = "theme"


class ThemeChange:
    """Knows the theme that is used, and gives the application another one piece by piece.

    Attributes:
        theme: The theme that is used.
        icons: The icons in its colours.
    """

    def __init__(self, window: QMainWindow, settings: QSettings) -> None:
        self._window = window
        self._settings = settings
        self._work = Piecemeal(window)
        self.theme = theme_for(self._chosen)
        self.icons = Icons(self.theme.look.secondary, self.theme.disabled)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            use_style(app, self.theme)

    @property
    def _chosen(self) -> str:
        return str(self._settings.value(_THEME, "light"))

    def follow_system(self, recolour: Callable[[Theme], Iterator[None]]) -> None:
        """Change the colours with the contrast and the light that the system asks for."""
        SystemLook(lambda: self.choose(self._chosen, recolour), self._window)

    def choose(self, name: str, recolour: Callable[[Theme], Iterator[None]]) -> None:
        """Use the theme "light", "dark", or that of the system, also the next time.

        `recolour` gives the parts of the window the theme, and stops before each of them.
        """
        self._settings.setValue(_THEME, name)
        self.theme = theme_for(name)
        # Nothing is painted until all of it has the new colours, in the next rounds of events.
        self._window.setUpdatesEnabled(False)
        self._work.begin(self._change(recolour))

    def _change(self, recolour: Callable[[Theme], Iterator[None]]) -> Iterator[None]:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            yield from styling(app, self.theme)
        self.icons.recolour(self.theme.look.secondary, self.theme.disabled)
        yield from recolour(self.theme)
        self._window.setUpdatesEnabled(True)

"""The language of the window, and the change to another one while the window is open."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow

from gradviz.core.language.catalogues import LanguageError, best_language, speak
from gradviz.core.language.saying import remember, remember_what_is_said, spoken_language
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Piecemeal
from gradviz.ui.window.shown_texts import say_texts_again

#: The code of the chosen language, in the settings; empty for that of the system.
LANGUAGE: Final = "language"
_WORDS_OF_QT: Final = (
    ("QDockWidget", "Float"),
    ("QDockWidget", "Close"),
    ("QTabBar", "Scroll Left"),
    ("QTabBar", "Scroll Right"),
)


class LanguageChange:
    """Speaks the chosen language, and says everything in the window again in another one.

    Attributes:
        faults: What is wrong with the translations, in sentences; English is used instead.
    """

    def __init__(
        self, window: QMainWindow, settings: QSettings, tell: Callable[[str], None]
    ) -> None:
        """Speak it at once; `tell` has the other processes speak it too."""
        self._window = window
        self._tell = tell
        self._settings = settings
        self._work = Piecemeal(window)
        #: Qt's own words, such as those of its dialogs.
        self._words = QTranslator(window)
        self.faults: tuple[str, ...] = ()
        remember_what_is_said()
        self._speak()
        for context, text in _WORDS_OF_QT:
            # Qt names these buttons when it makes them, and does not name them again.
            say = partial(QCoreApplication.translate, context, text)
            remember(say(), say)

    @property
    def chosen(self) -> str:
        """Return the code of the chosen language; empty for that of the system."""
        return str(self._settings.value(LANGUAGE, "") or "")

    def choose(self, code: str, state: State, renew: Callable[[], Iterator[None]]) -> None:
        """Speak the language `code`, or that of the system (""), also the next time.

        `renew` brings up to date, piece by piece, what the window makes of parts.
        """
        self._settings.setValue(LANGUAGE, code)
        before = spoken_language()
        self._speak()
        if spoken_language() == before:
            state.language_changed.emit()
            return
        # Nothing is painted until all of it is in the new language.
        self._window.setUpdatesEnabled(False)
        self._work.begin(self._change(state, renew))

    def _speak(self) -> None:
        wanted = best_language(self.chosen or QLocale.system().name())
        try:
            self.faults = speak(wanted).faults
        except LanguageError as error:
            self.faults = (str(error),)
        self._tell(spoken_language())
        app = QApplication.instance()
        if app is not None:
            app.removeTranslator(self._words)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._words.load(f"qtbase_{spoken_language()}", folder):
                app.installTranslator(self._words)

    def _change(self, state: State, renew: Callable[[], Iterator[None]]) -> Iterator[None]:
        try:
            yield from say_texts_again()
            state.language_changed.emit()
            yield
            yield from renew()
        finally:
            self._window.setUpdatesEnabled(True)

"""The language of the window, and the change to another one while the window is open."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow
from shiboken6 import isValid

from gradviz.core.language.catalogues import LanguageError, best_language, read_catalogue
from gradviz.core.language.saying import (
    Translations,
    remember,
    remember_what_is_said,
    spoken_language,
    tr_n,
    use,
)
from gradviz.ui.state.window_state import Notice, State
from gradviz.ui.widgets.background_work import Background, Piecemeal
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
    """Speaks the chosen language, and says everything in the window again in another one."""

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
        self._faults: tuple[str, ...] = ()
        #: How often a language has been chosen: what is read for an earlier one comes too late.
        self._asked = 0
        #: Whether the engine has said texts again that are still shown as they were.
        self._behind = False
        remember_what_is_said()
        reading = _Reading(self._wanted)
        reading.read()
        self._speak(reading)
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

        `renew` brings up to date, piece by piece, what the window makes of parts, and tells that
        the language has changed.
        """
        self._settings.setValue(LANGUAGE, code)
        self._asked += 1
        # To read a catalogue takes longer than a frame.
        reading = _Reading(self._wanted)
        Background(reading.read, partial(self._take, self._asked, reading, state, renew))

    def catch_up(self, renew: Callable[[], Iterator[None]]) -> None:
        """Say the engine's sentences again: it speaks the language a moment after the window."""
        self._behind = True
        if not self._work.busy:
            self._work.begin(self._catch_up(renew))

    def tell_faults(self, state: State) -> None:
        """Show the faults of the translations, if there are any."""
        if self._faults:
            more = len(self._faults) - 1
            hint = tr_n("{count} more are like it.", "{count} more is like it.", more)
            state.noticed.emit(Notice("window", self._faults[0], hint if more else ""))

    @property
    def _wanted(self) -> str:
        return best_language(self.chosen or QLocale.system().name())

    def _take(
        self,
        asked: int,
        reading: "_Reading",
        state: State,
        renew: Callable[[], Iterator[None]],
        _: Exception | None,
    ) -> None:
        if asked != self._asked or not isValid(self._window):
            return
        before = spoken_language()
        self._speak(reading)
        self.tell_faults(state)
        if spoken_language() == before:
            state.language_changed.emit()
            return
        # Nothing is painted until all of it is in the new language.
        self._window.setUpdatesEnabled(False)
        self._work.begin(self._change(renew))

    def _speak(self, reading: "_Reading") -> None:
        self._faults = reading.faults
        if reading.catalogue is not None:
            use(reading.catalogue)
        self._tell(spoken_language())
        app = QApplication.instance()
        if app is not None:
            app.removeTranslator(self._words)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._words.load(f"qtbase_{spoken_language()}", folder):
                app.installTranslator(self._words)

    def _change(self, renew: Callable[[], Iterator[None]]) -> Iterator[None]:
        try:
            yield from say_texts_again()
            yield from renew()
        finally:
            if isValid(self._window):
                self._window.setUpdatesEnabled(True)
        yield from self._catch_up(renew)

    def _catch_up(self, renew: Callable[[], Iterator[None]]) -> Iterator[None]:
        while self._behind:
            self._behind = False
            yield from say_texts_again()
            yield from renew()


class _Reading:
    """Reads the catalogue of a language, in whichever thread.

    Attributes:
        catalogue: The catalogue; None where it cannot be read.
        faults: What is wrong with it, in sentences.
    """

    def __init__(self, code: str) -> None:
        self._code = code
        self.catalogue: Translations | None = None
        self.faults: tuple[str, ...] = ()

    def read(self) -> None:
        try:
            self.catalogue = read_catalogue(self._code)
            self.faults = self.catalogue.faults
        except LanguageError as error:
            self.faults = (str(error),)

"""Fields for a number, alike in every language: a point or a comma is typed, a point is shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimerEvent
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QSpinBox

from gradviz.core.errors import SettingError
from gradviz.core.language.saying import sentences, tr, tr_n
from gradviz.core.number_text import AmbiguousNumberError, full, read_number, read_whole_number
from gradviz.ui.widgets.kept_typing import typing_in
from gradviz.ui.widgets.naming import named

_READ_MS: Final = 8000
_WIDTH: Final = 320


class NumberBox(QDoubleSpinBox):
    """A number without the zeros that fill it up; of a text that is none it says why."""

    def __init__(self, *, low: float, high: float, decimals: int) -> None:
        super().__init__()
        self._reading = _Reading(self, self._read)
        self.setDecimals(decimals)
        self.setRange(low, high)

    @property
    def message(self) -> QLabel:
        """Return the note on the text that was refused last, hidden where none was."""
        return self._reading.message

    def textFromValue(self, value: float) -> str:
        return full(round(value, self.decimals()))

    def valueFromText(self, text: str) -> float:
        return self._reading.value_of(text)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return self._reading.state_of(text), text, position

    def fixup(self, text: str) -> str:
        return self._reading.refused(text)

    def _read(self, text: str) -> float:
        value, places = read_number(text), self.decimals()
        if round(value, places) != value:
            # Qt would round it without a word.
            raise SettingError(
                tr_n(
                    "“{text}” has more than {count} decimal places.",
                    "“{text}” has more than {count} decimal place.",
                    places,
                    text=text,
                ),
                tr("Write {number}.", number=full(round(value, places))),
            )
        return value


class WholeBox(QSpinBox):
    """A whole number; of a text that is none it says why."""

    def __init__(self, low: int = 0, high: int = 99) -> None:
        super().__init__()
        self._reading = _Reading(self, read_whole_number)
        self.setRange(low, high)

    @property
    def message(self) -> QLabel:
        """Return the note on the text that was refused last, hidden where none was."""
        return self._reading.message

    def textFromValue(self, value: int) -> str:
        return full(value)

    def valueFromText(self, text: str) -> int:
        return int(self._reading.value_of(text))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return self._reading.state_of(text), text, position

    def fixup(self, text: str) -> str:
        return self._reading.refused(text)


class _Reading(QObject):
    """Reads the texts of a box, and takes none of which a key would have to be left out."""

    def __init__(self, box: NumberBox | WholeBox, read: Callable[[str], float]) -> None:
        super().__init__(box)
        # Before any other heeds the signals of the box.
        typing_in(box)
        self._box = box
        self._read = read
        self._begun = False
        self._before: float = box.value()
        self.message = _Message(box)
        box.lineEdit().textEdited.connect(self._on_edited)
        box.editingFinished.connect(self._on_finished)

    def value_of(self, text: str) -> float:
        """Return the number in a text of the box, its present one where there is none."""
        try:
            return self._read(self._bare(text))
        except SettingError:
            return self._box.value()

    def state_of(self, text: str) -> QValidator.State:
        """Tell whether the text can be taken; none is cut short by refusing a key of it."""
        fits = not self._refusal(self._bare(text))
        return QValidator.State.Acceptable if fits else QValidator.State.Intermediate

    def refused(self, text: str) -> str:
        """Say why a text is not taken; return that of the value before it was typed."""
        box = self._box
        before = box.textFromValue(self._before)  # type: ignore[arg-type]
        stays = tr("It stays {number}.", number=before)
        self.message.tell(sentences([self._refusal(self._bare(text)), stays]))
        return f"{box.prefix()}{before}{box.suffix()}"

    def _bare(self, text: str) -> str:
        return text.removeprefix(self._box.prefix()).removesuffix(self._box.suffix()).strip()

    def _refusal(self, bare: str) -> str:
        try:
            value = self._read(bare)
        except SettingError as error:
            return sentences([error.message, error.hint])
        low, high = self._box.minimum(), self._box.maximum()
        if low <= value <= high:
            return ""
        return tr(
            "“{text}” is not between {low} and {high}.",
            text=bare[:20],
            low=full(low),
            high=full(high),
        )

    def _on_edited(self, text: str) -> None:
        if not self._begun:
            self._begun, self._before = True, self._box.value()
        self.message.hide()
        try:
            self._read(self._bare(text))
        except AmbiguousNumberError as error:
            self.message.tell(sentences([error.message, error.hint]))
        except SettingError:
            # It may become a number with the next key.
            pass

    def _on_finished(self) -> None:
        self._begun = False


class _Message(QLabel):
    """A note beneath a field; it goes with the next key, or after a while."""

    def __init__(self, box: QSpinBox | QDoubleSpinBox) -> None:
        super().__init__(box, wordWrap=True)
        self.hide()
        named(self, "field_message", title=tr("Why the number is refused"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._box = box
        self._clock = 0

    def tell(self, text: str) -> None:
        """Show a text beneath the field, if that is seen."""
        if self._box.isVisible():
            window = self._box.window()
            # A panel would cut it.
            self.setParent(window)
            self.setText(text)
            self.setFixedWidth(min(_WIDTH, window.width()))
            self.adjustSize()
            place = self._box.mapTo(window, QPoint(0, self._box.height() + 2))
            right, bottom = window.width() - self.width(), window.height() - self.height()
            self.move(max(0, min(place.x(), right)), max(0, min(place.y(), bottom)))
            self.show()
            self.raise_()
            self._stop()
            self._clock = self.startTimer(_READ_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        self._stop()
        self.hide()

    def _stop(self) -> None:
        if self._clock:
            self.killTimer(self._clock)
            self._clock = 0

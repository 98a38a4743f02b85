"""What is being typed is kept: a value from outside waits until the user has left the field."""

from collections.abc import Callable
from typing import TypeAlias, assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit

Field: TypeAlias = QLineEdit | QAbstractSpinBox | QComboBox | QPlainTextEdit


def show_in(field: Field, show: Callable[[], None]) -> None:
    """Run `show`, which sets `field`, without the field's signals.

    While the user is typing there it waits; the last one that waits runs when the field is left
    and its text is the one that stood there before, or was taken before `show` came.
    """
    typing_in(field).offer(show)


def when_entered(line: QLineEdit, take: Callable[[], None]) -> None:
    """Call `take` at Enter, and when a line is left whose text the user has changed."""
    typing_in(line).take = take


class Typing(QObject):
    """The typing into one field, from its first key to Enter or the loss of the focus.

    Attributes:
        take: Called with the line's new text in place; None for the fields that tell it themselves.
    """

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._field = field
        self.take: Callable[[], None] | None = None
        self._begun = False
        self._before = _text(field)
        self._waiting: Callable[[], None] | None = None
        self._connect()

    @property
    def going_on(self) -> bool:
        """Tell whether the user has typed and is still there."""
        return self._begun and self._field.window().focusWidget() is self._field

    def offer(self, show: Callable[[], None]) -> None:
        """Run `show` now, or keep it in place of the one that waits."""
        if self.going_on:
            self._waiting = show
            return
        self._begun = False
        self._run(show)

    def begin(self) -> None:
        """Take that the user has changed the text."""
        self._begun = True

    def take_over(self) -> None:
        """Take that the field has told its value: what waits is older."""
        self._waiting = None

    def end(self) -> None:
        """Take that the user has pressed Enter or left the field."""
        begun, self._begun = self._begun, False
        waiting, self._waiting = self._waiting, None
        changed = _text(self._field) != self._before
        self._before = _text(self._field)
        if waiting is not None and (self.take is None or not changed):
            self._run(waiting)
        elif (begun or changed) and self.take is not None:
            self.take()

    def _run(self, show: Callable[[], None]) -> None:
        self._waiting = None
        blocked = self._field.blockSignals(True)
        show()
        self._field.blockSignals(blocked)
        self._before = _text(self._field)

    def _connect(self) -> None:
        field = self._field
        if isinstance(field, QPlainTextEdit):
            return
        line = field if isinstance(field, QLineEdit) else field.lineEdit()
        if line is None:
            raise AssertionError("a field that takes no keys has nothing to keep")
        line.textEdited.connect(self.begin)
        if isinstance(field, QAbstractSpinBox):
            field.editingFinished.connect(self.end)
            field.valueChanged.connect(self.take_over)  # type: ignore[attr-defined]
        else:
            line.editingFinished.connect(self.end)


def typing_in(field: Field) -> Typing:
    """Return the typing into `field`, which belongs to it."""
    found = field.findChild(Typing)
    return found if found is not None else Typing(field)


def _text(field: Field) -> str:
    match field:
        case QPlainTextEdit():
            return field.toPlainText()
        case QComboBox():
            return field.currentText()
        case QAbstractSpinBox() | QLineEdit():
            return field.text()
        case _:
            assert_never(field)

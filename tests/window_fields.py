"""Every field of a window that takes keys, found by walking its widgets."""

from collections.abc import Iterator
from typing import assert_never

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from gradviz.ui.main_window import MainWindow

Field = QLineEdit | QAbstractSpinBox | QComboBox | QPlainTextEdit


def fields_of(widget: QWidget) -> Iterator[Field]:
    """Yield the fields of a widget that can be typed into now, each once."""
    for field in widget.findChildren(QWidget):
        part = isinstance(field.parent(), QAbstractSpinBox | QComboBox)
        if part or not field.isVisibleTo(widget) or not field.isEnabledTo(widget):
            continue
        if isinstance(field, QComboBox):
            if field.isEditable():
                yield field
        elif isinstance(field, QLineEdit | QAbstractSpinBox | QPlainTextEdit) and (
            not field.isReadOnly()
        ):
            yield field


def fields_in(window: MainWindow) -> Iterator[Field]:
    """Yield the fields of the bars, then those of each panel, which is brought to the front."""
    panels = window.panels.widgets
    of_panels = set()
    for panel in panels.values():
        panel.come_to_front()
        for field in fields_of(panel):
            of_panels.add(field)
            yield field
    yield from (field for field in fields_of(window) if field not in of_panels)


def press_keys(field: Field, text: str) -> None:
    """Type a text of any script, key by key; QTest has the keys of Latin 1 alone."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(field, event)


def named(field: Field) -> str:
    """Return the name by which a failing test says which field it was."""
    return field.accessibleName() or field.objectName() or type(field).__name__


def text_of(field: Field) -> str:
    """Return what stands in a field, without the prefix and the suffix of a spin box."""
    match field:
        case QPlainTextEdit():
            return field.toPlainText()
        case QComboBox():
            return field.currentText()
        case QAbstractSpinBox() | QLineEdit():
            text = field.text()
            prefix, suffix = (getattr(field, name, str)() for name in ("prefix", "suffix"))
            return text.removeprefix(prefix).removesuffix(suffix)
        case _:
            assert_never(field)

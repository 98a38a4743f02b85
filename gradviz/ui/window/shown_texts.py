"""The texts that stand on widgets, said again in another language."""

from collections.abc import Iterator
from typing import Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QListWidget,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
)
from shiboken6 import isValid

from gradviz.core.language.saying import Saying, how_said, said_again

#: The properties of Qt's widgets and actions that hold words of the program.
_PROPERTIES: Final = (
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
    "windowTitle",
    "placeholderText",
    "title",
    "prefix",
    "suffix",
    "specialValueText",
    "iconText",
)
_known: Final[dict[type[QObject], tuple[str, ...]]] = {}
#: How each text was said that was put on a widget here: in another language two may be one.
_put: Final[WeakKeyDictionary[QObject, dict[str, tuple[str, Saying]]]] = WeakKeyDictionary()
#: Widgets whose `text` is what a user has typed.
_TYPED: Final = ("QLineEdit", "QAbstractSpinBox", "QPlainTextEdit", "QTextEdit")


def say_texts_again() -> Iterator[None]:
    """Put each remembered text of all widgets and actions in the language that is spoken.

    It stops after each widget. What a widget paints, or makes of parts, is its own to say again.
    """
    for widget in QApplication.allWidgets():
        # Events between two of them may have ended it.
        if not isValid(widget):
            continue
        _say_again(widget)
        if isinstance(widget, QTabBar):
            _say_tabs_again(widget)
        elif isinstance(widget, QComboBox):
            _say_entries_again(widget)
        elif isinstance(widget, QAbstractItemView):
            _say_items_again(widget)
        for child in widget.children():
            if isinstance(child, QAction):
                _say_again(child)
        yield


def _say_again(thing: QObject) -> None:
    for name in _properties_of(thing):
        before = thing.property(name)
        if not isinstance(before, str) or (after := _again(thing, name, before)) == before:
            continue
        if name == "text" and isinstance(thing, QLabel):
            # Labels of the program's own take their height here.
            thing.setText(after)
        else:
            thing.setProperty(name, after)


def _again(thing: QObject, place: str, before: str) -> str:
    """Return a text at a place of a widget in the language that is spoken."""
    put, how = _put.get(thing, {}).get(place, ("", None))
    how = how if put == before else how_said(before)
    if not before or how is None:
        return before
    after = how()
    _put.setdefault(thing, {})[place] = (after, how)
    return after


def _properties_of(thing: QObject) -> tuple[str, ...]:
    """Return those of the properties that things of this class have."""
    kind = type(thing)
    if kind not in _known:
        typed = any(thing.inherits(name) for name in _TYPED)
        meta = thing.metaObject()
        named = _PROPERTIES if typed else (*_PROPERTIES, "text")
        _known[kind] = tuple(name for name in named if meta.indexOfProperty(name) >= 0)
    return _known[kind]


def _say_tabs_again(bar: QTabBar) -> None:
    for index in range(bar.count()):
        bar.setTabText(index, _again(bar, f"tab {index}", bar.tabText(index)))
        bar.setTabToolTip(index, _again(bar, f"tip {index}", bar.tabToolTip(index)))


def _say_entries_again(box: QComboBox) -> None:
    blocked = box.blockSignals(True)
    for index in range(box.count()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            before = box.itemData(index, role)
            if isinstance(before, str):
                box.setItemData(index, _again(box, f"entry {index} {role}", before), role)
    box.blockSignals(blocked)


def _say_items_again(view: QAbstractItemView) -> None:
    blocked = view.blockSignals(True)
    if isinstance(view, QListWidget):
        for index in range(view.count()):
            entry = view.item(index)
            entry.setText(said_again(entry.text()))
            entry.setToolTip(said_again(entry.toolTip()))
    elif isinstance(view, QTableWidget):
        columns, rows = range(view.columnCount()), range(view.rowCount())
        heads = (view.horizontalHeaderItem(column) for column in columns)
        sides = (view.verticalHeaderItem(row) for row in rows)
        cells = (view.item(row, column) for row in rows for column in columns)
        for cell in (*heads, *sides, *cells):
            if cell is not None:
                _say_cell_again(cell)
    elif isinstance(view, QTreeWidget):
        columns = range(view.columnCount())
        _say_row_again(view.headerItem(), columns)
        waiting = [view.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            _say_row_again(item, columns)
            waiting += filter(None, map(item.child, range(item.childCount())))
    view.blockSignals(blocked)


def _say_cell_again(cell: QTableWidgetItem) -> None:
    cell.setText(said_again(cell.text()))
    cell.setToolTip(said_again(cell.toolTip()))


def _say_row_again(row: QTreeWidgetItem, columns: range) -> None:
    for column in columns:
        row.setText(column, said_again(row.text(column)))
        row.setToolTip(column, said_again(row.toolTip(column)))

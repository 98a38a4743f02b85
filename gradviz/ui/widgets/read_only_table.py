"""Tables that are read and not edited: they all are set up alike."""

from typing import Final, TypeVar

from PySide6.QtWidgets import QAbstractItemView, QTableView

Table = TypeVar("Table", bound=QTableView)

ROW_PIXELS: Final = 24


def read_only(table: Table, *, row_pixels: int = ROW_PIXELS) -> Table:
    """Set `table` up to be read: its cells are not edited, and Tab leaves it."""
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_pixels)
    return table


def one_row_at_a_time(table: Table) -> Table:
    """Let at most one row of `table` be selected, as a whole."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    return table

"""A card of the inspector with a table that has a scroll bar of its own."""

from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QVBoxLayout

from gradviz.ui.widgets.fitting_table import FittingTable
from gradviz.ui.widgets.naming import named

#: More rows than this are scrolled.
ROWS_IN_SIGHT: Final = 8
_ROW_PIXELS: Final = 22


class TableCard(QFrame):
    """A heading over a table; it is hidden until there is something in it.

    The texts of the last `measured` rows tell how wide a column is.
    """

    def __init__(self, heading: str, name: str, title: str, *, measured: int = 600) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(heading)
        self.table = named(
            FittingTable(row_pixels=_ROW_PIXELS, measured=measured), name, title=title
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(10, 8, 10, 10)
        self.column.setSpacing(4)
        self.column.addWidget(named(QLabel(heading), "heading"))
        self.column.addWidget(self.table)
        self.hide()

    def fit_height(self, rows: int) -> None:
        """Be as high as `rows` rows are, of which the first few are in sight at a time."""
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + min(rows, ROWS_IN_SIGHT) * _ROW_PIXELS + 14)

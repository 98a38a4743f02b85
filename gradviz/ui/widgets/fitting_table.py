"""A table to read whose columns fit its width: numbers get shorter, then names do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTableView

from gradviz.core.number_text import short, stored
from gradviz.core.short_names import shortened
from gradviz.ui.widgets.read_only_table import ROW_PIXELS, read_only

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
#: The room beside a text in its cell, and beside the title of a column.
_PADDING: Final = 16
#: A name is not made narrower than this.
_LEAST_NAME: Final = 40
#: Significant digits of a number where not all have room, and where fewer have.
_DIGITS: Final = (6, 4, 3)
#: A "name" gives way to the other columns, whatever stands in it.
CellKind = Literal["number", "name", "text"]
#: The texts of a cell, the whole one first, and shorter ones that say the same with less.
Cell = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column with its title and the kind of its cells."""

    title: str
    kind: CellKind = "text"


def number_cell(value: float, dtype: str) -> Cell:
    """Return the texts of a number: with all its digits, and with fewer and fewer."""
    texts = (stored(value, dtype), *(short(value, digits) for digits in _DIGITS))
    return tuple(dict.fromkeys(texts))


class _Rows(QAbstractTableModel):
    """The rows, with the texts that have room."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows: Sequence[Sequence[Cell]] = ()
        self.bold: frozenset[int] = frozenset()
        self.tips: Sequence[str] = ()
        #: Which text of a cell is shown, of those with fewer its last.
        self.level = 0
        #: The shown texts of the names that have no room.
        self.short: dict[str, str] = {}

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tips[row] if self.tips else self.rows[row][column][0]
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.rows[row][column][0]
            case Qt.ItemDataRole.TextAlignmentRole if self.columns[column].kind == "number":
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.FontRole if row in self.bold:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def text(self, row: int, column: int) -> str:
        """Return the text that is shown in a cell."""
        cell = self.rows[row][column]
        if self.columns[column].kind == "name":
            return self.short.get(cell[0], cell[0])
        return cell[min(self.level, len(cell) - 1)]


class FittingTable(QTableView):
    """Shows rows whose decisive columns are first; the whole text of a cell is its tool tip.

    Where the width is too small for all columns, each number gets as few digits as it takes, and
    names are shortened so that distinct ones stay apart. What has no room even then is scrolled to.
    The texts of the last `measured` rows tell how wide a column is.
    """

    def __init__(self, *, row_pixels: int = ROW_PIXELS, measured: int = 600) -> None:
        super().__init__()
        self._measured = measured
        self._rows = _Rows()
        self._rows.setParent(self)
        self.setModel(self._rows)
        read_only(self, row_pixels=row_pixels)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setMinimumSectionSize(16)
        # A title in bold, for a selected cell, would need more room.
        self.horizontalHeader().setHighlightSections(False)

    def show_rows(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        bold: frozenset[int] = frozenset(),
        tips: Sequence[str] = (),
    ) -> None:
        """Show `rows`, those at `bold` in bold type; `tips` has a tool tip for each row."""
        model = self._rows
        same = tuple(columns) == model.columns and len(rows) == len(model.rows)
        if same:
            # The selection and the place of the scroll bar stay.
            model.rows, model.bold, model.tips = rows, bold, tips
            last = model.index(len(rows) - 1, len(columns) - 1)
            model.dataChanged.emit(model.index(0, 0), last)
        else:
            model.beginResetModel()
            model.columns, model.rows, model.bold, model.tips = tuple(columns), rows, bold, tips
            model.endResetModel()
        self._fit()

    def texts(self, row: int) -> tuple[str, ...]:
        """Return the texts that are shown in a row."""
        return tuple(self._rows.text(row, column) for column in range(len(self._rows.columns)))

    def whole_texts(self, row: int) -> tuple[str, ...]:
        """Return the same texts in full."""
        return tuple(cell[0] for cell in self._rows.rows[row])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        model = self._rows
        columns = range(len(model.columns))
        if not model.rows or not columns:
            return
        room = self.viewport().width()
        metrics = self._metrics()
        names = [place for place in columns if model.columns[place].kind == "name"]
        measured = model.rows[-self._measured :]
        levels = max(len(cell) for row in measured for cell in row)
        widths: list[int] = []
        least: list[int] = []
        for level in range(levels):
            widths = [self._width(measured, place, level, metrics) for place in columns]
            least = [min(widths[place], self._least(place)) for place in columns]
            needed = sum(least[i] if i in names else widths[i] for i in columns)
            if needed <= room:
                break
        model.level = level
        self._fit_names({i: least[i] for i in names}, widths, room, metrics)
        spare = room - sum(widths)
        if spare > 0 and names:
            widths[names[0]] += spare
        for place in columns:
            self.setColumnWidth(place, widths[place])
        self.viewport().update()

    def _fit_names(
        self, least: dict[int, int], widths: list[int], room: int, metrics: QFontMetrics
    ) -> None:
        """Make the columns of names narrower, down to `least`, and their texts too."""
        model = self._rows
        model.short = {}
        missing = sum(widths) - room
        # The last ones are the least important.
        for place in reversed(least):
            given = max(0, min(missing, widths[place] - least[place]))
            if given:
                widths[place] -= given
                missing -= given
                whole = [row[place][0] for row in model.rows[-self._measured :]]
                model.short |= shortened(whole, _fits(metrics, widths[place] - _PADDING))

    def _least(self, place: int) -> int:
        """Return the least width of a column of names: its title is whole."""
        return max(_LEAST_NAME, self.horizontalHeader().sectionSizeHint(place))

    def _metrics(self) -> QFontMetrics:
        """Return the measures of the cells, which may be bold."""
        self.ensurePolished()
        font = QFont(self.font())
        font.setBold(bool(self._rows.bold))
        self.horizontalHeader().ensurePolished()
        return QFontMetrics(font)

    def _width(
        self,
        rows: Sequence[Sequence[Cell]],
        place: int,
        level: int,
        metrics: QFontMetrics,
    ) -> int:
        """Return the width that a column needs for its title and its texts at a level."""
        name = self._rows.columns[place].kind == "name"
        texts = {row[place][0 if name else min(level, len(row[place]) - 1)] for row in rows}
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return max(widest + _PADDING, self.horizontalHeader().sectionSizeHint(place))


def _fits(metrics: QFontMetrics, width: int) -> Callable[[str], bool]:
    return lambda text: metrics.horizontalAdvance(text) <= width

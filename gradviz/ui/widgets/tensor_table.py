"""A table over a tensor of any size: it asks for the visible pages, and holds them."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted, short

PAGE_ROWS: Final = 64
PAGE_COLUMNS: Final = 32
#: A tensor of one dimension is written in rows of so many values.
WRAP: Final = 10
#: Qt keeps something for every row and column, so that a table shows a part of larger tensors.
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 1_000
_MOST_PAGES: Final = 512
_MOST_WANTED: Final = 12
_WAITING: Final = "…"
MINUS: Final = "\N{MINUS SIGN}"

_Index = QModelIndex | QPersistentModelIndex
_Root: Final = QModelIndex()


class Window(NamedTuple):
    """A window into the last two dimensions, as the engine is asked for it."""

    row: int
    rows: int
    column: int
    columns: int


class _Page(NamedTuple):
    """Values of one page, and which recording they are of."""

    epoch: int
    values: npt.NDArray[np.generic]


class TensorTable(QAbstractTableModel):
    """The last two dimensions of a tensor; one dimension alone is wrapped into rows.

    Attributes:
        shape: The tensor's shape; the indices of further dimensions are the owner's.
        first_row, first_column: Where the part begins that the table shows of a larger tensor.
    """

    #: A Window that is needed now; `take` answers it.
    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shape: tuple[int, ...] = ()
        self.first_row = self.first_column = 0
        self._rows = self._columns = 0
        self._epoch = 0
        self._pages: OrderedDict[tuple[int, int], _Page] = OrderedDict()
        self._waiting: list[tuple[int, int]] = []
        self._asked: tuple[int, int] | None = None
        self._then: tuple[Window, Callable[[], None]] | None = None
        #: The epoch whose values were asked for it.
        self._then_of = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    # The shown tensor

    def show_shape(self, shape: tuple[int, ...]) -> None:
        """Show another tensor, of which only the shape is known."""
        self.beginResetModel()
        self.shape = shape
        self.first_row = self.first_column = 0
        self._measure()
        self._forget()
        self.endResetModel()

    def move_to(self, row: int, column: int) -> None:
        """Show the part of a larger tensor that begins there."""
        row = max(0, min(row, self.all_rows - 1))
        column = max(0, min(column, self.all_columns - 1))
        if (row, column) != (self.first_row, self.first_column):
            self.beginResetModel()
            self.first_row, self.first_column = row, column
            self._measure()
            self.endResetModel()

    def show_other_values(self) -> None:
        """Ask again for the visible values; the earlier ones stay until the new ones come."""
        self._epoch += 1
        self._asked = None
        self._waiting.clear()
        self._say_changed()

    @property
    def all_rows(self) -> int:
        """Return how many rows there are in all, also where the table shows a part."""
        if len(self.shape) >= 2:
            return self.shape[-2]
        return 1 if not self.shape else -(-self.shape[0] // WRAP)

    @property
    def all_columns(self) -> int:
        """Return how many columns there are in all."""
        if len(self.shape) >= 2:
            return self.shape[-1]
        return min(self.shape[0], WRAP) if self.shape else 1

    @property
    def wrapped(self) -> bool:
        """Tell whether it is one dimension in rows."""
        return len(self.shape) == 1

    # Pages

    def take(self, row: int, column: int, values: npt.NDArray[np.generic]) -> None:
        """Take values of shape (rows, columns), which begin where a page begins."""
        if self.wrapped:
            row, column, values = column // WRAP, 0, _in_rows(values)
        for top in range(0, values.shape[0], PAGE_ROWS):
            for left in range(0, values.shape[1], PAGE_COLUMNS):
                key = (row + top) // PAGE_ROWS, (column + left) // PAGE_COLUMNS
                block = values[top : top + PAGE_ROWS, left : left + PAGE_COLUMNS]
                self._pages[key] = _Page(self._epoch, block)
                self._pages.move_to_end(key)
                if key == self._asked:
                    self._asked = None
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        self._say_changed()
        self._finish()
        if self._then is not None and self._then_of != self._epoch:
            # There is another recording meanwhile, whose values are the ones to wait for.
            self._ask_then(self._then[0])
        if self._waiting:
            self._soon.start()

    def window_of(self, page: tuple[int, int]) -> Window:
        """Return the window of one page, by its place among the pages."""
        if self.wrapped:
            return Window(0, 1, page[0] * PAGE_ROWS * WRAP, PAGE_ROWS * WRAP)
        return Window(page[0] * PAGE_ROWS, PAGE_ROWS, page[1] * PAGE_COLUMNS, PAGE_COLUMNS)

    def once_loaded(self, rows: range, columns: range, then: Callable[[], None]) -> None:
        """Call `then` as soon as the values of these rows and columns of the table are there."""
        top = (self.first_row + rows.start) // PAGE_ROWS
        left = (self.first_column + columns.start) // PAGE_COLUMNS
        bottom = (self.first_row + rows.stop - 1) // PAGE_ROWS + 1
        right = (self.first_column + columns.stop - 1) // PAGE_COLUMNS + 1
        window = Window(top, bottom - top, left, right - left)
        self._then = window, then
        self._finish()
        if self._then is not None:
            if self._asked is not None:
                # One question takes the place of the one before: that page is asked for again.
                self._waiting.append(self._asked)
                self._asked = None
            self._ask_then(window)

    def give_up(self) -> None:
        """Wait no longer for pages that are refused, or not wanted any more."""
        self._asked = self._then = None

    def value(self, row: int, column: int) -> np.generic | None:
        """Return the value in a cell of the table, None where it is not known or there is none."""
        row, column = row + self.first_row, column + self.first_column
        page = self._pages.get((row // PAGE_ROWS, column // PAGE_COLUMNS))
        if page is None:
            return None
        row, column = row % PAGE_ROWS, column % PAGE_COLUMNS
        if row >= page.values.shape[0] or column >= page.values.shape[1]:
            return None
        found: np.generic = page.values[row, column]
        return found

    def exists(self, row: int, column: int) -> bool:
        """Tell whether there is an element in a cell; the last row of a wrapped one may end."""
        if not self.wrapped:
            return True
        return (row + self.first_row) * WRAP + column + self.first_column < self.shape[0]

    def text(self, rows: range, columns: range) -> str:
        """Return values that are loaded as text with all digits: tabs between, a line a row."""
        lines = []
        for row in rows:
            cells = [
                exact_text(value)
                for column in columns
                if self.exists(row, column) and (value := self.value(row, column)) is not None
            ]
            lines.append("\t".join(cells))
        return "\n".join(lines)

    # Qt's questions

    def rowCount(self, parent: _Index = _Root) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: _Index = _Root) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row, column = index.row(), index.column()
        if not self.exists(row, column):
            return None
        self._want(row + self.first_row, column + self.first_column)
        value = self.value(row, column)
        if value is None:
            return _WAITING
        return cell_text(value) if role == Qt.ItemDataRole.DisplayRole else exact_text(value)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role == Qt.ItemDataRole.AccessibleTextRole and not self.shape:
            return tr("value")
        if role != Qt.ItemDataRole.DisplayRole or not self.shape:
            return None
        if orientation == Qt.Orientation.Horizontal:
            place = self.first_column + section
            return f"+{place}" if self.wrapped else counted(place)
        return counted((self.first_row + section) * (WRAP if self.wrapped else 1))

    # Asking

    def _measure(self) -> None:
        empty = 0 in self.shape
        self._rows = 0 if empty else min(MOST_ROWS, self.all_rows - self.first_row)
        self._columns = 0 if empty else min(MOST_COLUMNS, self.all_columns - self.first_column)

    def _forget(self) -> None:
        self._pages.clear()
        self._waiting.clear()
        self._asked = None
        self._then = None
        self._epoch += 1

    def _want(self, row: int, column: int) -> None:
        key = row // PAGE_ROWS, column // PAGE_COLUMNS
        page = self._pages.get(key)
        if (page is not None and page.epoch == self._epoch) or key == self._asked:
            return
        if key in self._waiting:
            return
        # Pages that have been scrolled past are not fetched any more.
        self._waiting.append(key)
        del self._waiting[:-_MOST_WANTED]
        self._soon.start()

    def _ask(self) -> None:
        # What somebody waits for goes first: a page would take its place.
        if self._then is None and self._asked is None and self._waiting:
            self._asked = self._waiting.pop()
            self.wanted.emit(self.window_of(self._asked))

    def _ask_then(self, window: Window) -> None:
        self._then_of = self._epoch
        self.wanted.emit(self._joined(window))

    def _joined(self, pages: Window) -> Window:
        first = self.window_of((pages.row, pages.column))
        return first._replace(
            rows=1 if self.wrapped else pages.rows * PAGE_ROWS,
            columns=pages.rows * first.columns if self.wrapped else pages.columns * PAGE_COLUMNS,
        )

    def _finish(self) -> None:
        if self._then is None:
            return
        pages, then = self._then
        for row in range(pages.row, pages.row + pages.rows):
            for column in range(pages.column, pages.column + pages.columns):
                page = self._pages.get((row, column))
                if page is None or page.epoch != self._epoch:
                    return
        self._then = None
        then()

    def _say_changed(self) -> None:
        if self._rows and self._columns:
            last = self.index(self._rows - 1, self._columns - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def cell_text(value: np.generic) -> str:
    """Return a value as a cell has room for it."""
    if isinstance(value, np.complexfloating):
        real, imaginary = short(float(value.real)), short(float(value.imag))
        return f"{real}{imaginary if imaginary.startswith(MINUS) else f'+{imaginary}'}i"
    if isinstance(value, np.bool_ | np.integer):
        return str(value).replace("-", MINUS)
    return short(float(value.item()))


def exact_text(value: np.generic) -> str:
    """Return a value as Python writes it, so that other programs can read it; no digit is lost."""
    return str(value)


def _in_rows(values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Return one row of values wrapped; the padding of the last row is never shown."""
    line = values.reshape(-1)
    missing = -len(line) % WRAP
    if missing:
        line = np.concatenate([line, np.zeros(missing, line.dtype)])
    return line.reshape(-1, WRAP)

"""The gradients that have arrived at a node, as a table with a scroll bar of its own."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
)

from gradviz.core.graphs.accumulation import Arrival, arrivals_at, summed_outputs
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Trace
from gradviz.core.number_text import full, short
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.read_only_table import read_only

_COLUMNS: Final = ("edge", "from", "brings", "sum so far")
_NOW: Final = "▸ "
_ROW_PIXELS: Final = 22
#: More rows than this are scrolled.
_ROWS_IN_SIGHT: Final = 8

_Index = QModelIndex | QPersistentModelIndex


class _Arrivals(QAbstractTableModel):
    """The arrivals as rows, each made only once it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.graph: Graph | None = None
        self.rows: tuple[Arrival, ...] = ()
        self.now = 0

    def show(self, graph: Graph, rows: tuple[Arrival, ...], now: int) -> None:
        """Show other rows; those of step `now` have just arrived."""
        self.beginResetModel()
        self.graph, self.rows, self.now = graph, rows, now
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        return _COLUMNS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.text(row, index.column())
            case Qt.ItemDataRole.TextAlignmentRole if index.column() > 1:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.FontRole if row.step == self.now:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def text(self, row: Arrival, column: int) -> str:
        """Return the text of a cell; a sign marks a row of the current step."""
        if column == 0:
            return f"{_NOW if row.step == self.now else ''}{row.edge.id}"
        if column == 1:
            if self.graph is None:
                return row.edge.target
            node = self.graph.node[row.edge.target]
            return f"{node.op} {node.label}".strip()
        return _text(row.gradient if column == 2 else row.total)


class AccumulationCard(QFrame):
    """Shows the gradients that have arrived at a node which sums them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._model = _Arrivals()
        self._model.setParent(self)
        heading = named(QLabel("ACCUMULATION"), "heading")
        self.summary = named(QLabel(wordWrap=True), "name", title="What has arrived so far")
        self.table = named(QTableView(), "accumulation", title="What each edge brings")
        self.table.setModel(self._model)
        read_only(self.table, row_pixels=_ROW_PIXELS)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        # Only visible rows are measured.
        header.setResizeContentsPrecision(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(4)
        for widget in (heading, self.summary, self.table):
            column.addWidget(widget)
        #: The arrivals found last: a step of the walk leaves them as they are.
        self._known: tuple[Trace, str, tuple[Arrival, ...]] | None = None
        self.hide()

    def show_node(self, graph: Graph, trace: Trace | None, cursor: int, node: str) -> None:
        """Show the arrivals of the first `cursor` steps; nothing at a node without a sum."""
        leaf = graph.node[node].kind == "leaf"
        summed = leaf or bool(summed_outputs(graph, node))
        every = self._arrivals(graph, trace, node) if trace is not None and summed else ()
        come = tuple(row for row in every if row.step <= cursor)
        self.setVisible(bool(come))
        if come:
            self.summary.setText(_summary(every, come, leaf=leaf))
            self._model.show(graph, come, cursor)
            self.table.setColumnHidden(3, not leaf)
            rows = min(len(come), _ROWS_IN_SIGHT)
            header = self.table.horizontalHeader().sizeHint().height()
            self.table.setFixedHeight(header + rows * _ROW_PIXELS + 14)
            self.table.scrollToBottom()

    def _arrivals(self, graph: Graph, trace: Trace, node: str) -> tuple[Arrival, ...]:
        known = self._known
        if known is None or known[0] is not trace or known[1] != node:
            known = self._known = trace, node, arrivals_at(graph, trace, node)
        return known[2]


def _summary(every: tuple[Arrival, ...], come: tuple[Arrival, ...], *, leaf: bool) -> str:
    so_far = (
        f"{len(come)} of {len(every)} contributions have arrived"
        if len(come) < len(every)
        else "All contributions have arrived"
    )
    total = come[-1].total
    if not leaf or total is None:
        return f"{so_far}: used {len(every)} times, so a sum arrives."
    if len(come) == len(every):
        return f"{so_far}: the sum is the gradient, {_text(total)}."
    return f"{so_far}: {_text(total)} so far."


def _text(tensor: TensorSummary | None) -> str:
    if tensor is None:
        return "–"
    if tensor.scalar is not None:
        return full(tensor.scalar)
    norm = "none" if tensor.norm is None else short(tensor.norm)
    return f"{shape_text(tensor.shape)} ‖{norm}‖"

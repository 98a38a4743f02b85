"""The gradients that have arrived at a node, as a table with a scroll bar of its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, overload

from PySide6.QtWidgets import QLabel

from gradviz.core.graphs.accumulation import Arrival, arrivals_at, summed_outputs
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import short
from gradviz.ui.panels.inspector.table_card import ROWS_IN_SIGHT, TableCard
from gradviz.ui.widgets.fitting_table import Cell, Column, number_cell
from gradviz.ui.widgets.naming import named

#: The sum is what the table is for. A node that is no leaf has no sums here.
_OF_A_LEAF: Final = (
    Column(marked("sum so far"), "number"),
    Column(marked("brings"), "number"),
    Column(marked("from"), "name"),
)
_OF_A_NODE: Final = _OF_A_LEAF[1:]
_NOW: Final = "▸ "


class _Arrivals(Sequence[Sequence[Cell]]):
    """The arrivals as rows of texts, each made once it is seen; those of step `now` are new."""

    def __init__(self, graph: Graph, rows: tuple[Arrival, ...], now: int, *, leaf: bool) -> None:
        self._graph, self._rows, self._now, self._leaf = graph, rows, now, leaf

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(place, slice):
            return _Arrivals(self._graph, self._rows[place], self._now, leaf=self._leaf)
        row = self._rows[place]
        node = self._graph.node[row.edge.target]
        sign = _NOW if row.step == self._now else ""
        source = (f"{node.op} {node.label}".strip(),)
        numbers = (row.total, row.gradient) if self._leaf else (row.gradient,)
        first, *rest = (_cell(number) for number in numbers)
        return (tuple(f"{sign}{text}" for text in first), *rest, source)

    @property
    def new(self) -> frozenset[int]:
        """Return the places of the rows that have just arrived."""
        return frozenset(i for i, row in enumerate(self._rows) if row.step == self._now)


class AccumulationCard(TableCard):
    """Shows the gradients that have arrived at a node which sums them."""

    def __init__(self) -> None:
        super().__init__(
            tr("ACCUMULATION"),
            "accumulation",
            tr("What each edge brings"),
            measured=2 * ROWS_IN_SIGHT,
        )
        self.summary = named(QLabel(wordWrap=True), "name", title=tr("What has arrived so far"))
        self.column.insertWidget(1, self.summary)
        #: The arrivals found last: a step of the walk leaves them as they are.
        self._known: tuple[Trace, str, tuple[Arrival, ...]] | None = None

    def show_node(self, graph: Graph, trace: Trace | None, cursor: int, node: str) -> None:
        """Show the arrivals of the first `cursor` steps; nothing at a node without a sum."""
        leaf = graph.node[node].kind == "leaf"
        summed = leaf or bool(summed_outputs(graph, node))
        every = self._arrivals(graph, trace, node) if trace is not None and summed else ()
        come = tuple(row for row in every if row.step <= cursor)
        self.setVisible(bool(come))
        if come:
            self.summary.setText(_summary(every, come, leaf=leaf))
            arrivals = _Arrivals(graph, come, cursor, leaf=leaf)
            table = _OF_A_LEAF if leaf else _OF_A_NODE
            columns = [replace(each, title=tr(each.title)) for each in table]
            # There may be thousands: what they share is said once.
            along = tr("along edge {edge}")
            tips = [along.format(edge=row.edge.id) for row in come]
            self.table.show_rows(columns, arrivals, bold=arrivals.new, tips=tips)
            self.fit_height(len(come))
            self.table.scrollToBottom()

    def _arrivals(self, graph: Graph, trace: Trace, node: str) -> tuple[Arrival, ...]:
        known = self._known
        if known is None or known[0] is not trace or known[1] != node:
            known = self._known = trace, node, arrivals_at(graph, trace, node)
        return known[2]


def _summary(every: tuple[Arrival, ...], come: tuple[Arrival, ...], *, leaf: bool) -> str:
    total = come[-1].total
    known = leaf and total is not None
    if len(come) == len(every):
        if known:
            return tr(
                "All contributions have arrived: the sum is the gradient, {total}.",
                total=_text(total),
            )
        return tr_n(
            "All contributions have arrived: used {count} times, so a sum arrives.",
            "All contributions have arrived: used {count} time, so a sum arrives.",
            len(every),
        )
    if known:
        return tr(
            "{some} of {all} contributions have arrived: {total} so far.",
            some=len(come),
            all=len(every),
            total=_text(total),
        )
    return tr(
        "{some} of {all} contributions have arrived: used {all} times, so a sum arrives.",
        some=len(come),
        all=len(every),
    )


def _text(tensor: TensorSummary | None) -> str:
    return _cell(tensor)[0]


def _cell(tensor: TensorSummary | None) -> Cell:
    """Return the texts of a tensor: its value, or its shape and norm, and ever shorter ones."""
    if tensor is None:
        return ("–",)
    if tensor.hidden:
        return ("?",)
    if tensor.scalar is not None:
        return number_cell(tensor.scalar, tensor.dtype)
    norms = (tr("none"),) if tensor.norm is None else (short(tensor.norm), short(tensor.norm, 3))
    shape = shape_text(tensor.shape)
    return (*(f"{shape} ‖{norm}‖" for norm in norms), f"‖{norms[-1]}‖")

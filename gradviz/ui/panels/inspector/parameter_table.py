"""The parameters of a group with their gradients in the whole pass, as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QModelIndex

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.language.saying import marked, spoken_language, tr
from gradviz.core.number_text import short
from gradviz.render.shades import number_text
from gradviz.ui.panels.inspector.table_card import TableCard
from gradviz.ui.widgets.fitting_table import Cell, Column

_COLUMNS: Final = (
    Column(marked("name"), "name"),
    Column(marked("grad ‖·‖"), "number"),
    Column(marked("÷ weight"), "number"),
    Column(marked("zeros"), "number"),
)
_DIGITS: Final = (6, 4, 3)
_UNKNOWN: Final = "–"


@dataclass(frozen=True)
class ParameterFacts:
    """A parameter: its node, and its gradient's numbers in the whole pass, None where unknown.

    Attributes:
        name: Its name without the path of the group.
        gradient: The norm of its gradient.
        ratio: That divided by the norm of the parameter.
        zeros: The share of zeros among the elements of the gradient, from 0 to 1.
        note: Why there is no norm where a gradient is there.
    """

    node: str
    name: str
    shape: tuple[int, ...]
    gradient: float | None = None
    ratio: float | None = None
    zeros: float | None = None
    note: str = ""


def parameter_facts(
    leaf: Node, prefix: str, gradient: TensorSummary | None, zeros: float | None
) -> ParameterFacts:
    """Return the facts of a leaf with its gradient in the whole pass, None where it has none."""
    norm = gradient.norm if gradient is not None and gradient.finite else None
    weight = leaf.value.norm if leaf.value is not None else None
    return ParameterFacts(
        node=leaf.id,
        name=leaf.op.removeprefix(prefix),
        shape=leaf.shape,
        gradient=norm,
        ratio=norm / weight if norm is not None and weight else None,
        zeros=zeros if gradient is not None else None,
        note=tr("not finite") if gradient is not None and not gradient.finite else "",
    )


class ParameterCard(TableCard):
    """Shows the parameters of a group; a double-click or Enter gives a tensor to `wanted`."""

    def __init__(self, wanted: Callable[[TensorPlace], None]) -> None:
        super().__init__(tr("PARAMETERS, WHOLE PASS"), "parameters", tr("Parameters of the group"))
        self._wanted = wanted
        self._rows: Sequence[ParameterFacts] = ()
        #: The language of the shown rows.
        self._language = spoken_language()
        self.table.activated.connect(self._open)

    def show_parameters(self, rows: Sequence[ParameterFacts]) -> None:
        """Show other parameters; none hide the card."""
        self.setVisible(bool(rows))
        if (rows, spoken_language()) == (self._rows, self._language):
            return
        self._rows, self._language = rows, spoken_language()
        if rows:
            # There may be thousands: what their tips share is said once.
            more = tr("Double-click to show all values")
            tips = [f"{row.name} {shape_text(row.shape)}\n{more}" for row in rows]
            columns = [replace(each, title=tr(each.title)) for each in _COLUMNS]
            self.table.show_rows(columns, [_cells(row) for row in rows], tips=tips)
            self.fit_height(len(rows))

    def _open(self, index: QModelIndex) -> None:
        self._wanted(TensorPlace(self._rows[index.row()].node, "value"))


def _cells(row: ParameterFacts) -> tuple[Cell, ...]:
    zeros = (_UNKNOWN,) if row.zeros is None else (number_text(row.zeros, "zeros"),)
    gradient = (row.note,) if row.note else _number(row.gradient)
    return (row.name,), gradient, _number(row.ratio), zeros


def _number(value: float | None) -> Cell:
    if value is None:
        return (_UNKNOWN,)
    return tuple(dict.fromkeys(short(value, digits) for digits in _DIGITS))

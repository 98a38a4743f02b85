"""Missing gradients: for each parameter and input without one, why, and at which line."""

from collections.abc import Iterator
from html import escape
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
)

from gradviz.core.findings.missing import MissingGradient, Reason
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import item_id
from gradviz.core.graphs.rows.group_names import LeafPlaces, group_name
from gradviz.core.language.saying import (
    listed,
    marked,
    said_again,
    sentences,
    spoken_language,
    tr,
    tr_n,
)
from gradviz.core.number_text import counted
from gradviz.core.short_names import shortened
from gradviz.protocol.questions import MissingGradients
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.read_only_table import one_row_at_a_time, read_only

_WORDS: Final[dict[Reason, str]] = {
    "not_used": marked("not used"),
    "replaced": marked("replaced in forward"),
    "detached": marked("detached"),
    "no_grad": "no_grad",
    "inference_mode": "inference_mode",
    "integer": marked("whole numbers"),
    "not_a_leaf": marked("not a leaf"),
    "frozen": marked("requires_grad is False"),
    "function": marked("custom Function"),
    "python_value": marked("left PyTorch"),
    "unknown": marked("reason not seen"),
}
_COLUMNS: Final = (marked("name"), marked("why"), marked("in"))
#: The largest share of the width that the names of groups take.
_GROUPS: Final = 0.3
#: The largest share of the width that names take.
_NAMES: Final = 0.5
#: The room beside a name in its cell.
_AROUND_A_NAME: Final = 24
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class _Model(QAbstractTableModel):
    """The reasons as rows, each made only once it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[MissingGradient, ...] = ()
        #: The name of the group of each row; empty where the graph has no groups.
        self.groups: tuple[str, ...] = ()
        #: The texts of names that have no room.
        self.short: dict[str, str] = {}

    def take(self, rows: tuple[MissingGradient, ...], groups: tuple[str, ...] = ()) -> None:
        """Show other rows, with the names of their groups."""
        self.beginResetModel()
        self.rows, self.groups = rows, groups
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS) - (not self.groups)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        across = orientation is Qt.Orientation.Horizontal
        return tr(_COLUMNS[section]) if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self.rows[index.row()]
        group = self.groups[index.row()] if self.groups else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.short.get(row.name, row.name), _why(row), group)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            where = tr("in {group}", group=group) if group else ""
            told = (row.name, where, said_again(row.sentence), tr("Click to select it"))
            return "\n".join(filter(None, told))
        return None


class _Reasons(QTableView):
    """Two columns: names, as wide as they need to be where there is room, and reasons."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_names()

    def fit_names(self) -> None:
        """Give the names their width, up to the share that leaves enough for the reasons."""
        model, metrics = self.model(), self.fontMetrics()
        if not isinstance(model, _Model):
            return
        most = round(_NAMES * self.viewport().width())
        names = [row.name for row in model.rows]
        widest = max(map(metrics.horizontalAdvance, names), default=0) + _AROUND_A_NAME
        room = min(widest, most)
        fits = room - _AROUND_A_NAME
        model.short = shortened(names, lambda text: metrics.horizontalAdvance(text) <= fits)
        self.setColumnWidth(0, room)
        if model.groups:
            widest = max(map(metrics.horizontalAdvance, model.groups)) + _AROUND_A_NAME
            left = self.viewport().width() - room
            self.setColumnWidth(1, left - min(widest, round(_GROUPS * self.viewport().width())))
        self.viewport().update()


class MissingPanel(PanelWidget):
    """Lists the leaves without a gradient; the reason of the chosen one is shown in full."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._controller = context.workbench.missing
        self._state = context.state
        self._showing = context.workbench.showing
        self._leaves: tuple[Graph, LeafPlaces] | None = None
        #: The rows with their groups that are shown, and their language.
        self._filled: object = ((), (), spoken_language())
        self.model = _Model()
        self.summary = named(QLabel(wordWrap=True), "place", title=tr("Which gradients are None"))
        self.cancel = named(QPushButton(tr("Cancel")), "cancel_missing")
        self.table = named(_Reasons(), title=tr("Gradients that are None"))
        self.text = named(QTextBrowser(), "explanation", title=tr("Why this gradient is None"))
        self.cancel.clicked.connect(self._on_cancel)
        self._lay_out()
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.table.clicked.connect(self._select)
        self.table.activated.connect(self._select)
        self._controller.changed.connect(self._on_changed)
        self._controller.wanted.connect(self._on_wanted)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def set_seen(self, seen: bool) -> None:
        super().set_seen(seen)
        self._controller.watch(seen)

    def refresh(self) -> None:
        found = self._controller.found
        self.summary.setText(self._controller.note if found is None else _summary(found))
        self._offer_to_cancel()
        rows = () if found is None else found.missing
        groups = self._groups_of(rows)
        shown = (rows, groups, spoken_language())
        if shown != self._filled:
            self._filled = shown
            self._fill(rows, groups)
        self.table.setVisible(bool(rows))
        self.text.setVisible(bool(rows))

    def _offer_to_cancel(self) -> None:
        cancelled = self._controller.cancelled
        self.cancel.setVisible(cancelled or self._controller.searching)
        self.cancel.setText(tr("Search again") if cancelled else tr("Cancel"))
        self.cancel.setToolTip(
            tr("Run the model once more for the reasons")
            if cancelled
            else tr("Search no further than the pass that runs")
        )

    def _on_cancel(self) -> None:
        if self._controller.cancelled:
            self._controller.search_again()
        else:
            self._controller.cancel()

    def _lay_out(self) -> None:
        table = self.table
        one_row_at_a_time(read_only(table))
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.horizontalHeader().setStretchLastSection(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        # Names and paths have no blanks to break at.
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table, 1)
        column.addWidget(self.text, 1)
        column.addStretch(0)

    def _on_changed(self) -> None:
        if self.seen:
            self.refresh()

    def _on_wanted(self) -> None:
        self.come_to_front()
        self._choose_selected()
        self.table.setFocus()

    def _groups_of(self, rows: tuple[MissingGradient, ...]) -> tuple[str, ...]:
        """Return the name of the group of each row; () where the graph has no groups."""
        graph = self._state.graph
        if graph is None or not graph.groups:
            return ()
        groups = (self._leaves_of(graph).group(row.name) for row in rows)
        return tuple("" if group is None else group_name(group) for group in groups)

    def _leaves_of(self, graph: Graph) -> LeafPlaces:
        if self._leaves is None or self._leaves[0] is not graph:
            self._leaves = graph, LeafPlaces(graph)
        return self._leaves[1]

    def _select(self, index: QModelIndex) -> None:
        """Select a leaf, or else the group of its module, with the groups open that hide it."""
        graph = self._state.graph
        if graph is None:
            return
        name, leaves = self.model.rows[index.row()].name, self._leaves_of(graph)
        node, group = leaves.node(name), leaves.group(name)
        if node is not None:
            self._showing.find(node)
        elif group is not None:
            self._showing.find(item_id(group.id))

    def _fill(self, rows: tuple[MissingGradient, ...], groups: tuple[str, ...]) -> None:
        chosen = self.table.currentIndex().row()
        self.model.take(rows, groups)
        self.table.fit_names()
        self._choose(chosen if 0 <= chosen < len(rows) else 0)
        if chosen < 0:
            self._choose_selected()
        self._tell()

    def _choose(self, row: int) -> None:
        self.table.setCurrentIndex(self.model.index(row, 0))

    def _choose_selected(self) -> None:
        """Choose the row of the leaf that is selected in the graph, where there is one."""
        graph, selected = self._state.graph, self._state.selected
        node = graph.node.get(selected) if graph is not None and selected is not None else None
        names = [row.name for row in self.model.rows]
        if node is not None and node.kind == "leaf" and node.op in names:
            self._choose(names.index(node.op))

    def _tell(self) -> None:
        rows, place = self.model.rows, self.table.currentIndex().row()
        self.text.setHtml("".join(_told(rows[place])) if 0 <= place < len(rows) else "")


def _summary(found: MissingGradients) -> str:
    if not found.untrained:
        return _missing_summary(found)
    never = tr(
        "In no parameters(), so never trained: {names}.",
        names=listed(found.untrained),
    )
    return sentences([_missing_summary(found), never])


def _missing_summary(found: MissingGradients) -> str:
    if not found.missing:
        return tr_n(
            "None is missing: each of the {shown} parameters and inputs has a gradient.",
            "None is missing: the {shown} parameter or input has a gradient.",
            found.leaves,
            shown=counted(found.leaves),
        )
    names = len({row.name for row in found.missing})
    return tr_n(
        "{some} of {all} parameters and inputs have no gradient.",
        "{some} of {all} parameters and inputs has no gradient.",
        names,
        some=counted(names),
        all=counted(found.leaves),
    )


def _why(row: MissingGradient) -> str:
    reason = tr(_WORDS[row.reason])
    if row.place is None:
        return reason
    return tr("{reason}, line {line}", reason=reason, line=row.place.line)


def _told(row: MissingGradient) -> Iterator[str]:
    """Yield the reason as paragraphs: the sentence, the line as it ran, and the remedy."""
    yield f"<p>{escape(said_again(row.sentence))}</p>"
    if row.place is not None:
        line = f"{row.place.file}:{row.place.line}"
        yield f"<p><code>{escape(line)}<br>{escape(row.place.text)}</code></p>"
    if row.hint:
        remedy = tr("<b>What to do:</b> {hint}", hint=escape(said_again(row.hint)))
        yield f"<p>{remedy}</p>"

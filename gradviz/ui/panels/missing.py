"""Missing gradients: for each parameter and input without one, why, and at which line."""

from collections.abc import Iterator
from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
)

from gradviz.core.missing import MissingGradient, Reason
from gradviz.protocol.missing_questions import MissingGradients
from gradviz.ui.naming import named
from gradviz.ui.panels.panel import PanelContext, PanelWidget

_WORDS: Final[dict[Reason, str]] = {
    "not_used": "not used",
    "detached": "detached",
    "no_grad": "no_grad",
    "inference_mode": "inference_mode",
    "integer": "whole numbers",
    "not_a_leaf": "not a leaf",
    "frozen": "requires_grad is False",
    "function": "custom Function",
    "python_value": "left PyTorch",
    "unknown": "reason not seen",
}
#: More than these are only counted: nobody reads them.
_MOST_LISTED: Final = 500
#: The largest share of the width that names take.
_NAMES: Final = 0.5
_ROW_PIXELS: Final = 24


class _Reasons(QTableWidget):
    """Two columns: names, as wide as they need to be where there is room, and reasons."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_names()

    def fit_names(self) -> None:
        """Give the names what they need, and leave enough for the reasons."""
        most = round(_NAMES * self.viewport().width())
        self.setColumnWidth(0, min(self.sizeHintForColumn(0) + 8, most))


class MissingPanel(PanelWidget):
    """Lists what has no gradient; the chosen row is told in full beneath, to be copied."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._desk = context.workbench.missing
        self._state = context.state
        self._rows: tuple[MissingGradient, ...] = ()
        self.summary = named(QLabel(wordWrap=True), "place", title="Which gradients are None")
        self.table = named(_Reasons(0, 2), title="Gradients that are None")
        self.text = named(QTextBrowser(), "explanation", title="Why this gradient is None")
        self._lay_out()
        self.table.currentCellChanged.connect(self._tell)
        self._desk.changed.connect(self._on_changed)
        self._desk.wanted.connect(self._on_wanted)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(310, 500)

    def set_seen(self, seen: bool) -> None:
        super().set_seen(seen)
        self._desk.watch(seen)

    def refresh(self) -> None:
        found = self._desk.found
        self.summary.setText(self._desk.note if found is None else _summary(found))
        rows = () if found is None else found.missing[:_MOST_LISTED]
        if rows != self._rows:
            self._fill(rows)
        self.table.setVisible(bool(rows))
        self.text.setVisible(bool(rows))

    def _lay_out(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(["name", "why"])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_PIXELS)
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

    def _fill(self, rows: tuple[MissingGradient, ...]) -> None:
        chosen = self.table.currentRow()
        self._rows = rows
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate((row.name, _why(row))):
                item = QTableWidgetItem(text)
                item.setToolTip(f"{row.name}\n{row.sentence}")
                self.table.setItem(place, column, item)
        self.table.blockSignals(False)
        self.table.fit_names()
        self.table.setCurrentCell(chosen if 0 <= chosen < len(rows) else 0, 0)
        if chosen < 0:
            self._choose_selected()
        self._tell(self.table.currentRow())

    def _choose_selected(self) -> None:
        """Choose the row of the leaf that is selected in the graph, where there is one."""
        graph, selected = self._state.graph, self._state.selected
        node = graph.node.get(selected) if graph is not None and selected is not None else None
        names = [row.name for row in self._rows]
        if node is not None and node.kind == "leaf" and node.op in names:
            self.table.setCurrentCell(names.index(node.op), 0)

    def _tell(self, place: int) -> None:
        told = _told(self._rows[place]) if 0 <= place < len(self._rows) else ()
        self.text.setHtml("".join(told))


def _summary(found: MissingGradients) -> str:
    if not found.missing:
        return (
            f"None is missing: each of the {found.leaves:,} parameters and inputs has a gradient."
        )
    names = len({row.name for row in found.missing})
    verb = "has" if names == 1 else "have"
    text = f"{names:,} of {found.leaves:,} parameters and inputs {verb} no gradient."
    if len(found.missing) > _MOST_LISTED:
        text += f" The first {_MOST_LISTED} reasons are listed."
    return text


def _why(row: MissingGradient) -> str:
    line = "" if row.place is None else f", line {row.place.line}"
    return f"{_WORDS[row.reason]}{line}"


def _told(row: MissingGradient) -> Iterator[str]:
    """Yield the reason as paragraphs: the sentence, the line as it ran, and what to do."""
    yield f"<p>{escape(row.sentence)}</p>"
    if row.place is not None:
        line = f"{row.place.file}:{row.place.line}"
        yield f"<p><code>{escape(line)}<br>{escape(row.place.text)}</code></p>"
    if row.hint:
        yield f"<p><b>What to do:</b> {escape(row.hint)}</p>"

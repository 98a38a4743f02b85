"""Missing gradients: for each parameter and input without one, why, and at which line."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.missing import CodePlace, MissingGradient, Reason
from gradviz.protocol.missing_questions import MissingGradients
from gradviz.ui.naming import named
from gradviz.ui.panels.panel import PanelContext, PanelWidget

_WORDS: Final[dict[Reason, str]] = {
    "not_used": "not used",
    "detached": "detached",
    "no_grad": "under no_grad",
    "inference_mode": "under inference_mode",
    "integer": "whole numbers",
    "not_a_leaf": "not a leaf",
    "frozen": "requires_grad is False",
    "function": "custom Function",
    "python_value": "left PyTorch",
    "unknown": "reason not seen",
}
#: More than these are only counted: nobody reads them.
_MOST_LISTED: Final = 500


class MissingPanel(PanelWidget):
    """Lists what has no gradient; the chosen row is told in full beneath, to be copied."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._desk = context.workbench.missing
        self._state = context.state
        self._rows: tuple[MissingGradient, ...] = ()
        self.summary = named(QLabel(wordWrap=True), "place", title="Which gradients are None")
        self.list = named(QListWidget(), "missing_gradients", title="Gradients that are None")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reason = _text("", "Why this gradient is None")
        self.line = _text("result", "The line where the gradient was lost")
        self.hint = _text("secondary", "What to do about it")
        self._lay_out()
        self.list.currentRowChanged.connect(self._tell)
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
        self.list.setVisible(bool(rows))
        if not rows:
            self._tell(-1)

    def _lay_out(self) -> None:
        told = QWidget()
        below = QVBoxLayout(told)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(8)
        for label in (self.reason, self.line, self.hint):
            below.addWidget(label)
        below.addStretch(1)
        area = named(QScrollArea(), title="Why this gradient is None")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(told)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        column.addWidget(area, 1)

    def _on_changed(self) -> None:
        if self.seen:
            self.refresh()

    def _on_wanted(self) -> None:
        self.come_to_front()
        self._choose_selected()
        self.list.setFocus()

    def _fill(self, rows: tuple[MissingGradient, ...]) -> None:
        chosen = self.list.currentRow()
        self._rows = rows
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(_row_text(row))
            item.setToolTip(row.sentence)
            self.list.addItem(item)
        self.list.setCurrentRow(chosen if 0 <= chosen < len(rows) else 0)
        if chosen < 0:
            self._choose_selected()

    def _choose_selected(self) -> None:
        """Choose the row of the leaf that is selected in the graph, where there is one."""
        graph, selected = self._state.graph, self._state.selected
        node = graph.node.get(selected) if graph is not None and selected is not None else None
        names = [row.name for row in self._rows]
        if node is not None and node.kind == "leaf" and node.op in names:
            self.list.setCurrentRow(names.index(node.op))

    def _tell(self, place: int) -> None:
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        texts = ("", "", "") if row is None else (row.sentence, _line_text(row.place), row.hint)
        for label, text in zip((self.reason, self.line, self.hint), texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))


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


def _row_text(row: MissingGradient) -> str:
    place = "" if row.place is None else f", {Path(row.place.file).name}:{row.place.line}"
    return f"{row.name}: {_WORDS[row.reason]}{place}"


def _line_text(place: CodePlace | None) -> str:
    return "" if place is None else f"{place.file}:{place.line}\n{place.text}".rstrip()


def _text(name: str, title: str) -> QLabel:
    label = named(QLabel(wordWrap=True), name, title=title)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label

"""The part of the health panel that answers why a gradient is None, leaf by leaf."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gradviz.core.missing import CodePlace, MissingGradient, Reason
from gradviz.protocol.missing_questions import MissingGradients
from gradviz.ui.missing_desk import MissingDesk
from gradviz.ui.naming import named

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
#: More rows than this are scrolled.
_MOST_ROWS: Final = 7


class MissingSection(QWidget):
    """Lists what has no gradient; the chosen row is told in full beneath, to be copied."""

    def __init__(self, desk: MissingDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[MissingGradient, ...] = ()
        self._seen = False
        self.summary = named(QLabel(wordWrap=True), "place", title="Which gradients are None")
        self.list = named(QListWidget(), "missing_gradients", title="Gradients that are None")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reason = _text("", "Why this gradient is None")
        self.line = _text("result", "The line where the gradient was lost")
        self.hint = _text("secondary", "What to do about it")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(named(QLabel("Why is this gradient None?"), "heading"))
        column.addWidget(self.summary)
        column.addWidget(self.list)
        for told in (self.reason, self.line, self.hint):
            column.addWidget(told)
        self.list.currentRowChanged.connect(self._tell)
        desk.changed.connect(self._on_changed)
        self._show()

    def set_seen(self, seen: bool) -> None:
        """Take whether the panel is seen: only then is anything asked."""
        self._seen = seen
        self._desk.watch(seen)
        if seen:
            self._show()

    def _on_changed(self) -> None:
        if self._seen:
            self._show()

    def _show(self) -> None:
        found = self._desk.found
        self.summary.setText(self._desk.note if found is None else _summary(found))
        rows = () if found is None else found.missing[:_MOST_LISTED]
        if rows != self._rows:
            self._fill(rows)
        self.list.setVisible(bool(rows))
        if not rows:
            self._tell(-1)

    def _fill(self, rows: tuple[MissingGradient, ...]) -> None:
        chosen = self.list.currentRow()
        self._rows = rows
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(_row_text(row))
            item.setToolTip(row.sentence)
            self.list.addItem(item)
        height = max(self.list.sizeHintForRow(0), 1) * min(len(rows), _MOST_ROWS)
        self.list.setFixedHeight(height + 4)
        self.list.setCurrentRow(chosen if 0 <= chosen < len(rows) else 0)

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

"""The list of the compared runs: colour and number, last loss, learning rate, model."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from gradviz.core.choices.comparison import CandidateState
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted, equation_text, short
from gradviz.ui.state.comparison_state import ComparedRun
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.read_only_table import one_row_at_a_time, read_only
from gradviz.ui.widgets.theme import Theme

_COLUMNS = ("", marked("loss"), marked("run"), marked("learning rate"), marked("model"))
_NUMBER, _LOSS, _TITLE, _RATE, _MODEL = range(len(_COLUMNS))
_SWATCH_PIXELS = 12
_STATES: Final[dict[CandidateState, str]] = {
    "running": marked("running"),
    "finished": marked("finished"),
    "diverged": marked("diverged"),
    "failed": marked("failed"),
}


class ComparedRuns(QTableWidget):
    """A row for each run; its tool tip is the equation that it found, or its failure."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(0, len(_COLUMNS))
        named(self, "runs", title=tr("The runs that are compared"))
        self._theme = theme
        self._numbers: list[int] = []
        self.setHorizontalHeaderLabels(list(map(tr, _COLUMNS)))
        one_row_at_a_time(read_only(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.setMinimumSize(70, 36)

    @property
    def chosen(self) -> int | None:
        """Return the number of the selected run."""
        rows = self.selectionModel().selectedRows()
        return self._numbers[rows[0].row()] if rows else None

    def use_theme(self, theme: Theme) -> None:
        """Draw the swatches in the colours of `theme`."""
        self._theme = theme
        for row, number in enumerate(self._numbers):
            item = self.item(row, _NUMBER)
            if item is not None:
                item.setIcon(self._swatch(number))

    def show_runs(self, runs: Sequence[ComparedRun]) -> None:
        """Show the present list."""
        numbers = [run.number for run in runs]
        if numbers != self._numbers:
            self.clearSelection()
            self._numbers = numbers
            self.setRowCount(len(runs))
        for row, run in enumerate(runs):
            candidate = run.candidate
            tip = tr("Run {number}", number=run.number)
            number = self._put(row, _NUMBER, str(run.number), tip)
            number.setIcon(self._swatch(run.number))
            self._put(row, _TITLE, candidate.title)
            self._put(row, _RATE, short(candidate.training.learning_rate))
            self._put(row, _MODEL, candidate.model.source)
        self.show_results(runs)
        self.resizeColumnsToContents()

    def show_results(self, runs: Sequence[ComparedRun]) -> None:
        """Show the standings of the runs."""
        for row, run in enumerate(runs):
            self._put(row, _LOSS, _result(run), _tip(run))

    def _put(self, row: int, column: int, text: str, tip: str = "") -> QTableWidgetItem:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        if item.text() != text:
            item.setText(text)
        item.setToolTip(tip or text)
        return item

    def _swatch(self, number: int) -> QPixmap:
        swatch = QPixmap(_SWATCH_PIXELS, _SWATCH_PIXELS)
        swatch.fill(QColor(self._theme.runs[number - 1]))
        return swatch


def _result(run: ComparedRun) -> str:
    loss = run.last_loss
    number = "–" if loss is None else short(loss)
    standing = run.standing
    if standing is None or standing.state in ("running", "finished"):
        return number
    return f"{number} {tr(_STATES[standing.state])}"


def _tip(run: ComparedRun) -> str:
    standing = run.standing
    if standing is None:
        return tr("Not trained yet")
    steps = counted(standing.step)
    what = tr(
        "{state} after {steps}",
        state=tr(_STATES[standing.state]),
        steps=tr_n("{shown} steps", "{shown} step", standing.step, shown=steps),
    )
    return "\n".join(
        part for part in (what, equation_text(standing.equation), standing.message) if part
    )

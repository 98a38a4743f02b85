"""The optimizer panel: the last update of each parameter, and the optimizer's buffers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from gradviz.core.findings.optimizer_step import Buffer, OptimizerStep, ParameterStep
from gradviz.core.graphs.tensors import TensorSummary, shape_text
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted, short
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.widgets.fitting_table import Cell, Column, FittingTable, number_cell
from gradviz.ui.widgets.naming import named

#: What the step did is first: where not all columns have room, the last ones are scrolled to.
_COLUMNS = (
    marked("name"),
    marked("update"),
    marked("gradient"),
    marked("value"),
    marked("new"),
)
#: More parameters than this are not listed.
_MAXIMUM_ROWS = 200
_EMPTY = marked(
    "What the last step did to each parameter will be here: value, gradient, update, new value, "
    "and what the optimizer remembers. Press Step, or Train and Pause."
)


class OptimizerPanel(PanelWidget):
    """A table with a row for each parameter and a column for each buffer of the optimizer."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self.note = named(QLabel(wordWrap=True), "hint", title=tr("The step described here"))
        self.table = named(FittingTable(), "steps", title=tr("What the optimizer's last step did"))
        self.whole = named(
            QLabel(wordWrap=True), "hint", title=tr("State of the optimizer as a whole")
        )
        empty = named(QLabel(tr(_EMPTY), wordWrap=True), "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        full_page = QWidget()
        column = QVBoxLayout(full_page)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty)
        self._pages.addWidget(full_page)
        state = context.state
        for signal in (state.step_explained, state.training_changed, state.model_built):
            signal.connect(self._on_changed)

    def refresh(self) -> None:
        progress = self._state.progress
        explained = progress.explained
        self._pages.setCurrentIndex(0 if explained is None else 1)
        if explained is None:
            return
        self.note.setText(_note(explained, progress.explained_step, running=progress.running))
        rows = explained.parameters[:_MAXIMUM_ROWS]
        names = _buffer_names(rows)
        name, *numbers = map(tr, _COLUMNS)
        self.table.show_rows(
            (
                Column(name, "name"),
                *(Column(title, "number") for title in (*numbers, *names)),
            ),
            [
                ((row.name,), *_numbers(row), *(_cell(row.buffers.get(name)) for name in names))
                for row in rows
            ],
        )
        texts = (f"{name} {_text(value)}" for name, value in explained.whole.items())
        self.whole.setText(tr("All parameters together: {values}", values="   ".join(texts)))
        self.whole.setVisible(bool(explained.whole))

    def _on_changed(self) -> None:
        if self.seen:
            self.refresh()


def _note(explained: OptimizerStep, step: int, *, running: bool) -> str:
    parts = [
        tr("Step {before} → {step}", before=counted(step - 1), step=counted(step)),
        tr(
            "{optimizer}, learning rate {rate}",
            optimizer=explained.optimizer,
            rate=short(explained.learning_rate),
        ),
        tr("loss before it {loss}", loss=short(explained.loss)),
    ]
    count = len(explained.parameters)
    if count > _MAXIMUM_ROWS:
        parts.append(
            tr("the first {shown} of {count} parameters", shown=_MAXIMUM_ROWS, count=counted(count))
        )
    if running:
        parts.append(tr("updated when training is paused"))
    return " · ".join(parts)


def _buffer_names(rows: Sequence[ParameterStep]) -> tuple[str, ...]:
    """Return the names of all buffers, in the order in which they are first met."""
    return tuple(dict.fromkeys(name for row in rows for name in row.buffers))


def _numbers(row: ParameterStep) -> tuple[Cell, ...]:
    return _cell(row.update), _cell(row.gradient), _cell(row.before), _cell(row.after)


def _text(value: Buffer | None) -> str:
    return _cell(value)[0]


def _cell(value: Buffer | None) -> Cell:
    """Return the texts of a number, the first with all its digits; a larger tensor's norm."""
    if value is None:
        return ("–",)
    if isinstance(value, str):
        return (value,)
    if isinstance(value, TensorSummary):
        if value.scalar is None:
            shape = shape_text(value.shape)
            if value.norm is None:
                return (shape,)
            norms = (short(value.norm), short(value.norm, 3))
            return (*(f"{shape} ‖{norm}‖" for norm in norms), f"‖{norms[-1]}‖")
        return number_cell(value.scalar, value.dtype)
    return number_cell(value, "float64")

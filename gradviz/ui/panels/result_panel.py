"""The panel of results: parameters as numbers, and the result line as the tutorials print it."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout

from gradviz.core.choices.orders import is_ordinary, leaf_text, place_text
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import marked, said_again, sentences, tr
from gradviz.core.number_text import AmbiguousNumberError, equation_text, read_number, stored
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.state.window_state import Notice
from gradviz.ui.widgets.kept_typing import show_in, when_entered
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.steady_label import SteadyLabel

#: More parameters than this are counted rather than listed.
_MAXIMUM_ROWS = 24
#: Numbers that change are not read more often.
_REFRESH_MS = 125
_START = marked(
    "What it starts at: type a number and press Enter; empty, it is drawn from the seed"
)
_FINITE = marked("Use a finite number, such as 0.3.")
_BEGUN = marked("Reset the training to let it start at another value")


class ResultPanel(PanelWidget):
    """Parameters while they are trained; at a point, y and its derivatives too.

    Before the first step a parameter takes another initial value: Enter takes the typed number,
    and an empty field draws it from the seed again.
    """

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self.line = named(QLabel(wordWrap=True), "result", title=tr("Result"))
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._line_room = SteadyLabel(self.line)
        self.moment = named(QLabel(), "secondary", title=tr("Step of these results"))
        self._moment_room = SteadyLabel(self.moment)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(3)
        self.message = named(QLabel(wordWrap=True), "error")
        self.message.hide()
        self._labels: dict[str, QLabel] = {}
        self.fields: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._moment_room)
        # The formula is whole however little room there is; its numbers may be scrolled to.
        column.addWidget(self._line_room)
        column.addLayout(self._grid)
        column.addWidget(self.message)
        column.addStretch(1)
        context.state.model_built.connect(self._on_model_built)
        context.state.noticed.connect(self._on_noticed)
        context.state.training_changed.connect(self._show)
        context.state.recorded.connect(self._on_recorded)
        context.workbench.predictions.changed.connect(self._on_recorded)
        self._telling = Pace(_REFRESH_MS, self._show, self)
        context.state.progressed.connect(self._telling.request)
        self._show()

    def refresh(self) -> None:
        self._show()

    def _show(self) -> None:
        built = self._state.built
        moment = self._state.shown_moment
        self._moment_room.setVisible(bool(moment))
        self._moment_room.show_text(tr("of {moment}", moment=moment) if moment else "")
        if built is None:
            self._line_room.show_text(tr("The result appears here once a model is built."))
            return
        if built.mode == "point":
            self._show_numbers(self._point_numbers(), built.snapshot.parameters)
            place = f"\n{place_text(built.inputs)}" if built.inputs else ""
            equation = said_again(built.snapshot.equation)
            self._line_room.show_text(f"{equation_text(equation, self._dtype)}{place}")
        else:
            self._show_numbers({}, self._state.progress.parameters)
            equation = said_again(self._state.progress.equation)
            self._line_room.show_text(equation_text(equation, self._dtype))

    def _point_numbers(self) -> dict[str, float | None]:
        """Return the output and its derivatives by name; None where one is to be predicted."""
        built, graph, trace = self._state.built, self._state.graph, self._state.trace
        if built is None or graph is None or trace is None:
            return {}
        names = [graph.node[leaf].op for leaf in trace.leaf_grads]
        only = is_ordinary(built.model.direction, names)
        output = self._state.output_number
        numbers: dict[str, float | None] = {}
        if output is not None:
            numbers[graph.result or "y"] = output
        for leaf, gradient in trace.leaf_grads.items():
            if gradient.scalar is not None or gradient.hidden:
                name = leaf_text(graph.node[leaf].op, graph.order, graph.result, only=only)
                numbers[name] = gradient.scalar
        return numbers

    def _show_numbers(self, found: dict[str, float | None], parameters: dict[str, float]) -> None:
        found = dict(list(found.items())[:_MAXIMUM_ROWS])
        parameters = dict(list(parameters.items())[: _MAXIMUM_ROWS - len(found)])
        if list(found) != list(self._labels) or list(parameters) != list(self.fields):
            self._make_rows(found, parameters)
        for name, value in found.items():
            text = "?" if value is None else stored(value, self._dtype)
            if self._labels[name].text() != text:
                self._labels[name].setText(text)
        for name, value in parameters.items():
            field, text = self.fields[name], stored(value, self._dtype)
            if field.text() != text or field.isReadOnly() != self._begun:
                show_in(field, partial(_show_start, field, text, begun=self._begun))

    @property
    def _dtype(self) -> str:
        """Return the precision of the model's numbers."""
        return "float64" if self._state.model.source == "numpy" else self._state.model.dtype

    @property
    def _begun(self) -> bool:
        """Tell whether the training has left its initial values."""
        progress = self._state.progress
        return progress.running or progress.newest_step > 0

    def _make_rows(self, found: Iterable[str], parameters: dict[str, float]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._labels = {name: _label(name) for name in found}
        self.fields = {name: self._field(name) for name in parameters}
        for row, (name, control) in enumerate((self._labels | self.fields).items()):
            self._grid.addWidget(named(QLabel(name), "name"), row, 0)
            self._grid.addWidget(control, row, 1)

    def _field(self, name: str) -> QLineEdit:
        field = named(
            QLineEdit(), "initial", title=tr("Value of {name}", name=name), tip=tr(_START)
        )
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setMinimumWidth(60)
        when_entered(field, lambda: self._on_entered(name, field))
        return field

    def _on_entered(self, name: str, field: QLineEdit) -> None:
        if self._begun:
            self._say(tr("Reset the training to let it start at another value."))
            self._show()
            return
        text = field.text().strip()
        try:
            value = read_number(text) if text else None
        except SettingError as error:
            told = error.hint if isinstance(error, AmbiguousNumberError) else tr(_FINITE)
            wrong = tr("{name} cannot start at “{text}”.", name=name, text=text[:20])
            self._say(sentences([wrong, told]))
            field.setText(stored(self._state.progress.parameters.get(name, 0.0), self._dtype))
            return
        self._say("")
        self._workbench.choose_initial(name, value)
        self._show()

    def _on_model_built(self) -> None:
        self._say("")
        self._show()

    def _on_recorded(self) -> None:
        # The numbers of a training come with its frames.
        if self._state.built is not None and self._state.built.mode == "point":
            self._show()

    def _on_noticed(self, notice: Notice) -> None:
        if notice.subject == "data" and notice.field == "initial":
            self._say(sentences([notice.message, notice.hint]))
            self._show()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))


def _show_start(field: QLineEdit, text: str, *, begun: bool) -> None:
    field.setText(text)
    field.setReadOnly(begun)
    field.setToolTip(tr(_BEGUN) if begun else tr(_START))


def _label(name: str) -> QLabel:
    label = named(QLabel(), "number", title=name)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

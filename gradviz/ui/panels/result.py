"""The panel of results: parameters as numbers, and the result line as the tutorials print it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from gradviz.ui.naming import named
from gradviz.ui.pace import Pace
from gradviz.ui.panels.panel import PanelContext, PanelWidget

#: More parameters than this are counted rather than listed.
_MAXIMUM_ROWS = 24
#: Numbers that change are not read more often; each is laid out anew with all around it.
_REFRESH_MS = 80


class ResultPanel(PanelWidget):
    """Parameters while they are trained; at a point, y and its derivatives."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self.line = named(QLabel(wordWrap=True), "result", title="Result")
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(3)
        self._rows: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self.line)
        column.addStretch(1)
        context.state.model_built.connect(self._show)
        context.state.recorded.connect(self._show)
        self._telling = Pace(_REFRESH_MS, self._show, self)
        context.state.progressed.connect(self._telling.request)
        self._show()

    def _show(self) -> None:
        built = self._state.built
        if built is None:
            self.line.setText("The result stands here once a model is built.")
            return
        if built.mode == "point":
            self._show_numbers(self._point_numbers())
            place = "" if built.x is None else f"\nat x = {built.model.at:g}"
            self.line.setText(f"{built.equation}{place}")
        else:
            self._show_numbers(self._state.progress.parameters)
            self.line.setText(self._state.progress.equation)

    def _point_numbers(self) -> dict[str, float]:
        built, graph, trace = self._state.built, self._state.graph, self._state.trace
        if built is None or graph is None or trace is None:
            return {}
        numbers = {"y": built.output}
        for leaf, gradient in trace.leaf_grads.items():
            if gradient.scalar is not None:
                numbers[f"dy/d{graph.node[leaf].op}"] = gradient.scalar
        return numbers

    def _show_numbers(self, numbers: dict[str, float]) -> None:
        shown = dict(list(numbers.items())[:_MAXIMUM_ROWS])
        if list(shown) != list(self._rows):
            self._make_rows(list(shown))
        for name, value in shown.items():
            text = f"{value!r}"
            if self._rows[name].text() != text:
                self._rows[name].setText(text)

    def _make_rows(self, names: list[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._rows = {}
        for row, name in enumerate(names):
            value = named(QLabel(), "number", title=name)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(named(QLabel(name), "name"), row, 0)
            self._grid.addWidget(value, row, 1)
            self._rows[name] = value

"""The form of a model's data: a target in x with its noise, or a file of two columns."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.plane_targets import checked_plane
from gradviz.core.choices.settings import POINTS_RANGE
from gradviz.core.errors import FieldError
from gradviz.core.language.saying import sentences, tr
from gradviz.core.number_text import full
from gradviz.core.typed_paths import typed_path
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, State
from gradviz.ui.widgets.data_texts import end_text, read_noise, read_range
from gradviz.ui.widgets.kept_typing import show_in, when_entered
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox
from gradviz.ui.widgets.whole_label import WholeLabel

#: The fields of the engine's errors that this form shows.
_FIELDS = ("target", "noise", "points", "range", "data_file")


class DataForm(QWidget):
    """Takes an entry when Enter is pressed or a field is left; shows an error under its field.

    A running training goes on with the new data, from the weights that it has.
    """

    def __init__(self, state: State, workbench: Workbench) -> None:
        super().__init__()
        self._state = state
        self._workbench = workbench
        self.target = _line(
            "target", tr("Target"), tr("An expression in x, such as sin(2 x) + 0.5")
        )
        self.noise = _line("noise", tr("Noise"), tr("Its standard deviation; 0 for none"))
        self.points = _points()
        self.low = _line("low", tr("Lowest x"), tr("Where x begins, such as -pi"))
        self.high = _line("high", tr("Highest x"), tr("Where x ends, such as 2 pi"))
        self.data_file = _line(
            "data_file", tr("File of data"), tr("A CSV file with two columns, x and y")
        )
        self.data_file.setPlaceholderText(tr("none"))
        self.browse = named(
            QToolButton(), title=tr("Choose a file of data"), tip=tr("Choose a file…")
        )
        self.browse.setText("…")
        self.dtype = named(QComboBox(), "dtype", title=tr("Precision"))
        self.dtype.setToolTip(tr("The dtype of x, y and the parameters; the model is built anew"))
        self.dtype.addItems(["float32", "float64"])
        self.messages = {field: named(WholeLabel(), "error") for field in _FIELDS}
        for message in self.messages.values():
            message.hide()
        #: The last entries in the lines of each field.
        self._tried: dict[str, list[str]] = {}
        self._lay_out()
        self._connect()
        self.show_model()

    def show_model(self) -> None:
        """Show the chosen data; an entry that cannot be used stays in its field."""
        model = self._state.model
        texts = {
            self.target: ("target", model.target),
            self.noise: ("noise", full(model.noise)),
            self.low: ("range", end_text(model.low)),
            self.high: ("range", end_text(model.high)),
            self.data_file: ("data_file", model.data_file),
        }
        for line, (field, text) in texts.items():
            if not self.messages[field].text():
                show_in(line, partial(line.setText, text))
        show_in(self.points, partial(self.points.setValue, model.points))
        self._show_enabled()

    def refuse(self, field: str, error: str) -> None:
        """Show an error under its field; an empty one clears it."""
        message = self.messages[field]
        message.setText(error)
        message.setVisible(bool(error))
        for line in self._lines(field):
            if bool(line.property("wrong")) != bool(error):
                line.setProperty("wrong", bool(error))
                line.style().polish(line)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for title, field, control in (
            (tr("target"), "target", self.target),
            (tr("noise"), "noise", self.noise),
            (tr("points"), "points", self.points),
            (tr("x from"), "range", _row(self.low, QLabel(tr("to")), self.high)),
            (tr("file"), "data_file", _row(self.data_file, self.browse)),
        ):
            form.addRow(title, control)
            form.addRow(self.messages[field])
        form.addRow(tr("dtype"), self.dtype)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)

    def _connect(self) -> None:
        state = self._state
        when_entered(self.target, self._on_target)
        when_entered(self.noise, self._on_noise)
        when_entered(self.low, self._on_range)
        when_entered(self.high, self._on_range)
        when_entered(self.data_file, self._on_file)
        self.points.valueChanged.connect(self._on_points)
        self.browse.clicked.connect(self._ask_file)
        self.dtype.activated.connect(self._on_dtype)
        state.choice_changed.connect(self.show_model)
        state.model_built.connect(self._on_model_built)
        state.data_changed.connect(self._on_data_changed)
        state.noticed.connect(self._on_noticed)

    def _on_target(self) -> None:
        # The grammar is loaded with the first expression, after the window has appeared.
        from gradviz.expression import parsed_target

        text = self.target.text().strip()
        built = self._state.built
        try:
            if built is not None and built.plane is not None:
                text = checked_plane(text)
            else:
                parsed_target(text)
        except FieldError as error:
            self.refuse("target", str(error))
        else:
            self._take("target", target=text)

    def _on_noise(self) -> None:
        try:
            value = read_noise(self.noise.text())
        except FieldError as error:
            self.refuse("noise", str(error))
        else:
            self._take("noise", noise=value)

    def _on_range(self) -> None:
        try:
            low, high = read_range(self.low.text(), self.high.text())
        except FieldError as error:
            self.refuse("range", str(error))
        else:
            self._take("range", low=low, high=high)

    def _on_file(self) -> None:
        self._take_file(self.data_file.text().strip())

    def _on_points(self, points: int) -> None:
        self.refuse("points", "")
        self._workbench.choose_points(points)

    def _on_dtype(self) -> None:
        self._workbench.choose_dtype(self.dtype.currentText())

    def _take_file(self, path: str) -> None:
        # The engine may run in another folder.
        whole = str(typed_path(path).absolute()) if path else ""
        self.data_file.setText(whole)
        self._take("data_file", data_file=whole)
        self.show_model()

    def _take(self, field: str, **changes: Any) -> None:
        """Fit to other data; the engine may still find an error in the field."""
        self.refuse(field, "")
        self._tried[field] = [line.text() for line in self._lines(field)]
        self._workbench.choose_data(**changes)

    def _ask_file(self) -> None:
        chosen = self._state.model.data_file
        start = str(Path(chosen).parent) if chosen else ""
        dialog = QFileDialog(
            self.window(),
            tr("A file with two columns, x and y"),
            start,
            tr("Tables (*.csv *.tsv *.txt);;All files (*)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if dialog.exec() == QFileDialog.DialogCode.Accepted:
            self._take_file(dialog.selectedFiles()[0])

    def _on_model_built(self) -> None:
        for field in _FIELDS:
            self.refuse(field, "")
        self.show_model()

    def _on_data_changed(self) -> None:
        self.refuse("data_file", "")
        self.show_model()

    def _on_noticed(self, notice: Notice) -> None:
        """Show the engine's error under its field, with the entry to be corrected."""
        if notice.subject == "data" and notice.field in self.messages:
            for line, text in zip(
                self._lines(notice.field), self._tried.get(notice.field, ()), strict=False
            ):
                show_in(line, partial(line.setText, text))
            self.refuse(notice.field, sentences((notice.message, notice.hint)))

    def _show_enabled(self) -> None:
        built, model = self._state.built, self._state.model
        over_x = self._state.trainable and built is not None and built.x is not None
        of_target = over_x and not model.data_file
        plane = built is not None and built.plane is not None
        for control in (self.target, self.noise, self.points):
            control.setEnabled(of_target or plane)
        for end in (self.low, self.high):
            end.setEnabled(of_target)
        self.data_file.setEnabled(over_x)
        self.browse.setEnabled(over_x)
        # NumPy has one precision.
        by_numpy = model.source == "numpy"
        has_dtype = built is not None and (built.x is not None or plane) and not by_numpy
        self.dtype.setEnabled(has_dtype)
        self.dtype.setCurrentText("float64" if by_numpy else model.dtype)

    def _lines(self, field: str) -> tuple[QLineEdit, ...]:
        lines = {
            "target": (self.target,),
            "noise": (self.noise,),
            "range": (self.low, self.high),
            "data_file": (self.data_file,),
        }
        return lines.get(field, ())


def _line(name: str, title: str, tip: str) -> QLineEdit:
    line = named(QLineEdit(), name, title=title, tip=tip)
    line.setMinimumWidth(48)
    return line


def _points() -> WholeBox:
    box = named(WholeBox(), "points", title=tr("Points"), tip=tr("How many x"))
    box.setRange(*POINTS_RANGE)
    box.setMinimumWidth(80)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setGroupSeparatorShown(False)
    # The padding of a style sheet does not reach the text of a spin box.
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    # The data is not made anew for every digit of a number that is being typed.
    box.setKeyboardTracking(False)
    return box


def _row(*widgets: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return pair

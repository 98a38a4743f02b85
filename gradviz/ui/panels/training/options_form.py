"""The form of the options of an optimizer, a scheduler or a layer: one row for each."""

from functools import partial
from typing import Protocol, assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.options import OptionEntry, Options, OptionValue
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import full
from gradviz.ui.widgets.kept_typing import show_in, when_entered
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox
from gradviz.ui.widgets.whole_label import WholeLabel

Control = QCheckBox | WholeBox | QLineEdit


class HasOptions(Protocol):
    """An optimizer, a scheduler or a layer."""

    @property
    def options(self) -> tuple[OptionEntry, ...]:
        """Return its options."""


class OptionsForm(QWidget):
    """Shows the options of one optimizer, scheduler or layer, and the errors of their entries.

    `entered` has the name of an option and its value, which is in its range.
    """

    entered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.controls: dict[str, Control] = {}
        self.message = named(WholeLabel(), "error")
        self._owner: HasOptions | None = None
        self._values: Options = {}
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._rows)
        self._column.addWidget(self.message)
        self.refuse(None)
        self.hide()

    def show_options(self, owner: HasOptions, options: Options) -> None:
        """Show the options of `owner`, those that are missing with their default."""
        if owner != self._owner:
            self._owner = owner
            self._draw_rows(owner.options)
        for entry in owner.options:
            value = options.get(entry.name, entry.default)
            control = self.controls[entry.name]
            # A typed entry stays, also where it is shown as wrong.
            if value != self._values.get(entry.name) or not isinstance(control, QLineEdit):
                _show(control, value)
            self._values[entry.name] = value
        self.setVisible(bool(self.controls))

    def refuse(self, error: SettingError | None, name: str = "") -> None:
        """Show the error of the option `name`; None clears it."""
        self.message.setText(str(error) if error else "")
        self.message.setVisible(error is not None)
        for each, control in self.controls.items():
            wrong = error is not None and each == name
            if bool(control.property("wrong")) != wrong:
                control.setProperty("wrong", wrong)
                control.style().polish(control)

    def _draw_rows(self, entries: tuple[OptionEntry, ...]) -> None:
        self.refuse(None)
        self._values = {}
        rows = QWidget()
        form = QFormLayout(rows)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.controls = {entry.name: self._control(entry) for entry in entries}
        for name, control in self.controls.items():
            if isinstance(control, QCheckBox):
                form.addRow(control)
            else:
                form.addRow(name, control)
        self._column.replaceWidget(self._rows, rows)
        # The control that has the focus may be asking for this.
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows
        rows.show()

    def _control(self, entry: OptionEntry) -> Control:
        control = _made(entry)
        named(
            control,
            entry.name,
            title=entry.name,
            tip=tr("Allowed: {allowed}", allowed=entry.allowed),
        )
        match control:
            case QCheckBox():
                control.toggled.connect(lambda value: self._on_value(entry, value))
            case WholeBox():
                control.valueChanged.connect(lambda value: self._on_value(entry, value))
            case QLineEdit():
                when_entered(control, lambda: self._on_text(entry, control))
            case _:
                assert_never(control)
        return control

    def _on_text(self, entry: OptionEntry, control: QLineEdit) -> None:
        try:
            value = entry.parsed(control.text())
        except SettingError as error:
            self.refuse(error, entry.name)
        else:
            self._on_value(entry, value)

    def _on_value(self, entry: OptionEntry, value: OptionValue) -> None:
        self.refuse(None)
        if value != self._values[entry.name]:
            self.entered.emit(entry.name, value)


def _made(entry: OptionEntry) -> Control:
    if entry.kind == "bool":
        return QCheckBox(entry.name)
    if entry.kind in ("float", "expression"):
        edit = QLineEdit()
        edit.setMinimumWidth(60)
        return edit
    box = WholeBox()
    box.setRange(int(entry.minimum or 0), int(entry.maximum or 2**31 - 1))
    box.setKeyboardTracking(False)
    box.setMinimumWidth(80)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    # The padding of a style sheet does not reach the text of a spin box.
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box


def _show(control: Control, value: OptionValue) -> None:
    match control:
        case QCheckBox():
            control.blockSignals(True)
            control.setChecked(bool(value))
            control.blockSignals(False)
        case WholeBox():
            show_in(control, partial(control.setValue, int(value)))
        case QLineEdit():
            text = value if isinstance(value, str) else full(float(value))
            show_in(control, partial(_write, control, text))
        case _:
            assert_never(control)


def _write(line: QLineEdit, text: str) -> None:
    line.setText(text)
    # A long number is seen from its first digit.
    line.setCursorPosition(0)

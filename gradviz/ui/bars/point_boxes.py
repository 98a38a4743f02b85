"""The inputs of a gradient at a point: a box with a number for each of x, y and z that occurs."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from gradviz.core.choices.settings import INPUTS, Model
from gradviz.ui.widgets.naming import named

#: One box has room for all the digits that it takes; of several the bar has room for fewer.
_WIDTH: Final = 124
_WIDTHS_OF_SEVERAL: Final = {False: 104, True: 84}


class PointBoxes(QWidget):
    """Emits `chosen` with the name and the value of an input that the user has changed."""

    chosen = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._shown: tuple[str, ...] = ()
        self.boxes = {name: _box(name) for name in INPUTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name, box in self.boxes.items():
            row.addWidget(box)
            box.valueChanged.connect(partial(self.chosen.emit, name))
        self.show_inputs({})

    def show_inputs(self, inputs: Mapping[str, float]) -> None:
        """Show the boxes of these inputs; without any, none."""
        self._shown = tuple(inputs)
        for name, box in self.boxes.items():
            box.setVisible(name in inputs)
        self._set_widths()
        self.setVisible(bool(inputs))

    def show_values(self, model: Model) -> None:
        """Show the values of `model`, in the boxes that are not seen too."""
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(model.input_at(name))
            box.blockSignals(False)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room where there are several."""
        self._narrow = narrow
        self._set_widths()

    def _set_widths(self) -> None:
        several = len(self._shown) > 1
        for box in self.boxes.values():
            box.setFixedWidth(_WIDTHS_OF_SEVERAL[self._narrow] if several else _WIDTH)


class _PointBox(QDoubleSpinBox):
    """A number without the zeros that fill it up."""

    def textFromValue(self, value: float) -> str:
        return f"{value:.{self.decimals()}f}".rstrip("0").rstrip(".")


def _box(name: str) -> QDoubleSpinBox:
    object_name = "at" if name == "x" else f"at_{name}"
    box = named(_PointBox(prefix=f"{name} = "), object_name, title=f"Value of {name}")
    box.setToolTip(f"The {name} at which the gradient is taken")
    box.setRange(-1e9, 1e9)
    box.setDecimals(4)
    box.setSingleStep(0.5)
    box.setStepType(QDoubleSpinBox.StepType.DefaultStepType)
    # The padding of a style sheet does not reach the text of a spin box.
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box

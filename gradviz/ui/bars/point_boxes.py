"""The inputs of a gradient at a point: a box with a number for each of x, y and z that occurs."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gradviz.core.choices.settings import INPUTS, Model
from gradviz.core.language.saying import tr
from gradviz.ui.widgets.kept_typing import show_in
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import NumberBox

#: One box has room for all the digits that it takes; of several the bar has room for fewer.
_WIDTH: Final = 124
_WIDTH_OF_SEVERAL, _NARROW_WIDTH, _CROWDED_WIDTH = 104, 96, 80


class PointBoxes(QWidget):
    """Emits `chosen` with the name and the value of an input that the user has changed."""

    chosen = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = self._crowded = False
        self._shown: tuple[str, ...] = ()
        self.boxes = {name: _box(name) for name in INPUTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name, box in self.boxes.items():
            row.addWidget(box)
            box.valueChanged.connect(partial(self.chosen.emit, name))
        self.show_inputs({})

    def show_inputs(self, inputs: Mapping[str, float], *, crowded: bool = False) -> None:
        """Show the boxes of these inputs; without any, none. A `crowded` bar has less room."""
        self._shown = tuple(inputs)
        self._crowded = crowded
        # In this order the boxes are never wider in all than they have to be.
        for name in self.boxes.keys() - inputs.keys():
            self.boxes[name].hide()
        self._set_widths()
        for name in inputs:
            self.boxes[name].show()
        self.setVisible(bool(inputs))

    def show_values(self, model: Model) -> None:
        """Show the values of `model`, in the boxes that are not seen too."""
        for name, box in self.boxes.items():
            show_in(box, partial(box.setValue, model.input_at(name)))
            # A narrow box does not show all the digits.
            box.setToolTip(tr("{number}, where the gradient is taken", number=box.text()))

    def set_narrow(self, narrow: bool) -> None:
        """Take less room where there are several."""
        self._narrow = narrow
        self._set_widths()

    def _set_widths(self) -> None:
        width = _WIDTH
        if len(self._shown) > 1:
            narrow = _CROWDED_WIDTH if self._crowded else _NARROW_WIDTH
            width = narrow if self._narrow else _WIDTH_OF_SEVERAL
        for box in self.boxes.values():
            box.setFixedWidth(width)


def _box(name: str) -> NumberBox:
    box = NumberBox(low=-1e9, high=1e9, decimals=4)
    named(box, "at" if name == "x" else f"at_{name}", title=tr("Value of {name}", name=name))
    box.setPrefix(f"{name} = ")
    box.setSingleStep(0.5)
    box.setStepType(NumberBox.StepType.DefaultStepType)
    # The padding of a style sheet does not reach the text of a spin box.
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box

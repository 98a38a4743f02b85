"""A number over many powers of ten, typed as 1e-7; ↓ and ↑ make it a tenth or ten times as much."""

from gradviz.core.number_text import short
from gradviz.ui.widgets.number_boxes import NumberBox

#: Far beyond the gradients that float32 holds.
_SMALLEST, _LARGEST = 1e-40, 1e40


class PowerSpin(NumberBox):
    """Holds a positive number, with six significant digits."""

    def __init__(self) -> None:
        super().__init__(low=_SMALLEST, high=_LARGEST, decimals=50)
        self.setKeyboardTracking(False)

    def stepBy(self, steps: int) -> None:
        self.setValue(float(f"{self.value() * 10.0**steps:.6g}"))

    def textFromValue(self, value: float) -> str:
        return short(value)

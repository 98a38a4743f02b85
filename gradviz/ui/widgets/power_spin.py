"""A number over many powers of ten, typed as 1e-7; ↓ and ↑ make it a tenth or ten times as much."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox

from gradviz.render.numbers import short

#: Far beyond the gradients that float32 holds.
_SMALLEST, _LARGEST = 1e-40, 1e40
_MINUS = "\N{MINUS SIGN}"


class PowerSpin(QDoubleSpinBox):
    """Holds a positive number, with six significant digits."""

    def __init__(self) -> None:
        super().__init__(minimum=_SMALLEST, maximum=_LARGEST, decimals=50)
        self.setKeyboardTracking(False)

    def stepBy(self, steps: int) -> None:
        self.setValue(float(f"{self.value() * 10.0**steps:.6g}"))

    def textFromValue(self, value: float) -> str:
        return short(value)

    def valueFromText(self, text: str) -> float:
        return _parsed(text) or self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        found = _parsed(text)
        if found is not None and _SMALLEST <= found <= _LARGEST:
            return QValidator.State.Acceptable, text, position
        typed = set(text.lower()) <= set(f"0123456789.e+-{_MINUS}")
        state = QValidator.State.Intermediate if typed else QValidator.State.Invalid
        return state, text, position


def _parsed(text: str) -> float | None:
    try:
        return float(text.replace(_MINUS, "-"))
    except ValueError:
        return None

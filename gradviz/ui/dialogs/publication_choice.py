"""The dialog for a drawing for print: its format, its width on paper and its caption."""

from typing import Final, Literal

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.core.number_text import short
from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import DOTS_PER_INCH
from gradviz.export.publication import (
    COLUMN_MM,
    NARROWEST_MM,
    PRINT_DPI,
    PRINTED,
    WIDEST_MM,
    Publication,
)
from gradviz.export.sheets import printed_sheet
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import NumberBox, WholeBox
from gradviz.ui.widgets.whole_label import WholeLabel

_Caption = Literal["numbers", "own", "none"]
_CAPTIONS: Final[dict[_Caption, str]] = {
    "numbers": marked("The numbers of this moment"),
    "own": marked("Own text"),
    "none": marked("None"),
}
_DPI: Final = (50, 2400)
#: The dialog does not follow a long caption to the edge of the screen.
_WIDTH: Final = 460


class PublicationDialog(QDialog):
    """Asks for format, width and caption, and tells the size that follows, or why there is none."""

    def __init__(self, area: QRectF, numbers: str, parent: QWidget | None = None) -> None:
        """Ask about a picture of this `area`; `numbers` is the caption of the moment."""
        super().__init__(parent)
        self.setWindowTitle(tr("Export for publication"))
        self._area, self._numbers = area, numbers
        self.form, self.kind = QComboBox(), QComboBox()
        for suffix in PRINTED:
            self.form.addItem(f"{tr(EXPORTERS[suffix].title)} (*{suffix})", suffix)
        for kind, title in _CAPTIONS.items():
            self.kind.addItem(tr(title), kind)
        self.width_box = NumberBox(low=NARROWEST_MM, high=WIDEST_MM, decimals=2)
        self.width_box.setValue(COLUMN_MM)
        self.dpi = WholeBox(*_DPI)
        self.dpi.setValue(PRINT_DPI)
        self.text = QLineEdit(numbers)
        self.text.setCursorPosition(0)
        self.note = named(WholeLabel(), "note")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Export…"))
        self._lay_out()
        self._connect()
        self._tell()

    @property
    def suffix(self) -> str:
        """Return the suffix of the chosen format."""
        return str(self.form.currentData())

    @property
    def scale(self) -> float:
        """Return the pixels of an image for each 96th of an inch."""
        return self.dpi.value() / DOTS_PER_INCH

    def publication(self) -> Publication:
        """Return the width and the caption that are chosen; raises ExportError."""
        kind: _Caption = self.kind.currentData()
        caption = self.text.text() if kind == "own" else kind == "numbers"
        return Publication(width_mm=self.width_box.value(), caption=caption)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(tr("Format"), self.form)
        form.addRow(tr("Width in mm"), named(self.width_box, title=tr("width in millimetres")))
        form.addRow(self.width_box.message)
        form.addRow(tr("Dots per inch"), named(self.dpi, title=tr("dots per inch of a PNG image")))
        form.addRow(self.dpi.message)
        form.addRow(tr("Caption"), self.kind)
        form.addRow(tr("Text"), named(self.text, title=tr("text of the caption")))
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.setMinimumWidth(_WIDTH)

    def _connect(self) -> None:
        for choice in (self.form, self.kind):
            choice.currentIndexChanged.connect(self._tell)
        for number in (self.width_box, self.dpi):
            number.valueChanged.connect(self._tell)
        self.text.textChanged.connect(self._tell)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _tell(self) -> None:
        """Say how large the file is; where there can be none, say why and offer no export."""
        kind: _Caption = self.kind.currentData()
        self.dpi.setEnabled(self.suffix == ".png")
        self.text.setEnabled(kind == "own")
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        caption = {"own": self.text.text().strip(), "numbers": self._numbers, "none": ""}[kind]
        try:
            sheet = printed_sheet(self._area, self.publication(), caption)
        except ExportError as error:
            self.note.setText(sentences([error.message, error.hint]))
            accept.setEnabled(False)
            return
        size = sheet.size_mm
        self.note.setText(
            tr(
                "{width} × {height} mm, names in letters of {points} points",
                width=short(size.width(), 5),
                height=short(size.height(), 5),
                points=short(sheet.letters, 2),
            )
        )
        accept.setEnabled(True)

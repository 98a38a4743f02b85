"""The dialog for a drawing: the scale of an image, and whether its ground is left out."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted, short
from gradviz.export.exporters import Exporter
from gradviz.export.figure import DOTS_PER_INCH
from gradviz.ui.widgets.naming import named

#: The factors by which an image can be enlarged; 2 is sharp on most screens and in print.
SCALES: Final = (1, 2, 3, 4, 8)
USUAL_SCALE: Final = 2
_GROUND_KEY: Final = "export_transparent"


class PictureChoice(NamedTuple):
    """A scale, and whether the ground is left out."""

    scale: float = USUAL_SCALE
    transparent: bool = False


USUAL_PICTURE: Final = PictureChoice()


class PictureDialog(QDialog):
    """Asks how a picture is drawn; there is a choice of scales where the format has pixels."""

    def __init__(
        self,
        format_title: str,
        offered: Sequence[tuple[float, QSize]],
        *,
        transparent: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Offer the scales with the pixels of each; begin with the ground as it was last."""
        super().__init__(parent)
        self.setWindowTitle(tr("Export as {format}", format=format_title))
        self.scale = QComboBox()
        for scale, size in offered:
            self.scale.addItem(_scale_text(scale, size), scale)
        usual = [place for place, (scale, _) in enumerate(offered) if scale <= USUAL_SCALE]
        self.scale.setCurrentIndex(max(usual, default=0))
        tip = tr("Leave out the ground, so that a page or a slide shows through")
        self.transparent = named(QCheckBox(tr("Transparent ground")), tip=tip)
        self.transparent.setChecked(transparent)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Export…"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        if offered:
            form.addRow(tr("Scale"), self.scale)
        form.addRow(self.transparent)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.buttons)

    def choice(self) -> PictureChoice:
        """Return the choice; without scales the usual one."""
        scale = self.scale.currentData()
        return PictureChoice(
            USUAL_SCALE if scale is None else float(scale), self.transparent.isChecked()
        )


def asked_picture(
    parent: QWidget, exporter: Exporter, offered: Sequence[tuple[float, QSize]], memory: QSettings
) -> PictureChoice | None:
    """Ask how a picture is drawn, None if none is wanted; the ground is remembered.

    A format that draws no ground has nothing to choose.
    """
    if not exporter.has_ground:
        return USUAL_PICTURE
    before = bool(memory.value(_GROUND_KEY, False, bool))
    dialog = PictureDialog(tr(exporter.title), offered, transparent=before, parent=parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    choice = dialog.choice()
    memory.setValue(_GROUND_KEY, choice.transparent)
    return choice


def _scale_text(scale: float, size: QSize) -> str:
    return tr(
        "{scale} × ({width} × {height} pixels, {dots} dpi)",
        scale=short(scale),
        width=counted(size.width()),
        height=counted(size.height()),
        dots=short(scale * DOTS_PER_INCH, 4),
    )

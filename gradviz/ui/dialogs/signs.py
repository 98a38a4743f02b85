"""The dialog with the legend of the graph: a sample of every sign, and its meaning."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.language.saying import marked, tr
from gradviz.render.groups.sign_samples import SAMPLE, SignSample, paint_sample, sign_samples
from gradviz.render.style import Theme as Look
from gradviz.ui.widgets.speech.spoken import Spoken
from gradviz.ui.workspaces.window_places import remember_size

_TITLE = marked("Signs in the graph")


class SampleView(QWidget, Spoken):
    """One sign as the graph shows it; its meaning is its name for screen readers."""

    def __init__(self, sample: SignSample, look: Look) -> None:
        super().__init__()
        self._sample, self._look = sample, look
        self.setAccessibleName(sample.text)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return SAMPLE.size().toSize()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.canvas)
        painter.setClipRect(self.rect())
        paint_sample(painter, self._sample, self._look)
        painter.end()


class SignsDialog(QDialog):
    """Every sign in rows; it scrolls where the screen is too low for all."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(_TITLE))
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setColumnStretch(1, 1)
        for place, sample in enumerate(sign_samples()):
            grid.addWidget(SampleView(sample, look), place, 0)
            grid.addWidget(QLabel(sample.text, wordWrap=True), place, 1)
        self.scrolled = QScrollArea(widgetResizable=True)
        self.scrolled.setAccessibleName(tr(_TITLE))
        self.scrolled.setWidget(rows)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.scrolled)
        column.addWidget(buttons)
        self.resize(560, min(700, parent.height() - 80))
        remember_size(self, "signs")


def show_signs(parent: QWidget, look: Look) -> None:
    """Show every sign until it is closed."""
    SignsDialog(parent, look).exec()

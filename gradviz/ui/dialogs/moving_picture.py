"""The dialog for a moving picture: what it shows, in which format, how large and how fast."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import listed, marked, sentences, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.export.moving.film import (
    FILM_FORMATS,
    LARGEST_SIDE,
    SLOWEST,
    SMALLEST_SIDE,
    USUAL_RATES,
    USUAL_SIZE,
    Film,
    FilmFormat,
    FilmSubject,
    Parts,
    checked_rate,
    every_nth,
    usual_distance,
)
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import NumberBox, WholeBox

_SUBJECTS: Final[Mapping[FilmSubject, str]] = {
    "train": marked("The training, step by step"),
    "backward": marked("The backward pass, node by node"),
}
_PARTS: Final[Mapping[Parts, str]] = {
    "both": marked("The graph and the plots"),
    "graph": marked("The graph"),
    "plots": marked("The plots"),
}
_MOST_EVERY: Final = 10_000_000


class MovingPictureDialog(QDialog):
    """Asks which film is wanted, and tells how many frames that is, or why there is none."""

    def __init__(self, lengths: Mapping[FilmSubject, int], parent: QWidget | None = None) -> None:
        """Offer the subjects of `lengths`, each with the number of its last step."""
        super().__init__(parent)
        self.setWindowTitle(tr("Export moving picture"))
        self._lengths = lengths
        self.subject, self.parts, self.form = QComboBox(), QComboBox(), QComboBox()
        for name in lengths:
            self.subject.addItem(tr(_SUBJECTS[name]), name)
        for part, title in _PARTS.items():
            self.parts.addItem(tr(title), part)
        for form in FILM_FORMATS.values():
            self.form.addItem(f"{tr(form.title)} (*{form.suffix})", form.suffix)
        self.width_box = WholeBox(SMALLEST_SIDE, LARGEST_SIDE)
        self.height_box = WholeBox(SMALLEST_SIDE, LARGEST_SIDE)
        self.rate = NumberBox(low=SLOWEST, high=60.0, decimals=2)
        self.every = WholeBox(1, _MOST_EVERY)
        self.note = named(QLabel(), "note")
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Export…"))
        self.width_box.setValue(USUAL_SIZE[0])
        self.height_box.setValue(USUAL_SIZE[1])
        self._lay_out()
        self._connect()
        self._suit_subject()

    @property
    def format(self) -> FilmFormat:
        """Return the chosen format."""
        return FILM_FORMATS[self.form.currentData()]

    def film(self) -> Film:
        """Return the film that is chosen; raises ExportError where it does not work."""
        subject: FilmSubject = self.subject.currentData()
        return Film(
            subject=subject,
            steps=every_nth(self._lengths[subject], self.every.value()),
            size=(self.width_box.value(), self.height_box.value()),
            rate=checked_rate(self.rate.value(), self.format),
            parts=self.parts.currentData() if subject == "train" else "graph",
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        size = QHBoxLayout()
        size.addWidget(named(self.width_box, title=tr("width in pixels")), 1)
        size.addWidget(QLabel("×"))
        size.addWidget(named(self.height_box, title=tr("height in pixels")), 1)
        size.addWidget(QLabel(tr("pixels")))
        form.addRow(tr("Show"), self.subject)
        form.addRow(tr("With"), self.parts)
        form.addRow(tr("Format"), self.form)
        form.addRow(tr("Size"), size)
        form.addRow(tr("Frames per second"), self.rate)
        form.addRow(tr("One frame every … steps"), self.every)
        for box in (self.width_box, self.height_box, self.rate, self.every):
            form.addRow(box.message)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.subject.currentIndexChanged.connect(self._suit_subject)
        for box in (self.parts, self.form):
            box.currentIndexChanged.connect(self._tell)
        for number in (self.width_box, self.height_box, self.rate, self.every):
            number.valueChanged.connect(self._tell)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _suit_subject(self) -> None:
        subject: FilmSubject = self.subject.currentData()
        self.parts.setEnabled(subject == "train")
        self.rate.setValue(USUAL_RATES[subject])
        self.every.setValue(usual_distance(self._lengths[subject]))
        self._tell()

    def _tell(self) -> None:
        """Say how long the film is; where there can be none, say why and offer no export."""
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        try:
            film = self.film()
        except ExportError as error:
            self.note.setText(sentences([error.message, error.hint]))
            accept.setEnabled(False)
            return
        count = len(film.steps)
        lasts = short(count / film.rate, 3)
        frames = tr_n("{shown} frames", "{shown} frame", count, shown=counted(count))
        seconds = tr_n("{shown} seconds", "{shown} second", 1 if lasts == "1" else 2, shown=lasts)
        self.note.setText(listed([frames, seconds]))
        accept.setEnabled(True)

"""Small images in rows, each with the class that a classifier predicts."""

from dataclasses import dataclass
from html import escape
from weakref import ref

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from gradviz.core.choices.images import ImageSet
from gradviz.core.graphs.tensors import Floats
from gradviz.core.language.saying import marked, tr
from gradviz.render.style import Theme as Look
from gradviz.ui.widgets.speech.readers import tell_chosen
from gradviz.ui.widgets.speech.spoken import Spoken, SpokenPart, SpokenParts

_PICTURE, _GAP, _TEXT = 34, 8, 14
_CELL = QSize(70, _PICTURE + _TEXT + _GAP)
_FONT_PIXELS = 11
_IMAGE = marked("image {number}")
_GUESS = marked("predicted {predicted}, true {true}")
#: The names of the drawn shapes, for `tr`; the module that draws them is copied into scripts.
SHAPE_NAMES = (
    marked("disc"),
    marked("ring"),
    marked("square"),
    marked("frame"),
    marked("triangle"),
    marked("plus"),
    marked("cross"),
    marked("bar across"),
    marked("bar upright"),
    marked("two dots"),
)
#: To the left and the right go the steps of the backward pass, wherever the keyboard is.
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Guess:
    """A classifier's prediction for one image, with the probability of each class."""

    true: str
    predicted: str
    probabilities: tuple[tuple[str, float], ...]

    @property
    def right(self) -> bool:
        """Tell whether it is the right class."""
        return self.predicted == self.true

    @property
    def text(self) -> str:
        """Return the predicted class, with a sign for right or wrong beside its colour."""
        return f"{'✓' if self.right else '✗'} {tr(self.predicted)}"


def guesses(images: ImageSet, probabilities: Floats) -> tuple[Guess, ...]:
    """Return the guesses of all samples, from probabilities of shape (samples, classes)."""
    return tuple(
        Guess(
            true=images.classes[label],
            predicted=images.classes[int(np.argmax(row))],
            probabilities=tuple(zip(images.classes, map(float, row), strict=True)),
        )
        for label, row in zip(images.labels, probabilities, strict=True)
    )


class ImageGrid(QWidget, Spoken):
    """Shows as many images as there is room for; `pointed` says which one is pointed at."""

    pointed = Signal(object)
    spoken_kind = "list"
    _spoken: "GridImages | None" = None

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(tr("Images of the test"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(2 * _CELL.width(), _CELL.height())
        self._look = look
        self._spoken = GridImages(self)
        self._pictures: list[QImage] = []
        self.guesses: tuple[Guess, ...] = ()
        self.current: int | None = None

    def sizeHint(self) -> QSize:
        return QSize(6 * _CELL.width(), 3 * _CELL.height())

    def show_images(self, images: ImageSet) -> None:
        """Show other images, without guesses until there are some."""
        pixels = np.ascontiguousarray(images.samples.numpy())
        _, height, width = pixels.shape
        self._pictures = [
            QImage(each.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
            for each in pixels
        ]
        self.guesses = ()
        self.current = None
        self.update()

    def show_guesses(self, found: tuple[Guess, ...]) -> None:
        """Show the classifier's predictions for the images."""
        self.guesses = found
        self.update()

    def use_look(self, look: Look) -> None:
        """Draw in the colours of `look`."""
        self._look = look
        self.update()

    @property
    def shown(self) -> int:
        """Return how many images there is room for."""
        rows = max(1, self.height() // _CELL.height())
        return min(len(self._pictures), self._columns * rows)

    @property
    def _columns(self) -> int:
        return max(1, self.width() // _CELL.width())

    def place(self, index: int) -> QRect:
        """Return the rectangle of an image with its text."""
        row, column = divmod(index, self._columns)
        left = column * self.width() // self._columns
        return QRect(left, row * _CELL.height(), self.width() // self._columns, _CELL.height())

    def spoken_parts(self) -> "GridImages | None":
        return self._spoken

    def point_at(self, index: int) -> None:
        """Point at an image, as the mouse does."""
        self._point(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(_FONT_PIXELS)
        painter.setFont(font)
        for index in range(self.shown):
            self._paint_one(painter, index)

    def _paint_one(self, painter: QPainter, index: int) -> None:
        place = self.place(index)
        picture = QRectF(0, 0, _PICTURE, _PICTURE)
        picture.moveCenter(QPointF(place.center().x(), place.top() + 3 + _PICTURE / 2))
        painter.drawImage(picture, self._pictures[index])
        guess = self.guesses[index] if index < len(self.guesses) else None
        color = self._look.line
        if guess is not None:
            color = self._look.done if guess.right else self._look.now
        pen = QPen(QColor(color), 2.5 if index == self.current else 1.5)
        if guess is not None and not guess.right:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(picture.adjusted(-2, -2, 2, 2), 3, 3)
        if guess is None:
            return
        painter.setPen(QColor(self._look.done_text if guess.right else self._look.now_text))
        line = QRectF(place.left(), picture.bottom() + 3, place.width(), _TEXT)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(guess.text, Qt.TextElideMode.ElideRight, place.width() - 4)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().toPoint())
        self._point(index)
        if index is None or index >= len(self.guesses):
            QToolTip.hideText()
        else:
            QToolTip.showText(
                event.globalPosition().toPoint(), hover_text(self.guesses[index]), self
            )

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _MOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or not self.shown:
            super().keyPressEvent(event)
            return
        start = 0 if self.current is None else self.current + move
        self._point(max(0, min(start, self.shown - 1)))

    def _point(self, index: int | None) -> None:
        if index != self.current:
            self.current = index
            self.pointed.emit(index)
            self.update()
            tell_chosen(self)

    def _at(self, point: QPoint) -> int | None:
        found = (index for index in range(self.shown) if self.place(index).contains(point))
        return next(found, None)


class GridImages(SpokenParts):
    """The images of a grid as they are read aloud: the predicted and the true class of each."""

    def __init__(self, grid: ImageGrid) -> None:
        self._grid = ref(grid)
        self._keys: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        grid = self._grid()
        count = grid.shown if grid is not None else 0
        if count != len(self._keys):
            self._keys = tuple(map(str, range(count)))
        return self._keys

    def part(self, key: str) -> SpokenPart | None:
        grid = self._grid()
        if grid is None or key not in self.keys():
            return None
        index = int(key)
        guess = grid.guesses[index] if index < len(grid.guesses) else None
        value = tr(_GUESS, predicted=tr(guess.predicted), true=tr(guess.true)) if guess else ""
        name = tr(_IMAGE, number=index + 1)
        return SpokenPart(name, value, "item", grid.place(index), index == grid.current)

    def current(self) -> str | None:
        grid = self._grid()
        return None if grid is None or grid.current is None else str(grid.current)

    def choose(self, key: str) -> None:
        grid = self._grid()
        if grid is not None:
            grid.point_at(int(key))


def hover_text(guess: Guess) -> str:
    """Return the probability of every class, the largest first, as rich text."""
    rows = sorted(guess.probabilities, key=lambda item: -item[1])
    lines = "".join(
        f"<tr><td>{escape(_told(name, guess))}&nbsp;&nbsp;</td>"
        f"<td align='right'>{value:.1%}</td></tr>"
        for name, value in rows
    )
    return f"<table>{lines}</table>"


def _told(name: str, guess: Guess) -> str:
    return tr("{name} (true)", name=tr(name)) if name == guess.true else tr(name)

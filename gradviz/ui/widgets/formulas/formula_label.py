"""One formula: set as mathematics in lines that fit, and as it is typed until it is set."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gradviz.core.language.saying import tr
from gradviz.mathematics.typesetting import SetPiece, Setting, arranged
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.speech.spoken import Spoken

#: The size of the letters in the window, as a part of that at which pieces are set.
SCALE = 0.8
#: A piece that is too wide is made smaller to this part of that, and then scrolled.
_SMALLEST = 0.6
_MARGIN = 3


class FormulaLabel(QWidget, Spoken):
    """Shows an equation; its accessible name is its plain text, and its menu copies it."""

    def __init__(self, latex: str, typed: str, note: str = "") -> None:
        super().__init__()
        named(self, "formula", title=typed, tip=note)
        self.latex = latex
        self.typed = typed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pieces: Sequence[SetPiece] = ()
        self._setting: Setting | None = None
        self._picture: QSvgRenderer | None = None
        self._fit()

    @property
    def is_set(self) -> bool:
        """Tell whether it is shown as mathematics."""
        return self._picture is not None

    def show_pieces(self, pieces: Sequence[SetPiece]) -> None:
        """Show the set pieces in the place of the typed text."""
        self._pieces = pieces
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if self._picture is None or self._setting is None:
            painter.drawText(room, self._text_flags(), self.typed)
            return
        scale = self._scale
        size = self._setting.width * scale, self._setting.height * scale
        self._picture.render(painter, QRectF(room.left(), room.top(), *size))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return a new menu that copies the formula."""
        menu = QMenu(self)
        for title, text in (
            (tr("Copy as LaTeX"), self.latex),
            (tr("Copy as text"), self.typed),
        ):
            if text:
                menu.addAction(title).triggered.connect(
                    lambda _=False, text=text: QGuiApplication.clipboard().setText(text)
                )
        return menu

    @property
    def _room(self) -> float:
        return max(1.0, self.width() - 2.0 * _MARGIN)

    @property
    def _scale(self) -> float:
        """Return the scale at which the widest piece fits, or the smallest that can be read."""
        if self._setting is None:
            return SCALE
        return max(SCALE * _SMALLEST, min(SCALE, self._room / self._setting.width))

    def _fit(self) -> None:
        """Break the formula into lines for the width that there is."""
        if self._pieces:
            self._setting = arranged(self._pieces, self._room / SCALE)
            svg = self._setting.svg(self.palette().windowText().color().name())
            self._picture = QSvgRenderer(QByteArray(svg.encode()))
            width, height = self._setting.width * self._scale, self._setting.height * self._scale
            least = min(width, self._setting.width * SCALE * _SMALLEST)
        else:
            wanted = QRectF(0, 0, self._room, 10_000)
            found = self.fontMetrics().boundingRect(wanted.toRect(), self._text_flags(), self.typed)
            least, height = 40.0, float(found.height())
        self.setMinimumWidth(round(least) + 2 * _MARGIN)
        self.setFixedHeight(round(height) + 2 * _MARGIN)
        self.update()

    def _text_flags(self) -> int:
        return int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.AlignmentFlag.AlignLeft)

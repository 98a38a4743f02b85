"""Formulas as images within a text, for QTextBrowser, which asks for each by its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QTextBrowser

from gradviz.mathematics.typesetting import SetPiece, arranged
from gradviz.ui.widgets.formulas.formula_label import SCALE

#: A formula that is too wide is made smaller to this part, and then the text is scrolled.
_SMALLEST = 0.55
_SCHEME = "formula"


class FormulaBrowser(QTextBrowser):
    """A text with formulas, each in the width that there is and as sharp as the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._images: dict[str, QImage] = {}

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        name = QUrl(url)
        if name.scheme() == _SCHEME:
            return self._images.get(name.path())
        return super().loadResource(kind, name)

    def elements(
        self, formulas: Mapping[str, Sequence[SetPiece]], colour: QColor
    ) -> dict[str, str]:
        """Return the HTML element of each formula by its text; empty for one without pieces."""
        self._images.clear()
        found: dict[str, str] = {}
        for text, pieces in formulas.items():
            found[text] = self._element(f"{len(found)}", pieces, colour) if pieces else ""
        return found

    def _element(self, name: str, pieces: Sequence[SetPiece], colour: QColor) -> str:
        room = max(80.0, self.viewport().width() - 2 * self.document().documentMargin() - 4)
        setting = arranged(pieces, room / SCALE)
        scale = SCALE * max(_SMALLEST, min(1.0, room / (setting.width * SCALE)))
        size = QSizeF(setting.width, setting.height) * scale
        ratio = self.devicePixelRatioF()
        image = QImage((size * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(setting.svg(colour.name()).encode())).render(
            painter, QRectF(0, 0, image.width(), image.height())
        )
        painter.end()
        self._images[name] = image
        return (
            f"<img src='{_SCHEME}:{name}' width='{size.width():.0f}' height='{size.height():.0f}'>"
        )

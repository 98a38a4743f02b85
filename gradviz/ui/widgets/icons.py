"""The icons of `resources/icons`, drawn in the colours of the theme."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gradviz.core.resource_folder import resources as resources

_INK = b"#000"
_SIZE = 16


class Icons:
    """Icons by their file name; `ink` replaces the black of the files."""

    def __init__(self, ink: str, disabled_ink: str) -> None:
        self.recolour(ink, disabled_ink)

    def recolour(self, ink: str, disabled_ink: str) -> None:
        """Use other colours from the next icon on."""
        self._ink = ink
        self._disabled_ink = disabled_ink
        self._made: dict[str, QIcon] = {}

    def __getitem__(self, name: str) -> QIcon:
        if name not in self._made:
            icon = QIcon(_drawn(name, self._ink))
            icon.addPixmap(_drawn(name, self._disabled_ink), QIcon.Mode.Disabled)
            self._made[name] = icon
        return self._made[name]

    def inked(self, name: str, ink: str) -> QIcon:
        """Return an icon in another colour, such as white on a coloured button."""
        return QIcon(_drawn(name, ink))


def _drawn(name: str, ink: str) -> QPixmap:
    data = (
        (resources() / "icons" / f"{name}.svg")
        .read_bytes()
        .replace(_INK + b'"', ink.encode() + b'"')
    )
    scale = 2
    pixmap = QPixmap(QSize(_SIZE, _SIZE) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(data)).render(painter, QRectF(0, 0, _SIZE * scale, _SIZE * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap

"""What all formats that draw share: an application with fonts, a layout, and the page itself."""

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRectF
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.graph import Graph
from gradviz.core.placement import Placement
from gradviz.export.sheet import Sheet
from gradviz.layout.client import LayoutClient
from gradviz.render.measure import boxes, links
from gradviz.render.painter import extent, paint

#: Qt needs its application as long as anything is drawn.
_own: list[QGuiApplication] = []


def require_application() -> None:
    """Make sure that Qt can draw text, without a display where no window is open.

    Raises:
        ExportError: there is no font on this machine.
    """
    if QCoreApplication.instance() is None:
        _own.append(QGuiApplication(["gradviz", "-platform", "offscreen"]))
    if not QFontDatabase.families():
        raise ExportError(
            "There is no font on this machine to draw text with.",
            "Install one, such as DejaVu (on Debian and Ubuntu: apt install fonts-dejavu-core).",
        )


def laid_out(graph: Graph) -> Placement:
    """Return a placement for `graph` by a layout process of its own; raises LayoutError."""
    require_application()
    client = LayoutClient()
    try:
        return client.place(boxes(graph), links(graph))
    finally:
        client.close()


def page(sheet: Sheet) -> QRectF:
    """Return what the file shows, in the placement's coordinates."""
    require_application()
    return extent(sheet.picture, sheet.placed).toAlignedRect().toRectF()


def paint_page(painter: QPainter, sheet: Sheet, area: QRectF) -> None:
    """Paint `area` of the sheet so that its top left corner is at (0, 0)."""
    painter.translate(-area.topLeft())
    painter.fillRect(area, QColor(sheet.theme.canvas))
    paint(painter, sheet.graph, sheet.picture, sheet.placed, sheet.theme, marks=sheet.marks)


def opened_buffer() -> QBuffer:
    """Return an empty buffer to write to."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def started(painter: QPainter, began: bool) -> None:
    """Raise ExportError unless `painter` could begin to paint."""
    if not began or not painter.isActive():
        raise ExportError("The picture could not be drawn.", "Try a smaller scale or graph.")

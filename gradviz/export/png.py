"""PNG images, of the graph at any scale and of whatever the window has drawn."""

import math
from os import PathLike
from pathlib import Path

from PySide6.QtGui import QImage, QPainter

from gradviz.core.errors import ExportError
from gradviz.export.atomic import write_bytes
from gradviz.export.figure import GraphFigure
from gradviz.export.page import opened_buffer, page, paint_page, started

#: At a scale of 1 a pixel is a 96th of an inch.
_PIXELS_PER_METER = 96 / 0.0254
#: Qt's painter counts in 16 bits; a pixel takes 4 bytes of memory.
_LONGEST_SIDE, _MOST_PIXELS = 32_767, 100_000_000


def render(figure: GraphFigure) -> bytes:
    """Return a PNG image of `figure.scale` pixels for each pixel of the picture.

    Raises:
        ExportError: the image would be too large.
    """
    area = page(figure)
    width, height = (math.ceil(side * figure.scale) for side in (area.width(), area.height()))
    if max(width, height) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
        raise _too_large(width, height, area.width(), area.height())
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise _too_large(width, height, area.width(), area.height())
    image.setDotsPerMeterX(round(_PIXELS_PER_METER * figure.scale))
    image.setDotsPerMeterY(round(_PIXELS_PER_METER * figure.scale))
    image.setText("Title", figure.title)
    image.setText("Description", figure.description)
    image.setText("Software", "gradviz")
    painter = QPainter()
    started(painter, painter.begin(image))
    painter.scale(figure.scale, figure.scale)
    paint_page(painter, figure, area)
    painter.end()
    return encoded(image)


def save_image(image: QImage, path: str | PathLike[str]) -> None:
    """Write an image that is already drawn, such as a plot, as a PNG file, at once or not at all.

    Raises:
        ExportError: it could not be written.
    """
    write_bytes(Path(path), encoded(image))


def encoded(image: QImage) -> bytes:
    """Return `image` as the bytes of a PNG file; raises ExportError for an empty image."""
    buffer = opened_buffer()
    # The typing of Qt's binding wants the format as bytes and its code takes only text.
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise ExportError("The image is empty.", "Show what is to be exported first.")
    return bytes(buffer.data().data())


def _too_large(width: int, height: int, base_width: float, base_height: float) -> ExportError:
    side = _LONGEST_SIDE / max(base_width, base_height)
    area = math.sqrt(_MOST_PIXELS / (base_width * base_height))
    largest = math.floor(min(side, area) * 100) / 100
    hint = f"Use a scale of at most {largest:g}, or SVG." if largest else "Use SVG."
    return ExportError(f"A PNG image of {width} × {height} pixels would be too large.", hint)

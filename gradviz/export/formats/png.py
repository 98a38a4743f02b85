"""PNG images, of the graph at any scale and of whatever the window has drawn."""

import math
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.export.atomic import write_bytes
from gradviz.export.figure import DOTS_PER_INCH, GraphFigure
from gradviz.export.page import opened_buffer, started
from gradviz.export.sheets import paint_sheet, sheet_of
from gradviz.render.characters import visible

_PIXELS_PER_METER = DOTS_PER_INCH / 0.0254
#: The names that texts in a PNG file have, by those of the facts.
_KEYWORDS = {"generator": "Software", "model": "Model", "torch": "PyTorch", "seed": "Seed"}
#: Qt's painter counts in 16 bits; a pixel takes 4 bytes of memory.
_LONGEST_SIDE, _MOST_PIXELS = 32_767, 100_000_000


def render(figure: GraphFigure) -> bytes:
    """Return a PNG image of `figure.scale` pixels for each pixel of the picture.

    Where that image would be too large, it is one of the largest scale that fits.

    Raises:
        ExportError: the image would be too large at every scale.
    """
    sheet = sheet_of(figure)
    scale = _fitting_scale(sheet.size, figure.scale)
    size = image_size(sheet.size, scale)
    transparent = figure.transparent
    image = QImage(size, QImage.Format.Format_ARGB32 if transparent else QImage.Format.Format_RGB32)
    if image.isNull():
        raise _too_large(size, sheet.size)
    if transparent:
        image.fill(Qt.GlobalColor.transparent)
    image.setDotsPerMeterX(round(_PIXELS_PER_METER * scale))
    image.setDotsPerMeterY(round(_PIXELS_PER_METER * scale))
    image.setText("Title", figure.title)
    image.setText("Description", figure.description)
    for name, value in figure.origin.facts.items():
        image.setText(_KEYWORDS[name], visible(str(value)))
    painter = QPainter()
    started(painter, painter.begin(image))
    painter.scale(scale, scale)
    paint_sheet(painter, figure, sheet)
    painter.end()
    return encoded(image)


def remark(figure: GraphFigure) -> str:
    """Return a sentence on a scale that had to be smaller than the figure's; empty if it has not.

    Raises:
        ExportError: the image would be too large at every scale.
    """
    picture = sheet_of(figure).size
    scale = _fitting_scale(picture, figure.scale)
    if scale == figure.scale:
        return ""
    return tr(
        "The scale is {scale:g}, not {wanted:g}, at which an image of {pixels} would be too large.",
        scale=scale,
        wanted=figure.scale,
        pixels=_pixels(image_size(picture, figure.scale)),
    )


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
        raise ExportError(tr("The image is empty."), tr("Show what is to be exported first."))
    return bytes(buffer.data().data())


def image_size(picture: QSizeF, scale: float) -> QSize:
    """Return the pixels of the image of a picture of this size, at this scale."""
    return QSize(math.ceil(picture.width() * scale), math.ceil(picture.height() * scale))


def possible(size: QSize) -> bool:
    """Tell whether an image of so many pixels can be made."""
    width, height = size.width(), size.height()
    return max(width, height) <= _LONGEST_SIDE and width * height <= _MOST_PIXELS


def largest_scale(picture: QSizeF) -> float:
    """Return the largest scale of two digits at which there is an image, 0 where there is none."""
    width, height = picture.width(), picture.height()
    side = _LONGEST_SIDE / max(width, height)
    scale = math.floor(min(side, math.sqrt(_MOST_PIXELS / (width * height))) * 100) / 100
    # Each side is rounded up.
    while scale > 0 and not possible(image_size(picture, scale)):
        scale = max(0.0, round(scale - 0.01, 2))
    return scale


def _fitting_scale(picture: QSizeF, wanted: float) -> float:
    """Return the scale at which there is an image, at most the wanted one; raises ExportError."""
    size = image_size(picture, wanted)
    if possible(size):
        return wanted
    largest = largest_scale(picture)
    if not largest:
        raise _too_large(size, picture)
    return largest


def scales(picture: QSizeF, wanted: Sequence[float]) -> list[tuple[float, QSize]]:
    """Return the wanted scales that are possible with the pixels of each, in their order.

    Where some are not, the largest that is possible follows.

    Raises:
        ExportError: not even the smallest scale is possible.
    """
    fitting = [scale for scale in wanted if possible(image_size(picture, scale))]
    if len(fitting) < len(wanted):
        largest = largest_scale(picture)
        if not largest:
            raise _too_large(image_size(picture, 1), picture)
        fitting += [largest] if largest not in fitting else []
    return [(scale, image_size(picture, scale)) for scale in fitting]


def _too_large(size: QSize, picture: QSizeF) -> ExportError:
    largest = largest_scale(picture)
    hint = tr("Use SVG.")
    if largest:
        hint = tr("Use a scale of at most {scale:g}, or SVG.", scale=largest)
    return ExportError(
        tr("A PNG image of {pixels} would be too large.", pixels=_pixels(size)), hint
    )


def _pixels(size: QSize) -> str:
    return tr(
        "{width} × {height} pixels", width=counted(size.width()), height=counted(size.height())
    )

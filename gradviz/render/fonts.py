"""The fonts of the graph, made from the system's interface font, with cached text widths."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from gradviz.render.style import METRICS


class Face:
    """One font and its measures; widths are in pixels at a scale of 1."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}

    @property
    def height(self) -> float:
        """Return the height of a line."""
        return self._metrics.height()

    @property
    def ascent(self) -> float:
        """Return how far the baseline lies beneath the top of a line."""
        return self._metrics.ascent()

    def width(self, text: str) -> float:
        """Return the width of `text` on one line."""
        if text not in self._widths:
            if len(self._widths) > 20_000:
                self._widths.clear()
            self._widths[text] = self._metrics.horizontalAdvance(text)
        return self._widths[text]

    def elided(self, text: str, width: float) -> str:
        """Return `text`, shortened in its middle by … when it is wider than `width`."""
        if self.width(text) <= width:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


class Fonts:
    """The faces of a node's texts and of the chip on an edge."""

    def __init__(self, interface: QFont) -> None:
        self.title = Face(_sized(interface, METRICS.title_font, QFont.Weight.DemiBold))
        self.aside = Face(_sized(interface, METRICS.aside_font))
        self.subtitle = Face(_sized(interface, METRICS.subtitle_font))
        self.value = Face(_sized(interface, METRICS.subtitle_font, QFont.Weight.Medium))
        self.chip = Face(_sized(interface, METRICS.subtitle_font, QFont.Weight.DemiBold))


def fonts() -> Fonts:
    """Return the faces that follow from the interface font; needs a QGuiApplication."""
    interface = QGuiApplication.font()
    # It is asked for at every text: comparing is quicker than describing the font.
    for known, made in _recent:
        if known == interface:
            return made
    made = Fonts(interface)
    _recent.insert(0, (QFont(interface), made))
    del _recent[_KEPT:]
    return made


_KEPT = 4
_recent: list[tuple[QFont, Fonts]] = []


def _sized(interface: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(interface)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    # Widths must grow in proportion when the graph is zoomed, and digits be equally wide.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font

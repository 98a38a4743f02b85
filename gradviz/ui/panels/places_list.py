"""A list of nodes with the sign of their verdict; a click or Enter chooses one."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from gradviz.core.findings.health import Diagnosis
from gradviz.core.language.saying import tr
from gradviz.render.health_painter import paint_sign
from gradviz.ui.widgets.theme import Theme

_SIGN = 16
_NODE = Qt.ItemDataRole.UserRole
#: Above and below the rows, within the list.
_FRAME = 6


class ListedNode(NamedTuple):
    """A row: the node that it selects, the sign before its text, and the text to be read out."""

    node: str
    verdict: Diagnosis
    text: str
    spoken: str = ""


class PlacesList(QListWidget):
    """Shows places; it is hidden while there are none.

    With `most_rows` it is as high as its rows, up to so many, and scrolls beyond them.
    """

    #: The id of the node that the user has chosen.
    chosen = Signal(str)

    def __init__(self, theme: Theme, most_rows: int | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._most_rows = most_rows
        self._signs: dict[Diagnosis, QIcon] = {}
        self._listed: tuple[ListedNode, ...] = ()
        self.setIconSize(QSize(_SIGN, _SIGN))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)
        self.hide()

    def list_places(self, places: tuple[ListedNode, ...]) -> None:
        """Show other rows; the same ones are left as they are."""
        if places == self._listed:
            return
        self._listed = places
        self.clear()
        for place in places:
            item = QListWidgetItem(self._sign(place.verdict), place.text)
            item.setData(_NODE, place.node)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, place.spoken or place.text)
            item.setToolTip(
                "\n".join(filter(None, (place.spoken, tr("Click to select this node"))))
            )
            self.addItem(item)
        if self._most_rows is not None:
            rows = min(len(places), self._most_rows)
            self.setFixedHeight(rows * self.sizeHintForRow(0) + _FRAME)
        self.setVisible(bool(places))

    def use_theme(self, theme: Theme) -> None:
        """Paint the signs in the colours of another theme."""
        self._theme = theme
        self._signs.clear()
        listed, self._listed = self._listed, ()
        self.list_places(listed)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_NODE))

    def _sign(self, verdict: Diagnosis) -> QIcon:
        if verdict not in self._signs:
            ratio = self.devicePixelRatioF()
            image = QPixmap(QSize(_SIGN, _SIGN) * ratio)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_sign(painter, QPointF(_SIGN / 2, _SIGN / 2), verdict, self._theme.look)
            painter.end()
            self._signs[verdict] = QIcon(image)
        return self._signs[verdict]

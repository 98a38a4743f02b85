"""A banner over the top of other content, which keeps its size whether or not it is seen."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class BannerOver(QWidget):
    """Shows `content` everywhere, and `banner` over its upper edge, as high as that needs to be."""

    #: The height of the part that the banner covers, 0 while it is hidden.
    covered = Signal(int)

    def __init__(self, banner: QWidget, content: QWidget) -> None:
        super().__init__()
        self._banner, self._content = banner, content
        self._height = 0
        content.setParent(self)
        banner.setParent(self)

    def tell_height(self) -> None:
        """Tell the height that is covered again, to content that was elsewhere meanwhile."""
        self.covered.emit(self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())
        self._place()

    def event(self, event: QEvent) -> bool:
        # Without a layout, this comes whenever the banner is shown, hidden or needs another size.
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        banner, height = self._banner, 0
        if not banner.isHidden():
            height = banner.heightForWidth(self.width())
            height = height if height >= 0 else banner.sizeHint().height()
            banner.setGeometry(0, 0, self.width(), height)
            banner.raise_()
        if height != self._height:
            self._height = height
            self.covered.emit(height)

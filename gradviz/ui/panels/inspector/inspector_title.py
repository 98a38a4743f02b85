"""The first line of the inspector: a node's name in large letters, and PyTorch's own beside it."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.widgets.naming import named

_GAP = 6
#: A long name, `linear_relu_stack.0.weight`, breaks where it has a joint.
_JOINTS, _MAY_BREAK = re.compile(r"([._])"), "\u200b"


class TitleLine(QWidget):
    """Two names, the second beneath the first where they have no room in one line.

    They are placed by hand: a label that wraps its words is asked for its height at each change
    of anything beneath it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.title = named(QLabel(self), "title", title=tr("Name"))
        self.name = named(QLabel(self), title=tr("PyTorch's own name"))
        for label in (self.title, self.name):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.ensurePolished()

    def show_names(self, title: str, name: str) -> None:
        """Show both."""
        texts = (_JOINTS.sub(f"\\1{_MAY_BREAK}", title), name)
        if texts != (self.title.text(), self.name.text()):
            self.title.setText(texts[0])
            self.name.setText(texts[1])
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        first, second = _fitted(self.title, width), _fitted(self.name, width)
        metrics = self.title.fontMetrics(), self.name.fontMetrics()
        left, top = first[0] + _GAP, metrics[0].ascent() - metrics[1].ascent()
        if left + second[0] > width:
            left, top = 0, first[1]
        self.title.setGeometry(0, 0, *first)
        self.name.setGeometry(left, top, *second)
        self.setFixedHeight(max(first[1], top + second[1]))


def _fitted(label: QLabel, width: int) -> tuple[int, int]:
    """Return how wide and how high the label is, whose words wrap where `width` is too little."""
    label.setWordWrap(False)
    hint = label.sizeHint()
    if hint.width() <= width:
        return hint.width(), hint.height()
    label.setWordWrap(True)
    return width, label.heightForWidth(width)

"""The shown slice of a tensor: a slider for each dimension before the last two."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QWidget,
)

from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.ui.widgets.kept_typing import show_in
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox

_LARGEST = 2**31 - 1


class SliceBar(QWidget):
    """A slider and a number for each dimension before the last two."""

    #: The indices, one for each.
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sizes: tuple[int, ...] = ()
        self.boxes: list[WholeBox] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.hide()

    def show_sizes(self, sizes: tuple[int, ...], fixed: tuple[int, ...]) -> None:
        """Offer dimensions of these sizes, with the indices `fixed` chosen."""
        if sizes != self._sizes:
            self._sizes = sizes
            while self._row.count():
                item = self._row.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.deleteLater()
            self.boxes = [self._made(place, size) for place, size in enumerate(sizes)]
            self._row.addStretch(1)
        for box, index in zip(self.boxes, fixed, strict=False):
            show_in(box, partial(box.setValue, index))
        self.setVisible(bool(sizes))

    def _made(self, place: int, size: int) -> WholeBox:
        last = min(size - 1, _LARGEST)
        title = tr("Index in dimension {dimension}", dimension=place)
        tip = tr("Index in dimension {dimension}, 0 to {last}", dimension=place, last=counted(last))
        box = named(WholeBox(), title=title, tip=tip)
        title = tr("Index in dimension {dimension}, slider", dimension=place)
        slider = named(QSlider(Qt.Orientation.Horizontal), title=title)
        for each in (box, slider):
            each.setRange(0, max(0, last))
        slider.setMaximumWidth(140)
        label = QLabel(tr("dim {dimension}", dimension=place))
        label.setBuddy(box)
        box.valueChanged.connect(slider.setValue)
        slider.valueChanged.connect(box.setValue)
        box.valueChanged.connect(self._on_changed)
        for widget in (label, box, slider):
            self._row.addWidget(widget)
        return box

    def _on_changed(self) -> None:
        self.chosen.emit(tuple(box.value() for box in self.boxes))


class Strip(QScrollArea):
    """A row of controls that scrolls where the panel is too narrow for it, and hides with them."""

    def __init__(self, *controls: QWidget) -> None:
        super().__init__()
        self._content = QWidget()
        self._controls = controls
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        for control in controls:
            row.addWidget(control)
            control.installEventFilter(self)
        row.addStretch(1)
        self.setAccessibleName(tr("Which part is shown"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWidget(self._content)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        bar = self.horizontalScrollBar()
        height = self._content.sizeHint().height()
        return QSize(0, height + (bar.height() if bar.isVisible() else 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(not all(control.isHidden() for control in self._controls))
            self.updateGeometry()
        return super().eventFilter(watched, event)

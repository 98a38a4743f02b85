"""The bar over the canvas in which one types a query and goes from hit to hit."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.controllers.finding.find_controller import FindController
from gradviz.ui.widgets.fields.find_field import FindField
from gradviz.ui.widgets.naming import named

_FIELD_PIXELS: Final = 250
_COUNT_PIXELS: Final = 96


class FindBar(QFrame):
    """Follows the FindController; Enter, ↓ and F3 go on, Shift+Enter and ↑ back, Esc closes."""

    #: The bar has been opened, closed or has another size.
    resized = Signal()
    closed = Signal()

    def __init__(self, controller: FindController, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("find_bar")
        self._controller = controller
        self.field = named(FindField(), "find", title=tr("Find in the graph"))
        self.field.setFixedWidth(_FIELD_PIXELS)
        self.count = named(QLabel(), "secondary", title=tr("Hits"))
        self.count.setFixedWidth(_COUNT_PIXELS)
        self.about = named(QLabel(wordWrap=True), "hint", title=tr("The hit that is shown"))
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.previous = _button(Qt.ArrowType.UpArrow, tr("Previous hit"), "Shift+F3")
        self.next = _button(Qt.ArrowType.DownArrow, tr("Next hit"), "F3")
        self.shut = named(QToolButton(), title=tr("Close the search"), tip=tr("Close (Esc)"))
        self.shut.setText("×")
        self._grid = QGridLayout(self)
        self._lay_out()
        self.field.textEdited.connect(controller.look_for)
        self.field.moved.connect(controller.go)
        self.field.left.connect(controller.close)
        self.previous.clicked.connect(lambda: controller.go(-1))
        self.next.clicked.connect(lambda: controller.go(1))
        self.shut.clicked.connect(controller.close)
        controller.wanted.connect(self._open)
        controller.changed.connect(self._show_hits)
        self.hide()

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        row = (self.field, self.count, self.previous, self.next, self.shut)
        for column, widget in enumerate(row):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.about, 1, 0, 1, len(row))
        self.about.hide()

    def _open(self) -> None:
        self.show()
        self.raise_()
        self.resized.emit()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_hits(self) -> None:
        controller = self._controller
        if not controller.active:
            if not self.isHidden():
                self.hide()
                self.closed.emit()
                self.resized.emit()
            return
        self.count.setText(controller.count_text)
        about = controller.error or controller.visited_text
        wrong = bool(controller.error)
        if self.about.property("wrong") != wrong:
            self.about.setProperty("wrong", wrong)
            self.about.style().polish(self.about)
        for button in (self.previous, self.next):
            button.setEnabled(bool(controller.hits))
        if about != self.about.text() or self.about.isHidden() == bool(about):
            self.about.setText(about)
            self.about.setVisible(bool(about))
            self.resized.emit()

    def fit_into(self, width: int) -> None:
        """Take as little room as there is, and not more than `width`."""
        layout = self._grid
        self.field.setFixedWidth(_FIELD_PIXELS)
        beyond = layout.minimumSize().width() - width
        if beyond > 0:
            self.field.setFixedWidth(max(_FIELD_PIXELS - beyond, _COUNT_PIXELS))
        taken = layout.minimumSize().width()
        # Without a line that is broken, the height does not depend on the width.
        broken = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(taken) if broken else layout.totalSizeHint().height()
        self.resize(taken, height)


def _button(arrow: Qt.ArrowType, title: str, key: str) -> QToolButton:
    tip = tr("{title} ({key})", title=title, key=key)
    button = named(QToolButton(), title=title, tip=tip)
    button.setArrowType(arrow)
    return button

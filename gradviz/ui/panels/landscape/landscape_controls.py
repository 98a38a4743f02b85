"""The controls around the map: the choice of two numbers, its part, and the state of the work."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gradviz.core.language.saying import marked, sentences, tr, tr_n
from gradviz.ui.controllers.landscapes.landscape_controller import LandscapeController
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.kept_typing import show_in
from gradviz.ui.widgets.naming import named

_FACTOR: Final = 1.5
#: The width of a button with a sign.
_BUTTON: Final = 34
#: The first entry of the second list, for a curve over one number.
_NONE: Final = marked("a curve")


class LandscapeControls(QObject):
    """Makes the controls, and shows what the controller has.

    Attributes:
        parts: The widgets, by their place in the column of the panel, in which the plot is the
            third.
    """

    #: Other numbers are chosen: their names, the second empty for a curve.
    chosen = Signal(str, str)
    #: Another part is wanted: the factor of its size.
    zoomed = Signal(float)

    def __init__(self, controller: LandscapeController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self.across = _choice(
            "landscape_across", tr("Number across"), tr("The number along the axis")
        )
        self.up = _choice("landscape_up", tr("Number up"), tr("The number up the axis, or a curve"))
        # With words they would leave the names of the numbers no room in a narrow panel.
        self.refresh = _button(
            "", "landscape_refresh", tr("Compute it with the numbers of this moment")
        )
        self.nearer = _button("+", "landscape_nearer", tr("Look at a smaller part"))
        self.farther = _button("−", "landscape_farther", tr("Look at a larger part"))
        self.whole = _button("", "landscape_all", tr("Show the point and the whole way"))
        self.bar = named(
            QProgressBar(), "landscape_progress", title=tr("Progress of the landscape")
        )
        self.cancel = named(QPushButton(tr("Cancel")), "landscape_cancel")
        self.cancel.setToolTip(tr("Compute no further"))
        self.note = named(QLabel(wordWrap=True), "hint", title=tr("State of the landscape"))
        self._working = self._made_working()
        self.parts = {0: self._made_row(), 1: self._working, 3: self.note}
        self.across.activated.connect(self._choose)
        self.up.activated.connect(self._choose)
        self.refresh.clicked.connect(controller.refresh)
        self.nearer.clicked.connect(lambda: self.zoomed.emit(1 / _FACTOR))
        self.farther.clicked.connect(lambda: self.zoomed.emit(_FACTOR))
        self.cancel.clicked.connect(controller.cancel)

    def _made_row(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        row.addWidget(self.across, 1)
        row.addWidget(self.up, 1)
        for button in (self.refresh, self.farther, self.nearer, self.whole):
            row.addWidget(button)
        return bar

    def _made_working(self) -> QWidget:
        working = QWidget()
        row = QHBoxLayout(working)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        return working

    def use_icons(self, icons: Icons) -> None:
        """Draw the signs of the buttons in the colours of the icons."""
        self.refresh.setIcon(icons["reset"])
        self.whole.setIcon(icons["fit"])

    def show(self) -> None:
        """Show the choices, and the state of the work."""
        controller = self._controller
        names, none = list(controller.names), tr(_NONE)
        for box, chosen, entries in (
            (self.across, controller.across, names),
            (self.up, controller.up or none, [none, *names]),
        ):
            show_in(box, partial(_fill, box, entries, chosen))
        self.up.setEnabled(len(names) > 1)
        self._working.setVisible(controller.progress is not None)
        if controller.progress is not None:
            done, total = controller.progress
            self.bar.setRange(0, total)
            self.bar.setValue(done)
        self.tell()

    def tell(self) -> None:
        """Tell the state of the landscape."""
        told = self._told()
        if told != self.note.text():
            self.note.setText(told)
        self.note.setVisible(bool(told))

    def _told(self) -> str:
        """Return the sentences on the state of the landscape."""
        controller, found = self._controller, self._controller.landscape
        if controller.failure:
            return controller.failure
        if found is None:
            return ""
        told: list[str] = []
        if controller.stale:
            told.append(
                tr("It is that of step {step}: other numbers have moved since.", step=found.step)
            )
        missing = controller.relief.missing if controller.relief is not None else 0
        if missing:
            told.append(
                tr_n(
                    "{count} places without colour have no finite value.",
                    "{count} place without colour has no finite value.",
                    missing,
                )
            )
        return sentences(told)

    def _choose(self) -> None:
        across, up = self.across.currentText().strip(), self.up.currentText().strip()
        if across:
            self.chosen.emit(across, "" if up in (_NONE, tr(_NONE)) else up)


def _fill(box: QComboBox, entries: list[str], chosen: str) -> None:
    if [box.itemText(place) for place in range(box.count())] != entries:
        box.clear()
        box.addItems(entries)
    box.setCurrentText(chosen)
    # Of a long name the beginning is seen, and the whole beneath the mouse.
    if (line := box.lineEdit()) is not None:
        line.setCursorPosition(0)
        line.setToolTip(chosen)


def _choice(name: str, title: str, tip: str) -> QComboBox:
    box = named(QComboBox(), name, title=title, tip=tip)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setMinimumWidth(64)
    if (line := box.lineEdit()) is not None:
        line.setAccessibleName(title)
    return box


def _button(text: str, name: str, tip: str) -> QToolButton:
    button = named(QToolButton(), name, title=tip, tip=tip)
    button.setText(text)
    button.setMaximumWidth(_BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button

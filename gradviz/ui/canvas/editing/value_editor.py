"""A field over the box of a parameter or an input, where its value is typed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import read_number, stored
from gradviz.ui.canvas.view import GraphView
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, State
from gradviz.ui.widgets.naming import named

_LEAST_WIDTH = 96
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ValueEditor(QObject):
    """Opens for a double click on a leaf of one number; Enter takes the value, Escape leaves it.

    A parameter starts at the value; after the first step it has to be reset for that.
    """

    def __init__(self, view: GraphView, state: State, workbench: Workbench) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        self._workbench = workbench
        self.field: ValueField | None = None
        view.node_activated.connect(self.open)
        state.model_built.connect(self.close)

    def open(self, node: str) -> None:
        """Open the field over a node, if it is one number of the model that can be chosen."""
        self.close()
        name = self._name_at(node)
        rect = self._view.rect_in_view(node)
        if not name or rect is None:
            return
        controller = self._workbench.landscape
        if not controller.changeable(name):
            message = tr("{name} has been trained since it started.", name=name)
            hint = tr("Reset the training to let it start at another value.")
            self._state.noticed.emit(Notice("settings", message, hint, serious=False))
            return
        field = self.field = ValueField(self._view.viewport(), name)
        field.setText(stored(controller.value_of(name), self._state.model.dtype))
        field.setGeometry(rect.x(), rect.y(), max(rect.width(), _LEAST_WIDTH), rect.height())
        field.returnPressed.connect(lambda: self._take(name))
        field.left.connect(self.close)
        field.show()
        field.setFocus()
        field.selectAll()

    def close(self) -> None:
        """Close the field without taking its value."""
        field, self.field = self.field, None
        if field is not None:
            field.deleteLater()
            self._view.setFocus()

    def _take(self, name: str) -> None:
        field = self.field
        if field is None:
            return
        try:
            value = read_number(field.text())
        except SettingError as error:
            field.refuse(str(error))
            return
        self.close()
        self._workbench.choose_numbers({name: value})

    def _name_at(self, node: str) -> str:
        """Return the name of the one number that a leaf is; empty for any other node."""
        graph, built = self._state.graph, self._state.built
        known = graph.node.get(node) if graph is not None else None
        if built is None or known is None or known.kind != "leaf" or self._state.attached:
            return ""
        names = [each.name for each in built.entries if each.leaf == known.op]
        return names[0] if len(names) == 1 else ""


class ValueField(QLineEdit):
    """A line that tells when it is left by Escape, or by the focus."""

    left = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        named(self, "edit_value", title=tr("Value of {name}", name=name))
        self.setToolTip(tr("Enter takes the number, Escape leaves it"))
        title = tr("Why the number is refused")
        self.message = named(QLabel(parent), "field_message", title=title)
        self.message.hide()
        self.textEdited.connect(self.message.hide)
        self.destroyed.connect(self.message.deleteLater)

    def refuse(self, reason: str) -> None:
        """Say beneath the field why its text is not taken."""
        self.message.setText(reason)
        self.message.adjustSize()
        self.message.move(self.x(), self.y() + self.height() + 2)
        self.message.show()
        self.message.raise_()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # No action of the window takes a key that is meant for the field.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A tip or a menu over it, or another program, does not end the typing.
        if event.reason() not in _PASSING:
            self.left.emit()

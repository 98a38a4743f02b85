"""The notice above the graph: the problem and its remedy, with the details on demand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gradviz.ui.dialogs.details import DetailsDialog
from gradviz.ui.state.window_state import Notice, State, Subject
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.naming import named

#: These notices are outdated as soon as a model is built; the others stay until they are closed.
_ABOUT_A_MODEL: frozenset[Subject] = frozenset(
    {"expression", "model", "trust", "data", "device", "training", "layout"}
)


class NoticeBar(QFrame):
    """Shows the last notice until it is closed or its cause is gone.

    `acted` has the id of the action that the notice offers, when its button is pressed.
    """

    acted = Signal(str)

    def __init__(self, state: State, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._icons = icons
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._notice: Notice | None = None
        self._details = QPushButton("Details")
        self._details.clicked.connect(self._show_details)
        self.acting = QPushButton("Stop")
        self.acting.clicked.connect(self._act)
        self._close = named(QToolButton(), tip="Close this message", title="Close message")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.acting)
        row.addWidget(self._details)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        state.noticed.connect(self.show_notice)
        state.model_built.connect(self._on_model_built)
        state.data_changed.connect(self._on_model_built)
        state.withdrawn.connect(self._withdraw)

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` in place of the last one."""
        self._notice = notice
        self._close.setIcon(self._icons["close"])
        self.text.setText(f"{notice.message} {notice.hint}".strip())
        self._details.setVisible(bool(notice.details))
        self.acting.setVisible(bool(notice.action))
        self.show()

    def _on_model_built(self) -> None:
        """Hide a notice about a model, now that one has been built."""
        if self._notice is not None and self._notice.subject in _ABOUT_A_MODEL:
            self.hide()

    def _withdraw(self, notice: Notice) -> None:
        if self._notice is notice:
            self.hide()

    def _act(self) -> None:
        if self._notice is not None:
            self.acted.emit(self._notice.action)

    def _show_details(self) -> None:
        if self._notice is not None:
            DetailsDialog(self._notice, self.window()).exec()

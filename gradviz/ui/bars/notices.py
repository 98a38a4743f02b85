"""The notice above the graph: the problem and its remedy, with the details on demand."""

from functools import partial

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

from gradviz.core.language.saying import sentences, tr
from gradviz.ui.state.notice_causes import ENDS, Notice
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.naming import named


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
        self._details = QPushButton(tr("Details"))
        self._details.clicked.connect(self._show_details)
        self.acting = QPushButton(tr("Stop"))
        self.acting.clicked.connect(self._act)
        self.other = QPushButton()
        self.other.clicked.connect(self._act_otherwise)
        self._close = named(QToolButton(), tip=tr("Close this message"), title=tr("Close message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.acting)
        row.addWidget(self.other)
        row.addWidget(self._details)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        state.noticed.connect(self.show_notice)
        for name in sorted({name for names in ENDS.values() for name in names}):
            getattr(state, name).connect(partial(self._end, name))
        state.withdrawn.connect(self._withdraw)

    @property
    def told(self) -> Notice | None:
        """Return the notice that is seen; None where none is."""
        return None if self.isHidden() else self._notice

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` in place of the last one."""
        self._notice = notice
        self._close.setIcon(self._icons["close"])
        self.text.setText(sentences([notice.message, notice.hint]))
        self._details.setVisible(bool(notice.details))
        self.acting.setText(notice.offer)
        self.acting.setVisible(bool(notice.action))
        self.other.setText(notice.other_offer)
        self.other.setVisible(bool(notice.other_action))
        self.show()

    def _end(self, signal: str) -> None:
        """Hide a notice whose cause ends with this signal of the state."""
        if self._notice is not None and signal in ENDS[self._notice.subject]:
            self._notice = None
            self.hide()

    def _withdraw(self, notice: Notice) -> None:
        if self._notice is notice:
            self.hide()

    def _act(self) -> None:
        if self._notice is not None:
            self.acted.emit(self._notice.action)

    def _act_otherwise(self) -> None:
        if self._notice is not None:
            self.acted.emit(self._notice.other_action)

    def _show_details(self) -> None:
        if self._notice is not None:
            from gradviz.ui.dialogs.details import DetailsDialog

            DetailsDialog(self._notice, self.window()).exec()

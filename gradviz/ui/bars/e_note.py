"""The note on how the e of an expression is taken, which a click takes otherwise."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from gradviz.core.language.saying import marked, sentences, tr
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named

if TYPE_CHECKING:
    from gradviz.expression.euler import Reading

_TITLE = marked("How e is taken")
_SHOWN = {
    "number": marked("e = 2.718… ⇄ parameter"),
    "parameter": marked("e is a parameter ⇄ 2.718…"),
    "both": marked("e^ is 2.718…, e a parameter ⇄ 2.718…"),
}


class ENote(QToolButton):
    """Shown while an e occurs; a click writes it as the other, and the next one as it was."""

    def __init__(self, state: State, workbench: Workbench) -> None:
        super().__init__()
        named(self, "e_note", title=tr(_TITLE))
        self._state = state
        self._workbench = workbench
        #: The text that the last click wrote, and the one before it.
        self._written, self._before = "", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoRaise(True)
        self.hide()
        self.clicked.connect(self._take_otherwise)
        state.expression_checked.connect(self._show)

    def _take_otherwise(self) -> None:
        """Write e as the other, or undo that."""
        from gradviz.expression.euler import reading_of_e, with_e

        text = self._state.text
        if text == self._written:
            other = self._before
        else:
            is_number = reading_of_e(text) == "number"
            other = with_e(text, "parameter" if is_number else "number")
        self._written, self._before = other, text
        self._workbench.type_text(other)
        self._workbench.finish_typing()

    def _show(self) -> None:
        text = "" if self._state.error else self._state.text
        reading: Reading = ""
        if "e" in text:
            # The grammar is loaded with the first expression, after the window has appeared.
            from gradviz.expression.euler import reading_of_e

            reading = reading_of_e(text)
        if not reading and text and text == self._written:
            reading = "number"
        self.setVisible(bool(reading))
        if reading:
            from gradviz.expression.euler import NOTES

            self.setText(tr(_SHOWN[reading]))
            offered = (
                tr("Click to take it as a parameter.")
                if reading == "number"
                else tr("Click to take it as Euler's number everywhere.")
            )
            self.setToolTip(sentences([tr(NOTES[reading]), offered]))

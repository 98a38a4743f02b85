"""The bar of a lesson: one sentence, the guess where one is asked for, and the ways on."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.language.saying import tr
from gradviz.ui.actions import lesson_actions
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.speech.readers import announce

_GUESS_WIDTH: Final = 110


class LessonBar(QWidget):
    """Shows a step of a lesson; `guessed` has the answer that the learner gives."""

    guessed = Signal(str)

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_bar")
        self.heading = named(QLabel(textFormat=Qt.TextFormat.PlainText), "heading")
        self.sentence = named(
            QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "lesson_sentence"
        )
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.told = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "lesson_told")
        self.guess = named(QLineEdit(), "lesson_guess", title=tr("Your prediction"))
        self.guess.setPlaceholderText(tr("your prediction"))
        self.guess.setFixedWidth(_GUESS_WIDTH)
        self.predict = named(
            QPushButton(tr("Predict")),
            title=tr("Predict"),
            tip=tr("Compare the prediction with the answer"),
        )
        self.buttons = [_button(actions, action) for action in lesson_actions.ON_THE_BAR]
        self.guess.returnPressed.connect(self._give)
        self.predict.clicked.connect(self._give)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.sentence)
        column.addWidget(self.told)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 12, 7)
        row.setSpacing(8)
        row.addLayout(column, 1)
        for each in (self.guess, self.predict, *self.buttons):
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        # A sentence that wraps has a height for its width alone, which a bar does not ask for.
        hint, layout = super().sizeHint(), self.layout()
        height = layout.heightForWidth(self.width()) if layout is not None else -1
        return QSize(hint.width(), height) if height > 0 else hint

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_step(self, heading: str, sentence: str, *, asks: bool) -> None:
        """Show a step, which asks for a guess or does not, and announce its sentence."""
        self.show_words(heading, sentence)
        self.guess.clear()
        for each in (self.guess, self.predict):
            each.setVisible(asks)
        self.tell("")
        self.announce(sentence)

    def show_words(self, heading: str, sentence: str) -> None:
        """Show the step that is shown in other words, as those of another language."""
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.setAccessibleName(heading)

    def tell(self, text: str) -> None:
        """Show a line beneath the sentence, such as the answer; nothing if it is empty."""
        if text != self.told.text():
            self.told.setText(text)
            self.announce(text)
        self.told.setVisible(bool(text))

    def announce(self, text: str) -> None:
        """Have a screen reader say this."""
        if text:
            announce(self, text)

    def _give(self) -> None:
        if self.guess.text().strip():
            self.guessed.emit(self.guess.text().strip())
        else:
            self.guess.setFocus()


def _button(actions: ActionRegistry, action: Action) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[action])
    button.setAccessibleName(tr(action.title))
    if action is lesson_actions.NEXT:
        button.setProperty("primary", True)
    return button

"""The card over the graph that asks for the gradient of the current step."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.errors import SettingError
from gradviz.core.findings.predicting.predictions import Judged
from gradviz.core.language.saying import said_again, tr
from gradviz.ui.actions import step_menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.controllers.predicting.prediction_controller import PredictionController
from gradviz.ui.widgets.naming import named

_MARGIN = 12
#: It is this wide, but no wider than its part of the graph.
_WIDTH, _SHARE = 340, 0.6
_MARKS = {"right": "✓", "wrong": "✗"}


class PredictionCard(QFrame):
    """Stands in the lower left corner of the canvas while there is something to predict."""

    def __init__(
        self, canvas: QWidget, predictions: PredictionController, actions: ActionRegistry
    ) -> None:
        super().__init__(canvas)
        self.setObjectName("card")
        self.setAccessibleName(tr("Prediction"))
        self._canvas = canvas
        self._predictions = predictions
        self._asked = ""
        self.question = named(QLabel(wordWrap=True), "question")
        self.guess = named(QLineEdit(), "guess", title=tr("Your prediction"))
        self.guess.setPlaceholderText(tr("guess"))
        self.predict = named(QPushButton(tr("Predict")), title=tr("Compare the prediction"))
        reveal = actions[step_menu.REVEAL]
        self.show_it = named(QPushButton(tr("Show")), title=tr(step_menu.REVEAL.title))
        self.show_it.setToolTip(reveal.toolTip())
        reveal.changed.connect(lambda: self.show_it.setToolTip(reveal.toolTip()))
        self.answer = named(QLabel(wordWrap=True), "hint")
        self.guess.returnPressed.connect(self._on_guessed)
        self.predict.clicked.connect(self._on_guessed)
        self.show_it.clicked.connect(predictions.reveal)
        self._lay_out()
        predictions.changed.connect(self._show)
        canvas.installEventFilter(self)
        self._show()

    def _lay_out(self) -> None:
        self._asking = QWidget()
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.guess, 1)
        row.addWidget(self.predict)
        row.addWidget(self.show_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.question)
        column.addWidget(self._asking)
        column.addWidget(self.answer)

    def _show(self) -> None:
        question, told = self._predictions.question, self._predictions.told
        if question is not None and question.question != said_again(self._asked):
            self.guess.clear()
        self._asked = question.question if question is not None else ""
        self.question.setText(self._asked)
        self.question.setVisible(question is not None)
        if question is None and self.isAncestorOf(self._focused()):
            # The keys are the graph's again.
            self._canvas.setFocus()
        self._asking.setVisible(question is not None)
        if isinstance(told, Judged):
            self._say(f"{_MARKS[told.verdict]} {told.told}", wrong=told.verdict == "wrong")
        else:
            self._say(told, wrong=False)
        self.setVisible(question is not None or bool(told))
        self._place()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self._canvas

    def _say(self, text: str, *, wrong: bool) -> None:
        self.answer.setText(text)
        self.answer.setVisible(bool(text))
        self.answer.setProperty("wrong", wrong)
        self.answer.style().polish(self.answer)

    def _on_guessed(self) -> None:
        try:
            self._predictions.guess(self.guess.text())
        except SettingError as error:
            self._say(str(error), wrong=True)
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        found = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self._place()
        return found

    def _place(self) -> None:
        layout = self.layout()
        if self.isHidden() or layout is None:
            return
        # A larger text, as in a presentation, needs a wider line.
        letters = 26 * self.fontMetrics().averageCharWidth()
        width = min(max(_WIDTH, letters), round(self._canvas.width() * _SHARE))
        height = layout.totalHeightForWidth(width)
        height = height if height > 0 else self.sizeHint().height()
        self.setGeometry(_MARGIN, self._canvas.height() - height - _MARGIN, width, height)
        self.raise_()

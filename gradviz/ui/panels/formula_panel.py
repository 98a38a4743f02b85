"""The formula panel: the expression, its loss and its derivatives, set as mathematics."""

from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.errors import GradvizError
from gradviz.core.language.saying import marked, sentences, spoken_language, tr
from gradviz.mathematics.model_formulas import Formula, Formulas
from gradviz.mathematics.typesetting import SetPiece, set_piece
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.state.shown_expression import formulas_work
from gradviz.ui.widgets.formulas.formula_label import FormulaLabel
from gradviz.ui.widgets.formulas.newest_work import NewestWork
from gradviz.ui.widgets.naming import named

#: The graph of what was typed comes first: to find and set formulas keeps Python busy.
_PAUSE_MS: Final = 250
#: A sum of more terms is shown with an ellipsis; its LaTeX is copied whole.
_MOST_TERMS: Final = 40
_EMPTY: Final = marked("The expression and its derivative will be here, set as mathematics.")
_NO_EXPRESSION: Final = marked(
    "This model is code and no expression, so there is no formula of all of it. "
    "The rule of each of its steps is in the panel Explain."
)


class _Shown(NamedTuple):
    """A formula with its set pieces; with none it stays text, for which `note` gives the reason."""

    formula: Formula
    pieces: tuple[SetPiece, ...] = ()
    note: str = ""


class FormulaPanel(PanelWidget):
    """Follows the model, the mode and the loss; formulas are set in a thread."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self.labels: list[FormulaLabel] = []
        self.note = named(QLabel(tr(_EMPTY), wordWrap=True), "secondary", title=tr("Formula"))
        self._column = QVBoxLayout()
        self._column.setContentsMargins(12, 6, 12, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        content = QWidget()
        content.setLayout(self._column)
        self.area = named(QScrollArea(), "formulas", title=tr("Formulas"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self._finding: NewestWork[Formulas | GradvizError] = NewestWork(self._on_found, self)
        self._setting: NewestWork[list[_Shown]] = NewestWork(self._on_set, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        state = context.state
        for changed in (state.model_built, state.training_changed, state.catalogue_changed):
            changed.connect(self._on_changed)
        #: The model, the mode and the loss whose formulas are shown, and the language of the notes.
        self._known: object = None

    def sizeHint(self) -> QSize:
        return QSize(310, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)

    def refresh(self) -> None:
        """Show the formulas of the present model, or why there are none."""
        built = self._state.built
        if built is None:
            return
        loss, catalogue = self._state.training.loss, bool(self._state.catalogue)
        wanted = (built.model, built.mode, loss, catalogue, spoken_language())
        if wanted == self._known:
            return
        self._known = wanted
        work = formulas_work(self._state)
        if work is None:
            self._finding.forget()
            self._setting.forget()
            self._show([], tr(_NO_EXPRESSION))
            return

        def found() -> Formulas | GradvizError:
            try:
                return work()
            except GradvizError as error:
                return error

        self._finding.want(found)

    def _on_changed(self) -> None:
        if self.seen:
            self._pause.start()

    def _on_found(self, found: Formulas | GradvizError) -> None:
        if isinstance(found, GradvizError):
            self._show([], str(found))
            return
        # The text stands until the picture does.
        self._show([_Shown(each) for each in found.all], sentences(found.notes))
        self._setting.want(lambda: [_set(each) for each in found.all])

    def _on_set(self, shown: list[_Shown]) -> None:
        for label, each in zip(self.labels, shown, strict=False):
            if label.typed == each.formula.typed:
                label.setToolTip(each.note)
                if each.pieces:
                    label.show_pieces(each.pieces)

    def _show(self, shown: list[_Shown], note: str) -> None:
        for label in self.labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self.labels = [FormulaLabel(each.formula.latex, each.formula.typed) for each in shown]
        for place, label in enumerate(self.labels):
            self._column.insertWidget(place, label)
        self.note.setText(note)
        self.note.setVisible(bool(note))


def _set(formula: Formula) -> _Shown:
    """Set a formula; of a long sum the first terms and the last."""
    pieces = formula.pieces
    note = ""
    if len(pieces) > _MOST_TERMS:
        pieces = (*pieces[: _MOST_TERMS - 1], r"{} + \cdots", pieces[-1])
        note = tr("Not all terms are shown; Copy as LaTeX has all of them.")
    try:
        return _Shown(formula, tuple(map(set_piece, pieces)), note)
    except GradvizError as error:
        return _Shown(formula, note=str(error))

"""The form of a scheduler that is made of others: its parts, each with its own options."""

from collections.abc import Callable
from functools import partial
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.catalogue import SchedulerEntry
from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.core.choices.options import OptionValue
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.panels.training.options_form import OptionsForm
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.kept_typing import show_in
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox
from gradviz.ui.widgets.whole_label import WholeLabel

#: A composition keeps so many parts at least, and gets so many at most.
_FEWEST: Final = 2
_MOST: Final = 8
_LAST_STEP: Final = 10_000_000


class PartForm(QWidget):
    """One part: its scheduler, the button that takes it away, and its options.

    Attributes:
        milestone: The step from which it works; None for the first, and where all work at once.
    """

    def __init__(self, number: int, entries: tuple[SchedulerEntry, ...], *, starts: bool) -> None:
        super().__init__()
        self.milestone = _milestone_box(number) if starts else None
        self.scheduler = named(QComboBox(), "part", title=tr("Scheduler {number}", number=number))
        self.scheduler.setMinimumContentsLength(5)
        self.scheduler.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for entry in entries:
            self.scheduler.addItem(entry.title, entry.name)
        tip = tr("Take scheduler {number} away", number=number)
        self.remove = named(QToolButton(), "remove", title=tip, tip=tip)
        self.remove.setText("−")
        self.options = OptionsForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if self.milestone is not None:
            column.addLayout(_row((QLabel(tr("from step")), 0), (self.milestone, 1)))
        column.addLayout(_row((QLabel(f"{number}"), 0), (self.scheduler, 1), (self.remove, 0)))
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 0, 0, 4)
        indented.addWidget(self.options)
        column.addLayout(indented)

    def show_part(self, part: SchedulerPart, entry: SchedulerEntry, milestone: int | None) -> None:
        """Show the chosen scheduler, its options, and from which step it works."""
        self.scheduler.setCurrentIndex(self.scheduler.findData(part.name))
        self.options.show_options(entry, part.options)
        if self.milestone is not None and milestone is not None:
            show_in(self.milestone, partial(self.milestone.setValue, milestone))


class CompositionForm(QWidget):
    """Shows the parts of the chosen scheduler; each choice takes effect as soon as it is made.

    Attributes:
        parts: One form for each part, in their order.
    """

    def __init__(self, state: State, workbench: Workbench) -> None:
        super().__init__()
        self._state = state
        self._workbench = workbench
        self._shown = ("", 0)
        self.parts: list[PartForm] = []
        self.message = named(WholeLabel(), "error")
        tip = tr("Add another scheduler")
        self.add = named(QPushButton(tr("+ scheduler")), "add", title=tip, tip=tip)
        self.add.clicked.connect(self._on_added)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addWidget(self.message)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.refuse(None)
        self.hide()

    @property
    def composition(self) -> Composition:
        """Return the chosen parts, or those that the scheduler begins with."""
        training = self._state.training
        if training.composition.parts:
            return training.composition
        return self._state.scheduler_of(training).composition

    def show_composition(self) -> None:
        """Show the parts of the chosen scheduler; nothing for one that is made of no others."""
        entry = self._state.scheduler_of(self._state.training)
        composition = self.composition
        if self._shown != (entry.name, len(composition.parts)):
            self._shown = (entry.name, len(composition.parts))
            self._draw(entry, composition)
        milestones = (None, *composition.milestones) if composition.milestones else ()
        for index, (form, part) in enumerate(zip(self.parts, composition.parts, strict=True)):
            milestone = milestones[index] if milestones else None
            form.show_part(part, self._state.scheduler_named(part.name), milestone)
        self.add.setEnabled(len(self.parts) < _MOST)
        self.setVisible(bool(entry.composes))

    def refuse(self, error: SettingError | None) -> None:
        """Show the error of the last choice; None clears it."""
        self.message.setText(str(error) if error else "")
        self.message.setVisible(error is not None)

    def _draw(self, entry: SchedulerEntry, composition: Composition) -> None:
        self.refuse(None)
        for form in self.parts:
            # The control that has the focus may be asking for this.
            form.hide()
            self._rows.removeWidget(form)
            form.deleteLater()
        catalogue = self._state.catalogue
        offered = tuple(
            each
            for each in (catalogue.schedulers if catalogue else ())
            if not each.composes and not each.follows_loss
        )
        in_turn = entry.composes == "in turn"
        self.parts = [
            PartForm(index + 1, offered, starts=in_turn and index > 0)
            for index in range(len(composition.parts))
        ]
        for index, form in enumerate(self.parts):
            self._rows.addWidget(form)
            self._connect(index, form)
            form.remove.setEnabled(len(self.parts) > _FEWEST)

    def _connect(self, index: int, form: PartForm) -> None:
        form.scheduler.activated.connect(lambda: self._on_scheduler_chosen(index, form))
        form.remove.clicked.connect(lambda: self._on_removed(index))
        form.options.entered.connect(
            lambda name, value: self._on_option_entered(index, form, name, value)
        )
        if form.milestone is not None:
            form.milestone.valueChanged.connect(lambda value: self._on_milestone(index, value))

    def _on_scheduler_chosen(self, index: int, form: PartForm) -> None:
        name = form.scheduler.currentData()
        if name != self.composition.parts[index].name:
            self._choose(self._with_part(index, SchedulerPart(name)))

    def _on_option_entered(self, index: int, form: PartForm, name: str, value: OptionValue) -> None:
        part = self.composition.parts[index]
        changed = SchedulerPart(part.name, {**part.options, name: value})
        self._choose(
            self._with_part(index, changed), lambda error: form.options.refuse(error, name)
        )

    def _on_milestone(self, index: int, value: int) -> None:
        milestones = list(self.composition.milestones)
        milestones[index - 1] = value
        self._choose(msgspec.structs.replace(self.composition, milestones=tuple(milestones)))

    def _on_added(self) -> None:
        old = self.composition
        milestones = old.milestones
        if milestones:
            milestones = (*milestones, 2 * milestones[-1])
        self._choose(Composition((*old.parts, SchedulerPart(old.parts[-1].name)), milestones))

    def _on_removed(self, index: int) -> None:
        old = self.composition
        parts = old.parts[:index] + old.parts[index + 1 :]
        # With a part its beginning goes; the second one becomes the first, which begins at once.
        gone = max(0, index - 1)
        self._choose(Composition(parts, old.milestones[:gone] + old.milestones[gone + 1 :]))

    def _with_part(self, index: int, part: SchedulerPart) -> Composition:
        parts = list(self.composition.parts)
        parts[index] = part
        return msgspec.structs.replace(self.composition, parts=tuple(parts))

    def _choose(
        self,
        composition: Composition,
        refuse: Callable[[SettingError], None] | None = None,
    ) -> None:
        """Take a composition, or show what is wrong with it beside the one that stands."""
        try:
            self._workbench.choose_composition(composition)
        except SettingError as error:
            self.show_composition()
            (refuse or self.refuse)(error)
        else:
            self.refuse(None)


def _milestone_box(number: int) -> WholeBox:
    title = tr("Step from which scheduler {number} works", number=number)
    box = named(WholeBox(), "milestone", title=title, tip=title)
    box.setRange(1, _LAST_STEP)
    box.setKeyboardTracking(False)
    box.setMinimumWidth(80)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    # The padding of a style sheet does not reach the text of a spin box.
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    return box


def _row(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget, stretch in widgets:
        row.addWidget(widget, stretch)
    return row

"""The form of the learning rate's scheduler: its name, its options, and the present rate."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from gradviz.core.choices.options import OptionValue
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import short
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.panels.training.composition_form import CompositionForm
from gradviz.ui.panels.training.options_form import OptionsForm
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.pace import Pace

#: Numbers that change are not read more often.
_REFRESH_MS = 125
_NONE = marked("none: constant")


class SchedulerForm(QWidget):
    """Each choice takes effect as soon as it is made, also for a training that runs."""

    def __init__(self, state: State, workbench: Workbench) -> None:
        super().__init__()
        self._state = state
        self._workbench = workbench
        self.scheduler = named(QComboBox(), "scheduler", title=tr("Learning rate scheduler"))
        # The longest item would be wider than the panel.
        self.scheduler.setMinimumContentsLength(5)
        self.scheduler.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.options = OptionsForm()
        self.composition = CompositionForm(state, workbench)
        self.rate = named(QLabel(), "hint", title=tr("Learning rate of the next step"))
        self.rate.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(tr("scheduler"), self.scheduler)
        form.addRow(self.options)
        form.addRow(self.composition)
        form.addRow(self.rate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        self._telling = Pace(_REFRESH_MS, self._show_rate, self)
        self.scheduler.activated.connect(self._on_chosen)
        self.options.entered.connect(self._on_option_entered)
        state.catalogue_changed.connect(self._on_catalogue_changed)
        state.training_changed.connect(self.show_training)
        state.progressed.connect(self._telling.request)
        self._on_catalogue_changed()

    def show_training(self) -> None:
        """Show the chosen scheduler and its options."""
        training = self._state.training
        self.scheduler.setCurrentIndex(self.scheduler.findData(training.scheduler))
        entry = self._state.scheduler_of(training)
        self.options.show_options(entry, training.scheduler_options)
        self.composition.show_composition()
        self.scheduler.setToolTip(
            tr("The learning rate is the highest that the scheduler gives")
            if entry.peaks
            else tr("How the learning rate changes with the steps")
        )
        self.setEnabled(self._state.trainable)
        self._show_rate()

    def _show_rate(self) -> None:
        rate = self._state.progress.learning_rate
        scheduled = bool(self._state.training.scheduler) and rate is not None
        self.rate.setVisible(scheduled)
        if scheduled and rate is not None:
            self.rate.setText(tr("learning rate now {rate}", rate=short(rate)))

    def _on_catalogue_changed(self) -> None:
        self.scheduler.clear()
        self.scheduler.addItem(tr(_NONE), "")
        catalogue = self._state.catalogue
        for entry in catalogue.schedulers if catalogue else ():
            self.scheduler.addItem(entry.title, entry.name)
        self.show_training()

    def _on_chosen(self) -> None:
        name = self.scheduler.currentData()
        if name != self._state.training.scheduler:
            self._workbench.choose_scheduler(name)

    def _on_option_entered(self, name: str, value: OptionValue) -> None:
        try:
            self._workbench.choose_scheduler_option(name, value)
        except SettingError as error:
            self.show_training()
            self.options.refuse(error, name)

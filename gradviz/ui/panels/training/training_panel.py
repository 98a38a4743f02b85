"""The panel of the training's settings: each takes effect as soon as it is entered."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.choices.options import OptionValue
from gradviz.core.errors import SettingError
from gradviz.core.language.saying import tr
from gradviz.core.number_text import AmbiguousNumberError, full, read_number
from gradviz.ui.actions import train_menu
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.panels.training.data_form import DataForm
from gradviz.ui.panels.training.options_form import OptionsForm
from gradviz.ui.panels.training.scheduler_form import SchedulerForm
from gradviz.ui.widgets.kept_typing import show_in, when_entered
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox
from gradviz.ui.widgets.whole_label import WholeLabel

#: The entries of a list of losses with a single one: the model's own, and that one by its name.
_OWN_AND_ONE = 2


class TrainingPanel(PanelWidget):
    """Optimizer, learning rate, steps, seed and data, with the errors of their entries."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self._workbench = context.workbench
        self.optimizer = _choice("optimizer", tr("Optimizer"))
        self.loss = _choice("loss", tr("Loss"))
        self.loss.setToolTip(tr("What training minimizes; a running training takes over another"))
        self.learning_rate = named(QLineEdit(), "learning_rate", title=tr("Learning rate"))
        self.learning_rate.setToolTip(tr("Press Enter to apply it, also to a running training"))
        self.options = OptionsForm()
        self.schedule = SchedulerForm(context.state, context.workbench)
        self.data = DataForm(context.state, context.workbench)
        self.points = self.data.points
        self.steps = _number("steps", tr("Training steps"), (1, 10_000_000))
        self.seed = _number("seed", tr("Seed of the initial weights"), (0, 2**31 - 1))
        self.message = named(WholeLabel(), "error")
        self.message.hide()
        self._lay_out(context)
        self._connect()
        self._on_model_built()

    def _lay_out(self, context: PanelContext) -> None:
        new_seed = QToolButton()
        new_seed.setDefaultAction(context.actions[train_menu.NEW_SEED])
        new_seed.setAccessibleName(tr("New seed"))
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(tr("optimizer"), self.optimizer)
        form.addRow(tr("learning rate"), self.learning_rate)
        form.addRow(self.message)
        form.addRow(self.options)
        form.addRow(self.schedule)
        form.addRow(tr("loss"), self.loss)
        form.addRow(tr("steps"), self.steps)
        form.addRow(tr("seed"), _beside(self.seed, new_seed))
        form.addRow(named(QLabel(tr("DATA")), "heading"))
        form.addRow(self.data)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.addLayout(form)
        column.addStretch(1)

    def _connect(self) -> None:
        state = self._state
        self.optimizer.activated.connect(self._on_optimizer_chosen)
        self.loss.activated.connect(self._on_loss_chosen)
        when_entered(self.learning_rate, self._on_learning_rate_entered)
        self.options.entered.connect(self._on_option_entered)
        self.steps.valueChanged.connect(self._workbench.choose_steps)
        self.seed.valueChanged.connect(self._workbench.choose_seed)
        state.catalogue_changed.connect(self._on_catalogue_changed)
        state.choice_changed.connect(self._on_choice_changed)
        state.model_built.connect(self._on_model_built)
        state.training_changed.connect(self._on_training_changed)

    def _on_catalogue_changed(self) -> None:
        self.optimizer.clear()
        catalogue = self._state.catalogue
        for entry in catalogue.optimizers if catalogue else ():
            self.optimizer.addItem(tr(entry.title), entry.name)
        self._list_losses()
        self._on_training_changed()

    def _list_losses(self) -> None:
        """List the losses for the kind of target that the model has."""
        catalogue, model = self._state.catalogue, self._state.built_entry
        target = "values" if model is None else model.target
        built = self._state.built
        if built is not None and built.plane is not None:
            target = built.plane.target
        self.loss.clear()
        self.loss.addItem(tr("the model's own"), "")
        for loss in catalogue.losses if catalogue else ():
            if loss.target == target:
                self.loss.addItem(tr(loss.title), loss.name)

    def _on_choice_changed(self) -> None:
        show_in(self.seed, partial(self.seed.setValue, self._state.model.seed))

    def _on_model_built(self) -> None:
        trainable = self._state.trainable
        controls = (self.optimizer, self.learning_rate, self.options, self.loss)
        for control in (*controls, self.steps):
            control.setEnabled(trainable)
        self._say("")
        self._list_losses()
        self._on_choice_changed()
        self._on_training_changed()

    def _on_training_changed(self) -> None:
        training = self._state.training
        self.optimizer.setCurrentIndex(self.optimizer.findData(training.optimizer))
        self.loss.setCurrentIndex(self.loss.findData(training.loss))
        rate = full(training.learning_rate)
        show_in(self.learning_rate, partial(self.learning_rate.setText, rate))
        self.options.show_options(self._state.optimizer_of(training), training.options)
        show_in(self.steps, partial(self.steps.setValue, training.steps))
        built = self._state.built
        # The loss of a user's own model is in its file; a single one is the model's own.
        own = built is not None and bool(built.model.trusted)
        self.loss.setEnabled(self._state.trainable and not own and self.loss.count() > _OWN_AND_ONE)

    def _on_optimizer_chosen(self) -> None:
        name = self.optimizer.currentData()
        if name != self._state.training.optimizer:
            self._say("")
            self._workbench.choose_optimizer(name)

    def _on_loss_chosen(self) -> None:
        if self.loss.currentData() != self._state.training.loss:
            self._workbench.choose_loss(self.loss.currentData())

    def _on_option_entered(self, name: str, value: OptionValue) -> None:
        try:
            self._workbench.choose_option(name, value)
        except SettingError as error:
            self._on_training_changed()
            self.options.refuse(error, name)

    def _on_learning_rate_entered(self) -> None:
        text = self.learning_rate.text().strip()
        try:
            value = _learning_rate(text)
            if value != self._state.training.learning_rate:
                self._workbench.choose_learning_rate(value)
        except SettingError as error:
            self._say(str(error))
        else:
            self._say("")

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.learning_rate.setProperty("wrong", bool(text))
        self.learning_rate.style().polish(self.learning_rate)


def _learning_rate(text: str) -> float:
    try:
        return read_number(text)
    except AmbiguousNumberError:
        raise
    except SettingError as error:
        raise SettingError(
            tr("“{text}” is no learning rate.", text=text[:20]),
            tr("Use a number above 0, such as 1e-6."),
        ) from error


def _choice(name: str, title: str) -> QComboBox:
    box = named(QComboBox(), name, title=title)
    # The longest item would be wider than the panel.
    box.setMinimumContentsLength(5)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _number(name: str, title: str, allowed: tuple[int, int]) -> WholeBox:
    box = named(WholeBox(), name, title=title, tip=title)
    box.setRange(*allowed)
    # The widest number would be wider than the panel.
    box.setMinimumWidth(80)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setGroupSeparatorShown(False)
    # The padding of a style sheet does not reach the text of a spin box.
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    # A model is not rebuilt for every digit of a number that is being typed.
    box.setKeyboardTracking(False)
    return box


def _beside(left: QWidget, right: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(left, 1)
    row.addWidget(right)
    return pair

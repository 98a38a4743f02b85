"""The bar of the training's history: a slider to any step, and a sign while the past is shown."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted
from gradviz.ui.actions import train_menu
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.timeline import Scrubber
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.kept_typing import show_in
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.number_boxes import WholeBox
from gradviz.ui.widgets.pace import Pace
from gradviz.ui.widgets.steady_label import SteadyLabel
from gradviz.ui.widgets.theme import Theme

#: While training runs the numbers here are not read more often.
_REFRESH_MS = 125
_SHOWN = marked("step {step} of {count} of the training")


class HistorySlider(Scrubber):
    """A slider over all steps of the training; 0 is the moment before the first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("history")
        self.setAccessibleName(tr("Step of the training"))

    def spoken_value(self) -> str:
        return tr(_SHOWN, step=counted(self.value()), count=counted(self.maximum()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        step = self.step_at(event.position().x())
        self.setToolTip(
            tr_n(
                "After {steps} steps of the training",
                "After {steps} step of the training",
                step,
                steps=counted(step),
            )
        )


class HistoryBar(QWidget):
    """First, back, slider, forward, newest, the step as a number, and a label of the shown step."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        actions: ActionRegistry,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history_bar")
        self._state = state
        self._workbench = workbench
        self.slider = HistorySlider(theme)
        self.step = named(WholeBox(), "history_step", title=tr("Step of the training to show"))
        self.step.setKeyboardTracking(False)
        self.step.lineEdit().setTextMargins(6, 0, 0, 0)
        self.sign = named(QLabel(), "past", title=tr("What is shown"))
        # A long text must not make the window wider; the tool tip has all of it.
        self.sign.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sign_room = SteadyLabel(self.sign)
        self._lay_out(actions)
        self.slider.valueChanged.connect(workbench.visit_step)
        self.step.valueChanged.connect(workbench.visit_step)
        self._showing = Pace(_REFRESH_MS, self.show_step, self)
        state.progressed.connect(self._on_progressed)
        state.training_changed.connect(self.show_step)
        state.model_built.connect(self.show_step)
        state.language_changed.connect(self.show_step)
        self.show_step()

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self.slider.use_theme(theme)

    def show_step(self) -> None:
        """Show the number of the step, the number of all steps, and whether a later one exists."""
        state, progress = self._state, self._state.progress
        newest, usable = progress.last_step, state.trainable and not progress.running
        self.slider.blockSignals(True)
        _set(self.slider, newest, progress.coming_step)
        self.slider.blockSignals(False)
        show_in(self.step, partial(_set, self.step, self._last_step(), progress.coming_step))
        for control in (self.slider, self.step):
            control.setEnabled(usable and newest > 0)
        past, text = progress.newest is not None, self._sign_text()
        if self.sign.property("past") != past:
            self.sign.setProperty("past", past)
            self.sign.style().polish(self.sign)
        self._sign_room.show_text(text)
        self.sign.setToolTip(text)

    def _lay_out(self, actions: ActionRegistry) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 16, 0)
        row.setSpacing(8)
        row.addWidget(named(QLabel(tr("TRAINED")), "heading"))
        for action in train_menu.VISITS[:2]:
            row.addWidget(_button(actions, action))
        row.addWidget(self.slider, 4)
        for action in train_menu.VISITS[2:]:
            row.addWidget(_button(actions, action))
        row.addWidget(self.step)
        row.addWidget(self._sign_room, 3)

    def _last_step(self) -> int:
        """Return the last step that can be typed; while training runs, more digits than that.

        The field, and all beside it, is laid out anew whenever this changes.
        """
        newest = self._state.progress.last_step
        return 10 ** len(str(newest)) - 1 if self._state.progress.running else newest

    def _on_progressed(self) -> None:
        if self._state.progress.running:
            self._showing.request()
        else:
            self.show_step()

    def _sign_text(self) -> str:
        progress = self._state.progress
        if progress.leaves_failed:
            step = counted(progress.newest_step)
            return tr("the pass that failed; Train goes on at step {step}", step=step)
        if not self._state.trainable or progress.last_step == 0:
            return tr("no step of the training yet")
        if progress.newest is None and progress.last_step > progress.step:
            return tr(
                "of {step}: the newest step; forward is the pass that failed",
                step=counted(progress.step),
            )
        if progress.newest is None:
            return tr("of {step}: the newest step", step=counted(progress.step))
        return tr(
            "of {newest}: an earlier step; Train continues from here as a new branch",
            newest=counted(progress.newest),
        )


def _set(control: WholeBox | HistorySlider, last: int, step: int) -> None:
    if control.maximum() != last:
        control.setMaximum(last)
    control.setValue(step)


def _button(actions: ActionRegistry, action: Action) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[action])
    button.setAccessibleName(tr(action.title))
    button.setIconSize(QSize(16, 16))
    return button

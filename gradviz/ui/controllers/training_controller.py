"""The user's actions on the training of the current model."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject

from gradviz.core.choices.catalogue import suited_rate
from gradviz.core.choices.composed_schedules import checked_composition
from gradviz.core.choices.compositions import Composition
from gradviz.core.choices.options import OptionValue, checked_options
from gradviz.core.choices.settings import Training, checked_learning_rate, checked_steps
from gradviz.core.graphs.walk import TURN
from gradviz.core.language.saying import tr
from gradviz.protocol.commands import (
    ChangeLearningRate,
    ChangePace,
    ChangeTraining,
    Command,
    PauseTraining,
    ResetTraining,
    StartTraining,
    TrainOneStep,
    VisitStep,
)
from gradviz.ui.controllers.walk_controller import WalkController
from gradviz.ui.state.training_texts import training_text
from gradviz.ui.state.window_state import Notice, State


class TrainingController(WalkController):
    """Turns the user's actions on the training into commands."""

    def __init__(
        self, state: State, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(state, parent)
        self._send = send

    @property
    def standing_run(self) -> int:
        """Return the current run; a newer one may be on its way, or may have failed."""
        return self._state.built.run if self._state.built else 0

    def once_built(self, action: Callable[[], None]) -> None:
        """Run `action` on the model that was chosen last."""
        action()

    def train_or_pause(self) -> None:
        """Start or resume the training, or pause it if it runs."""
        if self._state.progress.running:
            self._send(PauseTraining(self.standing_run))
        else:
            self.once_built(self._start_training)

    def _start_training(self) -> None:
        if self._state.trainable:
            self._stand_at_last_step()
            self._ask_for_wanted()
            self.set_running(True)
            training, pace = self._training_from_here(), self._state.pace
            self._send(StartTraining(self.standing_run, training, pace))

    def train_one_step(self) -> None:
        """Do one training step."""
        if not self._state.progress.running:
            self.once_built(self._train_one_step)

    def _train_one_step(self) -> None:
        if self._state.trainable:
            self._ask_for_wanted()
            self._send(TrainOneStep(self.standing_run, self._state.training))

    def choose_pace(self, steps_per_second: float) -> None:
        """Let training do at most so many steps a second, also while it runs; 0 is full speed."""
        state = self._state
        if steps_per_second == state.pace:
            return
        state.pace = steps_per_second
        state.pace_changed.emit()
        if state.progress.running:
            self._send(ChangePace(self.standing_run, steps_per_second))

    def reset_training(self) -> None:
        """Return to the same initial weights."""
        if self._state.trainable:
            self._send(ResetTraining(self.standing_run))

    # Time travel

    def visit_step(self, step: int) -> None:
        """Show the moment after `step` steps; while an answer is awaited, only the last counts."""
        progress = self._state.progress
        step = max(0, min(step, progress.last_step))
        if progress.running or not self._state.trainable or step == progress.coming_step:
            return
        if progress.awaited is not None:
            progress.wanted = step
        else:
            progress.awaited = step
            self._send(VisitStep(self.standing_run, step))

    def visit_pass(self, step: int) -> None:
        """Show the pass that another program has kept of one of its steps."""
        self._send(VisitStep(self.standing_run, step))

    def end_visit(self) -> None:
        """Ask for the step that was wanted while the engine was on its way to another."""
        progress = self._state.progress
        progress.awaited = None
        self._ask_for_wanted()

    def _ask_for_wanted(self) -> None:
        progress = self._state.progress
        if progress.wanted is not None:
            progress.awaited, progress.wanted = progress.wanted, None
            self._send(VisitStep(self.standing_run, progress.awaited))

    # The settings of the training

    def choose_learning_rate(self, value: float) -> None:
        """Change the learning rate, also of a running training; raises SettingError."""
        checked_learning_rate(value)
        self._change_training(learning_rate=value)
        if self._state.trainable:
            self._send(ChangeLearningRate(self.standing_run, value))

    def choose_steps(self, steps: int) -> None:
        """Change how many steps one press of Train does; raises SettingError."""
        self._change_training(steps=checked_steps(steps))

    def choose_optimizer(self, name: str) -> None:
        """Take another optimizer, without memory, with its own options and learning rate."""
        state = self._state
        used = (state.training, state.built.training) if state.built else (state.training,)
        pairs = tuple((self._state.optimizer_of(each), each.learning_rate) for each in used)
        training = msgspec.structs.replace(state.training, optimizer=name, options={})
        rate = suited_rate(self._state.optimizer_of(training), *pairs)
        self.take_training(msgspec.structs.replace(training, learning_rate=rate))

    def choose_option(self, name: str, value: OptionValue) -> None:
        """Change an option of the optimizer, which keeps its memory; raises SettingError."""
        training = self._state.training
        options = {**training.options, name: value}
        checked = checked_options(self._state.optimizer_of(training).options, options)
        self.take_training(msgspec.structs.replace(training, options=checked))

    def choose_loss(self, name: str) -> None:
        """Go on with another loss, empty for the model's own."""
        self.take_training(msgspec.structs.replace(self._state.training, loss=name))

    def choose_scheduler(self, name: str) -> None:
        """Let the learning rate follow a scheduler with its own options; empty for none."""
        training = msgspec.structs.replace(
            self._state.training,
            scheduler=name,
            scheduler_options={},
            composition=Composition(),
        )
        self.take_training(training)

    def choose_scheduler_option(self, name: str, value: OptionValue) -> None:
        """Change an option of the scheduler, as of the first step; raises SettingError."""
        training = self._state.training
        entries = self._state.scheduler_of(training).options
        options = checked_options(entries, {**training.scheduler_options, name: value}, "scheduler")
        self.take_training(msgspec.structs.replace(training, scheduler_options=options))

    def choose_composition(self, composition: Composition) -> None:
        """Change the parts of a scheduler that is made of others; raises SettingError."""
        training = self._state.training
        entry = self._state.scheduler_of(training)
        checked = checked_composition(entry, composition, self._state.scheduler_named)
        self.take_training(msgspec.structs.replace(training, composition=checked))

    def take_own_training(self) -> None:
        """Train as the ready-made model does by itself, with all its settings."""
        built = self._state.built
        if built is not None and self._state.training != built.training:
            self.take_training(built.training)
            told = tr("The model's own settings: {settings}.", settings=self._words(built.training))
            self._state.noticed.emit(Notice("settings", told, serious=False))

    def tell_kept_training(self) -> None:
        """Say that settings of the user's are kept where a ready-made model was chosen anew."""
        state = self._state
        if state.built is None or state.built_entry is None or not state.trainable:
            return
        kept = self._words(state.training, beside=state.built.training)
        if kept:
            own = self._words(state.built.training, beside=state.training)
            told = tr("Your settings are kept: {settings}.", settings=kept)
            offer = {"action": "gradviz.train.own_settings", "offer": tr("Use the model's own")}
            hint = tr("Those of the model are {settings}.", settings=own)
            state.noticed.emit(Notice("settings", told, hint, serious=False, **offer))

    def _words(self, training: Training, *, beside: Training | None = None) -> str:
        title = self._state.optimizer_of(training).title or training.optimizer
        return training_text(training, tr(title), beside=beside)

    def take_training(self, training: Training) -> None:
        """Train with other settings from here on, also while it runs."""
        self._state.training = training
        self._state.training_changed.emit()
        if self._state.trainable:
            running = self._state.progress.running
            chosen = self._training_from_here() if running else training
            self._send(ChangeTraining(self.standing_run, chosen))

    def _change_training(self, **changes: Any) -> None:
        self._state.training = msgspec.structs.replace(self._state.training, **changes)
        self._state.training_changed.emit()

    def _training_from_here(self) -> Any:
        """Return the training whose end is one press of Train away from here."""
        training, progress = self._state.training, self._state.progress
        # From the pass that failed, training goes on at the step before it.
        rounds_done = min(progress.coming_step, progress.newest_step) // training.steps
        return msgspec.structs.replace(training, steps=(rounds_done + 1) * training.steps)

    def _stand_at_last_step(self) -> None:
        """Show all gradients, so that they are seen to follow the training."""
        if self._state.cursor in (self._state.first_cursor, TURN):
            self.go_to_end()

    def set_running(self, running: bool) -> None:
        """Say whether training runs."""
        self._state.progress.running = running
        self._state.training_changed.emit()

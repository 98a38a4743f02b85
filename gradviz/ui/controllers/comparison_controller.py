"""The user's actions on the comparison of runs, and the engine's answers to them."""

from collections.abc import Callable

import msgspec

from gradviz.core.choices.catalogue import suited_rate
from gradviz.core.choices.comparison import Candidate
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import tr
from gradviz.protocol.commands import Command, CompareRuns, StopRunComparison
from gradviz.protocol.events import CommandFailed, RunComparisonFrame, RunComparisonStopped
from gradviz.ui.controllers.training_controller import TrainingController
from gradviz.ui.state.comparison_state import refusal
from gradviz.ui.state.window_state import Notice, State


class ComparisonController:
    """Turns the user's actions on the list of compared runs into commands."""

    def __init__(
        self, state: State, send: Callable[[Command], None], controller: TrainingController
    ) -> None:
        self._state = state
        self._send = send
        self._controller = controller
        state.language_changed.connect(state.comparison.say_again)

    def add_present(self) -> None:
        """Add the current run, with the chosen training."""
        self._controller.once_built(lambda: self._add(self._state.training))

    def add_other_seed(self) -> None:
        """Add the current run with a seed that no run of the list has."""
        self._controller.once_built(lambda: self._add(self._state.training, other_seed=True))

    def add_other_optimizer(self, name: str) -> None:
        """Add the current run with another optimizer, its defaults and a suitable learning rate."""
        self._controller.once_built(lambda: self._add(self._with_optimizer(name)))

    def remove(self, number: int) -> None:
        """Take a run off the list, unless the comparison runs."""
        if not self._state.comparison.running:
            self._state.comparison.remove(number)

    def run_or_stop(self) -> None:
        """Train all runs of the list from their initial weights, or stop all of them."""
        if self._state.comparison.running:
            self._send(StopRunComparison(self._controller.standing_run))
        else:
            self._controller.once_built(self._run)

    def hear(self, event: RunComparisonFrame | RunComparisonStopped | CommandFailed) -> None:
        """Bring the state of the comparison up to date."""
        comparison = self._state.comparison
        if isinstance(event, RunComparisonFrame):
            comparison.take(event)
            return
        comparison.end()
        self._state.training_changed.emit()
        if isinstance(event, CommandFailed):
            told = (event.message, event.hint, event.details)
            self._state.noticed.emit(Notice("comparison", *told))

    def _run(self) -> None:
        comparison = self._state.comparison
        if self._state.trainable and comparison.can_run and not comparison.running:
            built = self._state.built
            candidates = tuple(run.candidate for run in comparison.runs)
            message, hint = refusal(candidates, built.model if built else None)
            if message:
                self._state.noticed.emit(Notice("comparison", message, hint))
                return
            comparison.begin()
            self._state.training_changed.emit()
            comparison.wanted.emit()
            self._send(CompareRuns(self._controller.standing_run, candidates))

    def _add(self, training: Training, *, other_seed: bool = False) -> None:
        built, comparison = self._state.built, self._state.comparison
        if built is None or built.mode != "fit" or not comparison.has_room:
            return
        model = msgspec.structs.replace(built.model, mode="fit")
        if other_seed:
            seeds = (model.seed, *(run.candidate.model.seed for run in comparison.runs))
            model = msgspec.structs.replace(model, seed=max(seeds) + 1)
        title = tr("{optimizer}, seed {seed}", optimizer=training.optimizer, seed=model.seed)
        comparison.add(Candidate(title=title, model=model, training=training))
        self._state.training_changed.emit()
        comparison.wanted.emit()

    def _with_optimizer(self, name: str) -> Training:
        state = self._state
        used = (state.training, state.built.training) if state.built else (state.training,)
        pairs = tuple((state.optimizer_of(each), each.learning_rate) for each in used)
        training = msgspec.structs.replace(state.training, optimizer=name, options={})
        rate = suited_rate(state.optimizer_of(training), *pairs)
        return msgspec.structs.replace(training, learning_rate=rate)

"""The models that the engine builds: the first one, each that is built, and those that fail."""

import msgspec

from gradviz.core.choices.settings import Model, Training, with_data_of
from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import sentences, tr
from gradviz.core.namesake import NAMESAKE_REMEDY, namesake
from gradviz.core.tried_versions import untried_libraries
from gradviz.protocol.events import CommandFailed, EngineStarted, ModelBuilt
from gradviz.ui.controllers.engine_events.pass_events import PassEvents
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, Progress, State, Subject


class ModelEvents:
    """Brings the model, its choices and the catalogue in the state up to date."""

    def __init__(self, state: State, workbench: Workbench, passes: PassEvents) -> None:
        self._state = state
        self._workbench = workbench
        self._passes = passes

    def on_engine_started(self, event: EngineStarted) -> None:
        """Offer the catalogue, and have the first model built, or the one that is chosen."""
        state = self._state
        first = state.catalogue is None
        state.engine = "ready"
        state.catalogue = event.catalogue
        state.engine_changed.emit()
        state.catalogue_changed.emit()
        if state.attached:
            # The graph of the other program follows by itself.
            return
        names = [entry.name for entry in event.catalogue.models]
        if first and state.text.strip() in names:
            # The command line may have named a model, which the grammar does not know.
            self._workbench.choose_model(state.text.strip())
        elif first and not state.text and not state.model.source and names:
            self._workbench.choose_model(_first_choice(names))
        else:
            self._workbench.rebuild()
        untried = untried_libraries(event.catalogue.torch)
        if first and untried:
            state.noticed.emit(Notice("window", sentences(untried), serious=False))
        other = namesake() if first else ""
        if other:
            state.noticed.emit(Notice("window", other, tr(NAMESAKE_REMEDY)))

    def on_built(self, event: ModelBuilt) -> None:
        """Show a model that has been built."""
        state = self._state
        same_source = state.built is not None and state.built.model.source == event.model.source
        before = state.built.training if state.built else Training(optimizer="", learning_rate=0.0)
        own_steps = before.steps
        state.built = event
        state.tests.clear()
        state.surface = None
        state.model = msgspec.structs.replace(event.model, mode=state.model.mode)
        if state.attached:
            state.text = event.model.source
            state.expression_checked.emit()
        if not same_source:
            # Steps that the user has chosen are kept, which is said; others are the model's own.
            chosen = state.training.steps != own_steps
            steps = state.training.steps if chosen else event.training.steps
            state.training = msgspec.structs.replace(event.training, steps=steps)
        state.progress = Progress.beginning_with(event.snapshot)
        marked = self._passes.marks_nodes
        self._passes.take_graph(event.graph)
        state.choice_changed.emit()
        state.model_built.emit()
        if marked:
            self._passes.tell_marks()
        state.training_changed.emit()
        state.progressed.emit()
        if state.training.loss:
            self._workbench.take_training(state.training)
        self._workbench.end_building(event.run, built=True)

    def on_failed(self, event: CommandFailed) -> None:
        """Show why a model could not be built or trained, and return to the one that stands."""
        state = self._state
        self._workbench.end_building(event.run, built=False)
        state.progress.awaited = None
        # Training goes on with its earlier data, where other data cannot be had.
        stands_still = event.run == self._workbench.standing_run and event.subject != "data"
        if state.progress.running and stands_still:
            self._workbench.set_running(False)
        if event.subject == "expression" and event.length:
            state.error = ExpressionError(
                event.message,
                event.hint,
                text=state.text,
                position=event.position,
                length=event.length,
            )
            state.expression_checked.emit()
            return
        if event.subject == "training":
            state.training = msgspec.structs.replace(state.training, loss="")
        if state.built is not None:
            self._return_to(state.built.model)
            asked = self._workbench.asked
            another = asked.source != state.built.model.source and asked != state.model
            if event.subject == "data" and event.run != state.built.run and another:
                # The model itself is not at fault: it is built with the earlier data.
                self._workbench.rebuild()
        subject: Subject = event.subject
        told = (event.message, event.hint, event.details)
        notice = Notice(subject, *told, field=event.field, untrusted=event.untrusted)
        state.noticed.emit(notice)

    def _return_to(self, model: Model) -> None:
        """Show again the choices of the current model."""
        self._state.change_model(device=model.device, at=model.at, points=model.points)
        self._state.change_model(point=model.point)
        self._state.change_model(data_folder=model.data_folder, dtype=model.dtype)
        self._state.change_model(order=model.order, direction=model.direction)
        state = self._state
        state.model = with_data_of(state.model, model)
        state.change_model(initial=model.initial)
        self._state.training_changed.emit()


def _first_choice(names: list[str]) -> str:
    return "autograd" if "autograd" in names else names[0]

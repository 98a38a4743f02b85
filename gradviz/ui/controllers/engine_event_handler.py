"""The events of the engine and its end, brought into the state of the window."""

from collections.abc import Callable
from typing import assert_never

import msgspec
from PySide6.QtCore import QObject

from gradviz.core.choices.settings import Model, Training, with_data_of
from gradviz.core.errors import ExpressionError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import followed
from gradviz.core.graphs.matching import matching
from gradviz.core.graphs.tensors import floats_of
from gradviz.core.graphs.union_layout import same_shape
from gradviz.core.graphs.walk import TURN, cursor_at, first_cursor, on_timeline
from gradviz.core.tried_versions import NOT_LOADED, untried_libraries
from gradviz.protocol.events import (
    Answered,
    BackwardRecorded,
    CommandFailed,
    DataChanged,
    EngineStarted,
    Event,
    FrameTrained,
    ImagesClassified,
    LearningRateChanged,
    ModelBuilt,
    OptimizerStepExplained,
    RecordingKept,
    RunComparisonFrame,
    RunComparisonStopped,
    StepVisited,
    TrainingReset,
    TrainingStopped,
    Unanswered,
)
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, Progress, State, Subject

#: An engine that ends this often without building anything in between is not started again.
MAXIMUM_RESTARTS = 3
_INSTALLED_ANEW = "After that, choose Model ▸ Restart engine."

_TrainingEvent = (
    DataChanged
    | FrameTrained
    | LearningRateChanged
    | TrainingStopped
    | TrainingReset
    | StepVisited
    | OptimizerStepExplained
    | ImagesClassified
)


class EngineEventHandler(QObject):
    """Brings the state up to date."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        restart_engine: Callable[[], None],
        kill_engine: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._restart_engine = restart_engine
        self._kill_engine = kill_engine
        self._stopping = False
        self._restarts = 0

    def on_engine_ended(self, code: int, lines: str) -> None:
        """Say that the engine has ended, and start another one."""
        state = self._state
        stopping, self._stopping = self._stopping, False
        # A user's own model that ended the engine would end the next one too.
        given_up = stopping or (state.building and bool(state.model.trusted))
        if given_up:
            self._workbench.give_up()
        self._workbench.stop_waiting()
        self._workbench.set_running(False)
        state.comparison.end()
        if stopping:
            self._start_after_stop()
            return
        if code == NOT_LOADED and lines.strip():
            state.engine = "ended"
            state.engine_changed.emit()
            state.noticed.emit(Notice("engine", lines.strip().splitlines()[-1], _INSTALLED_ANEW))
            return
        self._restarts += 1
        cause = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        if self._restarts > MAXIMUM_RESTARTS:
            state.engine = "ended"
            hint = "It ended too often to be started again. Change the model, then Model ▸ Restart."
        else:
            state.engine = "starting"
            which = "the previous model" if given_up else "the model"
            hint = f"It is being restarted, and {which} rebuilt from what you chose."
            self._restart_engine()
        if state.catalogue is None:
            # It never started, so the version of its torch was not told by it.
            hint = " ".join([hint, *untried_libraries()])
        state.engine_changed.emit()
        state.noticed.emit(Notice("engine", f"The engine {cause}.", hint, details=lines))

    def on_engine_replaced(self) -> None:
        """Let go what was in the engine before: questions, compared runs, the kept recording."""
        run = self._workbench.standing_run
        self._workbench.inspection.forget()
        if self._state.comparison.running:
            self._workbench.comparison.hear(RunComparisonStopped(run=run, reason="replaced"))
        if self._workbench.changes.kept is not None:
            self._workbench.changes.hear(RecordingKept(run, None))

    def stop_engine(self) -> None:
        """End an engine that is not waited for any longer; another one takes its place."""
        self._stopping = True
        self._kill_engine()

    def _start_after_stop(self) -> None:
        state = self._state
        state.engine = "starting"
        self._restart_engine()
        state.engine_changed.emit()
        hint = "PyTorch's process restarts and builds the previous model."
        state.noticed.emit(Notice("engine", "Stopped.", hint, serious=False))

    def restart_engine(self) -> None:
        """Start the engine anew and rebuild the model, as the user asks."""
        self._restarts = 0
        self._state.engine = "starting"
        self._state.engine_changed.emit()
        self._restart_engine()

    def on_event(self, event: Event) -> None:
        """Bring the state up to date; events of a replaced model are ignored."""
        match event:
            case EngineStarted():
                self._on_engine_started(event)
            case Answered() | Unanswered():
                self._on_answered(event)
            case _ if event.run not in (self._workbench.newest_run, self._workbench.standing_run):
                return
            case ModelBuilt():
                self._on_model_built(event)
            case BackwardRecorded():
                self._on_backward_recorded(event)
            case RecordingKept():
                self._workbench.changes.hear(event)
            case RunComparisonFrame() | RunComparisonStopped():
                self._workbench.comparison.hear(event)
            case CommandFailed():
                self._on_command_failed(event)
            case _:
                self._on_training_event(event)

    def _on_answered(self, event: Answered | Unanswered) -> None:
        self._workbench.inspection.hear(event)
        if isinstance(event, Unanswered) and event.details:
            # A fault, and not a question that has no answer.
            notice = Notice("engine", event.message, event.hint, event.details)
            self._state.noticed.emit(notice)

    def _on_data_changed(self, event: DataChanged) -> None:
        """Show the new data, which the same model is fitted to."""
        state = self._state
        if state.built is None:
            return
        state.built = msgspec.structs.replace(
            state.built, model=event.model, x=event.x, target=event.target, grid=event.grid
        )
        state.model = with_data_of(state.model, event.model)
        state.progress.data_steps = event.data_steps
        state.progress.prediction = floats_of(event.prediction)
        state.progress.first_prediction = floats_of(event.first_prediction)
        state.progress.curve = floats_of(event.curve)
        state.progress.first_curve = floats_of(event.first_curve)
        state.choice_changed.emit()
        state.data_changed.emit()
        state.progressed.emit()

    def _on_training_event(self, event: _TrainingEvent) -> None:
        match event:
            case DataChanged():
                self._on_data_changed(event)
            case FrameTrained():
                self._on_frame_trained(event)
            case LearningRateChanged():
                self._state.progress.learning_rate = event.learning_rate
                self._state.progressed.emit()
            case TrainingStopped():
                self._on_training_stopped(event)
            case TrainingReset():
                self._on_training_reset(event)
            case StepVisited():
                self._on_step_visited(event)
            case OptimizerStepExplained():
                self._on_step_explained(event)
            case ImagesClassified():
                self._on_images_classified(event)
            case _:
                assert_never(event)

    def _on_engine_started(self, event: EngineStarted) -> None:
        state = self._state
        first = state.catalogue is None
        state.engine = "ready"
        state.catalogue = event.catalogue
        state.engine_changed.emit()
        state.catalogue_changed.emit()
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
            state.noticed.emit(Notice("window", " ".join(untried), serious=False))

    def _on_model_built(self, event: ModelBuilt) -> None:
        state = self._state
        self._restarts = 0
        same_source = state.built is not None and state.built.model.source == event.model.source
        before = state.built.training if state.built else Training(optimizer="", learning_rate=0.0)
        own_steps = before.steps
        state.built = event
        state.tests.clear()
        state.model = msgspec.structs.replace(event.model, mode=state.model.mode)
        if not same_source:
            # Steps that the user has chosen are kept, which is said; others are the model's own.
            chosen = state.training.steps != own_steps
            steps = state.training.steps if chosen else event.training.steps
            state.training = msgspec.structs.replace(event.training, steps=steps)
        state.progress = Progress.beginning_with(event.snapshot)
        marked = self._marks_nodes
        self._take_graph(event.graph)
        state.choice_changed.emit()
        state.model_built.emit()
        if marked:
            self._tell_marks()
        state.training_changed.emit()
        state.progressed.emit()
        if state.training.loss:
            self._workbench.take_training(state.training)
        self._workbench.end_building(event.run, built=True)

    def _take_graph(self, graph: Graph) -> None:
        """Show `graph`; the walk and the selection stay if the nodes are the same."""
        state = self._state
        if self._marks_nodes and (state.graph is None or not same_shape(graph, state.graph)):
            state.isolated = state.way_begins = None
            state.picked = frozenset()
        if state.graph is None or graph.node.keys() != state.graph.node.keys():
            state.cursor = 0
            state.selected = None
            state.trace = None
        state.graph = graph

    @property
    def _marks_nodes(self) -> bool:
        """Tell whether a part of the graph is isolated, or nodes are marked."""
        state = self._state
        return bool(state.isolated or state.way_begins or state.picked)

    def _tell_marks(self) -> None:
        for signal in (self._state.isolation_changed, self._state.way_begun):
            signal.emit()
        self._state.picked_changed.emit()

    def _follow(self, event: BackwardRecorded) -> None:
        """Keep the selection and the walk at the nodes that are the same in another shape."""
        state = self._state
        if state.graph is None or same_shape(state.graph, event.graph):
            return
        became = matching(state.graph, event.graph)
        at = state.current_node
        forwards, begins = state.cursor < TURN, state.cursor == state.first_cursor
        state.selected = became.get(state.selected) if state.selected else None
        state.isolated = followed(state.isolated, became) if state.isolated else None
        # Its name is that of an end that may be no more.
        state.way_begins = None
        state.picked = frozenset(became[node] for node in state.picked if node in became)
        if at is not None:
            place = cursor_at(event.trace, became.get(at, ""), forward=forwards)
            state.cursor = TURN if place is None else place
        elif begins:
            state.cursor = first_cursor(event.trace)

    def _on_backward_recorded(self, event: BackwardRecorded) -> None:
        state = self._state
        marked = self._marks_nodes
        self._follow(event)
        begins = state.trace is None
        state.graph, state.trace = event.graph, event.trace
        state.recording = event.recording
        state.let_go = frozenset(event.let_go)
        if begins:
            state.cursor = state.beginning
        state.cursor = on_timeline(event.trace, state.cursor)
        state.recorded.emit()
        if marked:
            self._tell_marks()

    def _on_frame_trained(self, event: FrameTrained) -> None:
        progress = self._state.progress
        if progress.begin_branch():
            self._state.branched.emit()
        progress.failed_step = None
        progress.data_steps = event.data_steps
        progress.step = event.step
        progress.losses.extend(event.losses.floats())
        # A run that diverged returns to a step whose loss an earlier frame may have brought.
        progress.losses.shorten(event.step)
        progress.show(event.snapshot)
        progress.steps_per_second = event.steps_per_second
        progress.learning_rate = event.learning_rate
        self._state.progressed.emit()

    def _on_training_stopped(self, event: TrainingStopped) -> None:
        self._state.progress.failed_step = event.failed_step
        self._workbench.set_running(False)
        if event.reason == "diverged":
            self._state.noticed.emit(Notice("training", event.message))

    def _on_step_visited(self, event: StepVisited) -> None:
        progress = self._state.progress
        past = event.step != event.newest
        progress.step = event.step
        progress.newest = event.newest if past else None
        progress.data_steps = event.data_steps
        progress.visited_loss = event.loss if past else None
        progress.show(event.snapshot)
        self._workbench.end_visit()
        self._state.progressed.emit()

    def _on_step_explained(self, event: OptimizerStepExplained) -> None:
        progress = self._state.progress
        progress.explained, progress.explained_step = event.explained, event.step
        self._state.step_explained.emit()

    def _on_training_reset(self, event: TrainingReset) -> None:
        state = self._state
        state.progress = Progress.beginning_with(event.snapshot)
        state.training_changed.emit()
        state.progressed.emit()

    def _on_images_classified(self, event: ImagesClassified) -> None:
        """Keep the test of each step; a repeated step drops the tests from it on."""
        tests = self._state.tests
        while tests and tests[-1].step >= event.step:
            tests.pop()
        tests.append(event)
        self._state.images_classified.emit()

    def _on_command_failed(self, event: CommandFailed) -> None:
        match event.subject:
            case "comparison":
                self._workbench.comparison.hear(event)
            case "recording":
                self._state.noticed.emit(Notice("recording", event.message, event.hint))
            case _:
                self._on_model_failed(event)

    def _on_model_failed(self, event: CommandFailed) -> None:
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

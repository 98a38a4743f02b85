"""What a user can do in the window, and what follows from what the engine reports."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer

from gradviz.core.catalogue import Mode, suited_rate
from gradviz.core.errors import ExpressionError, GradvizError
from gradviz.core.graph import Graph
from gradviz.core.options import OptionValue, checked_options
from gradviz.core.settings import Model, Training, checked_learning_rate, checked_steps
from gradviz.protocol.commands import (
    BuildModel,
    ChangeLearningRate,
    ChangeTraining,
    Command,
    PauseTraining,
    ResetTraining,
    StartTraining,
    TrainOneStep,
)
from gradviz.protocol.events import (
    BackwardRecorded,
    CommandFailed,
    EngineStarted,
    Event,
    FrameTrained,
    ModelBuilt,
    TrainingReset,
    TrainingStopped,
)
from gradviz.ui.state import Notice, Progress, State, Subject

#: How long typing must rest before the model is rebuilt; the graph is to follow within 150 ms.
TYPING_PAUSE_MS = 110
#: An engine that ends this often without building anything in between is not started again.
MAXIMUM_RESTARTS = 3


class Workbench(QObject):
    """Turns what the user does into commands, and events into state."""

    def __init__(
        self,
        state: State,
        send: Callable[[Command], None],
        restart_engine: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._send = send
        self._restart_engine = restart_engine
        self._run = 0
        self._restarts = 0
        self._building = False
        self._when_built: Callable[[], None] | None = None
        self._modes: tuple[Mode, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.build_typed)

    # What the user chooses

    def type_text(self, text: str) -> None:
        """Take what stands in the expression field; the model follows when typing rests."""
        self._state.text = text
        self._pause.start()

    def finish_typing(self) -> None:
        """Build what has been typed without waiting for typing to rest."""
        if self._pause.isActive():
            self.build_typed()

    def build_typed(self) -> None:
        """Check what is typed, and build it if it is an expression."""
        self._pause.stop()
        if self._check_text():
            self._state.change_model(source=self._state.text)
            self._build()

    def choose_model(self, name: str) -> None:
        """Take a model of the catalogue; the field shows what it computes."""
        entry = next((entry for entry in self._entries() if entry.name == name), None)
        if entry is None:
            return
        self._pause.stop()
        state = self._state
        state.text = f"y = {entry.expression}" if entry.expression else ""
        state.error = None
        state.wanted_mode = None
        state.change_model(source=name, mode=None)
        state.expression_checked.emit()
        self._modes = entry.modes
        self._build()

    def choose_mode(self, mode: Mode) -> None:
        """Switch between the gradient at a point and the fit."""
        self._state.wanted_mode = mode
        self.rebuild()

    def choose_device(self, name: str) -> None:
        """Rebuild the model on another device; the old one stays if that fails."""
        self._change_and_rebuild(device=name)

    def choose_point(self, at: float) -> None:
        """Take the gradient at another x."""
        self._change_and_rebuild(at=at)

    def choose_seed(self, seed: int) -> None:
        """Draw the initial parameters from another seed."""
        self._change_and_rebuild(seed=seed)

    def choose_points(self, points: int) -> None:
        """Fit another number of points."""
        self._change_and_rebuild(points=points)

    def _change_and_rebuild(self, **changes: Any) -> None:
        current = {name: getattr(self._state.model, name) for name in changes}
        if current != changes:
            self._state.change_model(**changes)
            self.rebuild()

    def rebuild(self) -> None:
        """Build what was built last, or what has been typed since."""
        if self._pause.isActive() or not self._state.model.source:
            self.build_typed()
        else:
            self._build()

    # The walk through the backward pass

    def move_cursor(self, cursor: int) -> None:
        """Stand after `cursor` steps of the backward pass, 0 before the first."""
        cursor = max(0, min(cursor, len(self._state.steps)))
        if cursor == self._state.cursor:
            return
        self._state.cursor = cursor
        self._state.selected = None
        self._state.cursor_moved.emit()

    def select(self, node: str | None) -> None:
        """Show `node` in the inspector; None returns to the current step's node."""
        if node != self._state.selected:
            self._state.selected = node
            self._state.selection_changed.emit()

    # Training

    def train_or_pause(self) -> None:
        """Start or go on training, or stand still if it runs."""
        if self._state.progress.running:
            self._send(PauseTraining(self._standing_run))
        else:
            self._once_built(self._start_training)

    def _start_training(self) -> None:
        if self._state.trainable:
            self._stand_at_last_step()
            self._set_running(True)
            self._send(StartTraining(self._standing_run, self._training_from_here()))

    def train_one_step(self) -> None:
        """Do one training step."""
        if not self._state.progress.running:
            self._once_built(self._train_one_step)

    def _train_one_step(self) -> None:
        if self._state.trainable:
            self._send(TrainOneStep(self._standing_run, self._state.training))

    def reset_training(self) -> None:
        """Return to the same initial weights."""
        if self._state.trainable:
            self._send(ResetTraining(self._standing_run))

    def choose_learning_rate(self, value: float) -> None:
        """Change the learning rate, also of a running training; raises SettingError."""
        checked_learning_rate(value)
        self._change_training(learning_rate=value)
        if self._state.trainable:
            self._send(ChangeLearningRate(self._standing_run, value))

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
        self._take_training(msgspec.structs.replace(training, learning_rate=rate))

    def choose_option(self, name: str, value: OptionValue) -> None:
        """Change an option of the optimizer, which keeps its memory; raises SettingError."""
        training = self._state.training
        options = {**training.options, name: value}
        checked = checked_options(self._state.optimizer_of(training).options, options)
        self._take_training(msgspec.structs.replace(training, options=checked))

    def choose_loss(self, name: str) -> None:
        """Go on with another loss, empty for the model's own."""
        self._take_training(msgspec.structs.replace(self._state.training, loss=name))

    def _take_training(self, training: Training) -> None:
        """Train with other settings from here on, also while it runs."""
        self._state.training = training
        self._state.training_changed.emit()
        if self._state.trainable:
            running = self._state.progress.running
            chosen = self._training_from_here() if running else training
            self._send(ChangeTraining(self._standing_run, chosen))

    def _change_training(self, **changes: Any) -> None:
        self._state.training = msgspec.structs.replace(self._state.training, **changes)
        self._state.training_changed.emit()

    def _training_from_here(self) -> Any:
        """Return the training whose end is one press of Train away from here."""
        training = self._state.training
        rounds_done = self._state.progress.step // training.steps
        return msgspec.structs.replace(training, steps=(rounds_done + 1) * training.steps)

    def _stand_at_last_step(self) -> None:
        """Show all gradients, so that they are seen to follow the training."""
        if self._state.cursor == 0:
            self.move_cursor(len(self._state.steps))

    def _set_running(self, running: bool) -> None:
        self._state.progress.running = running
        self._state.training_changed.emit()

    # Building

    def _once_built(self, action: Callable[[], None]) -> None:
        """Do `action` with what has been typed last, also while that is still being built."""
        self.finish_typing()
        if self._building:
            self._when_built = action
        else:
            action()

    @property
    def _standing_run(self) -> int:
        """Return the run that stands; a newer one may be on its way, or may have failed."""
        return self._state.built.run if self._state.built else 0

    def _entries(self) -> tuple[Any, ...]:
        return self._state.catalogue.models if self._state.catalogue else ()

    def _check_text(self) -> bool:
        """Parse what is typed; tell whether it is an expression, and say so to the field."""
        # The grammar is loaded with the first expression, after the window has appeared.
        from gradviz.expression import parse

        state = self._state
        try:
            expression = parse(state.text)
        except ExpressionError as error:
            state.error = error
        else:
            state.error = None
            self._modes = ("point", "fit") if expression.parameters else ("point",)
        state.expression_checked.emit()
        return state.error is None

    def _build(self) -> None:
        if self._state.catalogue is None:
            return
        wanted = self._state.wanted_mode
        mode = wanted if wanted in self._modes else None
        self._state.change_model(mode=mode)
        self._run += 1
        self._building = True
        self._when_built = None
        self._send(BuildModel(self._run, self._state.model))

    # What the engine reports

    def on_event(self, event: Event) -> None:
        """Bring the state up to date; what a replaced model still sends is ignored."""
        match event:
            case EngineStarted():
                self._on_engine_started(event)
            case _ if event.run not in (self._run, self._standing_run):
                return
            case ModelBuilt():
                self._on_model_built(event)
            case BackwardRecorded():
                self._on_backward_recorded(event)
            case FrameTrained():
                self._on_frame_trained(event)
            case TrainingStopped():
                self._on_training_stopped(event)
            case TrainingReset():
                self._on_training_reset(event)
            case CommandFailed():
                self._on_command_failed(event)

    def on_engine_ended(self, code: int, lines: str) -> None:
        """Say that the engine has ended, and start another one."""
        state = self._state
        self._building = False
        self._when_built = None
        self._set_running(False)
        self._restarts += 1
        cause = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        if self._restarts > MAXIMUM_RESTARTS:
            state.engine = "ended"
            hint = "It ended too often to be started again. Change the model, then Model ▸ Restart."
        else:
            state.engine = "starting"
            hint = "It is being restarted, and the model rebuilt from what you chose."
            self._restart_engine()
        state.engine_changed.emit()
        state.noticed.emit(Notice("engine", f"The engine {cause}.", hint, details=lines))

    def restart_engine(self) -> None:
        """Start the engine anew and rebuild the model, as the user asks."""
        self._restarts = 0
        self._state.engine = "starting"
        self._state.engine_changed.emit()
        self._restart_engine()

    def _on_engine_started(self, event: EngineStarted) -> None:
        state = self._state
        first = state.catalogue is None
        state.engine = "ready"
        state.catalogue = event.catalogue
        state.engine_changed.emit()
        state.catalogue_changed.emit()
        if first and not state.text and event.catalogue.models:
            self.choose_model(_first_choice(event.catalogue.models))
        else:
            self.rebuild()

    def _on_model_built(self, event: ModelBuilt) -> None:
        state = self._state
        self._restarts = 0
        same_source = state.built is not None and state.built.model.source == event.model.source
        state.built = event
        state.model = msgspec.structs.replace(event.model, mode=state.model.mode)
        if not same_source:
            state.training = msgspec.structs.replace(event.training, steps=state.training.steps)
        state.progress = _fresh_progress(event)
        self._take_graph(event.graph)
        state.choice_changed.emit()
        state.model_built.emit()
        state.training_changed.emit()
        state.progressed.emit()
        if state.training.loss:
            self._take_training(state.training)
        self._on_build_ended(event.run, built=True)

    def _on_build_ended(self, run: int, *, built: bool) -> None:
        """Do what was asked for while the model was being built."""
        if run == self._run and self._building:
            self._building = False
            action, self._when_built = self._when_built, None
            if built and action is not None:
                action()

    def _take_graph(self, graph: Graph) -> None:
        """Show `graph`; the walk and the selection stay if the nodes are the same."""
        state = self._state
        if state.graph is None or graph.node.keys() != state.graph.node.keys():
            state.cursor = 0
            state.selected = None
            state.trace = None
        state.graph = graph

    def _on_backward_recorded(self, event: BackwardRecorded) -> None:
        state = self._state
        self._take_graph(event.graph)
        state.trace = event.trace
        state.cursor = min(state.cursor, len(event.trace.steps))
        state.recorded.emit()

    def _on_frame_trained(self, event: FrameTrained) -> None:
        progress = self._state.progress
        progress.step = event.step
        progress.losses.extend(event.losses.floats())
        # A run that diverged returns to a step whose loss an earlier frame may have brought.
        progress.losses.shorten(event.step)
        progress.prediction = event.prediction.floats()
        progress.parameters = event.parameters
        progress.equation = event.equation
        progress.steps_per_second = event.steps_per_second
        self._state.progressed.emit()

    def _on_training_stopped(self, event: TrainingStopped) -> None:
        self._set_running(False)
        if event.reason == "diverged":
            self._state.noticed.emit(Notice("training", event.message))

    def _on_training_reset(self, event: TrainingReset) -> None:
        state = self._state
        progress = Progress(parameters=event.parameters, equation=event.equation)
        progress.prediction = event.prediction.floats()
        progress.first_prediction = progress.prediction
        state.progress = progress
        state.training_changed.emit()
        state.progressed.emit()

    def _on_command_failed(self, event: CommandFailed) -> None:
        state = self._state
        self._on_build_ended(event.run, built=False)
        if state.progress.running and event.run == self._standing_run:
            self._set_running(False)
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
        subject: Subject = event.subject
        state.noticed.emit(Notice(subject, event.message, event.hint, event.details))

    def _return_to(self, model: Model) -> None:
        """Show again the choices of the model that still stands."""
        self._state.change_model(device=model.device, at=model.at, points=model.points)
        self._state.training_changed.emit()

    def report(self, subject: Subject, error: GradvizError) -> None:
        """Tell the user of an error that arose in the window itself."""
        self._state.noticed.emit(Notice(subject, error.message, error.hint))


def _first_choice(models: tuple[Any, ...]) -> str:
    names = [entry.name for entry in models]
    return "autograd" if "autograd" in names else names[0]


def _fresh_progress(event: ModelBuilt) -> Progress:
    progress = Progress(parameters=event.parameters, equation=event.equation)
    progress.prediction = event.prediction.floats()
    progress.first_prediction = progress.prediction
    return progress

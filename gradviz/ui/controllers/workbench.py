"""The user's actions in the window: choose a model, walk through its backward pass, train."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer

from gradviz.core.choices.catalogue import Mode, ModelEntry
from gradviz.core.choices.orders import DIRECTIONS
from gradviz.core.choices.plane_targets import suited_data
from gradviz.core.choices.settings import INPUTS, RECORDING_MB, Model
from gradviz.core.errors import ExpressionError, GradvizError
from gradviz.protocol.commands import BuildModel, ChangeData, Command, LimitRecording
from gradviz.session_files.contents import SavedSession
from gradviz.ui.controllers.changes_controller import ChangesController
from gradviz.ui.controllers.checks_controller import ChecksController
from gradviz.ui.controllers.comparison_controller import ComparisonController
from gradviz.ui.controllers.films.step_recalling import StepRecalling
from gradviz.ui.controllers.finding.find_controller import FindController
from gradviz.ui.controllers.groups.flops_controller import FlopsController
from gradviz.ui.controllers.groups.isolation_controller import IsolationController
from gradviz.ui.controllers.groups.showing_controller import ShowingController
from gradviz.ui.controllers.health_controller import HealthController
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.controllers.landscapes.landscape_controller import LandscapeController
from gradviz.ui.controllers.missing_controller import MissingController
from gradviz.ui.controllers.predicting.prediction_controller import PredictionController
from gradviz.ui.controllers.rules.latex_copying import LatexCopying
from gradviz.ui.controllers.rules.local_derivatives import LocalDerivatives
from gradviz.ui.controllers.sessions.session_exchange import SessionExchange
from gradviz.ui.controllers.source_controller import SourceController
from gradviz.ui.controllers.training_controller import TrainingController
from gradviz.ui.state.window_state import Notice, State, Subject

#: How long typing must rest before the model is rebuilt; the graph is to follow within 150 ms.
TYPING_PAUSE_MS = 110
#: The fields that only a user's own model has, empty as for every other model.
_NOT_OWN = {
    **dict.fromkeys(
        ("arguments", "inputs", "output", "weights", "own_loss", "own_target", "trusted"), ""
    ),
    "trusted_beside": (),
}


class Workbench(TrainingController):
    """Turns the user's actions into commands; the EngineEventHandler takes their answers."""

    def __init__(
        self, state: State, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(state, send, parent)
        self._run = 0
        #: The model that was asked for last, with its data at that time.
        self.asked = state.model
        self.comparison = ComparisonController(state, send, self)
        self.inspection = InspectionController(state, send, self)
        self.recalling = StepRecalling(state, send, self)
        self.derivatives = LocalDerivatives(state, self.inspection, self)
        self.latex = LatexCopying(state, self.inspection, self)
        self.sources = SourceController(state, self.inspection, self)
        self.health = HealthController(state, self.inspection, self.sources, self)
        self.flops = FlopsController(state, self.inspection, self)
        self.changes = ChangesController(state, send, self.inspection, self)
        self.checks = ChecksController(state, self.inspection, self)
        self.missing = MissingController(state, self.inspection, self)
        self.showing = ShowingController(state, self, self)
        self.isolation = IsolationController(state, self)
        self.finding = FindController(state, self.showing, self)
        self.predictions = PredictionController(state, self, self)
        self.landscape = LandscapeController(state, self.inspection, self.choose_numbers, self)
        self.sessions = SessionExchange(state, self, send, self)
        #: The memory for the tensors of a recording, in megabytes.
        self.recording_mb = RECORDING_MB
        self._building = False
        self._waiting_for: Model | None = None
        self._when_built: Callable[[], None] | None = None
        self._modes: tuple[Mode, ...] = ()
        #: How many numbers the typed model takes for each point.
        self._inputs = 1
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.build_typed)

    @property
    def kept_title(self) -> str:
        """Return the title of the recording that is kept for comparison; empty where none is."""
        return self.changes.kept.title if self.changes.kept is not None else ""

    @property
    def newest_run(self) -> int:
        """Return the run that was asked for last."""
        return self._run

    # The user's choices

    def choose_workspace(self, name: str) -> None:
        """Arrange the panels as the workspace with this id has them."""
        if name != self._state.workspace:
            self._state.workspace = name
            self._state.workspace_changed.emit()

    def choose_minimap(self, wanted: bool) -> None:
        """Have a minimap where a part of the graph alone is in sight, or never."""
        if wanted != self._state.minimap:
            self._state.minimap = wanted
            self._state.minimap_changed.emit()

    def present(self, wanted: bool) -> None:
        """Show the graph and one panel, large, or the whole window again."""
        if wanted != self._state.presenting:
            self._state.presenting = wanted
            self._state.presenting_changed.emit()

    def type_text(self, text: str) -> None:
        """Take the text of the expression field; the model follows when typing rests."""
        self._state.text = text
        self._pause.start()

    def finish_typing(self) -> None:
        """Build the typed expression without waiting for typing to rest."""
        if self._pause.isActive():
            self.build_typed()

    def build_typed(self) -> None:
        """Check the typed text, and build it if it is a model."""
        self._pause.stop()
        if self._check_text():
            initial = self._initial_of(self._state.text)
            self._forget_direction(self._state.text)
            data = suited_data(self._state.model, self._inputs)
            self._state.change_model(source=self._state.text, initial=initial, **data, **_NOT_OWN)
            self._build()

    def choose_model(self, name: str) -> None:
        """Take a model of the catalogue; the field shows its expression."""
        entry = next((entry for entry in self._entries() if entry.name == name), None)
        if entry is None:
            return
        self._pause.stop()
        state = self._state
        state.text = f"y = {entry.expression}" if entry.expression else ""
        state.error = None
        state.wanted_mode = None
        self._forget_direction(name)
        data = suited_data(state.model, 1)
        state.change_model(source=name, mode=None, initial={}, **data, **_NOT_OWN)
        state.expression_checked.emit()
        self._modes = entry.modes
        self._build()
        self._when_built = self.tell_kept_training

    def choose_own(self, model: Model) -> None:
        """Take a trusted file of the user's, with the arguments and inputs of `model`."""
        self._pause.stop()
        state = self._state
        state.text = ""
        state.error = None
        state.wanted_mode = None
        self._forget_direction(model.source)
        chosen = {name: getattr(model, name) for name in ("source", *_NOT_OWN)}
        state.change_model(mode=None, initial={}, **chosen)
        state.expression_checked.emit()
        self._modes = ()
        self._build()

    def take_session(self, work: SavedSession) -> None:
        """Build the model of a session; what it was trained with follows once it is built."""
        self._state.training = work.training
        self._state.training_changed.emit()
        self.take_model(work.text, work.model)

    def take_model(self, text: str, model: Model) -> None:
        """Build a model that stood before, with all its settings; the field shows `text`."""
        self._pause.stop()
        state = self._state
        state.text, state.model = text, model
        entry = next((each for each in self._entries() if each.name == model.source), None)
        if entry is None and not model.trusted:
            self._check_text()
        else:
            state.error, self._modes = None, entry.modes if entry is not None else ()
        state.wanted_mode = model.mode
        state.expression_checked.emit()
        self._build()

    def give_up(self) -> None:
        """Return to the previous model from one that is not waited for any longer.

        A model that was chosen after it is kept.
        """
        state, given_up = self._state, self._waiting_for
        if given_up is None or state.model != given_up:
            return
        built = state.built.model if state.built else None
        names = [entry.name for entry in self._entries()]
        if built is None or built == given_up:
            if names:
                self.choose_model(names[0])
        elif built.source in names:
            self.choose_model(built.source)
        elif built.trusted:
            self.choose_own(built)
        else:
            state.text = built.source
            state.expression_checked.emit()
            self.build_typed()

    def choose_mode(self, mode: Mode) -> None:
        """Switch between the gradient at a point and the fit."""
        self._state.wanted_mode = mode
        self.rebuild()

    def choose_device(self, name: str) -> None:
        """Rebuild the model on another device; the old one stays if that fails."""
        self._change_and_rebuild(device=name)

    def choose_point(self, at: float, name: str = "x") -> None:
        """Take the gradient at another value of an input."""
        if name == "x":
            self._change_and_rebuild(at=at)
        else:
            self._change_and_rebuild(point={**self._state.model.point, name: at})

    def choose_seed(self, seed: int) -> None:
        """Draw the initial parameters from another seed."""
        self._change_and_rebuild(seed=seed)

    def choose_points(self, points: int) -> None:
        """Fit another number of points."""
        self.choose_data(points=points)

    def choose_data(self, **changes: Any) -> None:
        """Fit the current model to other data, with its present weights."""
        state = self._state
        if all(getattr(state.model, name) == value for name, value in changes.items()):
            return
        state.change_model(**changes)
        over_x = state.trainable and state.built is not None and state.built.x is not None
        if over_x and not self._building and not self._pause.isActive():
            self._send(ChangeData(self.standing_run, state.model))
        else:
            self.rebuild()

    def choose_dtype(self, dtype: str) -> None:
        """Build the model in another precision."""
        self._change_and_rebuild(dtype=dtype)

    def choose_initial(self, name: str, value: float | None) -> None:
        """Let a parameter start at a value; None draws it from the seed again."""
        initial = dict(self._state.model.initial)
        if value is None:
            initial.pop(name, None)
        else:
            initial[name] = value
        self._change_and_rebuild(initial=initial)

    def choose_numbers(self, values: Mapping[str, float]) -> None:
        """Take the gradient at other inputs, or let parameters start at other values, by name."""
        model, inputs = self._state.model, self._state.built.inputs if self._state.built else {}
        point = {name: value for name, value in values.items() if name in inputs}
        starts = {name: value for name, value in values.items() if name not in inputs}
        at = point.pop("x", model.at)
        self._change_and_rebuild(
            at=at, point={**model.point, **point}, initial={**model.initial, **starts}
        )

    def choose_order(self, order: int) -> None:
        """Show the graph of the output (1), that of its gradient (2), or that of one more (3)."""
        self._change_and_rebuild(order=order)

    def choose_direction(self, direction: str) -> None:
        """Differentiate the gradient along another direction: a word of DIRECTIONS, or a leaf."""
        self._change_and_rebuild(direction=direction)

    def choose_recording_mb(self, megabytes: int) -> None:
        """Let the tensors of a recording take that much memory, from here on."""
        if megabytes != self.recording_mb:
            self.recording_mb = megabytes
            self.record_again()

    def choose_language(self, code: str) -> None:
        """Take the code of the language that was chosen; empty for that of the system."""
        self._state.language = code

    def record_again(self) -> None:
        """Have the shown pass recorded again; what panels know of it they ask for again."""
        if self._state.built is not None:
            self._send(LimitRecording(self._state.built.run, self.recording_mb))

    def choose_data_folder(self, folder: str) -> None:
        """Train on the images in a folder; on drawn shapes if it is empty.

        It is the chosen model that learns from them, or the first one that can.
        """
        learners = [entry.name for entry in self._entries() if entry.images]
        if self._state.model.source in learners:
            self._change_and_rebuild(data_folder=folder)
        else:
            self._state.change_model(data_folder=folder)
            for name in learners[:1]:
                self.choose_model(name)

    def _change_and_rebuild(self, **changes: Any) -> None:
        current = {name: getattr(self._state.model, name) for name in changes}
        if current != changes:
            self._state.change_model(**changes)
            self.rebuild()

    def rebuild(self) -> None:
        """Build the last model again, or the expression that has been typed since."""
        if self._pause.isActive() or not self._state.model.source:
            self.build_typed()
        else:
            self._build()

    # Building

    def once_built(self, action: Callable[[], None]) -> None:
        """Run `action` on the model that was typed or chosen last, once it is built."""
        self.finish_typing()
        if self._building:
            self._when_built = action
        else:
            action()

    def _entries(self) -> tuple[ModelEntry, ...]:
        return self._state.catalogue.models if self._state.catalogue else ()

    def _check_text(self) -> bool:
        """Parse the typed text; tell whether it is a model, and give the field its error."""
        # The grammar is loaded with the first expression, after the window has appeared.
        from gradviz.expression.typed_models import typed_model

        state = self._state
        try:
            typed = typed_model(state.text)
            self._modes, self._inputs = typed.modes, typed.inputs
        except ExpressionError as error:
            state.error = error
        else:
            state.error = None
        state.expression_checked.emit()
        return state.error is None

    def _forget_direction(self, source: str) -> None:
        """Let no leaf of the current model be the direction for another one."""
        model = self._state.model
        if source != model.source and model.direction not in DIRECTIONS:
            self._state.change_model(direction=DIRECTIONS[0])

    def _initial_of(self, text: str) -> dict[str, float]:
        """Return the chosen initial values of the parameters that a typed model has."""
        from gradviz.expression.typed_models import typed_model

        initial = self._state.model.initial
        names = typed_model(text).starting if initial else ()
        return {name: value for name, value in initial.items() if name in names}

    def _build(self) -> None:
        if self._state.catalogue is None:
            return
        wanted = self._state.wanted_mode
        mode = wanted if wanted in self._modes else None
        self._state.change_model(mode=mode)
        if (mode or ("point" if self._modes == ("point",) else "fit")) == "point":
            # A letter that is an input has its value in a box, and none to start at.
            initial = self._state.model.initial
            starts = {name: value for name, value in initial.items() if name not in INPUTS}
            self._state.change_model(initial=starts)
        self._run += 1
        self._waiting_for = self._waiting_for or self._state.model
        self._set_building(True)
        self._when_built = None
        self.asked = self._state.model
        self._send(BuildModel(self._run, self.asked, self.recording_mb))

    def stop_waiting(self) -> None:
        """Expect no more answers of an engine that has ended."""
        self._waiting_for = None
        self._set_building(False)
        self._when_built = None

    def end_building(self, run: int, *, built: bool) -> None:
        """Take that the building has ended; run the action that waited for the model."""
        if run == self._run and self._building:
            self._waiting_for = None
            self._set_building(False)
            action, self._when_built = self._when_built, None
            if built and action is not None:
                action()

    def _set_building(self, building: bool) -> None:
        self._building = building
        if self._state.building != building:
            self._state.building = building
            self._state.building_changed.emit()

    def report(self, subject: Subject, error: GradvizError, details: str = "") -> None:
        """Tell the user of an error that arose in the window itself."""
        self._state.noticed.emit(Notice(subject, error.message, error.hint, details))

    def on_written(self, error: Exception | None) -> None:
        """Take the end of writing a file in the background, and tell where it has failed."""
        if isinstance(error, GradvizError):
            self.report("export", error)
        elif error is not None:
            raise error
        else:
            self.tell_exported()

    def tell_exported(self) -> None:
        """Say that something was written, which ends the notice of an earlier failure to."""
        self._state.exported.emit()

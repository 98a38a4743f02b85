"""The window's observable state: panels read it and repaint at its signals."""

import math
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from gradviz.core.choices.catalogue import (
    Catalogue,
    Mode,
    ModelEntry,
    OptimizerEntry,
    SchedulerEntry,
)
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExpressionError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.findings.predicting.hidden_trace import HiddenTraces, is_hidden
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.isolation import Isolated, WayEnd
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Floats, floats_of
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import TURN, first_cursor, forward_now
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted
from gradviz.protocol.events import ImagesClassified, ModelBuilt, PassesListed, PlaneClassified
from gradviz.session_files.contents import SavedSession
from gradviz.ui.state.comparison_state import ComparisonState
from gradviz.ui.state.lesson_state import LessonState
from gradviz.ui.state.loss_history import LossHistory as LossHistory
from gradviz.ui.state.notice_causes import Notice as Notice
from gradviz.ui.state.notice_causes import Subject as Subject
from gradviz.ui.state.shown_groups import ShownGroups

EngineStatus = Literal["starting", "ready", "ended"]
#: Older ones are forgotten.
MAXIMUM_BRANCHES = 4


@dataclass(frozen=True)
class Branch:
    """The losses after `start` steps that were left when training went on from there.

    `losses` has shape (n,), the first of them the loss after `start` steps. `data_steps` are the
    steps after which the data were changed.
    """

    start: int
    losses: Floats
    data_steps: tuple[int, ...] = ()


@dataclass
class Progress:
    """The progress of the run's training, and the model at the shown step.

    Attributes:
        entries: Shape (n,): the numbers of the model that `ModelBuilt.entries` names.
        step: The step that is shown, which is the newest one unless `newest` says otherwise.
        newest: How many steps are done in all, while an earlier one is shown; else None.
        visited_loss: The loss after `step` steps, while an earlier one is shown.
        learning_rate: That of the next step, where the engine has reported it.
        awaited: The step to be shown next, as the engine has been asked; None where it answered.
        wanted: The step to be asked for when it has answered.
        branches: The steps left behind where training went on from an earlier step, oldest first.
        explained: The changes of the last step before `explained_step` steps.
        failed_step: The step that could not be done, after a training that diverged: the newest, or
            the one after it, which can be shown too.
        data_steps: The steps after which the data were changed: losses are not joined across them.
    """

    running: bool = False
    step: int = 0
    losses: LossHistory = field(default_factory=LossHistory)
    parameters: dict[str, float] = field(default_factory=dict)
    first_prediction: Floats | None = None
    prediction: Floats | None = None
    first_curve: Floats | None = None
    curve: Floats | None = None
    entries: Floats | None = None
    equation: str = ""
    steps_per_second: float = 0.0
    learning_rate: float | None = None
    newest: int | None = None
    visited_loss: float | None = None
    awaited: int | None = None
    wanted: int | None = None
    branches: list[Branch] = field(default_factory=list)
    explained: OptimizerStep | None = None
    explained_step: int = 0
    failed_step: int | None = None
    data_steps: tuple[int, ...] = ()

    @classmethod
    def beginning_with(cls, snapshot: Snapshot) -> "Progress":
        """Return the progress of a training that has not begun."""
        progress = cls()
        progress.show(snapshot)
        progress.first_prediction, progress.first_curve = progress.prediction, progress.curve
        return progress

    def show(self, snapshot: Snapshot) -> None:
        """Show the model at another moment."""
        self.prediction = floats_of(snapshot.prediction)
        self.curve = floats_of(snapshot.curve)
        self.entries = floats_of(snapshot.entries)
        self.parameters = snapshot.parameters
        self.equation = snapshot.equation

    @property
    def newest_step(self) -> int:
        """Return how many steps are done in all."""
        return self.step if self.newest is None else self.newest

    @property
    def last_step(self) -> int:
        """Return the last step that can be shown: the newest, or the one that failed after it."""
        return max(self.newest_step, self.failed_step or 0)

    @property
    def leaves_failed(self) -> bool:
        """Tell whether the pass after the newest step is shown, from which no training goes on."""
        return self.newest is not None and self.step > self.newest

    def named_step(self, step: int) -> str:
        """Return the words for the moment after `step` steps."""
        if step == self.failed_step:
            return tr("the pass that failed, step {step}", step=counted(step))
        return (
            tr("step {step} of {last}", step=counted(step), last=counted(self.newest_step))
            if step < self.newest_step
            else tr("step {step}", step=counted(step))
        )

    @property
    def coming_step(self) -> int:
        """Return the step that is shown once the engine has answered."""
        coming = self.wanted if self.wanted is not None else self.awaited
        return self.step if coming is None else coming

    def begin_branch(self) -> bool:
        """Make a branch of the steps after a shown earlier one; tell whether it was earlier."""
        if self.newest is None:
            return False
        if self.leaves_failed:
            self.step, self.newest, self.visited_loss = self.newest, None, None
            return False
        left = self.losses.values[self.step :].copy()
        self.branches.append(Branch(self.step, left, self.data_steps))
        del self.branches[:-MAXIMUM_BRANCHES]
        self.losses.shorten(self.step)
        self.newest = self.visited_loss = None
        return True


class State(QObject):
    """The window's state: controllers write it, everything else reads it and follows its signals.

    The EngineEventHandler, with its parts, writes the engine's reports: the engine, the catalogue,
    the graph with its recording, the progress; after a failure also the choices, which return to
    those of the current model. The controller of a choice writes the user's choices: text, model
    and mode by the Workbench, the training and whether it runs by the TrainingController, the
    cursor, the selection and `picked` by the WalkController, `isolated` and the beginning of a way
    by the IsolationController, `checking`, `compared` and `comparison` by the controllers of these
    names, `shown` by the ShowingController, `left_open` by Recovery, the titles of undo and redo by
    the UndoHistory, `predicting` and `revealed` by the PredictionController.
    """

    engine_changed = Signal()
    catalogue_changed = Signal()
    choice_changed = Signal()
    data_changed = Signal()
    expression_checked = Signal()
    model_built = Signal()
    recorded = Signal()
    cursor_moved = Signal()
    selection_changed = Signal()
    isolation_changed = Signal()
    way_begun = Signal()
    picked_changed = Signal()
    training_changed = Signal()
    pace_changed = Signal()
    workspace_changed = Signal()
    minimap_changed = Signal()
    progressed = Signal()
    branched = Signal()
    step_explained = Signal()
    noticed = Signal(object)
    #: A notice whose cause is gone.
    withdrawn = Signal(object)
    #: Something was written to a file or the clipboard.
    exported = Signal()
    building_changed = Signal()
    images_classified = Signal()
    plane_classified = Signal()
    passes_listed = Signal()
    checks_changed = Signal()
    history_changed = Signal()
    presenting_changed = Signal()
    language_changed = Signal()
    #: It is known how the engine says now what it said in another language.
    engine_said_again = Signal()

    def __init__(
        self, parent: QObject | None = None, *, attached: bool = False, in_file: bool = False
    ) -> None:
        super().__init__(parent)
        self.engine: EngineStatus = "starting"
        #: Whether the tensors are those of another program, which builds and trains its own model.
        self.attached = attached
        #: Whether that program may have ended long since, and a file has its tensors.
        self.in_file = in_file
        #: The passes that such a program has kept, of which one is shown.
        self.passes: PassesListed | None = None
        self.catalogue: Catalogue | None = None
        self.text = ""
        self.error: ExpressionError | None = None
        self.model = Model(source="")
        self.wanted_mode: Mode | None = None
        self.training = Training(optimizer="", learning_rate=1e-6)
        #: The most steps that training does in a second; 0 is as many as can be.
        self.pace = 0.0
        #: The id of the workspace that arranges the panels.
        self.workspace = ""
        #: What undo and redo would do, in words; empty where there is nothing.
        self.undo_title = ""
        self.redo_title = ""
        #: Whether the graph and one panel alone are shown, large, in front of a class.
        self.presenting = False
        #: The code of the chosen language of the window; empty for that of the system.
        self.language = ""
        #: Whether the minimap is there where a part of the graph alone is in sight.
        self.minimap = True
        #: Whether edges show the derivative of their end by their start.
        self.local_derivatives = False
        self.building = False
        self.built: ModelBuilt | None = None
        self.graph: Graph | None = None
        self._hidden: HiddenTraces | None = None
        self._trace: Trace | None = None
        #: Whether the gradients of a step are hidden until they are asked for.
        self.predicting = False
        #: The last step whose gradients were asked for.
        self.revealed = 0
        #: The number of the recorded pass that is shown, by which the engine knows its tensors.
        self.recording = 0
        #: The tensors of that pass too large to be kept: they come of running the pass again.
        self.let_go: frozenset[TensorPlace] = frozenset()
        #: The position of the walk: backward steps from 1 on, the turn at 0, forward steps below.
        self.cursor = 0
        #: Whether the walk of another graph begins before its forward steps, or at the turn.
        self.begins_at_inputs = False
        #: Whether a recording is kept that others are compared with.
        self.compared = False
        self.selected: str | None = None
        #: What another window had open when it crashed; None once it is restored.
        self.left_open: SavedSession | None = None
        #: The part of the graph that alone is shown in full; None for all of it.
        self.isolated: Isolated | None = None
        #: The nodes in a rectangle that was drawn over the graph.
        self.picked: frozenset[str] = frozenset()
        #: Where a way begins that is to be isolated; None where none was begun.
        self.way_begins: WayEnd | None = None
        #: Whether recorded gradients are being checked.
        self.checking = False
        self.progress = Progress()
        self.comparison = ComparisonState(self)
        self.shown = ShownGroups(self)
        self.lesson = LessonState(self)
        #: The classifier's tests, step by step; the last is the newest.
        self.tests: list[ImagesClassified] = []
        #: What a network of two inputs makes of the plane; None for any other model.
        self.surface: PlaneClassified | None = None

    @property
    def trace(self) -> Trace | None:
        """Return the recorded pass as it is shown: gradients to be predicted first are hidden."""
        trace = self._trace
        if not self.predicting or trace is None:
            return trace
        if self._hidden is None or self._hidden.trace is not trace:
            self._hidden = HiddenTraces(trace)
        return self._hidden.shown_until(max(self.revealed, self.cursor - 1))

    @trace.setter
    def trace(self, trace: Trace | None) -> None:
        if trace is not self._trace:
            self._trace, self._hidden, self.revealed = trace, None, 0

    @property
    def recorded_trace(self) -> Trace | None:
        """Return the recorded pass with all of its numbers."""
        return self._trace

    @property
    def hides_step(self) -> bool:
        """Tell whether the gradients of the current step are still to be predicted."""
        step = self.current_step
        return step is not None and is_hidden(step)

    @property
    def mode(self) -> Mode | None:
        """Return the mode of the current model."""
        return self.built.mode if self.built else None

    @property
    def shown_pass(self) -> tuple[int, int]:
        """Return the run and the number of the recorded pass that is shown.

        The number alone does not tell two passes apart: each run counts its own from 1.
        """
        return self.built.run if self.built else 0, self.recording

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of the recorded backward pass, none before there is one."""
        return self.trace.steps if self.trace else ()

    @property
    def current_step(self) -> Step | None:
        """Return the backward step that the walk has reached, None before the first."""
        return self.steps[self.cursor - 1] if 0 < self.cursor <= len(self.steps) else None

    @property
    def first_cursor(self) -> int:
        """Return where the walk begins: before the first forward step."""
        return first_cursor(self.trace)

    @property
    def beginning(self) -> int:
        """Return where the user has the walk begin."""
        return self.first_cursor if self.begins_at_inputs else TURN

    @property
    def current_node(self) -> str | None:
        """Return the node of the current step, forwards or backwards; None between steps."""
        step = self.current_step
        return step.node if step else forward_now(self.trace, self.cursor)

    @property
    def inspected(self) -> str | None:
        """Return the node to inspect: the selected one, else that of the current step.

        While a group is chosen there is none.
        """
        if self.selected is not None:
            return self.selected
        return None if self.shown.selected else self.current_node

    @property
    def inspected_item(self) -> str | None:
        """Return the chosen box or frame of a group, else that which is drawn for `inspected`."""
        if self.shown.selected:
            return self.shown.selected
        node = self.inspected
        return None if node is None or self.graph is None else self.shown.item_of(self.graph, node)

    @property
    def chosen_item(self) -> str | None:
        """Return the chosen box or frame of a group, else the inspected node itself."""
        return self.shown.selected or self.inspected

    @property
    def shown_moment(self) -> str:
        """Return the words for the step whose model is shown; empty for what is not trained."""
        return self.progress.named_step(self.progress.step) if self.trainable else ""

    @property
    def recorded_moment(self) -> str:
        """Return the words for the step whose pass is shown; empty for what is not trained.

        It is that of the model, but for a moment while training runs.
        """
        if not self.trainable or self.trace is None:
            return ""
        at = self.trace.at_step
        if self.progress.running:
            return tr("step {step}", step=counted(at))
        return self.progress.named_step(at)

    @property
    def trainable(self) -> bool:
        """Tell whether the current model can be trained."""
        return self.built is not None and self.built.mode == "fit"

    @property
    def output_number(self) -> float | None:
        """Return the value of the output; None where it is that of a program, and no number."""
        built, graph = self.built, self.graph
        if built is None or graph is None:
            return None
        one = math.prod(graph.node[graph.output].shape) == 1
        return built.output if one or not math.isnan(built.output) else None

    @property
    def built_entry(self) -> ModelEntry | None:
        """Return the catalogue's entry of the current model; None where it has none."""
        if self.built is None or self.catalogue is None:
            return None
        return self.catalogue.model(self.built.model.source)

    def optimizer_of(self, training: Training) -> OptimizerEntry:
        """Return the catalogue's entry; before there is a catalogue, one without options."""
        entries = self.catalogue.optimizers if self.catalogue else ()
        found = (entry for entry in entries if entry.name == training.optimizer)
        return next(found, OptimizerEntry(name="", title=""))

    def scheduler_of(self, training: Training) -> SchedulerEntry:
        """Return the catalogue's entry; without a scheduler, one without options."""
        return self.scheduler_named(training.scheduler)

    def scheduler_named(self, name: str) -> SchedulerEntry:
        """Return the catalogue's scheduler of that name; without one, an entry without options."""
        found = self.catalogue.scheduler(name) if self.catalogue else None
        return found or SchedulerEntry(name="", title="")

    def change_model(self, **changes: object) -> None:
        """Replace fields of the chosen model and say so."""
        self.model = msgspec.structs.replace(self.model, **changes)
        self.choice_changed.emit()

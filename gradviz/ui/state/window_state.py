"""What the window knows, observable: panels read it and repaint when its signals say so."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from gradviz.core.choices.catalogue import Catalogue, Mode, OptimizerEntry, SchedulerEntry
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExpressionError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Floats
from gradviz.core.graphs.trace import Step, Trace
from gradviz.core.graphs.walk import TURN, first_cursor, forward_now
from gradviz.protocol.events import FailureSubject, ImagesClassified, ModelBuilt
from gradviz.ui.state.comparison_state import ComparisonState
from gradviz.ui.state.loss_history import LossHistory as LossHistory

EngineStatus = Literal["starting", "ready", "ended"]
Subject = FailureSubject | Literal["layout", "export", "window"]
#: Older ones are forgotten.
MAXIMUM_BRANCHES = 4


@dataclass(frozen=True)
class Notice:
    """Something that the user must know: what happened and what to do, where it belongs.

    `field` names what of a user's own model is to be put right; `action` is the id of an action
    that is offered beside the message.
    """

    subject: Subject
    message: str
    hint: str = ""
    details: str = ""
    serious: bool = True
    field: str = ""
    action: str = ""


@dataclass(frozen=True)
class Branch:
    """What came after `start` steps before training went on from there otherwise.

    `losses` has shape (n,), the first of them the loss after `start` steps.
    """

    start: int
    losses: Floats


@dataclass
class Progress:
    """How far the training of the run has come, and what it shows.

    Attributes:
        step: The step that is shown, which is the newest one unless `newest` says otherwise.
        newest: How many steps are done in all, while an earlier one is shown; else None.
        visited_loss: The loss after `step` steps, while an earlier one is shown.
        learning_rate: That of the next step, where the engine has told it.
        awaited: The step to be shown next, as the engine has been asked; None where it answered.
        wanted: The step to be asked for when it has answered.
        branches: What was left behind where training went on from an earlier step, oldest first.
        explained: What the last step before `explained_step` steps did.
    """

    running: bool = False
    step: int = 0
    losses: LossHistory = field(default_factory=LossHistory)
    parameters: dict[str, float] = field(default_factory=dict)
    first_prediction: Floats | None = None
    prediction: Floats | None = None
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

    @property
    def newest_step(self) -> int:
        """Return how many steps are done in all."""
        return self.step if self.newest is None else self.newest

    @property
    def coming_step(self) -> int:
        """Return the step that is shown once the engine has answered."""
        coming = self.wanted if self.wanted is not None else self.awaited
        return self.step if coming is None else coming

    def begin_branch(self) -> bool:
        """Leave behind what came after an earlier step that is shown; tell whether it is one."""
        if self.newest is None:
            return False
        self.branches.append(Branch(self.step, self.losses.values[self.step :].copy()))
        del self.branches[:-MAXIMUM_BRANCHES]
        self.losses.shorten(self.step)
        self.newest = self.visited_loss = None
        return True


class State(QObject):
    """The window's state; only the Workbench writes it."""

    engine_changed = Signal()
    catalogue_changed = Signal()
    choice_changed = Signal()
    data_changed = Signal()
    expression_checked = Signal()
    model_built = Signal()
    recorded = Signal()
    cursor_moved = Signal()
    selection_changed = Signal()
    training_changed = Signal()
    progressed = Signal()
    branched = Signal()
    step_explained = Signal()
    noticed = Signal(object)
    #: A notice whose cause is gone.
    withdrawn = Signal(object)
    building_changed = Signal()
    images_classified = Signal()
    checks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine: EngineStatus = "starting"
        self.catalogue: Catalogue | None = None
        self.text = ""
        self.error: ExpressionError | None = None
        self.model = Model(source="")
        self.wanted_mode: Mode | None = None
        self.training = Training(optimizer="", learning_rate=1e-6)
        self.building = False
        self.built: ModelBuilt | None = None
        self.graph: Graph | None = None
        self.trace: Trace | None = None
        #: The number of the recorded pass that is shown, by which the engine knows its tensors.
        self.recording = 0
        #: What of that pass was too large to be kept: it is found by running the pass again.
        self.let_go: frozenset[TensorPlace] = frozenset()
        #: Where the walk stands: backward steps from 1 on, the turn at 0, forward steps below.
        self.cursor = 0
        #: Whether the walk of another graph begins before its forward steps, or at the turn.
        self.begins_at_inputs = False
        self.playing = False
        #: Whether a recording is kept that others are compared with.
        self.compared = False
        self.selected: str | None = None
        #: Whether recorded gradients are being checked.
        self.checking = False
        self.progress = Progress()
        self.comparison = ComparisonState(self)
        #: What the classifier made of the test, step by step; the last is the newest.
        self.tests: list[ImagesClassified] = []

    @property
    def mode(self) -> Mode | None:
        """Return the mode of the model that stands."""
        return self.built.mode if self.built else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of the recorded backward pass, none before there is one."""
        return self.trace.steps if self.trace else ()

    @property
    def current_step(self) -> Step | None:
        """Return the step at which the walk stands, None before the first."""
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
        """Return the node to inspect: the selected one, else that of the current step."""
        if self.selected is not None:
            return self.selected
        return self.current_node

    @property
    def trainable(self) -> bool:
        """Tell whether the model that stands can be trained."""
        return self.built is not None and self.built.mode == "fit"

    def optimizer_of(self, training: Training) -> OptimizerEntry:
        """Return the catalogue's entry; before there is a catalogue, one without options."""
        entries = self.catalogue.optimizers if self.catalogue else ()
        found = (entry for entry in entries if entry.name == training.optimizer)
        return next(found, OptimizerEntry(name="", title=""))

    def scheduler_of(self, training: Training) -> SchedulerEntry:
        """Return the catalogue's entry; without a scheduler, one without options."""
        entries = self.catalogue.schedulers if self.catalogue else ()
        found = (entry for entry in entries if entry.name == training.scheduler)
        return next(found, SchedulerEntry(name="", title=""))

    def change_model(self, **changes: object) -> None:
        """Replace fields of the chosen model and say so."""
        self.model = msgspec.structs.replace(self.model, **changes)
        self.choice_changed.emit()

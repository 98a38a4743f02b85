"""The events of the engine: each is a fact, with the run that it is about."""

from typing import Literal

import msgspec

from gradviz.core.choices.catalogue import Catalogue, Mode
from gradviz.core.choices.comparison import Standing
from gradviz.core.choices.images import ImageSet
from gradviz.core.choices.plane_targets import PlaneSet
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.findings.changes import Kept
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.findings.snapshot import Snapshot
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Array
from gradviz.core.graphs.trace import Trace
from gradviz.core.landscapes.entries import ModelNumber
from gradviz.protocol.questions import Answer
from gradviz.protocol.training_state import StatePart


class EngineStarted(msgspec.Struct, frozen=True, tag=True):
    """The engine is ready; this is all that it offers."""

    catalogue: Catalogue


class ModelBuilt(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Run `run` was built: its settings, its graph, and the data to plot.

    Attributes:
        mode: The mode that was chosen or, where none was, follows from the source.
        training: The training that suits the model, to start from.
        snapshot: The model with its initial weights.
        output: The value of y in mode "point", of the loss in mode "fit".
        x: Shape (points,), as the prediction; None where the model is no curve over x. At a point
            it is the first of the inputs, while the others keep their values.
        target: Shape (points,); None in mode "point", and where there is no curve.
        grid: Shape (grid points,): the x at which the curve is drawn in mode "fit", where those of
            the data are few or of a file; None where the data are dense themselves.
        own: The parts of a file of the user's, if it is one.
        shapes: Graphs of further shapes that training will build, as far as that is known.
        images: The images that a classifier learns from; None for any other model.
        plane: The points that a network of two inputs learns; None for any other model.
        inputs: In mode "point" the values of x, y and z by name, those that the model has.
        notes: Sentences on inputs at which a part of a typed expression has no real value.
        entries: The single numbers of the model that are told at each moment, inputs first; of a
            model with many it is a selection.
    """

    run: int
    model: Model
    mode: Mode
    modes: tuple[Mode, ...]
    graph: Graph
    training: Training
    snapshot: Snapshot
    output: float
    x: Array | None = None
    target: Array | None = None
    grid: Array | None = None
    shapes: tuple[Graph, ...] = ()
    own: OwnParts | None = None
    images: ImageSet | None = None
    plane: PlaneSet | None = None
    inputs: dict[str, float] = {}
    notes: tuple[str, ...] = ()
    entries: tuple[ModelNumber, ...] = ()


class DataChanged(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The run is fitted to other data from here on, with the weights that it has.

    Attributes:
        model: The settings of the run, with the new data.
        x, target, prediction: Shape (points,).
        first_prediction: Shape (points,): the prediction of the initial weights for the new x.
        grid, curve, first_curve: Shape (grid points,): the x at which the curves are drawn, and
            both predictions there; None where the data are dense themselves.
        data_steps: The steps after which the data were changed: losses before and after cannot be
            compared.
    """

    run: int
    model: Model
    x: Array
    target: Array
    prediction: Array
    first_prediction: Array
    grid: Array | None = None
    curve: Array | None = None
    first_curve: Array | None = None
    data_steps: tuple[int, ...] = ()


class LearningRateChanged(msgspec.Struct, frozen=True, tag=True):
    """The learning rate of the next step, where a scheduler gives it."""

    run: int
    learning_rate: float


class BackwardRecorded(msgspec.Struct, frozen=True, tag=True):
    """One whole backward pass; `graph` has the forward values and saved tensors of its moment.

    `recording` numbers the passes of a run: the engine keeps the tensors of the newest, but for
    those at the places `let_go`, which were too large; it finds these by running the pass again.
    """

    run: int
    graph: Graph
    trace: Trace
    recording: int = 0
    let_go: tuple[TensorPlace, ...] = ()


class FrameTrained(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The progress of the training since the last frame.

    Attributes:
        step: How many steps are done in all.
        losses: Shape (n,): the loss before each of the last n steps, oldest first.
        snapshot: The model after the last step.
        steps_per_second: Measured over the time spent training in this run of steps; where it is
            slowed, over the last second.
        learning_rate: That of the next step.
        data_steps: As in DataChanged.
    """

    run: int
    step: int
    losses: Array
    snapshot: Snapshot
    steps_per_second: float
    learning_rate: float = 0.0
    data_steps: tuple[int, ...] = ()


StopReason = Literal["finished", "paused", "diverged"]


class TrainingStopped(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Training has stopped after `step` steps, and why; with a message where it diverged.

    `failed_step` is the step that could not be done: `step` itself, or the one after it where the
    last update made a loss that is not finite; that one can be visited too.
    """

    run: int
    step: int
    reason: StopReason
    message: str = ""
    failed_step: int | None = None


class TrainingReset(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The run is back at its initial weights and at step 0."""

    run: int
    snapshot: Snapshot


class StepVisited(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The moment after `step` steps was computed again, exactly as it was.

    Attributes:
        newest: How many steps are done in all; at that step nothing of the past is shown, and the
            step after it is that of the pass that failed.
        loss: The loss that the next step begins with; there it is not finite.
        snapshot: The model at that moment.
        data_steps: As in DataChanged.
    """

    run: int
    step: int
    newest: int
    loss: float
    snapshot: Snapshot
    data_steps: tuple[int, ...] = ()


class StepRecalled(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The answer to `RecallStep`: the moment packed, or why there is none.

    Attributes:
        moment: A `RecalledMoment` as `moments.packed` made it: who only hands it on need not read
            it. Empty where there is none.
        future: How often steps have been forgotten: moments of one future are of the same steps.
        message, hint: Why there is no moment.
    """

    run: int
    number: int
    step: int
    moment: bytes = b""
    future: int = 0
    message: str = ""
    hint: str = ""


class OptimizerStepExplained(msgspec.Struct, frozen=True, tag=True):
    """The changes of the last of `step` steps; None where no step is done yet."""

    run: int
    step: int
    explained: OptimizerStep | None


class ImagesClassified(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The guesses of a classifier for the test images after `step` steps.

    Attributes:
        correct, tested: How many images it gets right, of how many.
        probabilities: Shape (samples, classes): of each image of the ImageSet.
    """

    run: int
    step: int
    correct: int
    tested: int
    probabilities: Array


class PlaneClassified(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The surface of a network of two inputs after `step` steps, and how many points it gets right.

    Attributes:
        surface: Shape (n, n, classes): the probability of each class, rows upwards.
        learnt, learnt_of: How many of the points that it learns, of how many.
        held, held_of: The same of the points that are held out.
    """

    run: int
    step: int
    surface: Array
    learnt: int
    learnt_of: int
    held: int
    held_of: int


class RunComparisonFrame(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The progress of the compared runs since the last frame, in the order of the command.

    Attributes:
        step: The most steps that one of them has done; those that still run have all done so many.
        losses: For each run an array of shape (n,): the loss before each of its last n steps.
        standings: The state of each run.
    """

    run: int
    step: int
    losses: tuple[Array, ...]
    standings: tuple[Standing, ...]


class RunComparisonStopped(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """No compared run goes on, and why; "replaced" where something else is done instead."""

    run: int
    reason: Literal["finished", "stopped", "replaced"]


class RecordingKept(msgspec.Struct, frozen=True, tag=True):
    """This recording is kept from now on; None where none is any more."""

    run: int
    kept: Kept | None


class PassesListed(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The passes that another program has kept, oldest first; that at `shown` is shown.

    Attributes:
        steps: The step of that program at which each was recorded.
        titles: A few words for each.
        output: The value that the shown one started from; nan where that is not one number.
    """

    run: int
    steps: tuple[int, ...]
    titles: tuple[str, ...]
    shown: int
    output: float


class StateSaved(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A part of the state after `step` steps; the last one is marked.

    Attributes:
        part: None where there is no state: nothing has been trained, or `problem` says why.
    """

    run: int
    number: int
    step: int
    part: StatePart | None = None
    problem: str = ""


class StateRestored(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The training goes on from an earlier state, or begins anew where there is a problem.

    Attributes:
        step: How many steps are done in all.
        losses: Shape (step,): the loss before each step.
        training: The settings that the training had.
        snapshot: The model at that step.
        first: The model with its initial weights.
        learning_rate: That of the next step.
        data_steps: As in DataChanged.
        notes: Sentences about what is not as it was.
        problem, hint: Why it could not be restored, and the remedy; empty where it was.
    """

    run: int
    step: int
    losses: Array
    training: Training
    snapshot: Snapshot
    first: Snapshot
    learning_rate: float = 0.0
    data_steps: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    hint: str = ""


class Answered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An answer to question `number` about a recording; more follow unless it is the last."""

    run: int
    recording: int
    number: int
    answer: Answer
    last: bool = True


class Unanswered(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Nothing more is answered to question `number`, and why.

    "replaced" means that a newer question of the same kind, or a newer recording, took its place;
    "failed" comes with a message, and with details where a traceback tells more.
    """

    run: int
    number: int
    reason: Literal["failed", "withdrawn", "replaced"]
    message: str = ""
    hint: str = ""
    details: str = ""


#: The subject of a failure, which decides in which part of the window the user sees it.
FailureSubject = Literal[
    "expression",
    "model",
    "trust",
    "data",
    "device",
    "training",
    "comparison",
    "recording",
    "engine",
]


class CommandFailed(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A command did nothing; with details where a traceback or a marked text tells more.

    "trust" means that the user's own file is not run yet, or not further: `untrusted` is the path
    of the file that it would import. `field` names the field to correct, of the file or with "data"
    of the data.
    `subject` decides in which part of the window the user sees the failure; position and length
    mark a place in the expression when the subject is "expression".
    """

    run: int
    subject: FailureSubject
    message: str
    hint: str = ""
    details: str = ""
    position: int = 0
    length: int = 0
    field: str = ""
    untrusted: str = ""


class SaidAgain(msgspec.Struct, frozen=True, tag=True):
    """The engine speaks the language that it was told; `texts` are those that it said before.

    Each is given with how it is said now.
    """

    texts: dict[str, str]


Event = (
    EngineStarted
    | ModelBuilt
    | DataChanged
    | LearningRateChanged
    | BackwardRecorded
    | FrameTrained
    | TrainingStopped
    | TrainingReset
    | StepVisited
    | StepRecalled
    | OptimizerStepExplained
    | ImagesClassified
    | PlaneClassified
    | RunComparisonFrame
    | RunComparisonStopped
    | RecordingKept
    | PassesListed
    | StateSaved
    | StateRestored
    | Answered
    | Unanswered
    | CommandFailed
    | SaidAgain
)
